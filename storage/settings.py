"""Settings the bot itself remembers, accepted policies, and the trace of who did what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import (
    JSON,
    Column,
    ColumnElement,
    Index,
    Integer,
    Table,
    Text,
    bindparam,
    delete,
    func,
    or_,
    select,
    true,
)

from storage.columns import Id, Moment, Name, Serial, Short, metadata
from storage.rows import Rows
from storage.vault import vault

KEY_MARK: Final = "key mark"

settings = Table("settings", metadata, Column("name", Name, primary_key=True), Column("value", JSON, nullable=False))
policies = Table(
    "policies",
    metadata,
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("text", Text, nullable=False),
    Column("accepted_at", Moment, nullable=False),
    Column("accepted_by", Name, nullable=False),
)
audit = Table(
    "audit",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("actor", Name, nullable=False),
    Column("did", Short, nullable=False),
    Column("subject", Name, nullable=False),
    Column("customer_id", Id),
)
Index("ix_audit_subject", audit.c.subject, audit.c.at)


POLICIES_LOCK = 7202


@dataclass(frozen=True, slots=True)
class AcceptedPolicy:
    """A policy text that was found valid and is or was in force."""

    version: int
    text: str
    accepted_at: datetime


_value = select(settings.c.value).where(settings.c.name == bindparam("name"))
_newest_version = select(func.coalesce(func.max(policies.c.version), 0))


class Settings(Rows):
    """Small things the bot remembers by name."""

    def get(self, name: str) -> Any:
        for row in self._select(_value, settings, name=name):
            return row.value
        return None

    def set(self, name: str, value: Any) -> None:
        statement = self._insert(settings).values(name=name, value=value)
        self._execute(statement.on_conflict_do_update(index_elements=["name"], set_={"value": value}))

    def fits_key(self) -> bool | None:
        """Tell whether the data is looked up with the key in force; None if it bears no mark of a key yet."""
        mark = self.get(KEY_MARK)
        return None if mark is None else mark == _mark()

    def mark_key(self) -> None:
        self.set(KEY_MARK, _mark())

    def take(self, name: str) -> Any:
        """Give a value and forget it, so that of two who ask at once only one gets it; None if there is none."""
        statement = delete(settings).where(settings.c.name == name).returning(settings.c.value)
        for row in self._execute(statement):
            return row.value
        return None

    def lease(self, name: str, owner: str, now: datetime, until: datetime) -> bool:
        """Take or renew the one seat of this name; false while somebody else has it.

        Times are the machine's. A SQLite file has one process, whose lock is lease enough.
        """
        value = {"owner": owner, "until": until.isoformat(timespec="microseconds")}
        held = settings.c.value
        free: ColumnElement[bool] = or_(
            held["owner"].as_string() == owner, held["until"].as_string() < now.isoformat(timespec="microseconds")
        )
        if self._connection.dialect.name == "sqlite":
            free = true()
        statement = self._insert(settings).values(name=name, value=value)
        statement = statement.on_conflict_do_update(index_elements=["name"], set_={"value": value}, where=free)
        return self._execute(statement.returning(settings.c.name)).first() is not None


def _mark() -> str:
    return vault.blind("the key of this data")


class Policies(Rows):
    """The policies that were accepted; the newest is in force."""

    def newest(self) -> AcceptedPolicy | None:
        columns = (policies.c.version, policies.c.text, policies.c.accepted_at)
        return self._first(AcceptedPolicy, select(*columns).order_by(policies.c.version.desc()).limit(1))

    def at(self, version: int) -> AcceptedPolicy | None:
        """Give a policy that is or was in force, by its number."""
        columns = (policies.c.version, policies.c.text, policies.c.accepted_at)
        return self._first(AcceptedPolicy, select(*columns).where(policies.c.version == version))

    def newest_version(self) -> int:
        return self._select(_newest_version)[0][0] or 0

    def accept(self, text: str, by: str, now: datetime) -> int:
        """Put a policy in force; the same text twice is one version, also from replicas that start at once."""
        self._one_at_a_time(POLICIES_LOCK)
        current = self.newest()
        if current is not None and current.text == text:
            return current.version
        version = (current.version if current else 0) + 1
        self._execute(policies.insert().values(version=version, text=text, accepted_at=now, accepted_by=by))
        return version

    def offer(self, text: str, by: str, now: datetime) -> AcceptedPolicy:
        """Put a policy in force unless it was so before and a newer one took its place; give the one in force."""
        self._one_at_a_time(POLICIES_LOCK)
        if not self._select(select(policies.c.version).where(policies.c.text == text).limit(1)):
            self.accept(text, by, now)
        return self._in_force()

    def begin(self, text: str, by: str, now: datetime) -> AcceptedPolicy:
        """Put a policy in force if there is none yet; give the one in force."""
        self._one_at_a_time(POLICIES_LOCK)
        if self.newest() is None:
            self.accept(text, by, now)
        return self._in_force()

    def _in_force(self) -> AcceptedPolicy:
        newest = self.newest()
        assert newest is not None  # noqa: S101 - one was just accepted, and none is ever taken away
        return newest


class Audit(Rows):
    """Who did what on whom; written in the transaction of the deed."""

    def note(self, actor: str, did: str, subject: str, now: datetime, customer_id: str | None = None) -> None:
        self._add(audit, at=now, actor=actor, did=did, subject=subject, customer_id=customer_id)
