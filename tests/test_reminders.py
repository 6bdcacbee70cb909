"""Reminders: who is due calls, rung by rung, those who hear of it in their one message of a morning."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from storage.agreements import Contract
from storage.columns import new_id
from storage.database import Database
from storage.due import Due, DueAlike
from storage.staff import staff_identities
from storage.store import Store
from tests.policy.samples import changed
from tests.team import FALLBACK, Team, due_day, make_team, record, shanghai
from tests.world import World, all_words

BEAT = timedelta(minutes=30)
FIRST = timedelta(hours=1, minutes=30)
"""From ten o'clock on, where these scenes begin, such steps meet half past eight on every day."""


@pytest.fixture
def team(world: World) -> Team:
    return make_team(world)


@pytest.fixture
def holiday(database: Database) -> Iterator[World]:
    """A company whose Friday 27 November is free."""
    world = World(database, changed("extra_holidays: []", "extra_holidays: [2026-11-27]"))
    yield world
    world.end()


def test_a_fortnight_calls_by_each_rung_once_whom_it_calls(team: Team) -> None:
    team.world.wait(days=10, step=FIRST)
    assert team.calls(team.li) == [
        ("11-23 11:30", 1, "11-23 11:30"),  # ahead: two working days before Wednesday 25; the bot came up late
        ("11-25 08:30", 2, "11-25 08:30"),  # due
        ("11-27 08:30", 3, "11-27 08:30"),  # two working days over
    ]
    assert team.calls(team.sun) == [("11-27 08:30", 3, "11-27 08:30")]
    assert team.calls(team.wang) == [("12-02 08:30", 4, "12-02 08:30")]


def test_the_owner_hears_of_it_every_working_morning_and_others_once_they_are_called(team: Team) -> None:
    team.world.wait(days=7, step=FIRST)
    assert team.heard(team.li) == [
        ("11-23 11:30", "Good morning, Li Na: 1 coming up"),
        ("11-24 08:30", "Good morning, Li Na: 1 coming up"),
        ("11-25 08:30", "Good morning, Li Na: 1 due today"),
        ("11-26 08:30", "Good morning, Li Na: 1 overdue"),
        ("11-27 08:30", "Good morning, Li Na: 1 overdue"),
        ("11-30 08:30", "Good morning, Li Na: 1 overdue"),
    ]
    assert team.heard(team.sun) == [
        (day, "Good morning, Sun Bo: 1 where you are called") for day in ("11-27 08:30", "11-30 08:30")
    ]
    card = team.sun.hears("Colleagues' customers that need you: 1", "with Li Na")
    assert [button.label for button in card.rows[1].buttons] == ["Log", "Snooze", "Draft", "Show"]


def test_a_holiday_and_a_weekend_do_not_count(holiday: World) -> None:
    team = make_team(holiday)
    holiday.wait(days=10, step=FIRST)
    assert [day for day, *_ in team.calls(team.li)] == ["11-23 11:30", "11-25 08:30", "11-30 08:30"]
    assert [day for day, *_ in team.calls(team.wang)] == ["12-03 08:30"]
    assert "11-27" not in {day[:5] for day, _ in team.heard(team.li)}


def test_a_week_down_is_one_message_with_the_highest_rung_and_its_age(team: Team) -> None:
    team.world.until(shanghai("11-24 18:00"), step=FIRST)
    before = len(team.heard(team.li))
    team.world.sleeps(days=7)  # due, two over and almost five over: all while the process was down
    assert len(team.heard(team.li)) == before
    team.world.until(shanghai("12-02 09:00"), step=BEAT)
    assert len(team.heard(team.li)) == before + 1
    team.li.hears("Acme Ltd", "7 days over", "This covers 8 days, since 24 Nov.")
    assert team.calls(team.li)[1:] == [("12-02 08:30", 3, "12-02 08:30")]
    assert team.calls(team.sun) == [("12-02 08:30", 3, "12-02 08:30")]
    assert team.calls(team.wang) == [("12-02 08:30", 4, "12-02 08:30")]


def test_a_contact_logged_by_another_replica_meanwhile_stands(team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    world, database = team.world, team.world.bot.database
    if database.is_sqlite:
        pytest.skip("SQLite has one writer")
    read = Due.touches_due
    moved = {"touch_due_at": world.now + timedelta(days=30), "touch_next_at": world.now + timedelta(days=28)}

    def read_then_logged(self: Due, *asked: Any) -> list[DueAlike]:
        found = read(self, *asked)
        monkeypatch.undo()
        with database.writing() as connection:
            store = Store(connection)
            store.customers.change(record(store, team.acme), touch_rung=0, **moved)
        return found

    monkeypatch.setattr(Due, "touches_due", read_then_logged)
    world.until(shanghai("11-24 18:00"), step=FIRST)
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
    team.world.until(shanghai("11-24 08:30"), step=BEAT)
    for _ in range(5):
        team.world.beat()
    assert [day for day, _ in team.heard(team.li)] == ["11-23 10:00", "11-24 08:30"]
    assert team.calls(team.li) == [("11-23 10:00", 1, "11-23 10:00")]


def test_nobody_is_woken_in_the_evening_or_on_a_sunday(team: Team) -> None:
    team.world.sleeps(days=5, hours=10)  # Saturday 20:00
    assert team.heard(team.li) == []
    team.world.wait(days=1, hours=4, step=BEAT)
    assert team.heard(team.li) == []
    team.world.until(shanghai("11-30 08:30"), step=BEAT)
    assert [day for day, _ in team.heard(team.li)] == ["11-30 08:30"]


def test_one_message_names_the_most_valuable_and_counts_the_rest(team: Team) -> None:
    for n in range(14):
        tier = "growth" if n % 2 else "strategic"
        spent = Decimal(20_000 - n)  # who has waited longest bought least
        team.add(f"Client {n:02}", shanghai("10-12 12:00") - timedelta(days=n), owner=team.li, tier=tier, spent=spent)
    team.world.until(shanghai("11-23 10:15"), step=FIRST)
    ((_, title),) = team.heard(team.li)
    assert title == "Good morning, Li Na: 14 overdue, 1 coming up"
    card = team.li.hears("Overdue with you: 14 (the first 4)")
    names = [row.text.split(" (")[0] for row in card.rows if row.buttons]
    assert names == ["Client 00", "Client 02", "Client 04", "Client 06", "Acme Ltd"]
    assert card.rows[1].text.split("\n")[1].startswith("CN¥20,000 in 12 months · last contact: 12 Oct")
    assert sum(button.label == "Log" for button in card.every_button) == 3
    team.li.presses("All due customers")
    listed = team.li.hears("15 customers due")
    assert listed.rows[14].text.startswith("Acme Ltd")
    team.li.presses("Show", row="Client 05")
    team.li.hears("Contact due: Client 05", "[Log a contact]", "[Snooze]", "[Draft it for me]")


def test_each_row_has_its_own_deeds_and_a_settled_one_leaves_the_others(team: Team) -> None:
    team.add("Borui", shanghai("11-12 15:00"), owner=team.li)
    team.world.until(shanghai("11-23 10:15"), step=FIRST)
    team.li.presses("Log", row="Borui", words="called, all fine")
    morning = team.li.hears("Good morning, Li Na: 2 coming up", "✓ Borui: call, noted")
    rows = {row.text.split(" ")[0]: [button.label for button in row.buttons] for row in morning.rows if row.buttons}
    assert rows == {"Acme": ["Log", "Snooze", "Draft", "Show"], "✓": ["Show"]}


def test_nobody_is_wished_a_good_morning_after_noon(team: Team) -> None:
    team.world.sleeps(hours=4)  # Monday 14:00
    assert team.heard(team.li) == [("11-23 14:00", "Li Na: 1 coming up")]


def test_a_date_is_said_once_and_its_year_only_where_it_is_another(team: Team) -> None:
    team.world.until(shanghai("11-24 09:00"), step=FIRST)
    (_, row) = team.li.hears("1 coming up").rows
    assert row.text == "Acme Ltd (strategic, every 12 days) · due 25 Nov\nlast contact: 13 Nov"
    team.li.types("/crm snooze Acme 50 closed for the winter")
    team.li.hears("I'll remind you on 13 Jan 2027.")


def test_the_card_says_who_hears_next_and_what_was_said_last(team: Team) -> None:
    team.li.types("/crm log Acme wrote, wants quote for filters")
    team.world.until(shanghai("11-27 09:00"), step=FIRST)
    (_, row) = team.li.hears("2 days overdue").rows
    assert row.text == (
        "Acme Ltd (strategic, every 12 days) · 2 days overdue\n"
        "Wang Qiang hears on 2 Dec · last contact: 23 Nov, message, “wrote, wants quote for filters”"
    )


def test_the_card_says_why_somebody_matters(team: Team) -> None:
    team.acme.writes("I want to complain, my order arrived damaged!")
    ends = (("C-1", date(2027, 3, 1)), ("C-2", date(2026, 12, 31)), ("C-0", date(2026, 11, 1)))
    id_ = team.world.ask(lambda store: record(store, team.acme)).id

    def write(store: Store) -> None:
        for number, day in ends:
            store.agreements.add_contract(Contract(new_id(), id_, number, day))
        store.customers.change(record(store, team.acme), spent=Decimal(12_300), currency="CNY")

    team.world.change(write)
    team.world.until(shanghai("11-26 09:00"), step=timedelta(hours=1))
    row = next(row for row in team.li.hears("Overdue with you: 1").rows if row.buttons)
    assert row.text.split("\n")[1] == (
        f"CN¥12,300 in 12 months · {team.world.ticket.number} is open · contract ends 31 Dec · "
        "your service group hears on 27 Nov · last contact: 13 Nov"
    )


def test_a_logged_call_moves_the_date_at_once_and_clears_the_card(team: Team) -> None:
    team.world.until(shanghai("11-25 09:00"), step=FIRST)
    team.li.types("/crm log Acme called, wants quote Fri")
    team.li.hears("✓ Acme Ltd: call, noted. Next contact by 7 Dec.")
    assert due_day(team.world, team.acme) == "12-07 08:30"
    morning = team.li.hears("Good morning, Li Na", "✓ Acme Ltd: call, noted. Next contact by 7 Dec. (Li Na)")
    assert [button.label for button in morning.every_button] == ["Show", "Refresh"]
    team.world.until(shanghai("12-03 08:15"), step=FIRST)
    assert team.calls(team.sun) == team.calls(team.wang) == []


def test_a_contact_clears_the_cards_of_all_who_were_called(team: Team) -> None:
    team.world.until(shanghai("11-27 09:00"), step=FIRST)
    team.li.types("/crm log Acme called, all well")
    team.sun.hears("✓ Acme Ltd: call, noted. Next contact by 9 Dec. (Li Na)")
    assert team.world.ask(lambda s: s.reminders.standing(team.sun.person.id, shanghai("11-01 00:00"))) == []
    team.world.until(shanghai("11-30 09:00"), step=BEAT)
    assert [day for day, _ in team.heard(team.sun)] == ["11-27 08:30"]


def test_who_is_called_after_their_morning_hears_it_on_the_same_card(team: Team) -> None:
    team.world.until(shanghai("11-24 09:00"), step=FIRST)
    said = team.heard(team.li)
    team.add("Borui", shanghai("11-12 15:00"), owner=team.li)
    team.world.wait(minutes=1, step=timedelta(seconds=5))
    assert [day for day, _ in team.heard(team.li)] == [day for day, _ in said]
    team.li.hears("Good morning, Li Na: 1 due today, 1 coming up", "Borui")


def test_while_the_owner_is_away_the_deputy_hears_and_can_act(team: Team) -> None:
    deputy = team.world.colleague("Mo Yan")
    away = {"deputy_id": deputy.person.id, "away_until": shanghai("12-20 08:00")}
    team.world.change(lambda store: store.staff.change(team.li.person.id, **away))
    team.world.until(shanghai("11-25 09:00"), step=FIRST)
    assert team.heard(team.li) == []
    deputy.hears("Good morning, Mo Yan: 1 due today", "Acme Ltd", "with Li Na")
    deputy.types("/crm due")
    deputy.hears("1 customer due")
    deputy.presses("Log", words="called, all fine")
    deputy.hears("Acme Ltd: call, noted. Next contact by 7 Dec")


def test_customers_without_an_owner_go_to_the_fallback_place(team: Team) -> None:
    lost = team.add("Lost Ltd", shanghai("11-10 15:00"))
    team.world.until(shanghai("11-24 09:00"), step=FIRST)
    card = team.wang.hears("1 customer is due and has no owner", "Lost Ltd", place=FALLBACK)
    assert "Reassign" in [button.label for button in card.every_button]
    team.wang.presses("Reassign", place=FALLBACK, colleague="Li Na")
    assert team.world.ask(lambda store: record(store, lost)).owner_id == team.li.person.id


def test_whom_no_channel_reaches_is_spoken_of_at_the_fallback_place(team: Team) -> None:
    gone = staff_identities.delete().where(staff_identities.c.staff_id == team.li.person.id)
    team.world.change(lambda store: store.connection.execute(gone))
    team.world.until(shanghai("11-24 09:00"), step=FIRST)
    team.wang.hears("This is for Li Na, whom I could not reach", "Acme Ltd", place=FALLBACK)
    assert team.calls(team.li) == [("11-23 11:30", 1, "11-23 11:30")]


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
