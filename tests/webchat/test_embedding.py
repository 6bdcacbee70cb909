"""The chat on the company's own site: which origins may speak, by which token, and who is believed to be whom."""

from __future__ import annotations

import time
from typing import Any

import jwt
import pytest
from pydantic import SecretStr

from bot.channels.webchat import guests
from bot.channels.webchat.origins import Embedding, Unproven
from bot.config import Config, HalfSet
from tests.webchat.conftest import SECRET, SHOP, House

EVIL = "https://evil.example"
DOORS = [
    ("POST", "/webchat/session"),
    ("POST", "/webchat/visit"),
    ("POST", "/webchat/messages"),
    ("POST", "/webchat/presses"),
    ("POST", "/webchat/forms"),
    ("POST", "/webchat/details"),
    ("POST", "/webchat/files"),
    ("POST", "/webchat/continuations"),
    ("GET", "/webchat/posts"),
    ("GET", "/webchat/hours"),
    ("GET", "/webchat/files/x/0"),
]


def signed(secret: str = SECRET, algorithm: str = "HS256", **claims: Any) -> str:
    claims = {"id": "u-1", "name": "Chen Wei", "exp": int(time.time()) + 3600} | claims
    return jwt.encode({name: value for name, value in claims.items() if value is not None}, secret, algorithm)


def test_words_of_an_allowed_origin_are_taken_without_any_cookie(house: House) -> None:
    ada = house.browser(origin=SHOP).visits()
    answer = ada.says("Where is my order?")
    assert answer.status_code == 202
    assert answer.headers["access-control-allow-origin"] == SHOP
    assert "set-cookie" not in answer.headers
    posts = ada.get("/webchat/posts").json()["posts"]
    assert [post["card"]["text"] for post in posts] == ["Where is my order?", "en: Where is my order?"]


@pytest.mark.parametrize("origin", [EVIL, "null", "https://shop.example.evil.example", "http://shop.example", "\x7f"])
def test_any_other_origin_is_refused_at_every_door(house: House, origin: str) -> None:
    before = house.stored()
    for method, path in DOORS:
        answer = house.browser(origin=origin).ask(method, path)
        assert answer.status_code == 403, path
        assert "access-control-allow-origin" not in answer.headers
        assert "may not use our chat" in answer.json()["error"]
    assert house.stored() == before


def test_a_preflight_is_answered_for_allowed_origins_alone(house: House) -> None:
    asks = {"access-control-request-method": "POST", "access-control-request-headers": "authorization, content-type"}
    allowed = house.browser(origin=SHOP).ask("OPTIONS", "/webchat/messages", headers=asks)
    assert (allowed.status_code, allowed.headers["access-control-allow-origin"]) == (204, SHOP)
    assert "authorization" in allowed.headers["access-control-allow-headers"]
    assert "access-control-allow-credentials" not in allowed.headers
    refused = house.browser(origin=EVIL).ask("OPTIONS", "/webchat/messages", headers=asks)
    assert (refused.status_code, "access-control-allow-origin" in refused.headers) == (403, False)


def test_a_token_is_good_on_the_origin_for_which_it_was_made_alone(house: House) -> None:
    token = house.browser(origin=SHOP).visits().token
    for elsewhere in ({}, {"origin": "http://rapport"}):
        stolen = house.browser(authorization=f"Bearer {token}", **elsewhere)
        assert stolen.get("/webchat/posts").status_code == 401


@pytest.mark.parametrize("forged", ["", "x", "Bearer", "Bearer x.y.z", "Basic YTpi", "Bearer " + "a" * 700])
def test_a_token_that_we_did_not_sign_is_nobody(house: House, forged: str) -> None:
    answer = house.browser(origin=SHOP, authorization=forged).post("/webchat/messages", {"id": "a", "text": "b"})
    assert answer.status_code == 401


def test_a_cookie_speaks_for_nobody_on_another_site(house: House) -> None:
    cookie = guests.guest_cookie(guests.Session(guests.new_guest()))
    answer = house.browser(origin=SHOP, cookie=f"rapport_guest={cookie}").get("/webchat/posts")
    assert answer.status_code == 401


def test_who_comes_back_with_their_token_is_the_same_guest(house: House) -> None:
    ada = house.browser(origin=SHOP).visits()
    ada.says("Hello")
    again = house.browser(origin=SHOP).visits(token=ada.token)
    assert len(again.get("/webchat/posts").json()["posts"]) == 2


def test_whom_the_companys_server_signed_has_one_chat_on_every_device(house: House) -> None:
    house.browser(origin=SHOP).visits(identity=signed()).says("Hello from my desk")
    phone = house.browser(origin=SHOP).visits(identity=signed())
    assert phone.get("/webchat/posts").json()["posts"][0]["card"]["text"] == "Hello from my desk"
    other = house.browser(origin=SHOP).visits(identity=signed(id="u-2"))
    assert other.get("/webchat/posts").json()["posts"] == []


def _unsigned() -> str:
    return jwt.encode({"id": "u-1", "exp": int(time.time()) + 600}, "", "none")


WRONG: list[tuple[str, str, str]] = [
    ("another secret", signed("another secret, also long enough for it"), "could not be checked"),
    ("no signature", _unsigned(), "could not be checked"),
    ("another algorithm", signed(SECRET * 2, "HS512"), "could not be checked"),
    ("no end", signed(exp=None), "could not be checked"),
    ("too old", signed(exp=int(time.time()) - 120), "has run out"),
    ("no id", signed(id=None), "could not be checked"),
    ("an empty id", signed(id=""), "could not be checked"),
    ("an id that is a number", signed(id=7), "could not be checked"),
    ("an id without end", signed(id="x" * 201), "could not be checked"),
    ("no token at all", "Chen Wei", "could not be checked"),
]


@pytest.mark.parametrize(("name", "identity", "why"), WRONG, ids=[row[0] for row in WRONG])
def test_who_is_not_signed_is_refused_and_never_taken_for_anybody(
    house: House, name: str, identity: str, why: str
) -> None:
    before = house.stored()
    answer = house.browser(origin=SHOP).post("/webchat/visit", {"identity": identity})
    assert answer.status_code == 403, name
    assert why in answer.json()["error"]
    assert "token" not in answer.json()
    assert house.stored() == before


def test_without_a_secret_nobody_is_believed() -> None:
    with pytest.raises(Unproven, match="identity-off"):
        Embedding(frozenset({SHOP})).signed_in(signed())


def test_a_signed_in_visitors_token_ends_with_the_day(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    chen, ada = house.browser(origin=SHOP), house.browser(origin=SHOP).visits()
    chen.visits(identity=signed())
    made = time.time()
    monkeypatch.setattr("time.time", lambda: made + guests.PROVEN_LASTS.total_seconds() + 1)
    assert chen.get("/webchat/posts").status_code == 401
    assert ada.get("/webchat/posts").status_code == 200


def test_a_page_hears_when_somebody_is_there(house: House) -> None:
    told = house.browser("zh-CN", origin=SHOP).post("/webchat/visit", {"zone": "Asia/Shanghai"}).json()
    assert told["company"] == house.bot.policies.current.company.name
    assert told["away"] == "" or "答复" in told["away"]


@pytest.mark.parametrize("zone", ["../../etc/passwd", "Nowhere/Land", "UTC", ""])
def test_any_zone_is_taken_or_left(house: House, zone: str) -> None:
    assert house.browser(origin=SHOP).post("/webchat/visit", {"zone": zone}).status_code in (201, 422)


def test_a_page_that_waits_is_answered_once_something_is_said(house: House) -> None:
    ada = house.browser(origin=SHOP).visits()
    ada.says("one", "a")
    known = ada.get("/webchat/posts").json()["after"]
    chat = house.bot

    async def scene() -> Any:
        import asyncio

        waiting = asyncio.create_task(ada._client.get("/webchat/posts", params={"after": known, "wait": "25"}))
        await asyncio.sleep(0)
        await ada._client.post("/webchat/messages", json={"id": "b", "text": "two"})
        await chat.pump.settled()
        return await waiting

    news = house.runner.run(scene()).json()["posts"]
    assert "two" in [post["card"]["text"] for post in news]


def test_a_guest_has_so_many_waiting_pages_and_no_more(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.channels.webchat.watch.PER_GUEST", 0)
    ada = house.browser(origin=SHOP).visits()
    answer = ada.get("/webchat/posts", params={"wait": "5"})
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "5")


@pytest.mark.parametrize("said", ["*", "shop.example", "https://shop.example/path", "https://*.example", "https://a b"])
def test_what_is_no_origin_is_no_setting(said: str) -> None:
    with pytest.raises(HalfSet, match="RAPPORT_WIDGET_ORIGINS"):
        Embedding.of(Config(RAPPORT_WIDGET_ORIGINS=said, _env_file=None))


def test_origins_are_read_apart_and_a_short_secret_is_refused() -> None:
    config = Config(RAPPORT_WIDGET_ORIGINS="https://Shop.example/, http://localhost:3000", _env_file=None)
    assert Embedding.of(config).origins == {"https://shop.example", "http://localhost:3000"}
    with pytest.raises(HalfSet, match="RAPPORT_WIDGET_SECRET"):
        Embedding.of(Config(RAPPORT_WIDGET_SECRET=SecretStr("s" * 31), _env_file=None))
    assert Embedding.of(Config(RAPPORT_WIDGET_SECRET=SecretStr("s" * 32), _env_file=None)).secret


def test_the_script_is_small_carries_both_languages_and_any_site_may_load_it(house: House) -> None:
    answer = house.browser(origin=EVIL).get("/webchat/widget.js")
    assert answer.headers["content-type"].startswith("text/javascript")
    assert "Open the chat" in answer.text
    assert "\\u6253\\u5f00\\u804a\\u5929" in answer.text
    assert answer.headers["content-encoding"] == "gzip"
    assert int(answer.headers["content-length"]) < 20_000
    assert house.browser(**{"if-none-match": answer.headers["etag"]}).get("/webchat/widget.js").status_code == 304
