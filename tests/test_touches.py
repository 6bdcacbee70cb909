"""Touches: a contact is logged in one line and moves the date; snoozing; giving a customer to a colleague."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from handlers.colleagues import Roster
from handlers.coming_days import day_coming
from handlers.touch_words import how_of
from prompts.phrases import phrases
from scheduler.cadence import Diary, plan
from storage.customers import Customer
from tests.team import Team, due_day, make_team, record, shanghai, wall
from tests.world import World, all_words

BEAT = timedelta(minutes=30)
FIRST = timedelta(hours=1, minutes=30)
"""From ten o'clock on, where these scenes begin, such steps meet half past eight on every day."""


@pytest.fixture
def team(world: World) -> Team:
    return make_team(world)


def test_a_press_on_log_asks_for_the_words_and_moves_the_date(team: Team) -> None:
    team.world.until(shanghai("11-25 09:00"), step=FIRST)
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
    assert [ask.name for ask in asked.asks] == ["customer", "words", "how", "outcome", "on"]
    team.li.types("/crm log Acme Ltd")
    asked = team.li.hears("What did you talk about with Acme Ltd?").form
    assert asked is not None
    assert [ask.name for ask in asked.asks] == ["words", "how", "outcome", "on"]


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
    team.world.until(shanghai("11-25 09:00"), step=FIRST)
    team.li.types("/crm snooze Acme 8 at the fair until Thursday")
    team.li.hears("✓ Acme Ltd: I'll remind you on 3 Dec.")
    before = [day for day, _ in team.heard(team.li)]
    team.world.until(shanghai("12-01 08:15"), step=BEAT)
    assert [day for day, _ in team.heard(team.li)] == before
    assert len(team.calls(team.li)) == 2
    team.world.until(shanghai("12-03 08:45"), step=BEAT)
    team.li.hears("Acme Ltd (strategic, every 12 days) · due today")
    entries = team.world.ask(lambda store: store.entries.of_customer(record(store, team.acme).id))
    assert [(entry.flow, entry.words) for entry in entries] == [("internal", "at the fair until Thursday")]


def test_the_second_snooze_of_a_round_wants_a_reason_and_a_contact_begins_a_new_round(team: Team) -> None:
    team.world.until(shanghai("11-25 09:00"), step=FIRST)
    team.li.types("/crm snooze Acme 1")
    team.world.until(shanghai("11-26 09:00"), step=BEAT)
    team.li.types("/crm snooze Acme 1")
    asked = team.li.hears("Acme Ltd has been put off before").form
    assert asked is not None
    assert [(ask.name, ask.value, ask.required) for ask in asked.asks] == [("days", "1", False), ("reason", "", True)]
    assert due_day(team.world, team.acme) == "11-26 08:30", "nothing has changed"
    team.li.runs("snooze", customer=record_id(team), days="1", reason="at the fair")
    team.li.hears("✓ Acme Ltd: I'll remind you on 27 Nov.")
    assert put_offs(team) == [("11-26 08:30", "at the fair"), ("11-25 08:30", None)]
    team.li.types("/crm log Acme called, all well")
    assert team.world.ask(lambda s: s.rounds.put_off(record(s, team.acme).id)) == []
    team.li.types("/crm snooze Acme 20")
    team.li.hears("I'll remind you on 16 Dec.")


def test_not_now_is_one_press_till_the_next_working_morning_and_goes_twice(team: Team) -> None:
    team.world.until(shanghai("11-25 09:00"), step=FIRST)
    team.li.presses("Not now")
    team.li.hears("✓ Acme Ltd: I'll remind you on 26 Nov.")
    team.li.hears("Good morning, Li Na", "✓ Acme Ltd: I'll remind you on 26 Nov. (Li Na)")
    team.world.until(shanghai("11-27 09:00"), step=BEAT)
    assert team.calls(team.li)[-1] == ("11-26 08:30", 2, "11-26 08:30")
    team.li.presses("Not now")
    assert due_day(team.world, team.acme) == "11-30 08:30", "the next working morning is Monday's"
    team.world.until(shanghai("11-30 09:00"), step=BEAT)
    team.li.presses("Not now")
    team.li.hears("What is the reason this time?")
    assert due_day(team.world, team.acme) == "11-30 08:30"
    assert put_offs(team) == [("11-26 08:30", None), ("11-25 08:30", None)]


def test_who_is_not_due_yet_cannot_be_put_off_by_a_press(team: Team) -> None:
    team.world.until(shanghai("11-24 09:00"), step=FIRST)
    with pytest.raises(AssertionError, match="no button"):
        team.li.presses("Not now")
    team.li.runs("not now", customer=record_id(team))
    team.li.hears("Nothing to put off: this is only due on 25 Nov.")
    assert due_day(team.world, team.acme) == "11-25 08:30"


@pytest.mark.parametrize(
    ("line", "due", "outcome", "how"),
    [
        ("called, went fine, follow up on Friday", "11-27 08:30", "follow_up", "call"),
        ("called, wants quote Fri", "12-07 08:30", None, "call"),
        ("called, call back 3 Dec about the price", "12-03 08:30", "follow_up", "call"),
        ("called, no answer, follow up on Tuesday", "11-24 08:30", "nobody", "other"),
        ("called, no answer", "11-25 08:30", "nobody", "other"),
        ("打电话聊了，周五再跟进", "11-27 08:30", "follow_up", "call"),
        ("周五打电话聊了，再约", "12-07 08:30", None, "call"),
        ("called Friday to follow up", "12-07 08:30", None, "call"),
        ("打电话聊了，再跟进周五", "11-27 08:30", "follow_up", "call"),
        ("打电话聊了，回访下周三", "12-02 08:30", "follow_up", "call"),
    ],
)
def test_a_promise_to_come_back_is_due_on_its_day(
    team: Team, line: str, due: str, outcome: str | None, how: str
) -> None:
    team.li.types(f"/crm log Acme {line}")
    assert due_day(team.world, team.acme) == due
    (touch,) = team.world.ask(lambda store: store.touches.of(record(store, team.acme).id))
    assert (touch.outcome, touch.kind) == (outcome, how)


@pytest.mark.parametrize(
    ("answers", "heard", "due"),
    [
        ({"outcome": "well"}, "Next contact by 7 Dec", "12-07 08:30"),
        ({"outcome": "follow_up", "on": "2026-12-01"}, "Next contact by 1 Dec", "12-01 08:30"),
        ({"on": "Thursday"}, "Next contact by 26 Nov", "11-26 08:30"),
        ({"outcome": "nobody", "on": "tomorrow"}, "noted. I'll remind you on 24 Nov", "11-24 08:30"),
        ({"outcome": "follow_up"}, "I can't tell which coming day", "11-25 08:30"),
        ({"on": "2026-11-20"}, "I can't tell which coming day", "11-25 08:30"),
    ],
)
def test_the_form_asks_how_it_went_and_when_to_come_back(
    team: Team, answers: dict[str, str], heard: str, due: str
) -> None:
    team.li.runs("log", customer=record_id(team), words="talked about filters", how="call", **answers)
    team.li.hears(heard)
    assert due_day(team.world, team.acme) == due


def test_how_it_went_is_read_on_the_next_card(team: Team) -> None:
    team.li.runs("log", customer=record_id(team), words="talked about filters", how="call", outcome="well")
    team.li.types("/crm due Acme")
    team.li.hears("Last contact: 23 Nov, call, went well, “talked about filters”")


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("2026-12-03", "2026-12-03"),
        ("2026年12月3日", "2026-12-03"),
        ("12月3号", "2026-12-03"),
        ("on 3 Dec, before lunch", "2026-12-03"),
        ("Dec 3rd", "2026-12-03"),
        ("3 Feb", "2027-02-03"),  # long over this year
        ("tomorrow", "2026-11-24"),
        ("the day after tomorrow", "2026-11-25"),
        ("后天", "2026-11-25"),
        ("in 3 days", "2026-11-26"),
        ("3天后", "2026-11-26"),
        ("Wed", "2026-11-25"),
        ("Monday", "2026-11-30"),  # today is Monday
        ("next Tuesday", "2026-12-01"),
        ("thurs", "2026-11-26"),
        ("周五", "2026-11-27"),
        ("下周五", "2026-12-04"),
        ("星期天", "2026-11-29"),
        ("31 Feb", None),
        ("some time", None),
        ("in 4 boxes", None),
    ],
)
def test_the_day_that_words_name_is_a_coming_one(words: str, day: str | None) -> None:
    read = day_coming(words, date(2026, 11, 23))
    assert (read and read.isoformat()) == day


def record_id(team: Team) -> str:
    return team.world.ask(lambda store: record(store, team.acme)).id


def put_offs(team: Team) -> list[tuple[str, str | None]]:
    found = team.world.ask(lambda s: s.rounds.of(record(s, team.acme).id))
    return [(wall(one.due_at), one.reason) for one in found if one.outcome == "put_off"]


@pytest.mark.parametrize("line", ["/crm snooze Acme 400", "/crm snooze Acme 0"])
def test_nobody_snoozes_for_ever(team: Team, line: str) -> None:
    team.li.types(line)
    team.li.hears("I can snooze for 1 to 60 days")


def test_a_manager_gives_a_customer_away_and_both_are_told(team: Team) -> None:
    team.world.until(shanghai("12-02 09:00"), step=FIRST)
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
    team.world.until(shanghai("11-25 09:00"), step=FIRST)
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
    (asked,) = team.world.ask(lambda store: Roster.of(store, team.world.now).filled(form, phrases("en"))).asks
    assert [choice.label for choice in asked.choices] == ["Li Na", "Sun Bo", "Wang Qiang"]
    assert asked.required


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
