"""A chat goes on on another device: by a link that opens once, by a person's press on a page of ours."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import text

from bot.channels.webchat import devices, guests
from bot.housekeeping import forget
from bot.web import make_app
from storage.store import Store
from tests.webchat.conftest import EMBEDDING, HERE, SHOP, Browser, House
from tests.webchat.test_embedding import signed


def _link(browser: Browser) -> str:
    answer = browser.post("/webchat/continuations")
    assert answer.status_code == 201
    return str(answer.json()["link"])


def _presses(browser: Browser, link: str, **headers: str) -> int:
    code = parse_qs(urlsplit(link).query)["code"][0]
    answer = browser.post("/webchat/continue", data={"code": code}, headers=HERE | headers)
    return answer.status_code


def test_the_same_chat_goes_on_elsewhere_and_both_see_it(house: House) -> None:
    ada = house.browser(origin=SHOP).visits()
    ada.says("Begun at my desk", "a")
    phone, link = house.browser(), _link(ada)
    assert phone.get(link.removeprefix("http://rapport")).status_code == 200
    assert _presses(phone, link) == 303
    phone.says("Continued on my phone", "b")
    for device in (ada, phone):
        said = [post["card"]["text"] for post in device.get("/webchat/posts").json()["posts"] if post["mine"]]
        assert said == ["Begun at my desk", "Continued on my phone"]


def test_a_link_leads_to_where_visitors_reach_us_whatever_a_request_says(house: House) -> None:
    assert _link(house.browser(host="evil.example").comes_in()).startswith("http://evil.example/"), "nothing is set"
    set_ = replace(EMBEDDING, address="https://crm.acme.example")
    house.app = make_app(house.bot, console=False, embedding=set_)
    assert _link(house.browser(host="evil.example").comes_in()).startswith("https://crm.acme.example/webchat/continue?")


def test_a_link_opens_once_and_looking_at_it_does_not_use_it_up(house: House) -> None:
    ada = house.browser().comes_in()
    link = _link(ada)
    for _ in range(3):
        house.browser().get(link.removeprefix("http://rapport"))
    assert [_presses(house.browser(), link), _presses(house.browser(), link)] == [303, 403]


def test_a_newer_link_ends_the_older(house: House) -> None:
    ada = house.browser().comes_in()
    older, newer = _link(ada), _link(ada)
    assert [_presses(house.browser(), older), _presses(house.browser(), newer)] == [403, 303]


@pytest.mark.parametrize(("age", "status"), [(timedelta(minutes=9), 303), (timedelta(minutes=11), 403)])
def test_a_link_lasts_ten_minutes(house: House, monkeypatch: pytest.MonkeyPatch, age: timedelta, status: int) -> None:
    link, made = _link(house.browser().comes_in()), datetime.now(UTC)
    monkeypatch.setattr(Store, "machine_now", lambda _: made + age)
    assert _presses(house.browser(), link) == status


@pytest.mark.parametrize(
    ("age", "status"), [(timedelta(hours=11, minutes=59), 200), (timedelta(hours=12, seconds=1), 401)]
)
def test_who_was_signed_in_goes_on_elsewhere_no_longer_than_where_they_were_signed_in(
    house: House, monkeypatch: pytest.MonkeyPatch, age: timedelta, status: int
) -> None:
    signed_in = time.time()
    ada = house.browser(origin=SHOP).visits(identity=signed())
    monkeypatch.setattr("time.time", lambda: signed_in + 3600)
    phone = house.browser()
    assert _presses(phone, _link(ada)) == 303
    (cookie,) = [cookie for cookie in phone.cookies.jar if cookie.name == guests.GUEST_COOKIE]
    assert cookie.expires is not None
    assert cookie.expires - signed_in <= 12 * 3600 + 1
    page = house.browser().visits(token=phone.post("/webchat/visit", {}).json()["token"])
    monkeypatch.setattr("time.time", lambda: signed_in + age.total_seconds())
    assert [one.get("/webchat/posts").status_code for one in (ada, phone, page)] == [status] * 3


def test_a_page_that_comes_back_without_its_identity_lasts_no_longer_for_it(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    signed_in = time.time()
    ada = house.browser(origin=SHOP).visits(identity=signed())
    ada.visits(token=ada.token)
    monkeypatch.setattr("time.time", lambda: signed_in + 12 * 3600 + 1)
    assert ada.get("/webchat/posts").status_code == 401


@pytest.mark.parametrize(
    "headers", [{"origin": "https://evil.example"}, {"origin": "null"}, {"sec-fetch-site": "cross-site"}]
)
def test_nobody_is_put_into_anothers_chat_by_another_site(house: House, headers: dict[str, str]) -> None:
    link, victim = _link(house.browser().comes_in()), house.browser()
    assert _presses(victim, link, **headers) == 403
    assert "rapport_guest" not in victim.cookies
    assert _presses(house.browser(), link) == 303


@pytest.mark.parametrize("code", ["", "x", "0" * 16 + "." + "A" * 43, "<script>alert(1)</script>", "\x00", "a" * 5000])
def test_other_codes_open_nothing_and_are_shown_harmless(house: House, code: str) -> None:
    browser = house.browser()
    assert browser.post("/webchat/continue", data={"code": code}, headers=HERE).status_code in (403, 413)
    assert "<script" not in browser.get("/webchat/continue", params={"code": code}).text


def test_the_code_is_drawn_as_squares_and_not_kept(house: House) -> None:
    ada = house.browser().comes_in()
    answer = ada.post("/webchat/continuations").json()
    assert {len(row) for row in answer["qr"]} == {len(answer["qr"])}
    assert set("".join(answer["qr"])) == {"0", "1"}
    secret = answer["link"].rpartition(".")[2]
    place = answer["link"].partition("code=")[2].partition(".")[0]
    kept = house.bot.read(lambda store: store.codes.get(f"{devices.LINKS.kind} {place}"))
    assert kept is not None
    assert secret not in str(kept)
    with house.bot.database.reading() as connection:
        told = connection.execute(text("select told from one_time_codes")).scalar_one()
    assert b"guest:" not in told


def test_a_link_that_nobody_opened_is_forgotten_once_it_opens_nothing(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(3):
        _link(house.browser().comes_in())
    assert _codes(house) == 3
    made = datetime.now(UTC)
    assert house.runner.run(house.bot.writer.do(lambda store: forget(store, made))) == 0
    monkeypatch.setattr(Store, "machine_now", lambda _: made + timedelta(minutes=11))
    assert house.runner.run(house.bot.writer.do(lambda store: forget(store, made))) == 3
    assert _codes(house) == 0


def _codes(house: House) -> int:
    with house.bot.database.reading() as connection:
        return int(connection.execute(text("select count(*) from one_time_codes")).scalar_one())
