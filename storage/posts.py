"""Posts: what stands in a chat as far as we know, so that a card can be edited and a button understood."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Boolean, Column, Index, String, Table, UniqueConstraint, func, select

from storage.columns import Moment, Name, Serial, Short, metadata
from storage.rows import Rows
from storage.vault import SealedJson

posts = Table(
    "posts",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("channel", Short, nullable=False),
    Column("address", Name, nullable=False),
    Column("slot", Name, nullable=False),
    Column("thread", Name),
    Column("author", Name, nullable=False),
    Column("card", SealedJson, nullable=False),
    Column("provider_id", Name),
    Column("at", Moment, nullable=False),
    Column("changed", Moment, nullable=False),
    Column("edited", Boolean, nullable=False, default=False),
    Column("flow", String(3), nullable=False, default="out"),
    UniqueConstraint("channel", "address", "slot"),
)
Index("ix_posts_address", posts.c.channel, posts.c.address, posts.c.changed)


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


class Posts(Rows):
    """What stands where."""

    def put(self, news: Sequence[Post]) -> None:
        """Write posts; one that stands in the same slot already is edited and keeps its place."""
        if not news:
            return
        statement = self._insert(posts)
        new = statement.excluded
        statement = statement.on_conflict_do_update(
            index_elements=["channel", "address", "slot"],
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
            statement = self._insert(posts).on_conflict_do_nothing(index_elements=["channel", "address", "slot"])
            self._connection.execute(statement, [_row(line) for line in lines])

    def get(self, channel: str, address: str, slot: str) -> Post | None:
        where = (posts.c.channel == channel, posts.c.address == address, posts.c.slot == slot)
        return self._first(Post, select(*_columns).where(*where))

    def standing(self, places: Iterable[tuple[str, str, str]]) -> dict[tuple[str, str, str], str | None]:
        """Tell which of these (channel, address, slot) stand already, each with the platform's own id."""
        wanted = set(places)
        slots = {slot for _, _, slot in wanted}
        if not slots:
            return {}
        columns = (posts.c.channel, posts.c.address, posts.c.slot, posts.c.provider_id)
        found = self._select(select(*columns).where(posts.c.slot.in_(slots)))
        return {(r[0], r[1], r[2]): r[3] for r in found if (r[0], r[1], r[2]) in wanted}

    def by_provider(self, channel: str, address: str, provider_id: str) -> Post | None:
        where = (posts.c.channel == channel, posts.c.address == address, posts.c.provider_id == provider_id)
        return self._first(Post, select(*_columns).where(*where))

    def of(self, channel: str, address: str, *, thread: str | None = None, limit: int = 200) -> list[Post]:
        """Give the newest posts of a chat (or of one thread in it), oldest first."""
        where = [posts.c.channel == channel, posts.c.address == address]
        where.append(posts.c.thread.is_(None) if thread is None else posts.c.thread == thread)
        found = self._all(Post, select(*_columns).where(*where).order_by(posts.c.id.desc()).limit(limit))
        return found[::-1]

    def thread_sizes(self, channel: str, address: str) -> dict[str, int]:
        statement = (
            select(posts.c.thread, func.count())
            .where(posts.c.channel == channel, posts.c.address == address, posts.c.thread.is_not(None))
            .group_by(posts.c.thread)
        )
        return {row[0]: row[1] for row in self._select(statement)}

    def version(self, channel: str, addresses: Sequence[str]) -> str:
        """Give a value that changes whenever something in these chats does; cheap enough to ask every second."""
        statement = select(func.max(posts.c.changed), func.count()).where(
            posts.c.channel == channel, posts.c.address.in_(addresses)
        )
        newest, count = self._select(statement)[0]
        return f"{newest}/{count}"


def _row(post: Post) -> dict[str, Any]:
    return {name: getattr(post, name) for name in Post.__dataclass_fields__ if name != "id"}
