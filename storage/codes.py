"""Codes: what opens something one time, within ten minutes; only a hash is kept, and a newer one ends the older.

They live by the machine's time, never by the business clock: a demo may jump, a link may not.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Column, String, Table, delete, select

from storage.columns import Moment, Name, metadata
from storage.patience import FORGOTTEN_AT_ONCE
from storage.rows import Rows
from storage.vault import Sealed

LASTS: Final = timedelta(minutes=10)

one_time_codes = Table(
    "one_time_codes",
    metadata,
    Column("place", Name, primary_key=True),
    Column("hash", String(64), nullable=False),
    Column("told", Sealed, nullable=False),
    Column("until", Moment, nullable=False, index=True),
)


@dataclass(frozen=True, slots=True)
class Code:
    """What is kept of a code: `told` comes back when it is used."""

    hash: str
    told: str
    until: datetime

    def fits(self, secret: str) -> bool:
        return hmac.compare_digest(self.hash, _hash(secret))


_columns = tuple(one_time_codes.c[name] for name in Code.__dataclass_fields__)


class Codes(Rows):
    """The codes that still open something, one for each place."""

    def make(self, place: str, told: str, now: datetime) -> str:
        """Make the secret that opens a place once; the one before opens it no more."""
        secret = secrets.token_urlsafe(32)
        values = {"hash": _hash(secret), "told": told, "until": now + LASTS}
        statement = self._insert(one_time_codes).values(place=place, **values)
        self._execute(statement.on_conflict_do_update(index_elements=["place"], set_=values), one_time_codes)
        return secret

    def issue(self, kind: str, whose: str, told: str, now: datetime) -> str:
        """Make a code of one kind as it stands in a link: whose it is, and the secret."""
        return f"{whose}.{self.make(place_of(kind, whose), told, now)}"

    def get(self, place: str) -> Code | None:
        return self._first(Code, select(*_columns).where(one_time_codes.c.place == place), one_time_codes)

    def redeem(self, place: str, secret: str, now: datetime) -> Code | None:
        """Use a place's code up, so that of two who come at once one gets in; None if it is wrong or too old."""
        here = (one_time_codes.c.place == place, one_time_codes.c.hash == _hash(secret))
        for row in self._execute(delete(one_time_codes).where(*here).returning(*_columns), one_time_codes):
            code = Code(row.hash, row.told, row.until)
            return code if code.until >= now else None
        return None

    def withdraw(self, *places: str) -> None:
        """Let what was made for these places open nothing any more."""
        self._execute(delete(one_time_codes).where(one_time_codes.c.place.in_(places)), one_time_codes)

    def forget(self, now: datetime) -> int:
        """Drop some that were never used and open nothing any more."""
        over = select(one_time_codes.c.place).where(one_time_codes.c.until < now).limit(FORGOTTEN_AT_ONCE)
        return self._execute(delete(one_time_codes).where(one_time_codes.c.place.in_(over)), one_time_codes).rowcount


def place_of(kind: str, whose: str) -> str:
    """Name the place that a code of one kind opens."""
    return f"{kind} {whose}"


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
