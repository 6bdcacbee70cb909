"""What is promised to whom, until when, why, and when its warnings come."""

from datetime import timedelta

import pytest

from prompts.phrases import phrases
from scheduler.policy.document import parse
from scheduler.policy.promises import FIGURES, due, due_of, explain, paused_on, promise_for, warn_at
from scheduler.policy.units import Priority, RequestType
from tests.policy.samples import calendar, changed, default, hours, shanghai

CHINA = calendar()

PROMISED: list[tuple[RequestType, str | None, tuple[float | None, ...], str, Priority]] = [
    # type, tier, hours to (first response, under way, resolution, closing), clock, priority
    ("inquiry", "growth", (2, None, 24, None), "working", "normal"),
    ("price", None, (2, None, 24, None), "working", "normal"),
    ("complaint", "growth", (1, None, 24, 72), "working", "high"),
    ("complaint", "strategic", (1, None, 24, 72), "elapsed", "urgent"),
    ("fault", "dormant", (0.5, 4, None, None), "elapsed", "high"),
    ("fault", "core", (0.5, 4, None, None), "elapsed", "urgent"),  # the fault's 30 minutes are stricter than the hour
    ("feedback", "growth", (24, None, None, 72), "working", "normal"),
    ("other", "strategic_core", (1, None, None, 72), "elapsed", "high"),
    ("inquiry", "a tier of an older policy", (2, None, 24, None), "working", "normal"),
]


@pytest.mark.parametrize(("request_type", "tier", "figures", "clock", "priority"), PROMISED)
def test_the_stricter_promise_wins(
    request_type: RequestType, tier: str | None, figures: tuple[float | None, ...], clock: str, priority: Priority
) -> None:
    promise = promise_for(default(), type=request_type, tier=tier)
    assert tuple(promise.figure(name) for name in FIGURES) == tuple(
        None if number is None else hours(number) for number in figures
    )
    assert (promise.clock, promise.priority) == (clock, priority)


def test_every_figure_names_the_line_it_came_from() -> None:
    promise = promise_for(default(), type="complaint", tier="strategic")
    assert promise.sources == {
        "first_response": "complaint",
        "resolution": "complaint",
        "closing": "complaint",
        "clock": "best_customers",
        "priority": "best_customers",
    }
    assert promise.named_person
    assert promise_for(default(), type="other", tier="core").sources["first_response"] == "best_customers"
    assert not promise_for(default(), type="complaint", tier="growth").named_person


@pytest.mark.parametrize(("own", "wins"), [("59 min", "best_customers"), ("61 min", "complaint"), ("1 h", "complaint")])
def test_of_two_figures_the_shorter_wins_and_of_equals_the_first_line(own: str, wins: str) -> None:
    text = changed("    first_response: 1 h\n    clock: elapsed", f"    first_response: {own}\n    clock: elapsed")
    assert promise_for(parse(text), type="complaint", tier="strategic").sources["first_response"] == wins


def test_an_uplift_that_moves_nothing_is_no_source() -> None:
    policy = parse(
        changed("    closing: 72 h\n    clock: working\n    priority: high", "    clock: working\n    priority: urgent")
    )
    assert promise_for(policy, type="complaint", tier="core").sources["priority"] == "complaint"
    assert promise_for(policy, type="fault", tier="core").sources["priority"] == "best_customers"


def test_priorities_stop_at_urgent() -> None:
    policy = parse(changed("priority_up: 1 ", "priority_up: 3 "))
    assert promise_for(policy, type="complaint", tier="core").priority == "urgent"


@pytest.mark.parametrize(
    ("request_type", "tier", "opened", "first", "resolution"),
    [
        ("complaint", "growth", "2026-03-06 17:30", "2026-03-09 09:30", "2026-03-11 17:30"),
        ("complaint", "strategic", "2026-03-06 17:30", "2026-03-06 18:30", "2026-03-07 17:30"),
        ("inquiry", "growth", "2026-03-03 11:00", "2026-03-03 14:00", "2026-03-06 11:00"),
        ("complaint", "growth", "2026-02-14 17:30", "2026-02-24 09:30", "2026-02-26 17:30"),  # Spring Festival
        ("inquiry", "growth", "2026-02-13 17:00", "2026-02-14 10:00", "2026-02-25 17:00"),  # make-up Saturday
    ],
)
def test_promises_fall_due_on_their_clock(
    request_type: RequestType, tier: str, opened: str, first: str, resolution: str
) -> None:
    counted = due(promise_for(default(), type=request_type, tier=tier), shanghai(opened), CHINA)
    assert (counted.first_response_due, counted.resolution_due) == (shanghai(first), shanghai(resolution))


def test_waiting_for_the_customer_moves_what_is_due_but_not_the_first_response() -> None:
    promise, opened = promise_for(default(), type="inquiry", tier="growth"), shanghai("2026-03-03 09:00")
    waits = ((shanghai("2026-03-03 11:00"), shanghai("2026-03-03 14:00")),)
    paused = paused_on(promise, CHINA, waits)
    assert paused == hours(2)  # lunch stood still anyway
    counted = due(promise, opened, CHINA, paused)
    assert counted.first_response_due == shanghai("2026-03-03 11:00")
    assert due_of(promise, "first_response", opened, CHINA, paused) == shanghai("2026-03-03 11:00")
    assert counted.resolution_due == shanghai("2026-03-06 11:00")
    elapsed = promise_for(default(), type="inquiry", tier="strategic")
    assert paused_on(elapsed, CHINA, waits) == hours(3)


def test_each_moment_can_be_asked_for_by_itself() -> None:
    promise, opened = promise_for(default(), type="fault", tier=None), shanghai("2026-03-07 03:00")
    counted = due(promise, opened, CHINA)
    assert counted.under_way_due == due_of(promise, "under_way", opened, CHINA) == shanghai("2026-03-07 07:00")
    assert counted.resolution_due is counted.closing_due is None
    assert explain(promise, "closing", opened, CHINA) == ()


def keys(steps: object) -> list[str]:
    assert isinstance(steps, tuple)
    return [key.removeprefix("policy-step-") for key, _ in steps]


@pytest.mark.parametrize(
    ("opened", "expected"),
    [
        ("2026-03-03 09:00", ["promise"]),
        ("2026-03-03 11:00", ["promise"]),  # due at the very start of lunch
        ("2026-03-03 11:01", ["promise", "break"]),
        ("2026-03-03 12:00", ["promise", "starts"]),
        ("2026-03-03 12:30", ["promise", "starts"]),
        ("2026-03-03 17:01", ["promise", "night"]),
        ("2026-03-06 17:01", ["promise", "night", "weekend"]),
        ("2026-03-07 10:00", ["promise", "starts"]),
        ("2026-02-13 17:30", ["promise", "night", "makeup"]),
        ("2026-02-14 17:30", ["promise", "night", "holiday", "weekend", "makeup"]),
    ],
)
def test_an_explanation_names_what_did_not_count(opened: str, expected: list[str]) -> None:
    promise = promise_for(default(), type="complaint", tier="growth")
    assert keys(explain(promise, "first_response", shanghai(opened), CHINA)) == expected


def test_an_explanation_reads_like_a_sentence_in_both_languages() -> None:
    promise = promise_for(default(), type="complaint", tier="growth")
    counted = due(promise, shanghai("2026-02-14 11:30"), CHINA, hours(2))
    english = [phrases("en")(key, **args) for key, args in counted.explanation]
    chinese = [phrases("zh-CN")(key, **args) for key, args in counted.explanation]
    assert english[0] == "Complaint × growth: first response within 1 h, counted in working hours"
    assert "10 breaks 12:00–13:00 not counted" in english
    assert english[-1] == "2 h not counted: waiting for the customer, or before it was opened again"
    assert chinese[0] == "投诉 × 腰部潜力客户：1 小时内首次响应，按工作时间计"
    assert any("调休上班日" in sentence for sentence in chinese)
    assert any("节假日 2026年2月16日 至 2026年2月23日 不计（含 6 个工作日）" in sentence for sentence in chinese)


@pytest.mark.parametrize(
    ("tier", "percent", "expected"),
    [
        ("growth", 50, "2026-03-06 18:00"),  # 30 of 60 working minutes: the end of the Friday, not the next morning
        ("growth", 80, "2026-03-09 09:18"),
        ("growth", 100, "2026-03-09 09:30"),
        ("strategic", 50, "2026-03-06 18:00"),
        ("strategic", 80, "2026-03-06 18:18"),
        ("strategic", 100, "2026-03-06 18:30"),
    ],
)
def test_warnings_come_on_the_promise_s_own_clock(tier: str, percent: int, expected: str) -> None:
    promise, opened = promise_for(default(), type="complaint", tier=tier), shanghai("2026-03-06 17:30")
    until = due(promise, opened, CHINA).first_response_due
    assert warn_at(promise, CHINA, start=opened, due=until, percent=percent) == shanghai(expected)


def test_the_last_warning_comes_when_it_is_due_also_outside_working_time() -> None:
    promise, visit = promise_for(default(), type="complaint", tier="growth"), shanghai("2026-03-08 15:00")
    assert warn_at(promise, CHINA, start=shanghai("2026-03-06 09:00"), due=visit, percent=100) == visit


def test_a_pause_moves_the_warnings_with_the_due_moment() -> None:
    promise, opened, paused = (
        promise_for(default(), type="complaint", tier="strategic"),
        shanghai("2026-03-03 09:00"),
        hours(4),
    )
    until = due(promise, opened, CHINA, paused).resolution_due
    assert until == opened + timedelta(hours=28)
    assert warn_at(promise, CHINA, start=opened, due=until, percent=50, paused=paused) == opened + hours(16)
