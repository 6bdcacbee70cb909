"""A year of occasions: each found once, asked about on a working day before, sent after a yes or not at all."""

from __future__ import annotations

import pytest

from storage.occasions import Occasion
from tests.occasions.house import House, at
from tests.world import all_words


def states(found: list[Occasion]) -> list[tuple[str, str, str | None]]:
    return [(one.day.isoformat(), one.state, one.why) for one in found]


LEAP_BIRTHDAYS = [
    # asked on, kept on: the 28th is a Sunday in 2027; in 2028 there is a 29th, a Tuesday
    ("2027-02-26", "2027-02-28"),
    ("2028-02-28", "2028-02-29"),
]


@pytest.mark.parametrize(("asked", "kept"), LEAP_BIRTHDAYS)
def test_who_was_born_on_a_leap_day_is_greeted_once_a_year(house: House, asked: str, kept: str) -> None:
    house.begin(asked, "07:00")
    chen = house.customer()
    house.born(chen, "1988-02-29")
    house.at(asked)
    house.li.hears("1 greeting for", "Chen Wei's birthday", "Happy birthday")
    house.li.presses("Send it at 09:00 their time")
    house.at(kept, "08:59")
    assert house.greeted(chen) == 0
    house.at(kept, "09:01")
    assert house.greeted(chen) == 1
    chen.hears("Happy birthday")
    house.at(f"{kept[:4]}-03-20")
    assert states(house.occasions("birthday")) == [(kept, "drafted", None)]
    assert house.greeted(chen) == 1


def test_spring_festival_on_a_sunday_is_asked_about_on_friday_and_sent_on_the_day(house: House) -> None:
    house.begin("2023-01-10", "07:00")
    chen = house.customer("星河科技", "陈伟", language="zh-CN")
    ann = house.customer("Acme Ltd", "Ann Lee")
    house.at("2023-01-19")
    assert house.li.count("Spring Festival") == 0, "too early: everybody is at work tomorrow"
    house.at("2023-01-20", "08:29")
    assert house.li.count("Spring Festival") == 0, "her day has not begun"
    house.at("2023-01-20", "08:31")
    card = house.li.hears("1 greeting for Spring Festival, 22 Jan", "星河科技")
    assert "春节" in all_words(card)
    house.li.presses("Send it at 09:00 their time")
    house.at("2023-01-22", "08:59")
    assert house.greeted(chen) == 0
    house.at("2023-01-22", "09:01")
    assert house.greeted(chen) == 1
    assert house.greeted(ann) == 0, "not a festival of hers"
    house.at("2023-01-30")
    assert len(house.occasions("festival")) == 1


def test_an_owners_own_holidays_count_not_only_the_companys(house: House) -> None:
    """The 1st and 2nd of October 2026 are free in China, the 30th of September is the last working day."""
    house.begin("2026-09-20", "07:00")
    chen = house.customer()
    house.born(chen, "10-05")
    house.at("2026-09-29")
    assert house.li.count("birthday") == 0
    house.at("2026-09-30")
    house.li.hears("Chen Wei's birthday")
    assert house.occasions("birthday")[0].prepare_at == at("2026-09-30", "00:00")


def test_a_contract_that_ends_on_a_holiday_comes_up_at_each_lead_once(house: House) -> None:
    house.begin("2026-06-30", "09:00")
    chen = house.customer()
    house.contract(chen, "HT-7", "2026-10-01")
    for day in ("2026-07-01", "2026-07-02"):
        house.at(day)
    assert house.occasions("renewal") == []
    for day in ("2026-07-03", "2026-07-04", "2026-07-31", "2026-08-02", "2026-08-03", "2026-08-31", "2026-09-01"):
        house.at(day)
        house.at(day, "11:00")
    house.at("2026-10-20")
    leads = [(one.lead, one.found_at, one.state) for one in house.occasions("renewal")]
    assert sorted(leads, reverse=True) == [
        (90, at("2026-07-03", "08:31"), "drafted"),
        (60, at("2026-08-02", "08:31"), "drafted"),
        (30, at("2026-09-01", "08:31"), "drafted"),
    ]


def test_a_later_lead_takes_the_place_of_a_draft_that_nobody_decided_about(house: House) -> None:
    house.begin("2026-07-30", "09:00")
    chen = house.customer()
    house.contract(chen, "HT-7", "2026-10-01")
    house.at("2026-08-01")
    house.at("2026-08-02")
    old, new = sorted(house.occasions("renewal"), key=lambda one: -(one.lead or 0))
    assert (old.lead, old.state, house.draft(old).state) == (90, "dropped", "dropped")
    assert (new.lead, new.state, house.draft(new).state) == (60, "drafted", "open")
    house.li.types("/crm day")
    assert all_words(house.li.cards()[-1]).count("contract HT-7 ends") == 1


def test_a_prolonged_contract_comes_up_again_before_its_new_end(house: House) -> None:
    house.begin("2026-09-01", "09:00")
    chen = house.customer()
    house.contract(chen, "HT-7", "2026-10-01")
    house.at("2026-09-02")
    house.contract(chen, "HT-7", "2027-10-01")
    house.at("2026-09-03")
    assert len(house.occasions("renewal")) == 1
    house.at("2027-07-03")
    assert [(one.day.year, one.lead) for one in house.occasions("renewal")] == [(2026, 30), (2027, 90)]


def test_maintenance_moves_on_when_the_visit_is_logged_not_when_the_advice_goes(house: House) -> None:
    house.begin("2026-11-01", "09:00")
    chen = house.customer()
    house.product(chen, "SN-1", "2026-12-10", 6)
    house.at("2026-11-09")
    assert house.occasions("maintenance") == []
    house.at("2026-11-10")
    (found,) = house.occasions("maintenance")
    house.li.types("/crm day")
    house.li.presses("Open draft", row="maintenance of Pump SN-1")
    house.li.presses("Send")
    house.at("2026-11-10", "09:30")
    assert house.greeted(chen) == 1
    assert house.draft(found).purpose == "maintenance"
    (product,) = house.world.ask(lambda store: store.agreements.installations_of([found.customer_id]))
    assert product.maintenance_on is not None
    assert product.maintenance_on.isoformat() == "2026-12-10"
    house.li.types("/crm product done Galaxy SN-1 2026-12-11")
    house.li.hears("Next one: 11 Jun 2027")
    house.at("2027-05-11")
    house.at("2027-05-12")
    assert [one.day.isoformat() for one in house.occasions("maintenance")] == ["2026-12-10", "2027-06-11"]


def test_best_customers_are_prepared_and_listed_first(house: House) -> None:
    house.begin("2026-11-01", "09:00")
    guests = [house.customer(f"Client {n} Ltd", f"Person {n}") for n in range(3)]
    for guest, spent in zip(guests, (100, 9000, 500), strict=True):
        house.spends(guest, spent)
        house.product(guest, f"SN-{spent}", "2026-12-10")
    house.at("2026-11-10")
    house.li.types("/crm day")
    said = all_words(house.li.cards()[-1])
    assert said.index("SN-9000") < said.index("SN-500") < said.index("SN-100")


def test_while_she_is_on_leave_her_deputy_is_asked_and_decides(house: House) -> None:
    house.begin("2026-11-16", "07:00")
    chen = house.customer()
    house.born(chen, "11-24")
    house.contract(chen, "HT-7", "2027-02-15")
    house.leave(house.li, "2026-12-01")
    house.at("2026-11-23")
    house.sun.hears("1 greeting for tomorrow", "Chen Wei")
    house.li.hears_nothing("1 greeting")
    house.sun.types("/crm day")
    house.sun.hears("contract HT-7 ends", "draft ready")
    house.sun.presses("Send it at 09:00 their time")
    house.at("2026-11-24", "09:01")
    assert [card.from_person for card in chen.cards()] == ["Sun Bo"]


def test_while_she_is_on_leave_without_a_deputy_her_manager_is_asked_and_decides(house: House) -> None:
    house.begin("2026-11-16", "07:00")
    chen = house.customer()
    house.born(chen, "11-24")
    house.world.change(lambda store: store.staff.change(house.li.person.id, deputy_id=None))
    house.leave(house.li, "2026-12-01")
    house.at("2026-11-23")
    house.wang.hears("1 greeting for tomorrow", "Chen Wei")
    house.li.hears_nothing("1 greeting")
    house.wang.presses("Send it at 09:00 their time")
    house.wang.hears("All of these are decided.")
    house.at("2026-11-24", "09:01")
    assert house.greeted(chen) == 1


def test_a_list_of_greetings_that_are_over_is_said_anew_once(house: House) -> None:
    house.begin("2026-11-16", "07:00")
    for n in range(12):
        house.born(house.customer(f"Shop {n}", f"Chen {n}"), "11-24")
    house.at("2026-11-23")
    before = house.world.ask(lambda store: store.outbox.in_state("sent", limit=1000))
    house.at("2026-11-25", "00:01")
    after = house.world.ask(lambda store: store.outbox.in_state("sent", "superseded", limit=1000))
    news = [one for one in after[len(before) :] if one.slot.startswith("greetings:")]
    assert len(news) == 1
    house.li.hears("All of these are decided.")


STOPPED = ["opted-out", "cap", "complaint"]


@pytest.mark.parametrize("why", STOPPED)
def test_what_may_not_be_written_is_stopped_and_says_why(house: House, why: str) -> None:
    house.begin("2026-11-20", "09:00")
    chen = house.customer(tier="growth")
    house.born(chen, "11-24")
    house.contract(chen, "HT-7", "2027-02-21")
    if why == "opted-out":
        chen.writes("退订")
    elif why == "complaint":
        chen.writes("I want to complain, my order arrived damaged!")
    else:
        house.buys(chen, "PO-1", "2026-05-12")
        for clock in ("09:30", "10:30"):
            house.li.types("/crm draft Galaxy follow-up")
            house.li.presses("Send")
            house.at("2026-11-20", clock)
    before = house.greeted(chen)
    house.at("2026-11-23")
    assert {(one.kind, one.state, one.why) for one in house.occasions()} == {
        ("birthday", "stopped", why),
        ("renewal", "stopped", why),
    }
    house.li.types("/crm occasions 120")
    reason = {"opted-out": "opted out", "cap": "has had enough messages", "complaint": "complaint open"}[why]
    assert all_words(house.li.cards()[-1]).count(f"held back: {reason}") == 2
    house.at("2026-11-24", "12:00")
    assert house.greeted(chen) == before


def test_what_was_stopped_can_be_tried_again_once_the_way_is_free(house: House) -> None:
    house.begin("2026-11-20", "09:00")
    chen = house.customer()
    house.contract(chen, "HT-7", "2027-02-21")
    house.knows(chen, opted_out_at=house.world.now)
    house.at("2026-11-23")
    house.li.types("/crm day")
    house.li.presses("Try again", row="HT-7")
    house.li.hears("Still not possible: opted out")
    house.knows(chen, opted_out_at=None)
    house.li.presses("Try again", row="HT-7")
    house.li.presses("Show")
    house.li.hears("Draft for Chen Wei (Galaxy Ltd): renewal", "HT-7")
    assert [one.state for one in house.occasions("renewal")] == ["drafted"]


def test_a_week_down_finds_everything_once_and_sends_nothing_that_is_over(house: House) -> None:
    house.begin("2026-11-18", "07:00")
    chen, bo = house.customer(), house.customer("Borui Ltd", "Bo Li")
    house.born(chen, "11-24")
    house.born(bo, "12-01")
    house.contract(chen, "HT-7", "2027-01-21")
    house.product(chen, "SN-1", "2026-12-21")
    house.at("2026-11-20")
    house.at("2026-11-30")  # down from the 20th, over the birthday, the maintenance lead and the lead of 60 days
    house.at("2026-11-30", "11:00")
    assert states(house.occasions("birthday")) == [
        ("2026-11-24", "stopped", "missed"),
        ("2026-12-01", "drafted", None),
    ]
    assert sorted(one.lead or 0 for one in house.occasions("renewal")) == [60, 90]
    assert len(house.occasions("maintenance")) == 1
    house.li.types("/crm occasions")
    house.li.hears("Chen Wei's birthday", "the day was over before I could ask")
    house.li.hears("1 greeting for tomorrow", "Bo Li")
    house.at("2026-12-02")
    assert house.greeted(chen) == house.greeted(bo) == 0, "nobody said yes"


def test_of_several_leads_that_were_missed_only_the_nearest_comes_up(house: House) -> None:
    house.begin("2026-06-01", "09:00")
    chen = house.customer()
    house.contract(chen, "HT-7", "2026-10-01")
    house.at("2026-09-10")
    house.at("2026-09-11")
    assert [one.lead for one in house.occasions("renewal")] == [30]
    assert states(house.occasions("renewal")) == [("2026-10-01", "drafted", None)]


def test_a_contract_that_ended_while_nobody_looked_is_shown_as_missed(house: House) -> None:
    house.begin("2026-06-01", "09:00")
    chen = house.customer()
    house.contract(chen, "HT-7", "2026-10-01")
    house.at("2026-10-05")
    assert states(house.occasions("renewal")) == [("2026-10-01", "stopped", "missed")]


def test_a_birthday_learned_late_is_still_kept(house: House) -> None:
    house.begin("2026-11-23", "09:00")
    house.customer()
    house.at("2026-11-23", "09:10")
    house.li.types("/crm contact birthday Galaxy 24 Nov")
    house.at("2026-11-23", "09:20")
    house.li.hears("1 greeting for tomorrow")


def test_years_together_are_counted_from_the_first_day(house: House) -> None:
    house.begin("2024-11-24", "09:00")
    chen = house.customer()
    house.begin("2026-11-23", "07:00")
    house.at("2026-11-23")
    house.li.hears("1 greeting for tomorrow", "2 years together")
    assert [one.key for one in house.occasions("anniversary")] == [f"anniversary:{record(chen)}:2"]


def record(guest: object) -> str:
    customer = getattr(guest, "customer", None)
    assert customer is not None
    return str(customer.id)
