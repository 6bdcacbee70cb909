"""Greetings are approved together the day before: once for all, each with a way back, none without a yes."""

from __future__ import annotations

import pytest

from handlers.greeting_cards import SHOWN
from tests.occasions.house import House
from tests.world import Guest, all_words

FESTIVAL = "2026-09-25"
"""Mid-Autumn: a Friday."""
EVE = "2026-09-24"


def company(house: House, count: int) -> list[Guest]:
    """Customers of Li Na's, who all keep Mid-Autumn."""
    house.begin("2026-09-14", "09:00")
    return [house.customer(f"客户{n:02}", f"联系人{n:02}", language="zh-CN") for n in range(count)]


def the_card(house: House) -> str:
    return all_words(house.li.hears("Mid-Autumn"))


def test_one_yes_sends_all_of_them_in_the_morning_and_not_before(house: House) -> None:
    guests = company(house, 3)
    house.at(EVE)
    said = the_card(house)
    assert "3 greetings for the Mid-Autumn Festival, tomorrow" in said
    assert said.count("中秋") >= 3, "the words of each can be read before the yes"
    house.li.presses("Send all 3 at 09:00 their time")
    assert house.li.count("Mid-Autumn") == 1, "the same card"
    assert "All of these are decided." in the_card(house)
    house.at(FESTIVAL, "08:59")
    assert [house.greeted(guest) for guest in guests] == [0, 0, 0]
    house.at(FESTIVAL, "09:01")
    assert [house.greeted(guest) for guest in guests] == [1, 1, 1]
    assert {card.from_person for guest in guests for card in guest.cards()} == {"Li Na"}


def test_what_nobody_approved_is_not_sent(house: House) -> None:
    guests = company(house, 2)
    house.at(EVE)
    house.at(FESTIVAL, "12:00")
    house.at("2026-09-26", "12:00")
    assert [house.greeted(guest) for guest in guests] == [0, 0]
    assert {house.draft(one).state for one in house.festival("mid_autumn")} == {"expired"}
    house.li.types("/crm occasions")
    house.li.hears_nothing("draft ready")


def test_a_list_that_waited_while_the_bot_was_down_is_not_said_at_night(house: House) -> None:
    company(house, 1)
    house.at(EVE, "00:05")
    house.at("2026-09-24", "22:30")
    house.li.hears_nothing("Mid-Autumn")


def test_who_leaves_in_the_night_is_sent_no_names_in_the_morning(house: House) -> None:
    company(house, 1)
    house.at(EVE, "00:05")
    house.world.change(lambda store: store.staff.change(house.li.person.id, active=False))
    house.at(EVE, "12:00")
    house.li.hears_nothing("Mid-Autumn")


def test_nine_in_the_morning_is_the_contacts_own(house: House) -> None:
    house.begin("2026-09-14", "09:00")
    london = house.customer("Harbour Ltd", "Ann Lee")
    house.knows(london, zone="Europe/London", culture="chinese")
    house.at(EVE)
    house.li.presses("Send it at 09:00 their time")
    house.at(FESTIVAL, "15:59")
    assert house.greeted(london) == 0
    house.at(FESTIVAL, "16:01")
    assert house.greeted(london) == 1


def test_a_greeting_never_leaves_at_night_even_if_the_policy_says_so(house: House) -> None:
    house.adopt('send_at: "09:00"', 'send_at: "06:30"')
    (chen,) = company(house, 1)
    house.at(EVE)
    house.li.presses("Send it at 06:30 their time")
    house.at(FESTIVAL, "07:59")
    assert house.greeted(chen) == 0
    house.at(FESTIVAL, "08:01")
    assert house.greeted(chen) == 1


def test_one_can_be_changed_and_another_left_out(house: House) -> None:
    guests = company(house, 3)
    house.at(EVE)
    house.li.presses("Edit", row="客户01", words="中秋好！改天请您喝茶。")
    house.li.presses("Skip", row="客户02")
    assert "2 greetings for" in the_card(house)
    house.li.presses("Send all 2 at 09:00 their time")
    house.at(FESTIVAL, "09:01")
    assert [house.greeted(guest) for guest in guests] == [1, 1, 0]
    guests[1].hears("改天请您喝茶")
    assert "dropped" in the_card(house)


def test_all_can_be_dropped(house: House) -> None:
    guests = company(house, 3)
    house.at(EVE)
    house.li.presses("Drop all")
    house.at(FESTIVAL, "09:01")
    assert [house.greeted(guest) for guest in guests] == [0, 0, 0]
    assert "Greetings for the Mid-Autumn Festival" in the_card(house)


def test_one_or_all_can_be_taken_back_until_they_leave(house: House) -> None:
    guests = company(house, 3)
    house.at(EVE)
    house.li.presses("Send all 3 at 09:00 their time")
    house.li.presses("Undo", row="客户00")
    assert "1 greeting for" in the_card(house)
    house.li.presses("Take all back")
    assert "3 greetings for" in the_card(house)
    house.li.presses("Send all 3 at 09:00 their time")
    house.at(FESTIVAL, "09:01")
    assert [house.greeted(guest) for guest in guests] == [1, 1, 1], "sent again after it was taken back, once"
    house.li.runs("greetings undo", owner=house.li.person.id, day=FESTIVAL)
    house.li.hears("It has already gone out.")


def test_what_a_customers_message_overtakes_is_taken_out(house: House) -> None:
    before, after = company(house, 2)
    house.at(EVE)
    before.writes("你们的货什么时候到？")
    assert "off, they wrote meanwhile" in the_card(house)
    assert house.li.count("2 greetings") == 0, "what is off is not counted any more"
    house.li.presses("Send it at 09:00 their time")
    after.writes("你们的货什么时候到？")
    house.at(FESTIVAL, "09:01")
    assert [house.greeted(guest) for guest in (before, after)] == [0, 0]
    assert {house.draft(one).state for one in house.festival("mid_autumn")} == {"overtaken"}
    house.li.hears("didn't go out: they wrote first")


def test_forty_five_leave_one_by_one_transaction_after_another(house: House) -> None:
    guests = company(house, 45)
    for _ in range(2):
        house.at(EVE)
    assert "45 greetings for" in the_card(house)
    house.li.presses("Page 2 of 5")
    assert the_card(house).count("客户") == SHOWN
    house.li.presses("Send all 45 at 09:00 their time")
    assert "All of these are decided." in the_card(house)
    assert {house.draft(one).state for one in house.festival("mid_autumn")} == {"sent"}
    house.at(FESTIVAL, "09:01")
    house.at(FESTIVAL, "09:10")
    assert {house.greeted(guest) for guest in guests} == {1}


def test_who_opted_out_is_named_as_not_written(house: House) -> None:
    first, second = company(house, 2)
    house.knows(first, opted_out_at=house.world.now)
    house.at(EVE)
    said = the_card(house)
    assert "1 greeting for" in said
    assert "Not written: 1 (1 × opted out)" in said
    house.knows(second, opted_out_at=house.world.now)
    house.li.presses("Send it at 09:00 their time")
    assert "Not written: 2 (2 × opted out)" in the_card(house)
    house.at(FESTIVAL, "09:01")
    assert [house.greeted(guest) for guest in (first, second)] == [0, 0]


def test_of_two_who_decide_at_once_one_counts(house: House) -> None:
    (chen,) = company(house, 1)
    house.at(EVE)
    house.wang.runs("greetings", owner=house.li.person.id, day=FESTIVAL)
    post, button = house.li._find("Send it at 09:00 their time", house.li.address, None)
    house.wang.presses("Skip", row="客户00")
    house.li.runs(button.command, **button.args)
    house.li.hears("Nothing waits here any more.")
    house.li.presses_old(post, button)
    house.li.hears("This card has moved on")
    house.at(FESTIVAL, "09:01")
    assert house.greeted(chen) == 0
    assert "dropped" in the_card(house), "each reader's card tells the same"


def test_somebody_elses_greetings_are_not_shown(house: House) -> None:
    company(house, 1)
    house.at(EVE)
    for command in ("greetings", "greetings send", "greetings drop", "greetings undo"):
        house.sun.runs(command, owner=house.li.person.id, day=FESTIVAL)
        house.sun.hears("This has been dealt with already.")
    (one,) = house.festival("mid_autumn")
    house.sun.runs("greeting skip", occasion=one.id)
    assert house.draft(one).state == "open"
    house.sun.hears_nothing("客户00")


CULTURES = [
    # culture on record, language, keeps Mid-Autumn
    (None, "zh-CN", True),
    (None, "en", False),
    ("chinese", "en", True),
    ("western", "zh-CN", False),
]


@pytest.mark.parametrize(("culture", "language", "keeps"), CULTURES)
def test_festivals_follow_the_contacts_culture_else_their_language(
    house: House, culture: str | None, language: str, *, keeps: bool
) -> None:
    house.begin("2026-09-14", "09:00")
    chen = house.customer(language=language)
    house.knows(chen, culture=culture)
    house.at(EVE)
    assert (len(house.festival("mid_autumn")) == 1) is keeps


def test_the_digest_counts_what_is_coming_and_opens_its_list(house: House) -> None:
    house.begin("2026-11-16", "09:00")
    chen = house.customer()
    house.born(chen, "11-24")
    house.contract(chen, "HT-7", "2026-12-10")
    house.product(chen, "SN-1", "2026-12-20")
    house.at("2026-11-23")
    (part,) = house.coming(house.wang)
    assert part.count == 3
    assert part.rows[0].text == "Renewals in 30 days: 1 · maintenance: 1 · birthdays this week: 1"
    assert "the first" not in all_words(house.wang.hears("Renewals in 30 days")), "one line counts them all"
    house.wang.types("/crm occasions")
    listed = house.wang.hears("Coming up in 30 days")
    assert len([row for row in listed.rows if "contract" in row.text or "maintenance" in row.text]) == 2
