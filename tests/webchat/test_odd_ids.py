"""NULs, half signs and odd ids at every door of the chat and the console, on both databases; and doors of the console in a storm."""

from __future__ import annotations

import os
import random
import resource
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from structlog.testing import capture_logs

from bot.console import staff_sessions
from bot.console.entrance import Entrance
from bot.console.file_door import FileDoor
from storage.database import Database
from tests.webchat import small
from tests.webchat.conftest import HERE, LINA, SHOP, Browser, House, signed_in

ODD = ("\x00", "a\x00b", "%00", "\ufffd", "\ud800", "x" * 4000, "../../etc/passwd", "'; drop table posts; --", "\u202e", "🇩🇪" * 90, "-1", "")  # fmt: skip
A_SECOND: float = 1.0


@pytest.fixture
def both(database: Database, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    monkeypatch.setattr("bot.app.ROUTERS", small.ROUTERS)
    monkeypatch.setattr("bot.channels.webchat.rations.Rations.take", lambda *_: 0)
    house = House(database)
    house.app.router.routes[:0] = [*Entrance(house.bot, greets_visitors=True).router().routes]
    house.app.include_router(FileDoor(house.bot, None).router())
    house.runner.run(house.bot.writer.do(lambda store: store.staff.add(LINA, {})))
    with capture_logs() as logs:
        yield house
        house.close()
    assert not [entry for entry in logs if entry["log_level"] in ("error", "critical")]


def _colleague(house: House) -> Browser:
    return house.browser(cookie=signed_in("lina"), **HERE)


def _said(odd: str) -> str:
    return quote(odd.encode("utf-8", "surrogatepass"), safe="")


@pytest.mark.parametrize("odd", ODD, ids=range(len(ODD)))
def test_odd_ids_find_nothing_and_break_nothing(both: House, odd: str) -> None:
    ada, lina, code = both.browser(origin=SHOP).visits(), _colleague(both), _said(odd)
    named = _said(odd[:300]) or "x"
    asked: list[tuple[Browser, str, str, dict[str, Any]]] = [
        (ada, "GET", f"/webchat/files/{named}/0", {}),
        (ada, "GET", f"/webchat/posts?after={code}", {}),
        (ada, "POST", f"/webchat/files?name={named}", {"content": b"some words"}),
        (lina, "GET", f"/console/files?place=%23service&slot={code}&n=0", {}),
        (lina, "GET", f"/console/files?place={code}&slot=card&n={code}", {}),
        (lina, "POST", f"/console/files?name={named}", {"content": b"some words"}),
        (lina, "GET", f"/console/enter?code={code}", {}),
        (lina, "POST", "/console/enter", {"content": f"code={code}"}),
        (lina, "POST", "/webchat/continue", {"content": f"code={code}"}),
        (lina, "GET", f"/?lang={code}", {}),
        (lina, "GET", f"/chat?lang={code}", {}),
    ]
    for browser, method, path, how in asked:
        assert browser.ask(method, path, **how).status_code < 500, (method, path)
    for body in ({"id": odd, "text": odd}, {"id": "a", "text": odd, "zone": odd, "files": [odd]}):
        assert ada.post("/webchat/messages", json=body).status_code < 500 if _sends(odd) else True
    for door, body in (("presses", {"slot": odd, "button": odd}), ("withdrawals", {"slot": odd})):
        assert ada.post(f"/webchat/{door}", json={"id": "b", **body}).status_code < 500 if _sends(odd) else True
    both.settle()


def _sends(odd: str) -> bool:
    """Half signs go into a body as JSON escapes alone."""
    return "\ud800" not in odd


@pytest.mark.parametrize("door", ["messages", "presses", "withdrawals", "corrections", "forms"])
def test_half_a_sign_in_a_body_breaks_nothing(both: House, door: str) -> None:
    ada = both.browser(origin=SHOP).visits()
    said = rb'{"id":"a","text":"\ud800","slot":"\ud800","button":"\udfff","command":"\ud800","args":{"a":"\ud800"}}'
    answer = ada.post(f"/webchat/{door}", content=said, headers={"content-type": "application/json"})
    assert answer.status_code < 500


PATHS = (
    ("GET", "/console/files?place=%23service&slot=card&n=0"), ("POST", "/console/files?name=a.png"), ("GET", "/"),
    ("GET", "/console/enter?code=lina." + "A" * 43), ("POST", "/console/enter"), ("POST", "/console/leave"), ("GET", "/chat"),
)  # fmt: skip
BITS = ("%00", "%ff", "%ed%a0%80", "&place=staff:lina", "&n=9999999999", "&slot=", "?", "/", "..%2f", "%0d%0aset-cookie:a=b", "é", "&as=guest:x")  # fmt: skip


def _storm(house: House, many: int) -> float:
    """Send spoiled requests to the console's doors; give the most CPU seconds that one took."""
    seed = int(os.environ.get("SEED", "0")) or random.SystemRandom().randrange(1, 10**6)
    print(f"SEED={seed}")
    chance, lina, worst = random.Random(seed), _colleague(house), 0.0
    for turn in range(many):
        method, path = chance.choice(PATHS)
        at = chance.randrange(1, len(path) + 1)
        path = path if chance.random() < 0.3 else path[:at] + chance.choice(BITS) + path[at:]
        cookie = chance.choice((signed_in("lina").partition("=")[2], "x", "", "\x7f", chance.randbytes(40).hex()))
        headers = {
            "cookie": f"{staff_sessions.COOKIE}={cookie}; rapport_guest={chance.choice(('x', '', '[]', cookie))}"
        }
        content = chance.choice(
            (b"", b"code=", b"code=%00%ff", b"code=lina." + b"A" * 43, chance.randbytes(300), b"MZ")
        )
        began = time.process_time()
        answer = lina.ask(method, path, content=content, headers=headers)
        worst = max(worst, time.process_time() - began)
        assert answer.status_code < 500, (turn, method, path, content, headers)
        assert "\n" not in answer.headers.get("set-cookie", "")
    return worst


def test_two_thousand_spoiled_requests_at_the_consoles_doors(both: House) -> None:
    assert _storm(both, 2_000) < A_SECOND


@pytest.mark.slow
def test_a_hundred_thousand_spoiled_requests_at_the_consoles_doors_leave_memory_flat(both: House) -> None:
    _storm(both, 10_000)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert _storm(both, 90_000) < A_SECOND
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss < before * 1.5
