"""Tables: a file opened as numbered rows of cells, whatever kind of file it is, with its row of headings found."""

from __future__ import annotations

import csv
import gzip
import io
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import IO, Any, Final

from storage.importing import headings, workbooks
from storage.importing.cells import Row, plain
from storage.importing.encodings import encoding
from storage.importing.headings import ORDERS, Field, Vocabulary
from storage.importing.problems import UnreadableFile, shown

SEARCHED: Final = 20
"""Rows among which the headings are looked for: reports begin with titles and dates."""
LONGEST_LINE: Final = 1 << 20
"""Characters of a line; what is longer is no table, and must not fill the memory."""
DIRT: Final = 0.05
"""Share of control signs up to which a file is still text."""
DELIMITERS: Final = (",", ";", "\t", "|")
GZIP: Final = b"\x1f\x8b"

Numbered = tuple[int, Row]


@dataclass(frozen=True)
class Table:
    """The rows of a file below its headings, numbered as a spreadsheet does; they can be read again and again."""

    headings: Row
    places: Mapping[Field, int]
    rows: Callable[[], Iterator[Numbered]]

    def heading(self, field: Field) -> str:
        """Give the heading of a field as it is written in the file; the field's own name if it has no column."""
        return shown(plain(self.headings[self.places[field]])) if field in self.places else field

    def cells(self, field: Field) -> Iterator[Any]:
        """Go through one column."""
        place = self.places[field]
        return (row[place] for _, row in self.rows() if place < len(row))


def open_table(path: Path, wanted: Mapping[Field, str] | None = None, vocabulary: Vocabulary = ORDERS) -> Table:
    """Open a file and find its headings; `wanted` names headings where the proposal is not what a person wants.

    Raises:
        UnreadableFile: it is missing, empty, locked, no table, or has not the columns of such a file.
    """
    with _explained():
        start = _start(path)
        if not start.strip():
            raise UnreadableFile("import-unreadable-empty")
        if start.startswith(workbooks.SIGNATURES):
            sheet = workbooks.first_sheet(path)
            return _with_headings([lambda: enumerate(sheet.rows(), start=1)], wanted or {}, vocabulary)
        with _bytes(path) as lines:
            name = encoding(_lines(lines))
        if name is None or not _is_text(start.decode(name, "replace")):
            raise UnreadableFile("import-unreadable-no-table")
        return _with_headings([_csv(path, name, delimiter) for delimiter in DELIMITERS], wanted or {}, vocabulary)


def _start(path: Path) -> bytes:
    with path.open("rb") as file:
        start = file.read(4096)
    if not start.startswith(GZIP):
        return start
    with gzip.open(path) as file:
        return file.read(4096)


def _is_text(start: str) -> bool:
    """Tell text from pictures and programs, which are full of control signs; a stray zero byte is only dirt."""
    controls = sum(sign < " " and not sign.isspace() for sign in start)
    return controls <= len(start) * DIRT


def _with_headings(
    readings: Iterable[Callable[[], Iterator[Numbered]]], wanted: Mapping[Field, str], vocabulary: Vocabulary
) -> Table:
    """Choose the reading (delimiter) and the row in which most fields are recognised."""
    tables = [table for rows in readings for table in _candidates(rows, wanted, vocabulary)]
    if not tables:
        raise UnreadableFile("import-unreadable-empty")
    best = max(tables, key=lambda table: len(table.places))  # the first of equals
    if lacking := headings.missing(best.places, vocabulary):
        found = ", ".join(filter(None, map(plain, best.headings)))
        raise UnreadableFile("import-unreadable-columns", missing=lacking, found=shown(found))
    return best


def _candidates(
    rows: Callable[[], Iterator[Numbered]], wanted: Mapping[Field, str], vocabulary: Vocabulary
) -> Iterator[Table]:
    # With the wrong delimiter quotation marks stand in wrong places; with the right one the error comes again below.
    with suppress(UnreadableFile):
        for row, cells in islice(rows(), SEARCHED):
            places = headings.override(headings.propose(cells, vocabulary), cells, wanted)
            yield Table(cells, places, _below(rows, row))


def _below(rows: Callable[[], Iterator[Numbered]], heading: int) -> Callable[[], Iterator[Numbered]]:
    def below() -> Iterator[Numbered]:
        with _explained():
            yield from ((row, cells) for row, cells in rows() if row > heading and any(map(_is_filled, cells)))

    return below


def _is_filled(cell: object) -> bool:
    return bool(cell.strip()) if isinstance(cell, str) else cell is not None


@contextmanager
def _bytes(path: Path) -> Iterator[IO[bytes]]:
    with path.open("rb") as probe:
        packed = probe.read(2) == GZIP
    with gzip.GzipFile(path) if packed else path.open("rb") as file:
        yield file  # type: ignore[misc]


def _lines(file: IO[bytes]) -> Iterator[bytes]:
    while line := file.readline(LONGEST_LINE):
        yield line


def _csv(path: Path, name: str, delimiter: str) -> Callable[[], Iterator[Numbered]]:
    def rows() -> Iterator[Numbered]:
        with _bytes(path) as file, io.TextIOWrapper(file, name, errors="replace", newline="") as text:
            # Strict: an unclosed quotation mark would otherwise swallow the rest of the file without a word.
            records = csv.reader(_bounded(text), delimiter=delimiter, strict=True)
            row = 0
            try:
                for row, cells in enumerate(records, start=1):
                    yield row, cells
            except csv.Error as error:
                raise UnreadableFile("import-unreadable-row", row=row + 1) from error

    return rows


def _bounded(text: IO[str]) -> Iterator[str]:
    while line := text.readline(LONGEST_LINE):
        if len(line) == LONGEST_LINE:
            raise csv.Error("line too long")
        yield line


@contextmanager
def _explained() -> Iterator[None]:
    """Turn what goes wrong with a file into the one error that people can read."""
    try:
        yield
    except FileNotFoundError as error:
        raise UnreadableFile("import-unreadable-missing") from error
    except (EOFError, zlib.error, gzip.BadGzipFile, zipfile.BadZipFile) as error:
        raise UnreadableFile("import-unreadable-damaged") from error
    except OSError as error:
        raise UnreadableFile("import-unreadable-closed") from error
