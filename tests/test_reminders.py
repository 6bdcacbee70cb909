"""Contact cadence: who is due is said once a rung, in one message a morning; a logged contact moves the date."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from handlers.cards import Card
from handlers.touch_words import how_of
from scheduler.cadence import Diary, plan
from storage.customers import Customer, Customers, DueTouch
from storage.database import Database
from storage.staff import staff_identities
from storage.store import Store
from tests.policy.samples import changed
from tests.world import Colleague, Guest, World, all_words

SHANGHAI = ZoneInfo("Asia/Shanghai")
FALLBACK = "#rapport"


def shanghai(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-{text}").replace(tzinfo=SHANGHAI).astimezone(UTC)


@dataclass
class Team:
    """A manager, two reps, a service colleague, and a strategic customer last called on Friday 13 November."""

    world: World
    wang: Colleague
    li: Colleague
    sun: Colleague
    acme: Guest

    def add(self, name: str, last_touch: datetime, *, owner: Colleague | None = None, **more: str) -> Guest:
        guest = self.world.customer(name, owner=owner, tier=more.pop("tier", "strategic"), **more)
        last_contact(self.world, guest, last_touch)
        return guest

    def heard(self, who: Colleague) -> list[tuple[str, str]]:
        """Everything said to a colleague, as (local day, title)."""
        posts = self.world.posts(who.address)
        return [(f"{post.at.astimezone(SHANGHAI):%m-%d %H:%M}", Card.model_validate(post.card).title) for post in posts]


def last_contact(world: World, guest: Guest, at: datetime) -> None:
    """Put it on record that an old customer was last contacted then."""

    def write(store: Store) -> None:
        known = record(store, guest)
        since = at - timedelta(days=900)
        diary = Diary.of(world.bot.policies.current, store.staff.get(known.owner_id))
        values = plan(diary, replace(known, since=since), at, at)
        store.customers.change(known, since=since, **values)

    world.change(write)


def record(store: Store, guest: Guest) -> Customer:
    known = store.customers.get(guest.customer.id if guest.customer else None)
    assert known is not None
    return known


def due_day(world: World, guest: Guest) -> str:
    due = world.ask(lambda store: record(store, guest)).touch_due_at
    assert due is not None
    return f"{due.astimezone(SHANGHAI):%m-%d %H:%M}"


def make_team(world: World) -> Team:
    wang = world.colleague("Wang Qiang", "manager")
    li = world.colleague("Li Na", manager_id=wang.person.id)
    sun = world.colleague("Sun Bo", "service")
    group = world.change(lambda store: store.staff.add_group("Acme circle", [sun.person.id]))
    acme = world.customer("Acme Ltd", contact="Chen Wei", owner=li, tier="strategic", group_id=group)
    last_contact(world, acme, shanghai("11-13 15:00"))
    return Team(world, wang, li, sun, acme)


@pytest.fixture
def team(world: World) -> Team:
    return make_team(world)


@pytest.fixture
def holiday(database: Database) -> Iterator[World]:
    """A company whose Friday 27 November is free."""
    world = World(database, changed("extra_holidays: []", "extra_holidays: [2026-11-27]"))
    yield world
    world.end()


def test_a_fortnight_says_each_rung_once_to_those_whom_it_calls(team: Team) -> None:
    team.world.wait(days=14, step=timedelta(hours=1, minutes=30))
    mine = "Good morning! 1 customer to contact"
    theirs = "Li Na: 1 customer to contact"
    assert team.heard(team.li) == [
        ("11-23 11:30", mine),  # ahead: two working days before Wednesday 25; the bot came up late that morning
        ("11-25 08:30", mine),  # due
        ("11-27 08:30", mine),  # two working days over
    ]
    assert team.heard(team.sun) == [("11-27 08:30", theirs)]
    assert team.heard(team.wang) == [("12-02 08:30", theirs)]


def test_a_holiday_and_a_weekend_do_not_count(holiday: World) -> None:
    team = make_team(holiday)
    holiday.wait(days=14, step=timedelta(hours=1, minutes=30))
    assert [day for day, _ in team.heard(team.li)] == ["11-23 11:30", "11-25 08:30", "11-30 08:30"]
    assert [day for day, _ in team.heard(team.wang)] == ["12-03 08:30"]


def test_two_days_down_make_one_message_with_the_highest_rung(team: Team) -> None:
    team.world.until(shanghai("11-24 18:00"))
    before = len(team.heard(team.li))
    team.world.sleeps(days=7)  # due, two over and almost five over: all while the process was down
    assert len(team.heard(team.li)) == before
    team.world.until(shanghai("12-02 09:00"))
    assert len(team.heard(team.li)) == before + 1
    team.li.hears("Acme Ltd", "7 days over")
    assert len(team.heard(team.sun)) == 1
    assert len(team.heard(team.wang)) == 1


def test_a_contact_logged_by_another_replica_meanwhile_stands(team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    world, database = team.world, team.world.bot.database
    if database.is_sqlite:
        pytest.skip("SQLite has one writer")
    read = Customers.touches_due
    moved = {"touch_due_at": world.now + timedelta(days=30), "touch_next_at": world.now + timedelta(days=28)}

    def read_then_logged(self: Customers, *asked: Any) -> list[DueTouch]:
        found = read(self, *asked)
        monkeypatch.undo()
        with database.writing() as connection:
            store = Store(connection)
            store.customers.change(record(store, team.acme), touch_rung=0, **moved)
        return found

    monkeypatch.setattr(Customers, "touches_due", read_then_logged)
    world.until(shanghai("11-24 18:00"))
    known = world.ask(lambda store: record(store, team.acme))
    assert (known.touch_due_at, known.touch_rung, known.touch_next_at) == (
        moved["touch_due_at"],
        0,
        moved["touch_next_at"],
    )


def test_two_beats_and_two_replicas_say_it_once(team: Team) -> None:
    team.world.beat()
    team.world.beat()
    team.world.wait(seconds=10, step=timedelta(seconds=5))
    team.world.until(shanghai("11-24 08:30"))
    for _ in range(5):
        team.world.beat()
    assert len(team.heard(team.li)) == 1


def test_nobody_is_woken_in_the_evening_or_on_a_sunday(team: Team) -> None:
    team.world.sleeps(days=5, hours=10)  # Saturday 20:00
    assert team.heard(team.li) == []
    team.world.wait(days=1, hours=4)
    assert team.heard(team.li) == []
    team.world.until(shanghai("11-30 08:30"))
    assert [day for day, _ in team.heard(team.li)] == ["11-30 08:30"]


def test_one_message_names_ten_and_counts_the_rest(team: Team) -> None:
    for n in range(14):
        team.add(f"Client {n:02}", shanghai("11-12 12:00") - timedelta(days=n), owner=team.li)
    team.world.until(shanghai("11-23 10:15"))
    ((_, title),) = team.heard(team.li)
    assert title == "Good morning! 15 customers to contact"
    card = team.li.hears("… and 5 more")
    assert card.rows[0].text.startswith("Client 13 (strategic, every 12 days) · 12 days overdue\n")
    assert sum(button.label == "Log" for button in card.every_button) == 3
    team.li.presses("Show all 15")
    listed = team.li.hears("15 customers due")
    assert listed.rows[14].text.startswith("Acme Ltd")
    team.li.presses("Show", row="Client 05")
    team.li.hears("Contact due: Client 05", "[Log a contact]", "[Snooze]", "[Draft it for me]")


def test_each_row_has_its_own_deeds_and_a_settled_one_leaves_the_others(team: Team) -> None:
    team.add("Borui", shanghai("11-12 15:00"), owner=team.li)
    team.world.until(shanghai("11-23 10:15"))
    team.li.presses("Log", row="Borui", words="called, all fine")
    bundle = team.li.hears("Good morning! 2 customers", "✓ Borui: call, noted")
    assert [[button.label for button in row.buttons] for row in bundle.rows] == [["Show"], ["Log", "Snooze", "Draft"]]
    assert bundle.rows[1].text.startswith("Acme Ltd")


def test_nobody_is_wished_a_good_morning_after_noon(team: Team) -> None:
    team.world.sleeps(hours=4)  # Monday 14:00
    assert team.heard(team.li) == [("11-23 14:00", "1 customer to contact")]


def test_a_date_is_said_once_and_its_year_only_where_it_is_another(team: Team) -> None:
    team.world.until(shanghai("11-24 09:00"))
    (row,) = team.li.hears("1 customer to contact").rows
    assert row.text == "Acme Ltd (strategic, every 12 days) · due 25 Nov\nlast contact: 13 Nov"
    team.li.types("/crm snooze Acme 50 closed for the winter")
    team.li.hears("I'll remind you on 13 Jan 2027.")


def test_the_card_says_who_hears_next_and_what_was_said_last(team: Team) -> None:
    team.li.types("/crm log Acme wrote, wants quote for filters")
    team.world.until(shanghai("11-27 09:00"))
    (row,) = team.li.hears("2 days overdue").rows
    assert row.text == (
        "Acme Ltd (strategic, every 12 days) · 2 days overdue\n"
        "Wang Qiang hears on 2 Dec · last contact: 23 Nov, message, “wrote, wants quote for filters”"
    )


def test_a_logged_call_moves_the_date_at_once_and_clears_the_card(team: Team) -> None:
    team.world.until(shanghai("11-25 09:00"))
    team.li.types("/crm log Acme called, wants quote Fri")
    team.li.hears("✓ Acme Ltd: call, noted. Next contact by 7 Dec.")
    assert due_day(team.world, team.acme) == "12-07 08:30"
    bundle = team.li.hears("Good morning! 1 customer", "✓ Acme Ltd: call, noted. Next contact by 7 Dec. (Li Na)")
    assert [button.label for button in bundle.every_button] == ["Show"]
    team.world.until(shanghai("12-03 08:15"))
    assert len(team.heard(team.sun)) == len(team.heard(team.wang)) == 0


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
    before = len(team.heard(team.li))
    team.world.until(shanghai("12-03 08:15"))
    assert len(team.heard(team.li)) == before
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
    team.wang.presses("Reassign", colleague="Sun Bo")
    team.wang.hears("✓ Acme Ltd is now with Sun Bo. Both have been told.")
    team.sun.hears("Wang Qiang gave you Acme Ltd.", "7 days over", "[Log a contact]")
    team.li.hears("Wang Qiang gave Acme Ltd to Sun Bo")
    assert team.world.ask(lambda store: record(store, team.acme)).owner_id == team.sun.person.id
    team.li.types("/crm log Acme called")
    team.li.hears("I can't find “Acme”")
    said = len(team.heard(team.sun))
    team.world.wait(days=3, step=timedelta(hours=4))
    assert len(team.heard(team.sun)) == said, "what was said about this due date is not said again"


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


def test_while_the_owner_is_away_the_deputy_hears_and_can_act(team: Team) -> None:
    deputy = team.world.colleague("Mo Yan")
    away = {"deputy_id": deputy.person.id, "away_until": shanghai("12-20 08:00")}
    team.world.change(lambda store: store.staff.change(team.li.person.id, **away))
    team.world.until(shanghai("11-25 09:00"))
    assert team.heard(team.li) == []
    deputy.hears("Li Na: 1 customer to contact", "Acme Ltd")
    deputy.types("/crm due")
    deputy.hears("1 customer due")
    deputy.presses("Log", words="called, all fine")
    deputy.hears("Acme Ltd: call, noted. Next contact by 7 Dec")


def test_customers_without_an_owner_go_to_the_fallback_place(team: Team) -> None:
    lost = team.add("Lost Ltd", shanghai("11-10 15:00"))
    team.world.until(shanghai("11-24 09:00"))
    card = team.wang.hears("1 customer is due and has no owner", "Lost Ltd", place=FALLBACK)
    assert "Reassign" in [button.label for button in card.every_button]
    team.wang.presses("Reassign", place=FALLBACK, colleague="Li Na")
    assert team.world.ask(lambda store: record(store, lost)).owner_id == team.li.person.id


def test_whom_no_channel_reaches_is_spoken_of_at_the_fallback_place(team: Team) -> None:
    gone = staff_identities.delete().where(staff_identities.c.staff_id == team.li.person.id)
    team.world.change(lambda store: store.connection.execute(gone))
    team.world.until(shanghai("11-24 09:00"))
    team.wang.hears("Li Na: 1 customer to contact", "Acme Ltd", place=FALLBACK)


def test_due_lists_mine_and_the_teams_for_managers_only(team: Team) -> None:
    mo = team.world.colleague("Mo Yan", manager_id=team.wang.person.id)
    team.add("Borui", shanghai("11-12 15:00"), owner=mo)
    team.li.types("/crm due")
    assert "Borui" not in all_words(team.li.hears("1 customer due", "Acme Ltd"))
    team.wang.types("/crm due team")
    team.wang.hears("2 customers due", "Borui", "with Mo Yan", "with Li Na")
    team.li.types("/crm due team")
    team.li.hears("The team's list is for managers")
    team.wang.types("/crm due")
    team.wang.hears("No customer is due")


def test_a_chinese_morning_reads_like_one(team: Team) -> None:
    li = team.world.colleague("李娜", language="zh-CN", manager_id=team.wang.person.id)
    team.add("星河科技", shanghai("11-11 15:00"), owner=li, tier="growth")
    team.add("博瑞机电", shanghai("11-06 15:00"), owner=li)
    li.types("待办")
    card = li.hears("1 家客户待跟进")
    assert [row.text for row in card.rows] == [
        "博瑞机电（头部战略客户，每 12 天一次） · 已超期 5 天\n11月25日通知Wang Qiang · 上次联系：11月6日"
    ]


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
