"""The yardstick: the same writes the textbook way, an AsyncSession of aiosqlite and mapped objects, a commit each step.

It reads the same words with the same reader and finds the same customer; its cards are made beforehand, so that what
is compared is the way of writing and not the art of wording.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import event, select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import registry

from prompts.reader.offline import OfflineReader
from storage.columns import metadata, new_id
from storage.database import SQLITE_PRAGMAS, Database
from storage.inbox import Event
from storage.paces import chat_scope
from storage.schema import migrate
from storage.store import Store
from storage.tickets import new_number
from tests.bench.company import events, found
from tests.bench.pipeline import KEY, Run, count_rows

COPIES = 3
"""Messages about one opened ticket: to the customer, to the team, to the owner."""
CARD: dict[str, Any] = {
    "title": "工单 T-7K4M2 · 投诉",
    "text": "我们已经收到，会尽快回复您。" * 6,
    "fields": ["客户", "截止"],
}
mapped = registry(metadata=metadata)


def _mapped(name: str) -> type[Any]:
    made = type(name.title(), (), {})
    mapped.map_imperatively(made, metadata.tables[name])
    return made


InboxRow, OutboxRow, PostRow, TicketRow, TicketEventRow, EntryRow, FeedbackRow, ContactRow, CustomerRow, IdentityRow = (
    _mapped(name)
    for name in (
        "inbox",
        "outbox",
        "posts",
        "tickets",
        "ticket_events",
        "entries",
        "feedback",
        "contacts",
        "customers",
        "identities",
    )
)


def _row(kind: type[Any], /, **values: Any) -> Any:
    row = kind()
    for name, value in values.items():
        setattr(row, name, value)
    return row


class Textbook:
    """Accepts, handles and delivers, each step in a session and a transaction of its own."""

    def __init__(self, file: Path) -> None:
        engine = create_async_engine(f"sqlite+aiosqlite:///{file}", hide_parameters=True, pool_size=1, max_overflow=0)
        event.listen(engine.sync_engine, "connect", _prepare)
        event.listen(engine.sync_engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
        self.engine = engine
        self.session = async_sessionmaker(engine, expire_on_commit=False)
        self.reader = OfflineReader()
        self.randomness = Random(1)
        self.commits = 0

    async def accept(self, said: Event) -> int:
        now = datetime.now(UTC)
        body = {"sender": said.sender, "address": said.address, "body": said.body}
        row = _row(
            InboxRow,
            channel=said.channel,
            external_id=said.external_id,
            kind=said.kind,
            conversation=said.conversation,
            body=body,
            received_at=now,
            next_at=now,
            state="new",
            attempts=0,
        )
        async with self.session() as session:
            session.add(row)
            await self._commit(session)
        return int(row.id)

    async def handle(self, id_: int) -> list[int]:
        async with self.session() as session:
            row = await session.get_one(InboxRow, id_)
            said = row.body
            contact = await self._contact(session, said["address"])
            customer = await session.get_one(CustomerRow, contact.customer_id)
            self.reader.read(said["body"]["text"])
            number = new_number(self.randomness)
            ticket, *facts = self._facts(number, row, contact, customer)
            session.add(ticket)
            await session.flush()
            session.add_all(facts)
            messages = [self._message(id_, n, said["address"], number) for n in range(COPIES)]
            session.add_all(messages)
            row.state, row.handled_at = "done", datetime.now(UTC)
            await self._commit(session)
        return [message.id for message in messages]

    async def _contact(self, session: AsyncSession, address: str) -> Any:
        statement = (
            select(ContactRow)
            .join(IdentityRow, IdentityRow.contact_id == ContactRow.id)
            .where(IdentityRow.channel == "web", IdentityRow.blind == chat_scope("web", address))
        )
        return (await session.execute(statement)).scalar_one()

    def _facts(self, number: str, row: Any, contact: Any, customer: Any) -> list[Any]:
        now, words = datetime.now(UTC), row.body["body"]["text"]
        source = f"web:{row.external_id}"
        who = {"contact_id": contact.id, "customer_id": customer.id}
        times = {"opened_at": now, "first_response_due": now, "resolution_due": now, "watch_at": now}
        ticket = _row(
            TicketRow,
            number=number,
            channel="web",
            type="complaint",
            priority="high",
            words=words,
            goal="resolution",
            owner_id=customer.owner_id,
            **who,
            **times,
        )
        opened = _row(
            TicketEventRow, number=number, at=now, actor=contact.id, what="opened", detail={"type": "complaint"}
        )
        entry = _row(
            EntryRow, key=source, ticket=number, flow="in", author=contact.id, channel="web", words=words, at=now, **who
        )
        if row.id % COPIES:
            return [ticket, opened, entry]
        kind = {"kind": "complaint", "topic": "delivery", "sentiment": "negative", "urgency": "normal"}
        heard = _row(FeedbackRow, id=new_id(), words=words, source=source, at=now, ticket=number, **kind, **who)
        return [ticket, opened, entry, heard]

    def _message(self, id_: int, n: int, address: str, number: str) -> Any:
        now, key = datetime.now(UTC), f"e{id_}.{n}"
        chat = chat_scope("web", address)
        return _row(
            OutboxRow,
            key=key,
            channel="web",
            chat=chat,
            address=address,
            lane=chat,
            kind="reply",
            slot=f"{key}:{number}",
            card=CARD,
            guards=[],
            receipt=False,
            created_at=now,
            not_before=now,
            rank_at=now,
            next_at=now,
            state="pending",
            attempts=0,
            throttles=0,
        )

    async def deliver(self, id_: int) -> None:
        async with self.session() as session:
            message = await session.get_one(OutboxRow, id_)
            message.state, message.attempts = "sending", message.attempts + 1
            await self._commit(session)
        async with self.session() as session:
            message = await session.get_one(OutboxRow, id_)
            now = datetime.now(UTC)
            message.state, message.settled_at = "sent", now
            about = {"channel": "web", "chat": message.chat, "address": message.address, "slot": message.slot}
            session.add(_row(PostRow, **about, author="", card=message.card, at=now, changed=now, flow="out"))
            await self._commit(session)

    async def _commit(self, session: AsyncSession) -> None:
        await session.commit()
        self.commits += 1


def _prepare(connection: Any, _record: Any) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in SQLITE_PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


async def textbook(folder: Path, count: int, in_flight: int) -> Run:
    """Let `count` customers write, so many of them at once, the textbook way."""
    database = Database(f"sqlite:///{folder / 'textbook.db'}", KEY)
    migrate(database)
    with database.writing() as connection:
        store = Store(connection)
        guests = found(store, count)
        store.flush()
    book = Textbook(folder / "textbook.db")
    run = await _timed(book, events(guests), in_flight, database)
    await book.engine.dispose()
    database.close()
    return run


async def _timed(book: Textbook, said: Sequence[Event], in_flight: int, database: Database) -> Run:
    waiting = list(reversed(said))

    async def write() -> None:
        while waiting:
            for message in await book.handle(await book.accept(waiting.pop())):
                await book.deliver(message)

    cpu, start = time.process_time(), time.perf_counter()
    await asyncio.gather(*(write() for _ in range(in_flight)))
    seconds, cpu = time.perf_counter() - start, time.process_time() - cpu
    with database.reading() as connection:
        rows = count_rows(Store(connection))
    return Run(len(said), seconds, cpu, book.commits, rows)
