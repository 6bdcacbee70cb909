"""However often the same due moments come, everything is found and prepared once."""

from __future__ import annotations

from sqlalchemy import func, select

from storage.drafts import drafts
from storage.inbox import Event
from tests.occasions.house import House


def test_two_beats_and_the_same_due_moments_again_find_nothing_twice(house: House) -> None:
    house.begin("2026-11-20", "07:00")
    chen = house.customer()
    house.born(chen, "11-24")
    house.contract(chen, "HT-7", "2027-02-21")
    house.at("2026-11-23")
    house.looks_again()  # as if another replica had read the same contract before this one wrote
    again = [Event("clock", f"again:{kind}", kind, body=body) for kind, body in AGAIN(house)]
    house.world.hands_in(*again)
    house.at("2026-11-23", "10:00")
    assert len(house.occasions()) == 2
    with house.world.bot.database.reading() as connection:
        assert connection.execute(select(func.count()).select_from(drafts)).scalar_one() == 2


def AGAIN(house: House) -> list[tuple[str, dict[str, object]]]:  # noqa: N802 - read as a table
    days = ["2026-11-24", "2026-11-25"]
    return [
        ("occasions looked for", {}),
        ("birthdays looked for", {"days": days, "after": ""}),
        ("agreements due", {}),
        ("occasions open", {"owner": house.li.person.id}),
    ]
