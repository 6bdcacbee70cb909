"""Importing contracts, installed products and contacts: read a file whole, take it in by chunks, report."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, Final

from scheduler.occasion_days import AHEAD, DAY, company_day
from scheduler.occasions import maintenance_begins, renewal_begins
from scheduler.policy.document import Policy
from scheduler.rules.due import due
from storage.importing.contracts import Contracts
from storage.importing.headings import Field
from storage.importing.installations import Products
from storage.importing.people import People
from storage.importing.records import (
    CHUNK,
    Counted,
    Line,
    RecordFile,
    RecordReport,
    Sort,
    known_customers,
    noted,
    read_records,
    report_of,
)
from storage.rows import in_chunks
from storage.store import InTransaction, Store

SORTS: Final[Mapping[str, Callable[[Policy, datetime], Sort[Any]]]] = {
    "contracts": lambda policy, _: Contracts(partial(renewal_begins, policy), policy.currency),
    "products": lambda policy, _: Products(partial(maintenance_begins, policy)),
    "contacts": lambda policy, now: People(company_day(policy, now), now),
}
"""What can be imported besides orders."""


def import_records(
    write: InTransaction,
    read: InTransaction,
    path: Path,
    what: str,
    *,
    policy: Policy,
    now: datetime,
    columns: Mapping[Field, str] | None = None,
    day_first: bool | None = None,
    dry: bool = False,
) -> RecordReport:
    """Take a file of contracts, products or contacts in; their customers are known already, by number or name.

    Amounts without a currency are in the policy's. Running the same file again finishes what was interrupted and changes
    nothing else; `dry` only tells.

    Raises:
        UnreadableFile: the file is no table or lacks columns; nothing was written.
    """
    sort = SORTS[what](policy, now)
    file = read_records(path, sort, columns=columns, day_first=day_first)
    if not dry:
        write(noted(file, sort, now))
    counted, taken = Counted(), set[tuple[str, str]]()
    for chunk in in_chunks(file.lines, CHUNK):
        counted += _take(write, read, file, sort, chunk, taken, dry=dry)
    if what == "contacts" and not dry and (counted.new or counted.changed):
        write(lambda store: _look_for_birthdays(store, policy, file.id, now))
    return report_of(file, sort, counted, dry=dry)


def _take(
    write: InTransaction,
    read: InTransaction,
    file: RecordFile[Any],
    sort: Sort[Any],
    chunk: Sequence[Line[Any]],
    taken: set[tuple[str, str]],
    *,
    dry: bool,
) -> Counted:
    """Compare a chunk with what is known, and write only if it differs; compared again where it is written."""
    known = read(lambda store: known_customers(store, file, chunk, taken, sort.key))
    for refusal in known.refused:
        file.refuse(refusal)
    foretold = read(lambda store: sort.put(store, known.records, file.id, dry=True))
    if dry or not (foretold.new or foretold.changed):
        return foretold
    return write(lambda store: sort.put(store, known.records, file.id, dry=False))


def _look_for_birthdays(store: Store, policy: Policy, import_id: str, now: datetime) -> None:
    """Let the birthdays of the next days be looked for again: those days were looked through without these people."""
    today = company_day(policy, now)
    days = [(today + n * DAY).isoformat() for n in range(AHEAD.days + 1)]
    store.inbox.add([due("birthdays looked for", f"{import_id}:{now.isoformat()}:", days=days, after="")], now)
