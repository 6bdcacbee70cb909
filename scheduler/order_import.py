"""Importing an order file: read it whole, take it in by chunks, sort its customers into tiers, report."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Final

from scheduler import books
from scheduler.policy.document import Policy
from scheduler.tier_reviews import begin_again
from scheduler.tiering import retier
from storage.customers import Customer
from storage.importing.headings import Field
from storage.importing.orders import OrderFile, read_orders
from storage.importing.report import Report
from storage.importing.taking import CHUNK, Taken, Taking
from storage.rows import in_chunks
from storage.store import InTransaction, Store


@dataclass(frozen=True)
class Wanted:
    """How an order file is to be read, and what is to be done with it."""

    as_of: date | None = None
    """Figures are as of the end of this day.

    By default that is the day of the newest order that is known of the file's customers, or of the last review of tiers
    if it is later. From there time goes on by itself, unless these books ended long ago.
    """
    currency: str | None = None
    """Of amounts where the file has no column for it, by default the policy's own; its bands are numbers and hold in it."""
    owner_id: str | None = None
    """To whom new customers go."""
    columns: Mapping[Field, str] | None = None
    """Headings for fields, where what we would take is wrong."""
    day_first: bool | None = None
    """How 1/2/2025 is meant, if the file does not tell."""
    dry: bool = False
    """Only tell what would be done."""


AS_IT_STANDS: Final = Wanted()


def import_orders(
    write: InTransaction,
    read: InTransaction,
    path: Path,
    wanted: Wanted = AS_IT_STANDS,
    *,
    policy: Policy,
    now: datetime,
) -> Report:
    """Take an order file in and sort its customers into tiers.

    Wall times are those of the company's zone. Running the same file again finishes what was interrupted and changes
    nothing else.

    Raises:
        UnreadableFile: the file is no table or lacks columns; nothing was written.
        Conflict: somebody kept changing the same customers; the orders are in, running it again finishes the tiers.
    """
    currency, zone = wanted.currency or policy.currency, policy.company.zone
    file = read_orders(path, zone=zone, currency=currency, now=now, columns=wanted.columns, day_first=wanted.day_first)
    taking = Taking(file, now, wanted.owner_id)
    if wanted.dry:
        return _report(file, taking.foretell(read), dry=True)
    report = _report(file, taking.run(read, write))
    return _tiered(read, write, report, file, policy=policy, as_of=wanted.as_of, now=now)


def _tiered(
    read: InTransaction,
    write: InTransaction,
    report: Report,
    file: OrderFile,
    *,
    policy: Policy,
    as_of: date | None,
    now: datetime,
) -> Report:
    """Sort the customers of a file that was taken in, and say so in its report; without orders they stay as they are."""
    known = _known(read, file.customers)
    day = as_of or _last_day(read, known, policy)
    if day is None:
        return report
    _open_books(read, write, policy, day, now)
    is_over = as_of is not None and as_of < now.astimezone(policy.company.zone).date()
    ids = [customer.id for customer in known]
    tiering = retier(read, write, policy=policy, as_of=day, now=now, customer_ids=ids, is_over=is_over)
    return replace(report, as_of=day, tiers=tiering.tiers, moved=tiering.moved)


def _report(file: OrderFile, taken: Taken, *, dry: bool = False) -> Report:
    return Report(
        id=file.id,
        file=file.name,
        dry=dry,
        columns=file.columns,
        currency=file.currency,
        rows=file.rows,
        orders=len(file.orders),
        cancellations=file.cancellations,
        customers=len(file.customers),
        taken=taken,
        refused=file.refused,
        reasons=file.reasons,
    )


def _known(read: InTransaction, references: Iterable[str]) -> list[Customer]:
    """Read the customers of the file, with the figures that they had before it."""
    known: list[Customer] = []
    for chunk in in_chunks(references, CHUNK):
        known += read(partial(_by_references, references=chunk))
    return known


def _by_references(store: Store, references: Sequence[str]) -> list[Customer]:
    return [*store.customers.by_references(references).values()]


def _last_day(read: InTransaction, known: Sequence[Customer], policy: Policy) -> date | None:
    """Give the day of the newest order: an older file that comes in later must not turn its customers' clock back."""
    chunks = in_chunks([customer.id for customer in known], CHUNK)
    moments = filter(None, (read(partial(_newest_at, ids=ids)) for ids in chunks))
    days = [at.astimezone(policy.company.zone).date() for at in moments]
    reviewed = read(books.last_review)
    return max([*days, *([reviewed] if reviewed else [])]) if days else None


def _newest_at(store: Store, ids: Sequence[str]) -> datetime | None:
    return store.orders.newest_at(ids)


def _open_books(read: InTransaction, write: InTransaction, policy: Policy, day: date, now: datetime) -> None:
    """Remember where books end that are a history; once newer orders come, everybody's time goes on again."""
    today = now.astimezone(policy.company.zone).date()
    if not read(lambda store: books.are_kept(store, policy, day, today)):
        write(lambda store: books.note_end(store, day))
    elif read(books.has_ended):
        write(partial(_go_on, now=now))


def _go_on(store: Store, now: datetime) -> None:
    books.forget_end(store)
    begin_again(store, now)
