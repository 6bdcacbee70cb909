"""A hundred thousand inputs at WeCom's doors and on a desk's pages: no error, nobody waits a second, memory stays flat."""

from __future__ import annotations

import asyncio
import gc
import random
import resource
import secrets
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from starlette.requests import Request

from bot.channels.port import AlongWith
from bot.channels.wecom.callbacks import Door, Heard
from bot.channels.wecom.client import Refused
from bot.channels.wecom.contact_events import Contacts
from bot.channels.wecom.crypto import Crypt
from bot.channels.wecom.events import event_of
from bot.channels.wecom.kf_desks import Desks
from bot.channels.wecom.kf_pull import Desk
from bot.channels.wecom.kf_welcome import Welcome
from bot.channels.wecom.tongues import Tongues
from storage.database import Database
from storage.inbox import Event
from storage.store import Store
from tests.emulators.wecom_crypt import AES_KEY, CORP, TOKEN, Sealing, envelope, xml
from tests.wecom_kf.test_spoiled import _spoiled

COUNTS = [2_000, pytest.param(100_000, marks=pytest.mark.slow)]
A_SECOND = 1.0
GROWN = 8 * 1024
"""Kilobytes of memory by which a process may grow over the second half of the inputs."""
NAMES = (
    "Event",
    "MsgType",
    "FromUserName",
    "CreateTime",
    "MsgId",
    "Content",
    "OpenKfId",
    "Token",
    "ChangeType",
    "UserID",
)
VALUES = ("kf_msg_or_event", "event", "text", "image", "click", "change_external_contact", "change_external_tag", "del")
ODD = (
    "",
    "\x00",
    "\u202e",
    "<a>",
    "]]>",
    "9" * 400,
    "客" * 3000,
    "wk1",
    "-1",
    "edit_external_contact",
    "transfer_fail",
)


class Measured:
    """The longest that one input took, and how the process grew over the second half of them."""

    def __init__(self, count: int) -> None:
        self._count, self._done = count, 0
        self.longest, self._middle = 0.0, 0

    def one(self, took: float) -> None:
        self.longest, self._done = max(self.longest, took), self._done + 1
        if self._done == self._count // 2:
            self._middle = resident()

    def holds(self) -> None:
        grown = resident() - self._middle
        print(f"inputs {self._count}, longest {self.longest:.3f} s, grown {grown} kB of {self._middle}")
        assert self.longest < A_SECOND
        assert grown < GROWN


def resident() -> int:
    """Give the kilobytes of memory that this process holds."""
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() // 1024


class Memoryless:
    """Takes events and keeps none."""

    def __init__(self, database: Database) -> None:
        self._database, self.stored = database, 0

    async def __call__(self, events: Sequence[Event], *, along: AlongWith | None = None) -> list[Event]:
        self.stored += len(events)
        if along is not None:
            with self._database.writing() as connection:
                along(Store(connection))
        return list(events)


async def _refuses(_path: str, _body: dict[str, Any]) -> dict[str, Any]:
    raise Refused(40029)


@pytest.mark.parametrize("count", COUNTS)
@pytest.mark.parametrize("which", ["app", "kf"])
def test_whatever_knocks_at_the_doors(database: Database, which: str, count: int) -> None:
    accept = Memoryless(database)
    desks = Desks(_refuses, lambda id_, _name: Desk(id_, _refuses, _greets_nobody))
    contacts = Contacts(_NoClient(), Tongues(database))  # type: ignore[arg-type]

    async def hear(heard: Heard) -> None:
        if which == "kf" and heard.get("Event") == "kf_msg_or_event":
            await desks.ring(heard.get("OpenKfId", ""), heard.get("Token", ""), accept)
        elif not await contacts.hear(heard, accept) and which == "app":
            event_of(heard, None, None)

    door, luck = Door(Crypt(TOKEN, AES_KEY, CORP), hear), random.Random(7)

    async def knock() -> Measured:
        measured = Measured(count)
        for _ in range(count):
            request = _request(luck)
            began = time.perf_counter()
            answer = await door.take(request)
            measured.one(time.perf_counter() - began)
            assert answer.status_code in (200, 403)
        return measured

    asyncio.run(knock()).holds()


async def _greets_nobody(_messages: Sequence[Any]) -> None:
    return


class _NoClient:
    async def ask(self, *_: object, **__: object) -> dict[str, Any]:
        raise Refused(84061)


def _request(luck: random.Random) -> Request:
    """Make a callback: mostly signed, with odd elements; else with a spoiled signature, stamp, seal or body."""
    names = luck.sample(NAMES, luck.randrange(1, len(NAMES)))
    words = xml(ToUserName=CORP, **{name: luck.choice((*VALUES, *ODD, secrets.token_hex(6))) for name in names})
    sealing, stamp, nonce = Sealing(), str(int(time.time()) + luck.choice((0, 0, 0, 0, 900))), secrets.token_hex(5)
    sealed = sealing.seal(luck.choice((words, words, words, luck.randbytes(40).hex())))
    signature = sealing.sign(stamp, nonce, sealed)
    body = envelope(sealed).encode()
    spoil = luck.randrange(12)
    if spoil == 0:
        signature = signature[::-1]
    elif spoil == 1:
        body = luck.randbytes(luck.randrange(300))
    elif spoil == 2:
        stamp = luck.choice(("", "x", "-1", "1e9", "9" * 300))
    query = f"msg_signature={signature}&timestamp={stamp}&nonce={nonce}".encode()

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    scope = {"type": "http", "method": "POST", "path": "/", "query_string": query, "headers": []}
    return Request(scope, receive)


@pytest.mark.parametrize("count", COUNTS)
def test_whatever_stands_on_a_desks_pages(database: Database, count: int) -> None:
    accept, luck, page = Memoryless(database), random.Random(7), 100
    pages = count // page

    async def ask(path: str, body: dict[str, Any]) -> dict[str, Any]:
        if path != "kf/sync_msg":
            raise Refused(40029)
        number = int(body["cursor"] or 0) + 1
        found = [_spoiled(luck) for _ in range(page)]
        return {"msg_list": found, "next_cursor": str(number), "has_more": int(number < pages)}

    welcome = Welcome(ask, Tongues(database))

    async def read() -> Measured:
        measured, began = Measured(pages), time.perf_counter()

        async def greet(messages: Sequence[Any]) -> None:
            nonlocal began
            measured.one(time.perf_counter() - began)
            await welcome.greet("wk1", "", messages)
            began = time.perf_counter()

        await Desk("wk1", ask, greet).pull(accept)
        return measured

    asyncio.run(read()).holds()
    assert accept.stored > count // 10
