"""Workbooks: the first visible sheet of an XLSX or XLS file as rows, merged cells filled."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from storage.importing.cells import Cell
from storage.importing.problems import UnreadableFile

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

SIGNATURES: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
LARGEST: Final = 1 << 30
"""Bytes of a workbook once unpacked: a sheet is read into memory as a whole."""

Place = tuple[int, int]


@dataclass(frozen=True)
class Sheet:
    """The rows of a sheet from its first row on; `merged` says which cell an empty one is a part of."""

    sheet: CalamineSheet
    merged: dict[int, dict[int, Place]]

    def rows(self) -> Iterator[list[Cell]]:
        """Go through the rows; what several rows share (an order number over its lines) stands in each of them."""
        kept: dict[Place, Cell] = {}
        left = (self.sheet.start or (0, 0))[1]  # blank columns at the left are not given, blank rows at the top are
        for row, cells in enumerate(self.sheet.iter_rows()):
            filled: list[Cell] = list(cells)
            for column, origin in self.merged.get(row, {}).items():
                if origin == (row, column):
                    kept[origin] = filled[column - left]
                elif column - left < len(filled):
                    filled[column - left] = kept.get(origin)
            yield filled


def first_sheet(path: Path) -> Sheet:
    """Open the first visible sheet that holds anything.

    Raises:
        UnreadableFile: the workbook is locked with a password, damaged, too large, or has no rows.
    """
    from python_calamine import CalamineError, PasswordError, load_workbook

    _refuse_bombs(path)
    try:
        with load_workbook(path) as book:
            return _filled(book)
    except PasswordError as error:
        raise UnreadableFile("import-unreadable-locked") from error
    except CalamineError as error:
        raise UnreadableFile("import-unreadable-damaged") from error


def _filled(book: CalamineWorkbook) -> Sheet:
    from python_calamine import SheetVisibleEnum

    for place, about in enumerate(book.sheets_metadata):
        if about.visible == SheetVisibleEnum.Visible:
            sheet = book.get_sheet_by_index(place)
            if sheet.height:
                return Sheet(sheet, _merged(sheet))
    raise UnreadableFile("import-unreadable-empty")


def _merged(sheet: CalamineSheet) -> dict[int, dict[int, Place]]:
    found: dict[int, dict[int, Place]] = {}
    for top, bottom in sheet.merged_cell_ranges or ():
        for row in range(top[0], bottom[0] + 1):
            found.setdefault(row, {}).update((column, top) for column in range(top[1], bottom[1] + 1))
    return found


def _refuse_bombs(path: Path) -> None:
    if not zipfile.is_zipfile(path):
        return
    with zipfile.ZipFile(path) as packed:
        if sum(part.file_size for part in packed.infolist()) > LARGEST:
            raise UnreadableFile("import-unreadable-too-large")
