"""A town of customers who keep writing over HTTP while bots are killed; it remembers what was acknowledged."""

from __future__ import annotations

import asyncio
import json
import os
import random
import signal
import socket
import sys
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
from sqlalchemy import func, select, text

from storage.columns import new_id
from storage.contacts import Contact
from storage.customers import Customer
from storage.database import Database
from storage.inbox import inbox
from storage.outbox import outbox
from storage.staff import Person
from storage.store import Store
from tests.spine.nursery import SLOTS
from tests.spine.platform import Platform

ROOT = Path(__file__).parents[2]
CONVERSATIONS = 24
HURRY = 30
"""So fast runs the clock of the last bots: nobody waits for the longest pause between attempts."""
IN_WORK = 0.75
"""So many of the kills wait until the bot works; the others may meet it while it starts."""
BACKLOG = 60
"""So many events may wait for their handler before customers write on."""
SECRET = "Zanzibar-4711"
"""A word of every customer that no log may show."""


@dataclass
class Town:
    """One run: its database, its platform, its customers and its bots."""

    database: Database
    url: str
    key: str
    folder: Path
    seed: int
    platform: Platform = field(default_factory=Platform)
    acked: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    kills: int = 0
    over: bool = False
    unhandled: int = 0

    def __post_init__(self) -> None:
        self.luck = random.Random(self.seed)
        self.ports: list[int] = []
        self.addresses: list[str] = []

    def found(self, store: Store) -> None:
        """Put a colleague and the customers on record."""
        owner = Person(new_id(), "Li Na", "rep", "en", "Asia/Shanghai")
        store.staff.add(owner, {"web": f"staff:{owner.id}"})
        for n in range(CONVERSATIONS):
            customer = Customer(id=new_id(), name=f"Customer {n} {SECRET}", owner_id=owner.id)
            contact = Contact(id=new_id(), customer_id=customer.id, name=SECRET, phone="+86 138 4711 0042")
            store.customers.add(customer)
            store.contacts.add(contact, datetime.now(UTC))
            store.contacts.bind(contact.id, "telegram", f"chat-{n}")
            self.addresses.append(f"chat-{n}")

    async def lives(self, kills: int, *, replicas: int, fresh: int = 0) -> None:
        """Let customers write while bots are killed at random moments, then let the last one finish the work."""
        with self.database.writing() as connection:
            store = Store(connection)
            self.found(store)
            store.flush()
        await self.platform.start()
        self.ports = [free_port() for _ in range(replicas)]
        nursery = await Nursery.open()
        async with httpx.AsyncClient(timeout=5, trust_env=False) as client:
            writing = [asyncio.create_task(self._write(client, address)) for address in self.addresses]
            watching = asyncio.create_task(self._watch())
            await self._kill(nursery, kills)
            await self._kill_fresh(fresh)
            last = [await nursery.fork(self.call(port, speed=HURRY)) for port in self.ports]
            self.over = True
            await asyncio.gather(*writing, watching)
            await self._rest()
        for pid in last:
            await nursery.kill(pid)
        await nursery.close()
        await self.platform.stop()

    def call(self, port: int, speed: float = 1) -> dict[str, Any]:
        log = str(self.folder / "log.jsonl")
        return {
            "url": self.url,
            "key": self.key,
            "platform": self.platform.url,
            "port": port,
            "log": log,
            "speed": speed,
        }

    async def _kill(self, nursery: Nursery, kills: int) -> None:
        living = {port: await nursery.fork(self.call(port)) for port in self.ports}
        for _ in range(kills):
            port = self.luck.choice(self.ports)
            if self.luck.random() < IN_WORK:
                await answers(port)
            await asyncio.sleep(self.luck.uniform(0, 0.3))
            await nursery.kill(living[port])
            self.kills += 1
            living[port] = await nursery.fork(self.call(port))
        for pid in living.values():
            await nursery.kill(pid)
            self.kills += 1

    async def _kill_fresh(self, kills: int) -> None:
        for _ in range(kills):
            call = json.dumps(self.call(self.ports[0]))
            process = await asyncio.create_subprocess_exec(sys.executable, "-m", "tests.spine.nursery", call, cwd=ROOT)
            await asyncio.sleep(self.luck.uniform(1.2, 3.0))
            process.kill()
            await process.wait()
            self.kills += 1

    async def _write(self, client: httpx.AsyncClient, address: str) -> None:
        n = 0
        while not self.over:
            id_ = f"{address}:{n}"
            words = "/status" if n % 3 else f"The pump stopped working, says {SECRET}, part {n}."
            await self._hand_in(client, address, id_, words)
            self.acked[address].append(id_)
            n += 1
            while self.unhandled > BACKLOG and not self.over:  # noqa: ASYNC110 - a customer looks now and then
                await asyncio.sleep(0.01)

    async def _hand_in(self, client: httpx.AsyncClient, address: str, id_: str, words: str) -> None:
        """Repeat as a platform does, until somebody acknowledges."""
        body = {"side": "customer", "text": words, "language": "en"}
        where = {"sender": address, "address": address, "conversation": f"telegram:{address}"}
        event = {"channel": "telegram", "external_id": id_, "kind": "words", "body": body, **where}
        while True:
            try:
                answer = await client.post(f"http://127.0.0.1:{self.luck.choice(self.ports)}/", json=event)
            except httpx.HTTPError:
                await asyncio.sleep(0.02)
            else:
                if answer.status_code == 200:
                    return

    async def _watch(self) -> None:
        while not self.over:
            self.unhandled = await asyncio.to_thread(self._count_new)
            await asyncio.sleep(0.05)

    def _count_new(self) -> int:
        with self.database.reading() as connection:
            return int(connection.execute(select(func.count()).where(inbox.c.state == "new")).scalar_one())

    async def _rest(self) -> None:
        until = time.monotonic() + 90
        while await asyncio.to_thread(self._unfinished):
            assert time.monotonic() < until, self.verdict()
            await asyncio.sleep(0.1)

    def _unfinished(self) -> int:
        with self.database.reading() as connection:
            new = connection.execute(select(func.count()).where(inbox.c.state == "new")).scalar_one()
            going = outbox.c.state.in_(("pending", "sending"))
            return int(new + connection.execute(select(func.count()).where(going)).scalar_one())

    def verdict(self) -> Verdict:
        """Compare what was acknowledged with what was handled and heard."""
        with self.database.reading() as connection:
            events = connection.execute(
                select(inbox.c.id, inbox.c.external_id, inbox.c.state).order_by(inbox.c.id)
            ).all()
            said = connection.execute(select(outbox.c.key, outbox.c.state).order_by(outbox.c.id)).all()
            sound = connection.execute(text("pragma integrity_check")).scalar() if self.database.is_sqlite else "ok"
        states = {row.external_id: row.state for row in events}
        names = {row.id: row.external_id for row in events}
        acked = [id_ for ids in self.acked.values() for id_ in ids]
        heard = [call.key for call in self.platform.heard]
        sent = {names[event_of(row.key)] for row in said if row.state == "sent" and row.key.startswith("e")}
        dead = {names[event_of(row.key)] for row in said if row.state == "dead" and row.key.startswith("e")}
        asked = {id_ for id_ in acked if int(id_.split(":")[1]) % 3} - dead
        return Verdict(
            acked=len(acked),
            lost=[id_ for id_ in acked if states.get(id_) != "done"],
            unanswered=sorted(asked - (sent & {names[event_of(key)] for key in heard})),
            handled_out_of_order=inversions([names[event_of(row.key)] for row in said if row.key.startswith("e")]),
            stored_out_of_order=inversions([row.external_id for row in events]),
            heard_out_of_order=inversions(list(dict.fromkeys(names[event_of(key)] for key in heard))),
            dead_letters=len(dead),
            extra_copies=len(heard) - len(set(heard)),
            allowed_copies=self.kills * SLOTS,
            kills=self.kills,
            sound=str(sound),
        )


@dataclass(frozen=True)
class Verdict:
    """What became of everything that was acknowledged."""

    acked: int
    lost: list[str]
    unanswered: list[str]
    handled_out_of_order: int
    stored_out_of_order: int
    heard_out_of_order: int
    dead_letters: int
    """Whose sending was cut off five times in a row; operators are told of them and can replay them."""
    extra_copies: int
    allowed_copies: int
    kills: int
    sound: str


def event_of(key: str) -> int:
    return int(key[1:].split(".", maxsplit=1)[0])


def inversions(names: Sequence[str]) -> int:
    """Count events that came after a later one of the same conversation."""
    newest: dict[str, int] = {}
    count = 0
    for name in names:
        chat, _, number = name.partition(":")
        if not chat.startswith("chat-"):
            continue
        count += int(number) < newest.get(chat, -1)
        newest[chat] = max(newest.get(chat, -1), int(number))
    return count


@dataclass
class Nursery:
    """The process that forks bots."""

    process: asyncio.subprocess.Process

    @classmethod
    async def open(cls) -> Nursery:
        pipe = asyncio.subprocess.PIPE
        return cls(
            await asyncio.create_subprocess_exec(
                sys.executable, "-m", "tests.spine.nursery", cwd=ROOT, stdin=pipe, stdout=pipe
            )
        )

    async def fork(self, call: dict[str, Any]) -> int:
        return await self._ask(call)

    async def kill(self, pid: int) -> None:
        os.kill(pid, signal.SIGKILL)
        assert await self._ask({"bury": pid}) == pid

    async def _ask(self, call: dict[str, Any]) -> int:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps(call).encode() + b"\n")
        await self.process.stdin.drain()
        return int(await self.process.stdout.readline())

    async def close(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.close()
        await self.process.wait()


async def answers(port: int) -> None:
    """Wait until somebody listens; who died at the start is noticed after half a minute."""
    until = time.monotonic() + 30
    while time.monotonic() < until:
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            await asyncio.sleep(0.01)
        else:
            writer.transport.abort()
            return
    raise TimeoutError(f"nobody listens at {port}")


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])
