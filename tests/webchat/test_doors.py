"""The console opens by a one-time link, and by nothing else."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from bot.console import doors
from bot.console.entrance import Entrance
from storage.store import Store
from tests.webchat.conftest import HERE, LINA, House


def _code(link: str) -> str:
    return parse_qs(urlsplit(link).query)["code"][0]


def _link(house: House, staff_id: str = "lina") -> str:
    return house.runner.run(doors.console_link(house.bot, staff_id, "https://crm.example/"))


def _enter(house: House, code: str) -> bool:
    return house.runner.run(doors.enter(house.bot, code)) is not None


def test_a_link_opens_once(house: House) -> None:
    link = _link(house)
    assert link.startswith("https://crm.example/console/enter?code=lina.")
    assert [_enter(house, _code(link)), _enter(house, _code(link))] == [True, False]
    assert house.bot.read(lambda store: store.staff.at("web", "staff:lina")) == LINA


def test_a_newer_link_ends_the_older(house: House) -> None:
    older, newer = _link(house), _link(house)
    assert [_enter(house, _code(older)), _enter(house, _code(newer))] == [False, True]


def test_a_wrong_code_does_not_use_up_the_right_one(house: House) -> None:
    link = _link(house)
    assert not _enter(house, "lina." + "A" * 43)
    assert _enter(house, _code(link))


@pytest.mark.parametrize(
    ("age", "opens"), [(timedelta(minutes=9, seconds=59), True), (timedelta(minutes=10, seconds=1), False)]
)
def test_a_link_lasts_ten_minutes(
    house: House, monkeypatch: pytest.MonkeyPatch, age: timedelta, *, opens: bool
) -> None:
    link = _link(house)
    made = datetime.now(UTC)
    monkeypatch.setattr(Store, "machine_now", lambda _: made + age)
    assert _enter(house, _code(link)) == opens


def test_a_link_does_not_open_for_someone_who_left(house: House) -> None:
    link = _link(house)
    house.runner.run(house.bot.writer.do(lambda store: store.staff.change("lina", active=False)))
    assert not _enter(house, _code(link))


@pytest.mark.parametrize("code", ["", "lina", "lina.", ".x", "nobody." + "A" * 43, "x" * 500, "lina.\x00", "'; drop"])
def test_other_codes_open_nothing(house: House, code: str) -> None:
    assert not _enter(house, code)


def test_the_secret_itself_is_not_kept(house: House) -> None:
    secret = _code(_link(house)).partition(".")[2]
    kept = house.bot.read(lambda store: store.codes.get("console link lina"))
    assert kept is not None
    assert secret not in str(kept)


def test_looking_at_a_link_does_not_use_it_up_and_its_button_does(house: House) -> None:
    house.app.include_router(Entrance(house.bot, greets_visitors=True).router())
    link = _link(house)
    path = link.removeprefix("https://crm.example")
    browser = house.browser()
    assert [browser.get(path).status_code for _ in range(3)] == [200, 200, 200]
    opened = browser.post("/console/enter", data={"code": _code(link)}, headers=HERE)
    assert (opened.status_code, opened.headers["location"]) == (303, "/console")
    cookie = opened.headers["set-cookie"].casefold()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert house.browser("zh-CN").post("/console/enter", data={"code": _code(link)}, headers=HERE).status_code == 403


@pytest.mark.parametrize("code", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "$enter", "%ff%fe"])
def test_a_hostile_code_is_shown_harmless(house: House, code: str) -> None:
    house.app.include_router(Entrance(house.bot, greets_visitors=True).router())
    page = house.browser().get("/console/enter", params={"code": code}).text
    assert "<script" not in page
    assert "<img" not in page


def test_the_front_page_says_what_this_is_in_both_languages(house: House) -> None:
    house.app.include_router(Entrance(house.bot, greets_visitors=True).router())
    assert "one-time link" in house.browser("en").get("/").text
    assert "一次性链接" in house.browser("zh-CN").get("/").text
    assert "一次性链接" in house.browser("en").get("/?lang=zh-CN").text


def test_every_page_forbids_what_comes_from_elsewhere(house: House) -> None:
    headers = house.browser().get("/healthz").headers
    assert "default-src 'self'" in headers["content-security-policy"]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
