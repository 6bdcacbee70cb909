"""Touches: a contact is logged in one line and moves the date; snoozing; giving a customer to a colleague."""

from __future__ import annotations

from datetime import timedelta

import pytest

from handlers.touch_words import how_of
from scheduler.cadence import Diary, plan
from storage.customers import Customer
from tests.team import Team, due_day, make_team, record, shanghai
from tests.world import World, all_words


@pytest.fixture
def team(world: World) -> Team:
    return make_team(world)


def test_a_press_on_log_asks_for_the_words_and_moves_the_date(team: Team) -> None:
    team.world.until(shanghai("11-25 09:00"))
    team.li.presses("Log", words="lunch with Chen, happy with the filters", how="meeting")
    team.li.hears("Acme Ltd: meeting, noted. Next contact by 7 Dec")
    assert due_day(team.world, team.acme) == "12-07 08:30"


def test_a_message_does_not_count_for_a_strategic_customer_and_the_answer_says_what_does(team: Team) -> None:
    team.li.types("/crm log Acme texted the new price list")
    team.li.hears(
        "Acme Ltd: message, noted. The due date stays (25 Nov)", "what counts", "a call, a visit, a meeting, a review"
    )
    assert due_day(team.world, team.acme) == "11-25 08:30"


def test_words_that_do_not_say_how_are_kept_and_asked_about(team: Team) -> None:
    team.li.types("/crm log Acme wants quote Fri")
    team.li.hears("I couldn't tell")
    assert due_day(team.world, team.acme) == "11-25 08:30"
    team.li.presses("It was a visit")
    team.li.hears("Acme Ltd: visit, noted. Next contact by 7 Dec")
    (touch,) = team.world.ask(lambda store: store.touches.of(record(store, team.acme).id))
    assert (touch.kind, touch.words) == ("visit", "wants quote Fri")


def test_a_call_that_nobody_answered_is_no_contact(team: Team) -> None:
    team.li.types("/crm log Acme called, no answer")
    team.li.hears("other, noted. The due date stays")
    assert due_day(team.world, team.acme) == "11-25 08:30"


def test_log_without_words_asks_with_a_form(team: Team) -> None:
    team.li.types("/crm log")
    asked = team.li.hears("is missing").form
    assert asked is not None
    assert [ask.name for ask in asked.asks] == ["customer", "words", "how"]
    team.li.types("/crm log Acme Ltd")
    asked = team.li.hears("What did you talk about with Acme Ltd?").form
    assert asked is not None
    assert [ask.name for ask in asked.asks] == ["words", "how"]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("跟进 星河科技 打电话要报价", "打电话要报价"),
        ("记录 星河科技来电，周五要报价", "来电，周五要报价"),
        ("/crm log 星河 上门拜访了陈总", "上门拜访了陈总"),
    ],
)
def test_chinese_needs_no_space_behind_a_name(team: Team, line: str, words: str) -> None:
    li = team.world.colleague("李娜", language="zh-CN", manager_id=team.wang.person.id)
    guest = team.add("星河科技", shanghai("11-13 15:00"), owner=li)
    team.add("星光电子", shanghai("11-13 15:00"), owner=li)
    li.types(line)
    li.hears("✓ 星河科技：", "下次请在 12月7日前联系")
    (touch,) = team.world.ask(lambda store: store.touches.of(record(store, guest).id))
    assert touch.words == words


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("Galaxy called", "Galaxy Ltd"),
        ("acme ltd called", "Acme Ltd"),
        ("Acme Ltd East called", "Acme Ltd East"),
        ('"Acme Ltd East": called', "Acme Ltd East"),
        ("Eastern called", None),
        ("Acmeland called", None),
        ("星河科技（上海）来电", "星河科技（上海）"),
        ("星河科技来电", "星河科技"),
    ],
)
def test_the_longest_name_at_the_start_of_a_line_wins(team: Team, line: str, found: str | None) -> None:
    boss = team.world.colleague("Boss", "admin")
    names = ("Acme Ltd East", "Galaxy Ltd", "星河科技", "星河科技（上海）")
    team.world.change(lambda s: s.customers.add(*(Customer(id=name.encode().hex()[:32], name=name) for name in names)))
    boss.types(f"/crm log {line}")
    card = boss.cards()[-1]
    if found is None:
        assert "I can't find" in card.text
    else:
        assert f"{found}: call, noted" in card.text


def test_a_name_that_fits_several_lists_them(team: Team) -> None:
    team.add("Borui North", shanghai("11-13 15:00"), owner=team.li)
    team.add("Borui South", shanghai("11-13 15:00"), owner=team.li)
    team.li.types("/crm log Borui called")
    team.li.hears("Which one do you mean by “Borui”? Borui North, Borui South")


def test_a_foreign_customer_is_as_missing_as_one_that_never_was(team: Team) -> None:
    mo = team.world.colleague("Mo Yan")
    for name in ("Acme Ltd", "Nobody Ltd"):
        for line in (f"log {name} called", f"snooze {name} 3", f"due {name}"):
            mo.types(f"/crm {line}")
            said = all_words(mo.cards()[-1])
            assert "I can't find" in said, line
            assert "Chen" not in said
    assert due_day(team.world, team.acme) == "11-25 08:30"


def test_snooze_keeps_still_until_the_day_and_says_why(team: Team) -> None:
    team.world.until(shanghai("11-25 09:00"))
    team.li.types("/crm snooze Acme 8 at the fair until Thursday")
    team.li.hears("✓ Acme Ltd: I'll remind you on 3 Dec.")
    before = [day for day, _ in team.heard(team.li)]
    team.world.until(shanghai("12-01 08:15"))
    assert [day for day, _ in team.heard(team.li)] == before
    assert len(team.calls(team.li)) == 2
    team.world.until(shanghai("12-03 08:45"))
    team.li.hears("Acme Ltd (strategic, every 12 days) · due today")
    entries = team.world.ask(lambda store: store.entries.of_customer(record(store, team.acme).id))
    assert [(entry.flow, entry.words) for entry in entries] == [("internal", "at the fair until Thursday")]


@pytest.mark.parametrize("line", ["/crm snooze Acme 400", "/crm snooze Acme 0"])
def test_nobody_snoozes_for_ever(team: Team, line: str) -> None:
    team.li.types(line)
    team.li.hears("I can snooze for 1 to 60 days")


def test_a_manager_gives_a_customer_away_and_both_are_told(team: Team) -> None:
    team.world.until(shanghai("12-02 09:00"))
    team.wang.types("/crm due Acme")
    team.wang.presses("Reassign", colleague="Sun Bo")
    team.wang.hears("✓ Acme Ltd is now with Sun Bo. Both have been told.")
    team.sun.hears("Wang Qiang gave you Acme Ltd.", "7 days over", "[Log a contact]")
    team.li.hears("Wang Qiang gave Acme Ltd to Sun Bo")
    assert team.world.ask(lambda store: record(store, team.acme)).owner_id == team.sun.person.id
    team.li.types("/crm log Acme called")
    team.li.hears("I can't find “Acme”")
    said = len(team.calls(team.sun))
    team.world.wait(days=3, step=timedelta(hours=4))
    assert len(team.calls(team.sun)) == said, "what was said about this due date is not said again"


def test_a_due_date_that_stays_keeps_what_was_said_about_it(team: Team) -> None:
    team.world.until(shanghai("11-25 09:00"))
    known = team.world.ask(lambda store: record(store, team.acme))
    values = plan(Diary.of(team.world.bot.policies.current, team.li.person), known, known.last_touch_at, team.world.now)
    assert (values["touch_rung"], values["touch_next_at"]) == (2, shanghai("11-27 08:30"))


def test_only_managers_reassign_and_never_to_the_same_person(team: Team) -> None:
    team.li.types("/crm reassign Acme Sun Bo")
    team.li.hears("reassign is not open to your role")
    team.wang.types("/crm reassign Acme to Li Na")
    team.wang.hears("Acme Ltd is with Li Na already")
    team.wang.types("/crm reassign Acme")
    form = team.wang.hears("Who takes over Acme Ltd?").form
    assert form is not None
    assert {choice.label for choice in form.asks[0].choices} == {"Li Na", "Sun Bo", "Wang Qiang"}


@pytest.mark.parametrize(
    ("words", "how"),
    [
        ("called, wants quote Fri", "call"),
        ("called to arrange a meeting", "call"),
        ("met the new buyer, she called it a day", "meeting"),
        ("will call on Friday", "other"),
        ("visited the plant", "visit"),
        ("emailed the offer", "message"),
        ("called twice, nobody answered", "other"),
        ("metal parts, wants quote", "other"),
        ("打电话约了下周拜访", "call"),
        ("微信聊了报价", "message"),
        ("上门看了设备", "visit"),
        ("打电话没接", "other"),
        ("要报价", "other"),
    ],
)
def test_how_people_talked_is_read_from_the_first_cue(words: str, how: str) -> None:
    assert how_of(words) == how
