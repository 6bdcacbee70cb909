"""Records: files of contracts, products or people, row by row of a customer that is known already."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final, Generic, Protocol, TypeVar

from storage.customers import Customer, fold
from storage.importing import cells, dates
from storage.importing.cells import Row
from storage.importing.headings import Field, Vocabulary
from storage.importing.orders import KEPT, content_id
from storage.importing.problems import Refusal, UnreadableFile, shown
from storage.importing.reading import BadLine, Reading
from storage.importing.tables import open_table
from storage.store import Store

R = TypeVar("R")


@dataclass(frozen=True)
class Counted:
    """How many records were new, changed or known as they are."""

    new: int = 0
    changed: int = 0
    same: int = 0

    def __add__(self, other: Counted) -> Counted:
        return Counted(self.new + other.new, self.changed + other.changed, self.same + other.same)


class Sort(Protocol[R]):
    """One sort of record: how its columns are called, how a row is read, and how records are written."""

    @property
    def what(self) -> str: ...

    @property
    def vocabulary(self) -> Vocabulary: ...

    @property
    def dated(self) -> Field:
        """Name the column that tells whether day or month comes first."""

    def read(self, reading: Reading, row: Row, *, day_first: bool | None) -> R:
        """Read a row.

        Raises:
            BadLine: it cannot be read.
        """

    def key(self, record: R) -> str:
        """Name a record among those of its customer."""

    def put(self, store: Store, records: Sequence[tuple[Customer, R]], import_id: str, *, dry: bool) -> Counted:
        """Write what is new or changed, or (`dry`) only tell; what is known as it is stays untouched."""


@dataclass(frozen=True)
class Line(Generic[R]):
    """A record with its row in the file, and the words that say whose it is."""

    row: int
    named: tuple[str, ...]
    record: R


@dataclass
class RecordFile(Generic[R]):
    """What a file of records says, read to its end; nothing is written here."""

    id: str
    name: str
    columns: Mapping[Field, str]
    whose: str
    rows: int = 0
    lines: list[Line[R]] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    reasons: Counter[str] = field(default_factory=Counter)

    def refuse(self, refusal: Refusal) -> None:
        self.reasons[refusal.reason] += 1
        if len(self.refused) < KEPT:
            self.refused.append(refusal)


def read_records(
    path: Path, sort: Sort[R], *, columns: Mapping[Field, str] | None = None, day_first: bool | None = None
) -> RecordFile[R]:
    """Read a file of records to its end.

    `columns` names headings for fields where the proposal is wrong; `day_first` says how 1/2/2025 is meant if the file
    does not tell.

    Raises:
        UnreadableFile: it is no table, or lacks a column that such a record needs.
    """
    table = open_table(path, columns, sort.vocabulary)
    if day_first is None and sort.dated in table.places:
        day_first = dates.day_comes_first(table.cells(sort.dated))
    reading = Reading(table.places)
    headings = {known: table.heading(known) for known in table.places}
    file: RecordFile[R] = RecordFile(content_id(path), path.name, headings, table.heading(reading.who))
    for row, found in table.rows():
        file.rows += 1
        try:
            named = _named(reading, found)
            file.lines.append(Line(row, named, sort.read(reading, found, day_first=day_first)))
        except BadLine as bad:
            file.refuse(Refusal(row, table.heading(bad.field), bad.reason, shown(cells.plain(bad.value))))
    if not file.rows:
        raise UnreadableFile("import-unreadable-no-rows")
    return file


def _named(reading: Reading, row: Row) -> tuple[str, ...]:
    """Give the words by which a row may name its customer, the surest first."""
    number = reading.read(row, "customer", cells.identifier)
    found = tuple(dict.fromkeys(word for word in (number, cells.words(reading.cell(row, "name"))) if word))
    if not found:
        raise BadLine(reading.who, "import-refused-no-customer")
    return found


@dataclass(frozen=True)
class Known(Generic[R]):
    """The lines of a chunk whose customers are known, and why the others are not taken."""

    records: Sequence[tuple[Customer, R]]
    refused: Sequence[Refusal]


def known_customers(
    store: Store, file: RecordFile[R], lines: Sequence[Line[R]], taken: set[tuple[str, str]], key: Callable[[R], str]
) -> Known[R]:
    """Find whose these lines are; what nobody or several may be meant by is refused, and what stands there twice."""
    words = {word for line in lines for word in line.named}
    found = store.customers.by_references(sorted(words))
    called = store.customers.by_names(sorted(words))
    records: list[tuple[Customer, R]] = []
    refused: list[Refusal] = []
    for line in lines:
        customers = _meant(line.named, found, called)
        why = _why_not(customers, line, taken, key)
        if why is None:
            taken.add((customers[0].id, key(line.record)))
            records.append((customers[0], line.record))
        else:
            refused.append(Refusal(line.row, file.whose, why, shown(line.named[0])))
    return Known(records, refused)


def _meant(
    named: Sequence[str], found: Mapping[str, Customer], called: Mapping[str, Sequence[Customer]]
) -> Sequence[Customer]:
    """A number wins over a name; a column of names may hold numbers and the other way round."""
    by_number = next((found[word] for word in named if word in found), None)
    if by_number is not None:
        return [by_number]
    return next((called[fold(word)] for word in named if fold(word) in called), [])


def _why_not(
    customers: Sequence[Customer], line: Line[R], taken: set[tuple[str, str]], key: Callable[[R], str]
) -> str | None:
    if not customers:
        return "import-refused-unknown-customer"
    if len(customers) > 1:
        return "import-refused-several-customers"
    return "import-refused-twice" if (customers[0].id, key(line.record)) in taken else None


@dataclass(frozen=True)
class RecordReport:
    """What an import of records did, or (`dry`) would do; `refused` holds the rows one by one, `reasons` counts all."""

    id: str
    what: str
    file: str
    dry: bool
    columns: Mapping[Field, str]
    rows: int
    taken: Counted
    refused: Sequence[Refusal]
    reasons: Mapping[str, int]

    @property
    def changed_something(self) -> bool:
        return bool(self.taken.new or self.taken.changed)


CHUNK: Final = 100
"""Records written in one transaction, well under the 50 ms that others may wait."""


def report_of(file: RecordFile[R], sort: Sort[R], taken: Counted, *, dry: bool) -> RecordReport:
    return RecordReport(
        id=file.id,
        what=sort.what,
        file=file.name,
        dry=dry,
        columns=file.columns,
        rows=file.rows,
        taken=taken,
        refused=sorted(file.refused, key=lambda refusal: refusal.row),
        reasons=file.reasons,
    )


def noted(file: RecordFile[R], sort: Sort[R], now: datetime) -> Callable[[Store], None]:
    """Give the deed that notes an import in the store."""

    def note(store: Store) -> None:
        store.orders.note_import(
            id_=file.id,
            what=sort.what,
            file=file.name[:200],
            at=now,
            rows=file.rows,
            taken=len(file.lines),
            refused=file.reasons.total(),
        )

    return note
