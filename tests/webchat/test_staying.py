"""Staying signed in: a colleague's browser goes on as long as it is used, and what ends its session ends it at once."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, cast

import httpx
import pytest

from bot.channels.webchat import guests
from bot.channels.webchat.deeds import Speaker, Words
from bot.console import doors, staff_sessions
from bot.console.entrance import Entrance
from bot.console.file_door import FileDoor
from bot.console.looking import Look, see
from bot.console.parts import NotTaken
from bot.console.posting import Posting
from bot.console.rooms import Room
from bot.console.staff_sessions import Seat, StaffSession
from bot.hands import Hands
from bot.housekeeping import forget
from bot.people import add_person, remove_person, sign_out
from prompts.phrases import phrases
from storage.staff import Person
from storage.store import Store
from tests.webchat.conftest import HERE, Browser, House, signed_in

LINAS, PAGE = "staff:lina", "/console"


class Calendar:
    """The machine's time, which is moved by hand."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.now = time.time()
        patch.setattr("time.time", lambda: self.now)
        patch.setattr(Store, "machine_now", lambda _: datetime.fromtimestamp(self.now, UTC))

    def goes_on(self, **by: float) -> None:
        self.now += timedelta(**by).total_seconds()


@pytest.fixture
def calendar(monkeypatch: pytest.MonkeyPatch) -> Calendar:
    return Calendar(monkeypatch)


@pytest.fixture
def office(house: House) -> House:
    house.app.router.routes[:0] = [*Entrance(house.bot, greets_visitors=True).router().routes]
    house.app.include_router(FileDoor(house.bot, None).router())
    tom = Person("tom", "Tom", "rep")
    house.runner.run(house.bot.writer.do(lambda store: store.staff.add(tom, {})))
    return house


def hands(house: House) -> Hands:
    def write(work: Callable[[Store], Any]) -> Any:
        return house.runner.run(house.bot.writer.do(work))

    return Hands(write, house.bot.read, house.bot.clock.now, lambda: house.bot.policies.current)


def comes_in(house: House, staff_id: str = "lina") -> Browser:
    browser = house.browser()
    link = house.runner.run(doors.console_link(house.bot, staff_id, "https://crm.example"))
    assert browser.post("/console/enter", data={"code": link.partition("code=")[2]}, headers=HERE).status_code == 303
    return browser


def is_in(browser: Browser) -> bool:
    """Ask for a file that is not there: who is signed in hears that, who is not is turned away."""
    status = browser.get("/console/files", params={"slot": "card", "n": "0"}).status_code
    assert status in (404, 401)
    return status == 404


def sets(answer: httpx.Response) -> str:
    """Give the colleague's cookie as an answer sets it, or nothing."""
    return next((line for line in answer.headers.get_list("set-cookie") if staff_sessions.COOKIE in line), "")


def copied(browser: Browser) -> str:
    return f"{staff_sessions.COOKIE}={browser.cookies[staff_sessions.COOKIE]}"


def test_who_uses_the_console_every_few_days_stays_signed_in(office: House, calendar: Calendar) -> None:
    lina = comes_in(office)
    for _ in range(4):
        calendar.goes_on(days=6, hours=23)
        lina.get(PAGE)
        assert is_in(lina)


@pytest.mark.parametrize(("away", "stays"), [({"days": 7, "seconds": -2}, True), ({"days": 7, "seconds": 2}, False)])
def test_a_week_without_use_ends_it(office: House, calendar: Calendar, away: dict[str, float], *, stays: bool) -> None:
    cookie = copied(comes_in(office))
    calendar.goes_on(**away)
    assert is_in(office.browser(cookie=cookie)) == stays


def test_thirty_days_end_it_however_much_it_is_used(office: House, calendar: Calendar) -> None:
    lina = comes_in(office)
    for _ in range(29):
        calendar.goes_on(days=1)
        lina.get(PAGE)
    calendar.goes_on(hours=23, minutes=59)
    kept = copied(lina)
    assert re.search("max-age=(59|60);", sets(lina.get(PAGE)).casefold())
    assert is_in(lina)
    calendar.goes_on(minutes=2)
    lina.get(PAGE)
    assert not is_in(office.browser(cookie=kept))


@pytest.mark.parametrize("path", ["/console", "/day", "/digest", "/console/here"])
def test_the_cookie_is_set_anew_once_an_hour_by_pages_and_by_a_page_that_is_used(
    office: House, calendar: Calendar, path: str
) -> None:
    lina = comes_in(office)
    calendar.goes_on(minutes=59)
    assert not sets(lina.get(path))
    calendar.goes_on(minutes=2)
    again = sets(lina.get(path)).casefold()
    assert "max-age=604800" in again
    assert "httponly" in again
    assert "samesite=lax" in again
    assert not sets(lina.get(path))


def test_over_https_the_cookie_goes_nowhere_else(office: House, calendar: Calendar) -> None:
    lina = office.browser(cookie=copied(comes_in(office)))
    calendar.goes_on(hours=2)
    assert "secure" in sets(lina.get("https://rapport/console")).casefold()
    assert "secure" not in sets(lina.get("/console")).casefold()


@pytest.mark.parametrize("ask", [("GET", "/chat"), ("GET", "/console/files"), ("POST", "/console/enter")])
def test_other_doors_leave_the_cookie_as_it_is(office: House, calendar: Calendar, ask: tuple[str, str]) -> None:
    lina = comes_in(office)
    calendar.goes_on(hours=2)
    assert not sets(lina.ask(*ask))


def test_signing_out_ends_it_for_a_copy_of_the_cookie_too_and_for_no_other_device(
    office: House, calendar: Calendar
) -> None:
    lina, phone = comes_in(office), comes_in(office)
    copy = office.browser(cookie=copied(lina))
    assert is_in(copy)
    assert lina.post("/console/leave", headers=HERE).status_code == 303
    assert not is_in(lina)
    assert not is_in(copy)
    calendar.goes_on(hours=2)
    copy.get(PAGE)
    assert not is_in(copy)
    assert is_in(phone)


def test_no_other_site_signs_anybody_out(office: House) -> None:
    lina = comes_in(office)
    answer = lina.post("/console/leave", headers={"sec-fetch-site": "cross-site"})
    assert (answer.status_code, sets(answer)) == (403, "")
    assert is_in(lina)


def test_who_could_not_be_signed_out_hears_so(office: House, monkeypatch: pytest.MonkeyPatch) -> None:
    lina = comes_in(office)

    def broken(*_: object) -> None:
        raise OSError("disk")

    with monkeypatch.context() as patch:
        patch.setattr("storage.ended_sessions.EndedSessions.end", broken)
        assert lina.post("/console/leave", headers=HERE).status_code == 503
    assert is_in(lina)


def test_who_works_here_no_more_has_no_seat_and_none_of_old_when_they_come_back(
    office: House, calendar: Calendar
) -> None:
    lina, tom = comes_in(office), comes_in(office, "tom")
    calendar.goes_on(minutes=1)
    remove_person(hands(office), name="李娜")
    assert [is_in(lina), is_in(tom)] == [False, True]
    calendar.goes_on(minutes=1)
    add_person(hands(office), name="李娜", role="service", addresses={})
    assert not is_in(lina)
    assert is_in(comes_in(office))


def test_an_administrator_signs_one_person_out_everywhere(office: House, calendar: Calendar) -> None:
    lina, phone, tom = comes_in(office), comes_in(office), comes_in(office, "tom")
    unopened = office.runner.run(doors.console_link(office.bot, "lina", "https://crm.example"))
    calendar.goes_on(seconds=1)
    assert sign_out(hands(office), name="李娜") == {"name": "李娜"}
    assert [is_in(lina), is_in(phone), is_in(tom)] == [False, False, True]
    code = unopened.partition("code=")[2]
    assert office.browser().post("/console/enter", data={"code": code}, headers=HERE).status_code == 403
    calendar.goes_on(seconds=1)
    assert is_in(comes_in(office))


def test_an_administrator_signs_everybody_out(office: House, calendar: Calendar) -> None:
    lina, tom = comes_in(office), comes_in(office, "tom")
    unopened = office.runner.run(doors.console_link(office.bot, "tom", "https://crm.example"))
    calendar.goes_on(seconds=1)
    sign_out(hands(office), name=None)
    assert [is_in(lina), is_in(tom)] == [False, False]
    code = unopened.partition("code=")[2]
    assert office.browser().post("/console/enter", data={"code": code}, headers=HERE).status_code == 403


def test_who_is_signed_out_while_their_link_opens_does_not_come_in(
    office: House, calendar: Calendar, monkeypatch: pytest.MonkeyPatch
) -> None:
    seat = doors.seat

    def seat_after_signing_out(store: Store, staff_id: str) -> Person | None:
        calendar.goes_on(seconds=1)
        store.ended_sessions.end_of(staff_id, store.machine_now())
        calendar.goes_on(seconds=1)
        return seat(store, staff_id)

    monkeypatch.setattr(doors, "seat", seat_after_signing_out)
    assert not is_in(comes_in(office))


def test_a_page_that_is_open_shows_nothing_more_by_rights_that_were_taken_away(office: House) -> None:
    add_person(hands(office), name="李娜", role="manager", addresses={})
    seat = Seat(cast("Person", office.bot.read(lambda store: store.staff.get("lina"))))
    assert office.bot.read(seat.holds)
    add_person(hands(office), name="李娜", role="rep", addresses={})
    look = Look(Room("own", LINAS, "Yours"))
    seen = office.bot.read(lambda store: see(office.bot, store, seat, look, phrases("en")))
    assert seen is not None
    assert seen.gone


def test_a_page_that_is_open_takes_and_shows_nothing_more_from_then_on(office: House, calendar: Calendar) -> None:
    comes_in(office)
    lina = office.bot.read(lambda store: store.staff.get("lina"))
    assert lina is not None
    seat = Seat(lina, StaffSession.begin("lina", datetime.fromtimestamp(calendar.now, UTC)))
    look = Look(Room("own", LINAS, "Yours"))
    posting = Posting(office.bot, Speaker(LINAS, "en"), seat.holds)

    def gone() -> bool:
        seen = office.bot.read(lambda store: see(office.bot, store, seat, look, phrases("en")))
        return seen is not None and seen.gone

    office.runner.run(posting.say(Words(id="w1", text="help"), LINAS))
    assert not gone()
    calendar.goes_on(seconds=1)
    sign_out(hands(office), name="李娜")
    before = office.stored()
    assert gone()
    with pytest.raises(NotTaken, match="signed out"):
        office.runner.run(posting.say(Words(id="w2", text="help"), LINAS))
    assert office.stored() == before


def test_a_page_that_lies_open_unused_for_a_week_asks_again_who_is_there(office: House, calendar: Calendar) -> None:
    lina = office.bot.read(lambda store: store.staff.get("lina"))
    assert lina is not None
    seat = Seat(lina, StaffSession.begin("lina", datetime.fromtimestamp(calendar.now, UTC)))
    calendar.goes_on(days=7, seconds=-2)
    assert office.bot.read(seat.holds)
    calendar.goes_on(seconds=4)
    assert not office.bot.read(seat.holds)


def test_what_ended_is_remembered_as_long_as_a_cookie_could_be_good(office: House, calendar: Calendar) -> None:
    comes_in(office)
    sign_out(hands(office), name=None)
    for days, forgotten in ((29.9, 0), (0.2, 1)):
        calendar.goes_on(days=days)
        assert hands(office).write(lambda store: forget(store, office.bot.clock.now())) == forgotten


@pytest.mark.usefixtures("office")
def test_a_cookie_cannot_be_made_up() -> None:
    good = signed_in("lina").partition("=")[2]
    assert StaffSession.of({staff_sessions.COOKIE: good}) is not None
    for made_up in ("", "x", "x" + good, good + "x", guests.guest_cookie(guests.Session(guests.new_guest()))):
        assert StaffSession.of({staff_sessions.COOKIE: made_up}) is None
