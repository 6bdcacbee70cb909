"""One's own morning: it comes at the hour, by the clocks and in the app that somebody asked for."""

from __future__ import annotations

from datetime import timedelta

from tests.house.cast import LINES
from tests.house.house import House, words
from tests.team import shanghai

STEP = timedelta(hours=4)


def test_a_morning_follows_its_person_to_another_hour_zone_and_channel(house: House) -> None:
    lines = LINES[house.language]
    li = house.hires("U0LI", lines.rep, "rep")
    phone = house.someone(lines.rep, house.language)
    house.change(lambda store: store.staff.bind(li.person.id, "telegram", str(phone.id)))
    phone.opens()
    house.serves(lines.company, lines.customer, li, tier="strategic")
    house.last_contact(lines.company, shanghai("11-13 15:00"))

    def in_slack() -> int:
        return sum(lines.company in words(message) for message in li.direct())

    house.until(shanghai("11-24 12:00"), step=STEP)
    assert in_slack() == 2, "Monday's, two working days ahead, and Tuesday's"
    li.types("settings zone berlin")
    li.types("settings morning 9:15")
    li.types("settings channel telegram")
    house.until(shanghai("11-25 16:14"), step=STEP)
    assert (in_slack(), phone.count(lines.company)) == (2, 0), "it is 09:14 in Berlin"
    house.until(shanghai("11-25 16:15"), step=STEP)
    assert (in_slack(), phone.count(lines.company)) == (2, 1)
    house.until(shanghai("11-26 16:14"), step=STEP)
    assert (in_slack(), phone.count(lines.company)) == (2, 1)
    house.until(shanghai("11-26 16:15"), step=STEP)
    assert (in_slack(), phone.count(lines.company)) == (2, 2)
