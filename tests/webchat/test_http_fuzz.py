"""Whatever a browser sends: an answer of ours, a sentence with every refusal, and nothing stored with it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.webchat.conftest import Browser, House

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters(exclude_categories=()), max_size=30),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
NEAR = st.fixed_dictionaries(
    {},
    optional={
        "id": st.text(max_size=70) | JSON,
        "text": st.text(st.characters(exclude_categories=()), max_size=50) | JSON,
        "slot": st.text(max_size=210) | JSON,
        "button": st.text("0123456789abcdefX", max_size=18) | JSON,
        "command": st.text("abc XY_", max_size=64) | JSON,
        "reach": st.text("0123456789@.abc +", max_size=260) | JSON,
        "agreed": st.booleans() | JSON,
        "args": st.dictionaries(st.text(max_size=8), st.text(max_size=8), max_size=40) | JSON,
    },
)
PATHS = ["/webchat/messages", "/webchat/presses", "/webchat/forms", "/webchat/details"]
FUZZ = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def _judge(house: House, before: tuple[int, int], answer: Any) -> None:
    assert 200 <= answer.status_code < 300 or 400 <= answer.status_code < 500, answer.text
    if answer.status_code >= 400:
        assert len(answer.json()["error"]) > 5
        assert house.stored() == before


@pytest.fixture
def ada(house: House) -> Browser:
    return house.browser().comes_in()


@FUZZ
@given(path=st.sampled_from(PATHS), body=NEAR | JSON)
def test_any_json_is_taken_or_refused_with_a_sentence(ada: Browser, path: str, body: Any) -> None:
    house, before = ada.house, ada.house.stored()
    content = json.dumps(body).encode("utf-8", "surrogatepass")
    _judge(house, before, ada.ask("POST", path, content=content, headers={"content-type": "application/json"}))
    house.settle()


@FUZZ
@given(
    path=st.sampled_from(PATHS),
    content=st.binary(max_size=300),
    kind=st.sampled_from(["application/json", "text/plain", ""]),
)
def test_any_bytes_are_refused_with_a_sentence(ada: Browser, path: str, content: bytes, kind: str) -> None:
    before = ada.house.stored()
    _judge(ada.house, before, ada.ask("POST", path, content=content, headers={"content-type": kind}))


@FUZZ
@given(after=st.text(st.characters(exclude_categories=["Cs"]), max_size=100))
def test_any_cursor_is_taken_or_refused(ada: Browser, after: str) -> None:
    _judge(ada.house, ada.house.stored(), ada.get("/webchat/posts", params={"after": after}))


GOOD = {"id": "a", "text": "hello"}
TABLE: list[tuple[str, Any, int]] = [
    ("a body over the limit", b'{"id":"a","text":"' + b"x" * 262_144 + b'"}', 413),
    ("words that are only spaces", {"id": "a", "text": " \n\t "}, 422),
    ("words that are only control characters", {"id": "a", "text": "\x00\x01"}, 422),
    ("no words", {"id": "a"}, 422),
    ("an id with a line break", {"id": "a\n", "text": "b"}, 422),
    ("an id of 65", {"id": "a" * 65, "text": "b"}, 422),
    ("a number for words", {"id": "a", "text": 5}, 422),
    ("something unknown beside", GOOD | {"place": "#service"}, 422),
    ("somebody else's side", GOOD | {"side": "staff"}, 422),
    ("a name twice", b'{"id":"a","text":"b","text":"c"}', 400),
    ("not a number", b'{"id":"a","text":NaN}', 400),
    ("a number too long to read", b'{"id":"a","text":' + b"9" * 5000 + b"}", 400),
    ("brackets without end", b"[" * 100_000, 400),
    ("half a character as bytes", b'{"id":"a","text":"\xed\xa0\x80"}', 400),
    ("a list", b"[]", 422),
    ("nothing", b"", 400),
]


@pytest.mark.parametrize(("name", "body", "status"), TABLE, ids=[row[0] for row in TABLE])
def test_wrong_words(ada: Browser, name: str, body: Any, status: int) -> None:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    before = ada.house.stored()
    answer = ada.ask("POST", "/webchat/messages", content=content, headers={"content-type": "application/json"})
    assert answer.status_code == status, name
    _judge(ada.house, before, answer)


def test_half_a_character_in_an_escape_is_marked_and_the_rest_kept(ada: Browser) -> None:
    ada.ask(
        "POST",
        "/webchat/messages",
        content=b'{"id":"a","text":"x\\ud83dy\\u0000z"}',
        headers={"content-type": "application/json"},
    )
    assert ada.get("/webchat/posts").json()["posts"][0]["card"]["text"] == "x\ufffdyz"


@pytest.mark.parametrize(
    ("language", "chinese"),
    [
        ("zh-CN,zh;q=0.9", True),
        ("en;q=0.2,zh-Hant;q=0.8", True),
        ("zh;q=0,en", False),
        ("en;q=banana, zh", True),
        ("fr", False),
        ("*", False),
        ("\x00", False),
        (";;;q=2", False),
        ("zh" * 5000, False),
    ],
)
def test_every_refusal_has_a_sentence_whatever_the_browser_speaks(
    house: House, language: str, *, chinese: bool
) -> None:
    answer = house.browser(language).get("/webchat/posts")
    assert answer.status_code == 401
    assert ("还不认识" in answer.json()["error"]) == chinese


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH", "OPTIONS"])
def test_another_method_finds_nothing(ada: Browser, method: str) -> None:
    answer = ada.ask(method, "/webchat/messages")
    assert answer.status_code == 404
    assert answer.json()["error"]


RAW: list[tuple[str, list[tuple[bytes, bytes]], list[dict[str, Any]]]] = [
    ("a browser that leaves in the middle", [], [{"type": "http.request", "body": b"{", "more_body": True}, {"type": "http.disconnect"}]),
    ("a length that is a lie", [(b"content-length", b"3")], [{"type": "http.request", "body": b"x" * 300_000}]),
    ("a body in ever more pieces", [], [{"type": "http.request", "body": b"x" * 65_536, "more_body": True}] * 9),
    ("headers of no language", [(b"accept-language", b"\xff\xfe"), (b"cookie", b"\xff=\xfe; rapport_guest=\xff")], [{"type": "http.request"}]),
    ("a type of body that is none", [(b"content-type", b"\xff;\x00")], [{"type": "http.request"}]),
]  # fmt: skip


@pytest.mark.parametrize(("name", "headers", "messages"), RAW, ids=[row[0] for row in RAW])
def test_raw_requests(
    ada: Browser, name: str, headers: list[tuple[bytes, bytes]], messages: list[dict[str, Any]]
) -> None:
    house, before = ada.house, ada.house.stored()
    for path in ("/webchat/messages", "/webchat/session"):
        status = house.runner.run(_raw(house, path, headers, list(messages)))
        assert status is None or 200 <= status < 500, name
    assert house.stored() == before


async def _raw(
    house: House, path: str, headers: list[tuple[bytes, bytes]], messages: list[dict[str, Any]]
) -> int | None:
    sent: list[Any] = []

    async def receive() -> Any:
        return messages.pop(0) if messages else {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "POST", "scheme": "http",
        "path": path, "raw_path": path.encode(), "query_string": b"lang=\xff&after=%ff", "root_path": "",
        "headers": headers or [(b"content-type", b"application/json")], "client": ("127.0.0.1", 1), "server": ("x", 80),
    }  # fmt: skip
    await house.app(scope, receive, send)
    return next((message["status"] for message in sent if message["type"] == "http.response.start"), None)
