"""A policy file is read as a whole, and every mistake in it is told with its line, in both languages."""

import ast
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from prompts.phrases import LANGUAGES, phrases
from prompts.sentences import sentences
from scheduler.policy import document
from scheduler.policy.document import BadPolicy, default_text, parse, parse_accepted
from scheduler.policy.problems import KINDS, OWN_KINDS
from scheduler.policy.schemes import ValueBands
from scheduler.policy.units import Section
from tests.policy.samples import changed, default

SOURCES = Path(document.__file__).parent
BROKEN = [
    # what stands in the default file, what is written instead, the kind of problem, a word of the line blamed
    ("over: 10000", "over: much", "not-a-number", "over: much"),
    ("over: 10000", "over: -1", "too-small", "over: -1"),
    ("risk_at_least: 70", "risk_at_least: 101", "too-large", "101"),
    ("risk_at_least: 70", "risk_at_least: 70.5", "not-a-whole-number", "70.5"),
    ("currency: CNY", "currency: yuan", "wrong-form", "yuan"),
    ("  calendar: china ", "  calendar: [china] ", "not-text", "[china]"),
    ("name: 示例公司 Example Ltd", "name: ''", "empty", "name: ''"),
    ("zone: Asia/Shanghai          #", "zone: Asia/Shanghia #", "zone", "Shanghia"),
    ("undo: 10 s", "undo: 10", "span", "undo: 10"),
    ("undo: 10 s", "undo: 0 s", "span", "undo: 0 s"),
    ("undo: 10 s", "undo: 10 fortnights", "span", "fortnights"),
    ("undo: 10 s", "undoo: 10 s", "unknown-key", "undoo"),
    ("  undo: 10 s ", "  # ", "missing", "conversation:"),
    ('morning: "08:30"', 'morning: "8.30"', "clock-time", "8.30"),
    ('morning: "08:30"', 'morning: "18:00"', "morning-after-work", "18:00"),
    ('starts: "22:00"', 'starts: "24:00"', "clock-time", "24:00"),
    ('mon-fri: ["09:00-12:00", "13:00-18:00"]', 'mon-fri: ["12:00-09:00"]', "shift", "12:00-09:00"),
    (
        'mon-fri: ["09:00-12:00", "13:00-18:00"]',
        'mon-fri: ["13:00-18:00", "09:00-12:00"]',
        "shifts-overlap",
        "mon-fri: [",
    ),
    ('mon-fri: ["09:00-12:00", "13:00-18:00"]', "mon-fry: []", "weekday", "week:"),
    ('mon-fri: ["09:00-12:00", "13:00-18:00"]', "fri-mon: []", "weekday", "week:"),
    ('mon-fri: ["09:00-12:00", "13:00-18:00"]', "mon-fri: []\n      fri: []", "weekday-twice", "week:"),
    ('mon-fri: ["09:00-12:00", "13:00-18:00"]', "mon-fri: []", "no-hours", "week:"),
    ("every: {days: 12}", "every: {days: 12, months: 1}", "one-unit", "days: 12"),
    ("every: {days: 12}", "every: 12", "not-a-section", "every: 12"),
    ("counts: [visit, meeting, review]}", "counts: visit}", "not-a-list", "counts: visit"),
    ("{percent: 50, audience: owner}", "{percent: 50, audience: boss}", "not-one-of", "boss"),
    ("scheme: value_bands", "scheme: worth", "not-one-of", "value_bands:"),
    (
        "capped: false, marketing: false}\n    - {kind: follow_up",
        "capped: maybe, marketing: false}\n    - {kind: follow_up",
        "not-yes-or-no",
        "maybe",
    ),
    ("extra_holidays: []  ", "extra_holidays: [2026-02-30]  ", "not-a-date", "02-30"),
    ("warnings:\n", "warnings:\n  warnings:\n", "not-a-list", "warnings:"),
    ("  use: value_bands", "  use: value", "unknown-scheme", "use: value"),
    ("  calendar: china ", "  calendar: mars ", "unknown-calendar", "mars"),
    ("tier: dormant\n", "tier: asleep\n", "unknown-tier", "asleep"),
    ("tiers: [strategic, core, strategic_core]", "tiers: [strategic, gold]", "unknown-tier", "gold"),
    ("name: overdue_2", "name: due", "twice", "ladder:"),
    ("percent: 60}", "percent: 61}", "not-a-hundred", "- {id: core"),
    ("          over: 10000", "          over: 10000\n          at_least: 5", "one-bound", "- id: strategic"),
    ("at_least: 1000 ", "at_least: 10000 ", "not-descending", "- id: growth"),
    ("at_least: 50,", "at_least: 75,", "not-descending", "id: key_business"),
    ("at_least: 0}", "at_least: 1}", "last-at-zero", "id: cultivation"),
    ("zh-CN: 长尾沉睡客户}\n", "zh-CN: 长尾沉睡客户}\n          at_least: 1\n", "last-is-open", "- id: dormant"),
    ("{tier: growth, every", "{tier: core, every", "no-cadence", "tiers:\n    # A"),
    ("working_days: 5,", "working_days: 2,", "not-rising", "overdue_5"),
    ("{percent: 80,", "{percent: 50,", "not-rising", "owner_and_group}"),
    ("under_way: 4 h", "under_way: 4 min", "promise-order", "name: fault"),
    (
        "types: [service_request, feedback, other]\n",
        "types: [service_request, other]\n",
        "no-promise",
        "- name: inquiry",
    ),
    ("country: CN\n    week", "country: XX\n    week", "country", "XX"),
    ("country: CN\n    week", "country: DE\n    subdivision: XX\n    week", "subdivision", "subdivision: XX"),
    (
        "extra_holidays: []  ",
        "extra_holidays: [2026-11-28]\n    extra_workdays: [2026-11-28]\n  ",
        "duplicate-key",
        "extra_workdays: []",
    ),
    ("{kind: campaign, consent", "{kind: survey, consent", "no-message-rule", "{kind: reply"),
    ("currency: CNY", "currency: [CNY", "syntax", "tiers:"),
    ("currency: CNY", "currency: \x07CNY", "character", "\x07"),
    ("currency: CNY", "currency: CNY\ncurrency: EUR", "duplicate-key", "EUR"),
    ("  use: value_bands", "  use: &x [a]\n  other: *x", "alias", "other:"),
]


@pytest.mark.parametrize(("old", "new", "kind", "blamed"), BROKEN)
def test_a_broken_file_names_the_line_and_what_to_write(old: str, new: str, kind: str, blamed: str) -> None:
    text = changed(old, new)
    with pytest.raises(BadPolicy) as caught:
        parse(text)
    found = [problem for problem in caught.value.problems if problem.kind == kind]
    assert found, caught.value
    lines = text.split("\n")
    assert any(blamed in "\n".join(lines[problem.line - 1 : problem.line + 1]) for problem in found), found
    for problem in caught.value.problems:
        for language in LANGUAGES:
            assert phrases(language)(f"policy-problem-{problem.kind}", **problem.args)


def kinds_raised(source: Path) -> Iterator[str]:
    """Read from the code which kinds it finds: the second argument of every Fault, the third of every Problem."""
    for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"Fault", "Problem"}:
            argument = node.args[1 if node.func.id == "Fault" else 2]
            if isinstance(argument, ast.Constant):
                yield str(argument.value)


def test_every_kind_of_problem_has_a_sentence() -> None:
    raised = {kind for name in ("checks", "problems", "document") for kind in kinds_raised(SOURCES / f"{name}.py")}
    assert {"twice", "alias", "not-a-policy", "character"} <= raised
    for kind in raised | set(KINDS.values()) | OWN_KINDS | {"syntax", "duplicate-key", "unreadable"}:
        for language in LANGUAGES:
            assert f"policy-problem-{kind}" in sentences(language), (kind, language)


@pytest.mark.parametrize("text", ["", "- a\n", "just words", "cap: " + "[" * 3000, "cap: " + "9" * 5000])
def test_what_is_no_policy_at_all_is_refused_on_its_first_line(text: str) -> None:
    with pytest.raises(BadPolicy) as caught:
        parse(text)
    assert caught.value.problems[0].line == 1


def test_several_problems_come_in_the_order_of_the_lines() -> None:
    with pytest.raises(BadPolicy) as caught:
        parse(changed("undo: 10 s", "undo: soon", ("over: 10000", "over: much"), ("currency: CNY", "currency: ¥")))
    lines = [problem.line for problem in caught.value.problems]
    assert lines == sorted(lines)
    assert [problem.kind for problem in caught.value.problems] == ["wrong-form", "not-a-number", "span"]


def test_a_misspelt_name_is_answered_with_the_one_that_was_meant() -> None:
    with pytest.raises(BadPolicy) as caught:
        parse(changed("quiet_hours:", "quite_hours:"))
    assert "quiet_hours" in {problem.args.get("close") for problem in caught.value.problems}


def test_files_from_windows_are_read_like_others() -> None:
    assert parse("\ufeff" + default_text().replace("\n", "\r\n")) == default()


def test_money_is_read_to_the_cent() -> None:
    scheme = parse(changed("over: 10000", "over: 10000.10")).tiers.scheme
    assert isinstance(scheme, ValueBands)
    assert scheme.entries[0].over == Decimal("10000.10")


def test_the_default_carries_the_numbers_of_the_trade() -> None:
    policy = default()
    assert [warning.percent for warning in policy.warnings] == [50, 80, 100]
    assert policy.conversation.undo == timedelta(seconds=10)
    assert policy.conversation.auto_close == timedelta(hours=48)
    assert policy.consent.cap == 2
    assert [entry.label.said_in("zh-CN") for entry in policy.tiers.in_use()] == [
        "头部战略客户",
        "腰部潜力客户",
        "长尾沉睡客户",
    ]
    assert policy.routes.address_of("nobody") == policy.routes.fallback


def test_what_an_accepted_policy_says_more_than_any_says_now_is_passed_over() -> None:
    older = changed(
        "conversation:\n", "conversation:\n  forget: 9 days\n", ("consent:\n", "retention:\n  all: 1 h\nconsent:\n")
    )
    with pytest.raises(BadPolicy):
        parse(older)
    assert parse_accepted(older) == default()
    with pytest.raises(BadPolicy):
        parse_accepted(older.replace("over: 10000", "over: much"))


HOUSE = SOURCES.parents[1]
READING = {SOURCES / f"{name}.py" for name in ("sections", "schemes", "checks", "problems", "document", "units")}
"""The policy's own parsing: what is read there alone changes nothing that the bot does."""


def attributes(source: Path, *, of_itself: bool = False) -> set[str]:
    """Read from the code which attributes it asks for; of `self` alone where a section answers for its own keys."""
    asked = (
        node for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))) if isinstance(node, ast.Attribute)
    )
    own = (node for node in asked if not of_itself or (isinstance(node.value, ast.Name) and node.value.id == "self"))
    return {node.attr for node in own}


def test_every_key_of_the_policy_is_read_by_what_the_bot_does() -> None:
    folders = ("bot", "handlers", "scheduler", "storage")
    sources = {source for folder in folders for source in (HOUSE / folder).rglob("*.py")} - READING
    read = set[str]().union(*map(attributes, sources), *(attributes(source, of_itself=True) for source in READING))
    sections = [Section]
    for section in sections:
        sections.extend(section.__subclasses__())
    unread = {f"{section.__name__}.{key}" for section in sections for key in section.model_fields if key not in read}
    assert not unread
