"""Every door of the web chat under spoiled requests from a printed seed: an answer of ours in time, and no memory lost."""

from __future__ import annotations

import gc
import json
import os
import random
import resource
import time
from collections import Counter
from typing import Any

import pytest

from tests.webchat.conftest import SHOP, Browser, House

DOORS: tuple[tuple[str, str, dict[str, Any] | None], ...] = (
    ("POST", "/webchat/session", {}),
    ("POST", "/webchat/visit", {"token": "", "identity": "", "zone": "Europe/Berlin"}),
    ("POST", "/webchat/messages", {"id": "a", "text": "hello", "files": [], "late": 0, "zone": ""}),
    ("POST", "/webchat/presses", {"id": "a", "slot": "e1.0", "button": "0" * 16}),
    ("POST", "/webchat/forms", {"id": "a", "command": "help", "args": {}}),
    ("POST", "/webchat/details", {"id": "a", "name": "Wu Lei", "reach": "13800138000", "agreed": True}),
    ("POST", "/webchat/files?name=a.png", None),
    ("POST", "/webchat/continuations", {}),
    ("POST", "/webchat/continue", None),
    ("GET", "/webchat/continue?code=0123456789abcdef." + "A" * 43, None),
    ("GET", "/webchat/files/e1.0/0", None),
    ("GET", "/webchat/posts?after=2026-11-23T00:00:00+00:00/7", None),
    ("GET", "/webchat/widget.js", None),
    ("OPTIONS", "/webchat/messages", None),
)
ODD: tuple[Any, ...] = (
    None, True, -1, 2**70, 1.5, "", " ", "\x00", "\ud800", "\u202e", "x" * 3000, [], {}, [[]], {"a": {"a": {}}}, "null",
    "../../etc/passwd", "<script>", "%00", "'; drop table uploads; --", "Ａ", "🇩🇪" * 40, "0" * 32, ["0" * 32] * 11,
)  # fmt: skip
A_SECOND: float = 1.0
ORIGINS = (SHOP, "http://rapport", "null", "https://evil.example", "\x7f", "https://[", "http://" + "a" * 400, "")


def _spoiled(chance: random.Random, body: dict[str, Any]) -> dict[str, Any]:
    body = dict(body)
    for name in list(body):
        if chance.random() < 0.4:
            body[name] = chance.choice(ODD)
        if chance.random() < 0.1:
            del body[name]
    if chance.random() < 0.15:
        body[chance.choice(("side", "place", "thread", "", "id", "é"))] = chance.choice(ODD)
    return body


def _content(chance: random.Random, body: dict[str, Any] | None) -> bytes:
    if body is None:
        return chance.choice((b"", b"code=", b"code=%ff%00", b"\x89PNG\r\n\x1a\n", b"MZ", chance.randbytes(200)))
    content = json.dumps(_spoiled(chance, body)).encode("utf-8", "surrogatepass")
    if chance.random() < 0.25:
        at = chance.randrange(len(content) + 1)
        content = content[:at] + chance.randbytes(chance.randrange(4)) + content[at + chance.randrange(3) :]
    return content


def _address(chance: random.Random, path: str) -> str:
    if chance.random() < 0.6:
        return path
    at = chance.randrange(len("/webchat/"), len(path) + 1)
    odd = chance.choice(("%00", "%ff", "..%2f", "/", "?", "&a=b", "%F0%9F%92%A9", "9" * 30, "-1", "%0d%0aset-cookie:a"))
    return path[:at] + odd + path[at:]


def _headers(chance: random.Random, token: str) -> dict[str, str]:
    headers = {
        "content-type": chance.choice(("application/json",) * 6 + ("text/plain", "", "application/json; charset=x"))
    }
    if chance.random() < 0.7:
        headers["origin"] = chance.choice((SHOP,) * 4 + ORIGINS)
    if chance.random() < 0.8:
        at = chance.randrange(len(token))
        headers["authorization"] = "Bearer " + (token if chance.random() < 0.7 else token[:at] + "x" + token[at + 1 :])
    if chance.random() < 0.1:
        headers["sec-fetch-site"] = chance.choice(("cross-site", "same-origin", "\x01"))
    if chance.random() < 0.1:
        headers["accept-language"] = chance.choice(("zh", ";;;", "q=" * 300))
    return headers


@pytest.fixture(params=["no rations", "rations"])
def rationed(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Tell whether who sends too much is refused; without rations every request goes as deep as it can."""
    if request.param == "no rations":
        monkeypatch.setattr("bot.channels.webchat.rations.Rations.take", lambda *_: 0)
    return bool(request.param == "rations")


def _storm(house: House, ada: Browser, many: int) -> Counter[int]:
    """Send spoiled requests, none of which may take a second of the processor; count the answers by their status."""
    seed = int(os.environ.get("SEED", "0")) or random.SystemRandom().randrange(1, 10**6)
    print(f"SEED={seed}")
    chance, answers = random.Random(seed), Counter[int]()
    plain: Browser = house.browser()
    gc.collect()
    gc.freeze()  # what other tests left in memory is not to be looked through while one request is measured
    for turn in range(many):
        method, path, body = chance.choice(DOORS)
        address, content, headers = _address(chance, path), _content(chance, body), _headers(chance, ada.token)
        plain.cookies.clear()
        began = time.process_time()
        answer = plain.ask(method, address, content=content, headers=headers)
        assert time.process_time() - began < A_SECOND, (turn, method, address, content, headers)
        answers[answer.status_code] += 1
        assert answer.status_code < 500, (turn, method, address, content, headers)
        if answer.status_code >= 400 and "json" in answer.headers.get("content-type", "") and "%0a" not in address:
            assert len(answer.json().get("error", "")) > 5, (turn, method, address, answer.text)
        allowed = answer.headers.get("access-control-allow-origin")
        assert allowed in (None, SHOP) or "javascript" in answer.headers["content-type"], (turn, headers)
        if turn % 500 == 0:
            house.settle()
    house.settle()
    gc.unfreeze()
    return answers


def test_two_thousand_spoiled_requests(house: House, *, rationed: bool) -> None:
    answers = _storm(house, house.browser(origin=SHOP).visits(), 2_000)
    assert bool(answers[429]) is rationed
    assert answers[403] > 100, "a ration hides no other refusal"


@pytest.mark.slow
def test_a_hundred_thousand_spoiled_requests_leave_memory_flat(house: House, *, rationed: bool) -> None:
    ada = house.browser(origin=SHOP).visits()
    assert bool(_storm(house, ada, 10_000)[429]) is rationed
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    _storm(house, ada, 90_000)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss < before * 1.5
