"""The door at which WeCom knocks: signed, fresh and whole, or refused unread; stored before it is acknowledged."""

from __future__ import annotations

import asyncio
import os
import random
import time
from urllib.parse import urlencode

import pytest
from starlette.requests import Request
from starlette.types import Message

from bot.channels.skew import Skew
from bot.channels.wecom.callbacks import LARGEST, WINDOW, Door, Heard
from bot.channels.wecom.crypto import Crypt
from tests.emulators.wecom_crypt import AES_KEY, CORP, TOKEN, Sealing, envelope, xml

NOW = 1_795_000_000.0
SEALING = Sealing()
QUICK, WHOLE = 2_000, 100_000


class Hall:
    """A door and whoever listens behind it."""

    def __init__(self) -> None:
        self.heard: list[Heard] = []
        self.fails = False
        self.door = Door(Crypt(TOKEN, AES_KEY, CORP), self.hear, Skew(lambda: NOW))

    async def hear(self, heard: Heard) -> None:
        if self.fails:
            raise OSError("the database is away")
        self.heard.append(heard)

    def knock(
        self, query: dict[str, str], body: bytes, *, method: str = "POST", raw: bytes | None = None
    ) -> tuple[int, bytes]:
        return asyncio.run(self.knocked(query, body, method=method, raw=raw))

    async def knocked(
        self, query: dict[str, str], body: bytes, *, method: str = "POST", raw: bytes | None = None
    ) -> tuple[int, bytes]:
        asked = raw if raw is not None else urlencode(query).encode()
        return await self.told(asked, [{"type": "http.request", "body": body, "more_body": False}], method)

    async def told(self, asked: bytes, parts: list[Message], method: str = "POST") -> tuple[int, bytes]:
        async def receive() -> Message:
            return parts.pop(0)

        request = Request({"type": "http", "method": method, "query_string": asked, "headers": []}, receive)
        answer = await (self.door.take(request) if method == "POST" else self.door.echo(request))
        return answer.status_code, bytes(answer.body)


def signed(sealed: str, *, at: float = NOW, nonce: str = "n1", token: str = TOKEN) -> dict[str, str]:
    stamp = str(int(at))
    signature = Sealing(token=token).sign(stamp, nonce, sealed)
    return {"msg_signature": signature, "timestamp": stamp, "nonce": nonce}


def told(words: str = "hello") -> tuple[dict[str, str], bytes]:
    sealed = SEALING.seal(xml(ToUserName=CORP, FromUserName="li", MsgType="text", Content=words, MsgId="1"))
    return signed(sealed), envelope(sealed).encode()


def test_the_echo_is_the_words_and_nothing_else() -> None:
    sealed = SEALING.seal("1616140317555161061")
    assert Hall().knock(signed(sealed) | {"echostr": sealed}, b"", method="GET") == (200, b"1616140317555161061")


def test_what_is_signed_and_fresh_is_heard_and_acknowledged_with_nothing() -> None:
    hall = Hall()
    assert hall.knock(*told("a <b> & c")) == (200, b"")
    assert hall.heard[0]["Content"] == "a <b> & c"


def test_what_breaks_off_is_refused() -> None:
    query, body = told()
    parts: list[Message] = [
        {"type": "http.request", "body": body[:40], "more_body": True},
        {"type": "http.disconnect"},
    ]
    hall = Hall()
    assert asyncio.run(hall.told(urlencode(query).encode(), parts))[0] == 403
    assert not hall.heard


@pytest.mark.parametrize("off", [-WINDOW - 1, WINDOW + 1, -600, 600])
def test_what_is_from_another_time_is_refused(off: float) -> None:
    hall, sealed = Hall(), SEALING.seal("1")
    assert hall.knock(signed(sealed, at=NOW + off), envelope(sealed).encode()) == (403, b"")
    assert hall.knock(signed(sealed, at=NOW + off) | {"echostr": sealed}, b"", method="GET") == (403, b"")
    assert hall.heard == []


def test_the_edge_of_the_window_is_still_fresh() -> None:
    hall = Hall()
    sealed = SEALING.seal(xml(MsgType="text"))
    for off in (-WINDOW, WINDOW):
        assert hall.knock(signed(sealed, at=NOW + off, nonce=str(off)), envelope(sealed).encode())[0] == 200
    assert len(hall.heard) == 2


def test_everybody_whom_we_do_not_believe_gets_the_same_answer() -> None:
    hall = Hall()
    query, body = told()
    sealed = SEALING.seal("1")
    others = Sealing(receiver="wwsomebodyelse").seal("1")
    for asked, said in (
        ({}, body),
        (query | {"msg_signature": ""}, body),
        (query | {"msg_signature": "0" * 40}, body),
        (query | {"nonce": "other"}, body),
        (query | {"timestamp": "now"}, body),
        (signed(sealed, token="guessed"), envelope(sealed).encode()),
        (signed(others), envelope(others).encode()),
        (query, b""),
        (query, b"<xml>"),
        (query, b"<xml></xml>"),
        (query, b"\xff\xfe\x00"),
        (query, b"x" * (LARGEST + 1)),
        (query, b'<!DOCTYPE x [<!ENTITY a "aa">]><xml><Encrypt>&a;</Encrypt></xml>'),
        (query, b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><xml><Encrypt>1</Encrypt></xml>'),
    ):
        assert hall.knock(asked, said) == (403, b"")
    assert hall.heard == []


def test_what_is_unsigned_is_not_even_read() -> None:
    async def never() -> Message:
        raise AssertionError("the body was read")

    request = Request({"type": "http", "method": "POST", "query_string": b"", "headers": []}, never)
    assert asyncio.run(Hall().door.take(request)).status_code == 403


def test_a_repetition_is_acknowledged_without_effect() -> None:
    hall = Hall()
    again = told()
    assert [hall.knock(*again)[0] for _ in range(3)] == [200, 200, 200]
    assert len(hall.heard) == 1


def test_what_is_not_stored_is_not_acknowledged_and_may_come_again() -> None:
    hall, once = Hall(), told()
    hall.fails = True
    assert hall.knock(*once) == (503, b"")
    hall.fails = False
    assert hall.knock(*once) == (200, b"")
    assert len(hall.heard) == 1


def test_a_signed_bomb_harms_nobody() -> None:
    hall = Hall()
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><xml><Content>&b;</Content></xml>'
    sealed = SEALING.seal(bomb)
    assert hall.knock(signed(sealed), envelope(sealed).encode()) == (200, b"")
    assert hall.heard == []


def _spoil(luck: random.Random, part: bytes) -> bytes:
    """Change, drop, repeat or add bytes somewhere."""
    at = luck.randrange(len(part) + 1)
    junk = luck.randbytes(luck.randrange(1, 9))
    kind = luck.randrange(5)
    if kind == 0:
        return part[:at] + junk + part[at + len(junk) :]
    if kind == 1:
        return part[:at] + part[at + luck.randrange(1, 40) :]
    if kind == 2:
        return part[:at] + part[at:] * luck.randrange(2, 4)
    return part[:at] + (junk if kind == 3 else b"<![CDATA[&#x0;]]>%00&" * luck.randrange(1, 5)) + part[at:]


async def _besiege(count: int) -> None:
    """Knock with spoiled callbacks: outside of the signature, and inside of it as only somebody with the token could."""
    seed = int(os.environ.get("SEED", "0")) or random.SystemRandom().randrange(1, 10**6)
    print(f"SEED={seed}")
    luck, hall = random.Random(seed), Hall()
    query, body = told()
    plain = xml(ToUserName=CORP, FromUserName="li", MsgType="event", Event="template_card_event", TaskId="t1").encode()
    longest = 0.0
    for number in range(count):
        began = time.perf_counter()
        if number % 2:
            sealed = SEALING.seal(_spoil(luck, plain).decode(errors="replace"))
            status, said = await hall.knocked(signed(sealed, nonce=str(number)), envelope(sealed).encode())
            assert status == 200
        else:
            raw = _spoil(luck, urlencode(query).encode()) if luck.random() < 0.4 else None
            spoiled = body if raw is not None else _spoil(luck, body)
            method = luck.choice(("POST", "POST", "GET"))
            status, said = await hall.knocked(query, spoiled, method=method, raw=raw)
            assert status in (200, 403)
        assert said == b""
        longest = max(longest, time.perf_counter() - began)
    print(f"{count} knocks, longest {longest * 1000:.1f} ms, heard {len(hall.heard)}")
    assert len(hall.door._known) <= 20_000


def test_spoiled_callbacks_end_in_a_refusal_or_an_empty_answer() -> None:
    asyncio.run(_besiege(QUICK))


@pytest.mark.slow
def test_a_hundred_thousand_spoiled_callbacks_end_so_too() -> None:
    asyncio.run(_besiege(WHOLE))
