"""Pages of a day: however long its lists, every line stands on one page, once, and each page fits one message."""

from __future__ import annotations

import random

import pytest

from handlers.cards import Row
from handlers.day_pages import A_PAGE, BLOCKS, Window, paged, pages
from handlers.parts import Part

Said = list[tuple[str, int]]


def a_list(name: str, count: int, asked: Said) -> Part:
    def lines(start: int, stop: int) -> tuple[Row, ...]:
        asked.extend((name, number) for number in range(start, stop))
        return tuple(Row(text=f"{name} {number}") for number in range(start, stop))

    return Part.turned(name, count, lines)


def read(parts: list[Part]) -> list[list[Window]]:
    """Turn over until there is no next page."""
    found, goes_on = list[list[Window]](), True
    while goes_on:
        windows, goes_on = paged(parts, len(found) + 1)
        found.append(windows)
    return found


LENGTHS = [
    [200] * 5, [1000] * 7, [0], [], [4], [5], [4 + A_PAGE], [5 + A_PAGE], [1] * 10, [5] * 10, [17, 0, 3], [2, 5000, 1],
    *([random.Random(seed).randrange(60) for _ in range(9)] for seed in range(20)),
]  # fmt: skip


@pytest.mark.parametrize("lengths", LENGTHS, ids=str)
def test_every_line_stands_on_one_page_once_and_every_page_fits(lengths: list[int]) -> None:
    asked: Said = []
    parts = [a_list(f"L{n}", length, asked) for n, length in enumerate(lengths)]
    found = read(parts)
    assert len(found) == pages(parts)
    lines = [row.text for windows in found for window in windows for row in window.part.rows]
    assert sorted(lines) == sorted(f"L{n} {number}" for n, length in enumerate(lengths) for number in range(length))
    for windows in found:
        assert len(windows) + 2 * sum(len(window.part.rows) for window in windows) <= BLOCKS
        assert all(
            window.part.rows[0].text == f"{window.part.name} {window.start}" for window in windows if window.start
        )
    assert len(asked) <= 4 * len(lengths) + sum(lengths), "nothing is looked up that is not shown"


def test_a_list_that_cannot_be_turned_over_shows_what_it_has() -> None:
    part = Part("own", 9, (Row(text="a"), Row(text="b")))
    (windows,) = read([part])
    assert [row.text for row in windows[0].part.rows] == ["a", "b"]
