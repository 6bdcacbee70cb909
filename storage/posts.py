"""Posts: what stands in a chat as far as we know, so that a card can be edited and a button understood."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Boolean, Column, Index, String, Table, UniqueConstraint, bindparam, delete, func, select, update

from storage.columns import Moment, Name, Serial, Short, metadata
from storage.paces import chat_scope
from storage.rows import Rows
from storage.vault import Sealed, SealedJson

posts = Table(
    "posts",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("channel", Short, nullable=False),
    Column("chat", String(32), nullable=False),
    Column("address", Sealed, nullable=False),
    Column("slot", Name, nullable=False),
    Column("thread", Name),
    Column("author", Sealed, nullable=False),
    Column("card", SealedJson, nullable=False),
    Column("provider_id", Name),
    Column("at", Moment, nullable=False),
    Column("changed", Moment, nullable=False),
    Column("edited", Boolean, nullable=False, default=False),
    Column("flow", String(3), nullable=False, default="out"),
    UniqueConstraint("chat", "slot"),
)
Index("ix_posts_changed", posts.c.chat, posts.c.changed)
Index("ix_posts_thread", posts.c.chat, posts.c.thread, posts.c.id)
Index("ix_posts_provider", posts.c.chat, posts.c.provider_id)  # presses and threads name a card by the platform's id


@dataclass(frozen=True, slots=True)
class Post:
    """One card in one chat: `slot` names the object it shows, `thread` the slot under which it hangs."""

    channel: str
    address: str
    slot: str
    card: dict[str, Any]
    at: datetime
    changed: datetime
    author: str = ""
    thread: str | None = None
    provider_id: str | None = None
    flow: str = "out"
    edited: bool = False
    id: int = 0


_columns = tuple(posts.c[name] for name in Post.__dataclass_fields__)


_at = select(*_columns).where(posts.c.chat == bindparam("chat"), posts.c.slot == bindparam("slot"))

TOPIC: Final = "topic:"


def topic_of(thread: str) -> str:
    """Name what tells in which topic of a chat the thread under a card stands; its platform's id is the topic's."""
    return f"{TOPIC}{thread}"


class Posts(Rows):
    """What stands where."""

    def put(self, news: Sequence[Post]) -> None:
        """Write posts; one that stands in the same slot already is edited and keeps its place."""
        if not news:
            return
        statement = self._insert(posts)
        new = statement.excluded
        statement = statement.on_conflict_do_update(
            index_elements=["chat", "slot"],
            set_={
                "card": new.card,
                "changed": new.changed,
                "edited": True,
                "provider_id": func.coalesce(new.provider_id, posts.c.provider_id),
            },
        )
        self._connection.execute(statement, [_row(post) for post in news])

    def add_lines(self, lines: Sequence[Post]) -> None:
        """Write what people typed into their chats; a line that stands already stays as it is."""
        if lines:
            statement = self._insert(posts).on_conflict_do_nothing(index_elements=["chat", "slot"])
            self._connection.execute(statement, [_row(line) for line in lines])

    def lift(self, channel: str, address: str, slot: str) -> None:
        """Forget where a card stands: its next state is said anew, at the bottom, where people look."""
        here = (posts.c.chat == chat_scope(channel, address), posts.c.slot == slot)
        self._execute(delete(posts).where(*here))

    def move(self, channel: str, before: str, address: str) -> None:
        """Let what stood in one chat stand in another, where its slot is free; nothing is said anew."""
        here, there = chat_scope(channel, before), chat_scope(channel, address)
        taken = select(posts.c.slot).where(posts.c.chat == there)
        moving = update(posts).where(posts.c.chat == here, posts.c.slot.not_in(taken))
        self._execute(moving.values(chat=there, address=address), posts)

    def get(self, channel: str, address: str, slot: str) -> Post | None:
        return self._first(Post, _at, chat=chat_scope(channel, address), slot=slot)

    def standing(self, places: Iterable[tuple[str, str, str]]) -> dict[tuple[str, str, str], str | None]:
        """Tell which of these (channel, address, slot) stand already, each with the platform's own id."""
        wanted = {(chat_scope(channel, address), slot): (channel, address, slot) for channel, address, slot in places}
        if not wanted:
            return {}
        here = (posts.c.chat.in_({chat for chat, _ in wanted}), posts.c.slot.in_({slot for _, slot in wanted}))
        found = self._select(select(posts.c.chat, posts.c.slot, posts.c.provider_id).where(*here))
        return {wanted[row[0], row[1]]: row[2] for row in found if (row[0], row[1]) in wanted}

    def by_provider(self, channel: str, address: str, provider_id: str) -> Post | None:
        where = (posts.c.chat == chat_scope(channel, address), posts.c.provider_id == provider_id)
        return self._first(Post, select(*_columns).where(*where))

    def of(self, channel: str, address: str, *, thread: str | None = None, limit: int = 200) -> list[Post]:
        """Give the newest posts of a chat (or of one thread in it), oldest first."""
        where = [posts.c.chat == chat_scope(channel, address)]
        where.append(posts.c.thread.is_(None) if thread is None else posts.c.thread == thread)
        found = self._all(Post, select(*_columns).where(*where).order_by(posts.c.id.desc()).limit(limit))
        return found[::-1]

    def thread_sizes(self, channel: str, address: str, slots: Collection[str]) -> dict[str, int]:
        """Count what stands in the threads under these cards; one without a thread is not named."""
        statement = (
            select(posts.c.thread, func.count())
            .where(posts.c.chat == chat_scope(channel, address), posts.c.thread.in_(slots))
            .group_by(posts.c.thread)
        )
        return {row[0]: row[1] for row in self._select(statement)} if slots else {}

    def version(self, channel: str, addresses: Sequence[str]) -> str:
        """Give a value that changes whenever something in these chats does; cheap enough to ask every second."""
        here = posts.c.chat.in_([chat_scope(channel, address) for address in addresses])
        newest = select(posts.c.changed, posts.c.id).where(here).order_by(posts.c.changed.desc(), posts.c.id.desc())
        return "".join(f"{changed}/{id_}" for changed, id_ in self._select(newest.limit(1)))


def _row(post: Post) -> dict[str, Any]:
    values = {name: getattr(post, name) for name in Post.__dataclass_fields__ if name != "id"}
    return values | {"chat": chat_scope(post.channel, post.address)}
