"""Uploads: files that people handed to a page of ours, sealed, in parts small enough for short transactions."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    String,
    Table,
    and_,
    delete,
    func,
    select,
    update,
)

from storage.columns import Id, Moment, Short, metadata
from storage.rows import Rows
from storage.vault import Sealed, vault

PART: Final = 512 * 1024
"""Bytes of one part: written in some milliseconds, so that no acknowledgement waits for somebody's picture."""
UNSENT: Final = timedelta(days=1)
"""A file that was chosen and never sent is forgotten after this."""

uploads = Table(
    "uploads",
    metadata,
    Column("id", Id, primary_key=True),
    Column("owner", String(32), nullable=False),
    Column("name", Sealed, nullable=False),
    Column("kind", Short, nullable=False),
    Column("size", Integer, nullable=False),
    Column("at", Moment, nullable=False),
    Column("whole_at", Moment),
    Column("sent_at", Moment),
)
Index("ix_uploads_owner", uploads.c.owner, uploads.c.at)
Index("ix_uploads_sent", uploads.c.sent_at, uploads.c.at)
upload_parts = Table(
    "upload_parts",
    metadata,
    Column("upload_id", Id, ForeignKey("uploads.id"), nullable=False),
    Column("place", Integer, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    PrimaryKeyConstraint("upload_id", "place"),
)


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that somebody handed over: `kind` as a card names it, `size` in bytes."""

    id: str
    name: str
    kind: str
    size: int


_columns = tuple(uploads.c[name] for name in Upload.__dataclass_fields__)


class Uploads(Rows):
    """What people handed over; whoever did is known by a keyed hash of their address."""

    def begin(self, upload: Upload, owner: str, now: datetime) -> None:
        """Make room for a file; it is there once it is whole."""
        values = {name: getattr(upload, name) for name in Upload.__dataclass_fields__}
        self._add(uploads, **values, owner=owner_mark(owner), at=now)

    def put(self, upload_id: str, place: int, sealed: bytes) -> None:
        """Write one part, sealed by whoever brings it."""
        self._add(upload_parts, upload_id=upload_id, place=place, sealed=sealed)

    def finish(self, upload_id: str, now: datetime) -> None:
        self._execute(update(uploads).where(uploads.c.id == upload_id).values(whole_at=now), uploads, upload_parts)

    def of(self, owner: str, ids: Collection[str]) -> dict[str, Upload]:
        """Give those of these files that are whole and this owner's."""
        theirs = and_(uploads.c.owner == owner_mark(owner), uploads.c.id.in_(ids), uploads.c.whole_at.is_not(None))
        return {found.id: found for found in self._all(Upload, select(*_columns).where(theirs))}

    def sent(self, ids: Collection[str], now: datetime) -> None:
        """Keep files: they were sent with words."""
        if ids:
            self._execute(update(uploads).where(uploads.c.id.in_(ids)).values(sent_at=now), uploads)

    def drop(self, ids: Collection[str]) -> None:
        """Forget files: they were never sent, or whoever sent them took them back."""
        if ids:
            self._execute(delete(upload_parts).where(upload_parts.c.upload_id.in_(ids)), upload_parts)
            self._execute(delete(uploads).where(uploads.c.id.in_(ids)), uploads)

    def bytes_of(self, upload_id: str) -> bytes | None:
        """Give a file's bytes; None if it is not here, or not whole."""
        statement = (
            select(upload_parts.c.sealed)
            .join(uploads, uploads.c.id == upload_parts.c.upload_id)
            .where(uploads.c.id == upload_id, uploads.c.whole_at.is_not(None))
        )
        parts = self._select(statement.order_by(upload_parts.c.place))
        return b"".join(vault.open(row.sealed) for row in parts) if parts else None

    def held_for(self, owner: str, since: datetime) -> int:
        """Tell how many bytes somebody handed over since a moment."""
        theirs = and_(uploads.c.owner == owner_mark(owner), uploads.c.at >= since)
        return int(self._select(select(func.coalesce(func.sum(uploads.c.size), 0)).where(theirs))[0][0])

    def forget(self, now: datetime) -> int:
        """Drop what was never sent; say how many files."""
        old = and_(uploads.c.sent_at.is_(None), uploads.c.at < now - UNSENT)
        ids = [row.id for row in self._select(select(uploads.c.id).where(old).limit(50))]
        self.drop(ids)
        return len(ids)


def owner_mark(address: str) -> str:
    return vault.blind(f"upload:{address}")
