"""What is typed is read as the usage says it, word for word; nothing that was given is overwritten or lost."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.arguments import Args, Unclear, _is_one_word, build, form, read_line, takes_rest, usage
from handlers.choices import choices_of
from handlers.contents import ROUTERS
from handlers.customers import Named
from handlers.draft_words import DraftWords
from handlers.feedback import NewFeedback
from handlers.routing import Command, Routes
from handlers.ticket_words import NewTicket, TicketAbout, TicketList, TicketMaybeWords, TicketWords
from handlers.touch_words import Log, Snooze
from prompts.phrases import LANGUAGES, phrases
from tests.world import Colleague, Guest, World

COMMANDS = tuple(Routes(ROUTERS).commands.values())
PART = re.compile(r"<[^>]+>|\[(?P<name>[a-z_]+):[^\]]+\]")
PLAIN = st.lists(st.from_regex(r"[A-Za-z0-9,.!?'星河科技泵坏了é-]{1,8}", fullmatch=True), min_size=1, max_size=5)


def company(world: World) -> tuple[Colleague, Guest]:
    li = world.colleague("Li Na")
    chen = world.customer("Galaxy Ltd", contact="Chen Wei", owner=li, tier="growth")
    return li, chen


def filled(data: st.DataObject, command: Command, language: str) -> tuple[str, dict[str, str]]:
    """Fill in what `usage` prints, leaving out what may be left out now and then; give the line behind the command."""
    said = usage(command.args, command.name, phrases(language)).removeprefix(f"/crm {command.name}")
    required = iter(name for name, field in command.args.model_fields.items() if field.is_required())
    values: dict[str, str] = {}

    def fill(part: re.Match[str]) -> str:
        name = part["name"] or next(required)
        if part["name"] and not data.draw(st.booleans()):
            return ""
        values[name], written = _value(data, command.args, name, named=bool(part["name"]))
        return f"{name}:{written}" if part["name"] else written

    line = PART.sub(fill, said)
    return line, values


def _value(data: st.DataObject, model: type[Args], name: str, *, named: bool) -> tuple[str, str]:
    field = model.model_fields[name]
    if choices := choices_of(field):
        choice = data.draw(st.sampled_from(choices))
        return choice, choice
    if field.annotation is bool:
        return "true", "true"
    if int in (field.annotation, *getattr(field.annotation, "__args__", ())):
        number = str(data.draw(st.integers(1, 5)))
        return number, number
    value = " ".join(data.draw(PLAIN))
    if takes_rest(field) or named:
        return value, value
    return value, f'"{value}"' if " " in value or value in ALL_CHOICES else value


ALL_CHOICES = {choice for command in COMMANDS for f in command.args.model_fields.values() for choice in choices_of(f)}


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_what_may_be_left_out_stands_behind_all_that_is_read_by_its_place(command: Command) -> None:
    """A named value runs on to the next name, so a word that is read by its place would be swallowed by it."""
    fields = list(command.args.model_fields.values())
    optional = [index for index, field in enumerate(fields) if not (field.is_required() or _is_one_word(field))]
    placed = [index for index, field in enumerate(fields) if field.is_required() and not takes_rest(field)]
    assert not optional or not placed or max(placed) < min(optional)


@pytest.mark.parametrize("language", LANGUAGES)
def test_whatever_is_typed_too_short_is_asked_for_in_a_form(language: str) -> None:
    for command in COMMANDS:
        assert form(command.args, command.name, phrases(language), {}, {}).title


@given(data=st.data())
@settings(max_examples=60)
def test_what_the_usage_prints_is_read_back_as_it_was_filled_in(data: st.DataObject) -> None:
    command = data.draw(st.sampled_from(COMMANDS))
    line, values = filled(data, command, data.draw(st.sampled_from(LANGUAGES)))
    assert read_line(command.args, line) == values, line


@given(
    line=st.text(max_size=60)
    | st.lists(st.sampled_from(["words:", "number:9", "T-1", "a", '"', "words:b"])).map(" ".join)
)
def test_no_word_that_is_typed_is_lost(line: str) -> None:
    for command in COMMANDS:
        read = _letters("".join(read_line(command.args, line).values()))
        if command.args.model_fields:
            words = [_letters(re.split("[:：]", word)[-1]) for word in line.split()]
            assert all(word in read for word in words), (command.name, line)


def _letters(text: str) -> str:
    return re.sub(r'[\s"“”]', "", text)


@pytest.mark.parametrize(
    ("model", "line", "read"),
    [
        (
            TicketMaybeWords,
            "T-1 words:We replaced the pump at no cost",
            {"number": "T-1", "words": "We replaced the pump at no cost"},
        ),
        (TicketMaybeWords, "T-1 which colour do you want?", {"number": "T-1", "words": "which colour do you want?"}),
        (TicketMaybeWords, "T-1 words： 已更换水泵", {"number": "T-1", "words": "已更换水泵"}),
        (
            TicketWords,
            "T-1 number:9 is wrong, words:so it is",
            {"number": "T-1", "words": "number:9 is wrong, words:so it is"},
        ),
        (TicketWords, "number:T-1 a note: look", {"number": "T-1 a note: look"}),
        (
            NewTicket,
            "Galaxy Ltd fault It stands still priority:high",
            {"customer": "Galaxy Ltd", "type": "fault", "words": "It stands still", "priority": "high"},
        ),
        (
            NewTicket,
            "priority:high Galaxy fault It stands still",
            {"customer": "Galaxy", "type": "fault", "words": "It stands still", "priority": "high"},
        ),
        (
            Snooze,
            "Galaxy Ltd days:3 reason:on holiday",
            {"customer": "Galaxy Ltd", "days": "3", "reason": "on holiday"},
        ),
        (NewTicket, "Galaxy Ltd", {"customer": "Galaxy Ltd"}),
        (NewTicket, "Galaxy Ltd the pump stands still", {"customer": "Galaxy Ltd the pump stands still"}),
        (NewTicket, "Galaxy Ltd Fault", {"customer": "Galaxy Ltd", "type": "fault"}),
        (
            NewTicket,
            "Galaxy Ltd complant It is late",
            {"customer": "Galaxy Ltd", "type": "complant", "words": "It is late"},
        ),
        (
            NewTicket,
            "Paul Prince Ltd price What is it?",  # the choice itself comes before what looks like it
            {"customer": "Paul Prince Ltd", "type": "price", "words": "What is it?"},
        ),
        (
            NewTicket,
            '"Galaxy Ltd" It stands still priority:high',
            {"customer": "Galaxy Ltd", "words": "It stands still", "priority": "high"},
        ),
        (
            NewTicket,
            "星河科技 投诉 送货晚了 priority:紧急",
            {"customer": "星河科技", "type": "complaint", "words": "送货晚了", "priority": "urgent"},
        ),
        (
            NewTicket,
            "星河科技 故障 泵不转了",
            {"customer": "星河科技", "type": "故障", "words": "泵不转了"},
        ),
        (TicketList, "我的", {"which": "mine"}),
        (NewFeedback, "Blue Moon Ltd", {"customer": "Blue Moon Ltd"}),
        (
            NewFeedback,
            "Blue Moon Ltd prase Good work",
            {"customer": "Blue Moon Ltd", "kind": "prase", "words": "Good work"},
        ),
        (TicketAbout, "T-1 broken", {"number": "T-1", "type": "broken"}),
        (TicketList, "which:mine please", {"which": "mine please"}),
    ],
)
def test_a_line_is_read_like_this(model: type[Args], line: str, read: dict[str, Any]) -> None:
    assert read_line(model, line) == read


@pytest.mark.parametrize(
    ("typed", "asked", "filled"),
    [
        ("ticket new Galaxy Ltd", ["“What it's about” is missing", "“Words” is missing"], ("Galaxy Ltd", "", "")),
        (
            "ticket new Galaxy Ltd complant It is late again",
            ["“What it's about” must be one of the choices. Did you mean complaint?"],
            ("Galaxy Ltd", "complaint", "It is late again"),
        ),
        (
            'ticket new "Galaxy Ltd" It is late again',
            ["“What it's about” is missing"],
            ("Galaxy Ltd", "", "It is late again"),
        ),
    ],
)
def test_a_customer_of_two_words_keeps_both_and_the_rest_is_asked_for(
    world: World, typed: str, asked: list[str], filled: tuple[str, str, str]
) -> None:
    li, _ = company(world)
    li.types(typed)
    card = li.hears(*asked)
    assert card.form is not None
    assert tuple(ask.value for ask in card.form.asks if ask.name != "priority") == filled
    assert world.tickets() == []


def test_a_chinese_choice_that_is_nearly_one_is_asked_back_in_chinese(world: World) -> None:
    li = world.colleague("李娜", language="zh-CN")
    world.customer("星河科技", owner=li)
    li.types("工单 新建 星河科技 故障 泵不转了")
    card = li.hears("你是不是想输入“设备故障”？")
    assert card.form is not None
    assert [ask.value for ask in card.form.asks[:3]] == ["星河科技", "fault", "泵不转了"]


def test_words_too_many_are_asked_back() -> None:
    with pytest.raises(Unclear) as caught:
        build(TicketList, read_line(TicketList, "mine please"))
    assert caught.value.problems["which"][0] == "problem-choice"


def test_what_solved_a_ticket_reaches_the_customer_to_the_last_word(world: World) -> None:
    li, chen = company(world)
    chen.writes("My order arrived damaged, I want to complain!")
    li.types(f"/crm ticket resolve {world.ticket.number} words:We replaced the pump at no cost")
    chen.hears("We replaced the pump at no cost")


def test_a_reply_that_looks_like_arguments_is_said_as_it_stands(world: World) -> None:
    li, chen = company(world)
    chen.writes("My order arrived damaged, I want to complain!")
    li.types(f"/crm ticket reply {world.ticket.number} number:9 is wrong, key:value too")
    world.wait(seconds=12)
    chen.hears("number:9 is wrong, key:value too")


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("Blue Moon", ("Blue Moon", None, None)),
        ("Blue Moon Ltd contact:Anna Berg phone:0171", ("Blue Moon Ltd", "Anna Berg", "0171")),
        ('phone:0171 22 contact:"Anna Berg" "Blue Moon"', ("Blue Moon", "Anna Berg", "0171 22")),
    ],
)
def test_a_new_customer_is_called_as_the_usage_says(
    world: World, line: str, kept: tuple[str, str | None, str | None]
) -> None:
    li, _ = company(world)
    li.types(f"/crm customer new {line}")
    customers = world.ask(lambda store: store.customers.listed(store.staff.scope(li.person)))
    new = next(customer for customer in customers if customer.name != "Galaxy Ltd")
    contacts = world.ask(lambda store: store.contacts.of(new.id))
    contact = contacts[0] if contacts else None
    assert (new.name, contact.name if contact else None, contact.phone if contact else None) == kept


def test_feedback_is_listed_for_a_customer_of_two_words(world: World) -> None:
    li, chen = company(world)
    chen.writes("Your engineer was great, very professional and friendly!")
    li.types("/crm feedback list customer:Galaxy Ltd days:7")
    li.hears("professional")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("feedback list days:999999999", "3650 at most"),
        ("feedback list days:-5", "at least 1"),
        ("feedback list days:0", "at least 1"),
        (f"feedback list days:{'9' * 5000}", "too long"),
        ("snooze Galaxy days:61", "60 at most"),
        ("snooze Galaxy 99999", "60"),
    ],
)
def test_a_number_out_of_range_is_answered_with_its_limit(world: World, line: str, said: str) -> None:
    li, _ = company(world)
    li.types(f"/crm {line}")
    li.hears(said)
    assert not world.ask(lambda store: store.inbox.dead())


def test_a_form_keeps_all_lines_that_were_typed_behind_a_name() -> None:
    (asked, *_) = form(Log, "log", phrases("en"), {}, {}).asks
    assert asked.kind == "line"
    typed = "Acme called\nand wants a quote"
    (asked, *_) = form(Log, "log", phrases("en"), {"customer": typed}, {}).asks
    assert (asked.kind, asked.value) == ("words", typed)


@pytest.mark.parametrize(("model", "name", "kind"), [(Named, "customer", "line"), (DraftWords, "words", "words")])
def test_a_form_has_one_line_for_a_name_and_room_for_words(model: type[Args], name: str, kind: str) -> None:
    asked = form(model, "who", phrases("en"), {}, {}).asks
    assert {ask.name: ask.kind for ask in asked}[name] == kind
