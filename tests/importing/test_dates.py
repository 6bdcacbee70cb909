from __future__ import annotations

import contextlib
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.importing import dates
from storage.importing.problems import BadCell

SHANGHAI = ZoneInfo("Asia/Shanghai")
MORNING = datetime(2025, 3, 1, 0, 26, tzinfo=UTC)  # 08:26 in Shanghai
EVENING = datetime(2025, 3, 1, 12, 26, tzinfo=UTC)  # 20:26 in Shanghai
MIDNIGHT = datetime(2025, 2, 28, 16, 0, tzinfo=UTC)


def read(cell: Any, *, day_first: bool | None = None) -> datetime:
    return dates.moment(cell, SHANGHAI, day_first=day_first)


@pytest.mark.parametrize(
    ("cell", "meant"),
    [
        ("2025-03-01 08:26:00", MORNING),
        ("2025-03-01T08:26:00.123", MORNING),
        ("2025-03-01T00:26:00Z", MORNING),
        ("2025-03-01 02:26:00+02:00", MORNING),
        ("2025/3/1 8:26", MORNING),
        ("2025.3.1", MIDNIGHT),
        ("20250301", MIDNIGHT),
        ("20250301 08:26", MORNING),
        ("2025年3月1日", MIDNIGHT),
        ("２０２５年３月１日", MIDNIGHT),
        ("2025年03月01日 8时26分", MORNING),
        ("2025年3月1日 星期六 上午8:26", MORNING),
        ("2025-03-01 下午8:26", EVENING),
        ("2025-03-01 8:26 PM", EVENING),
        ("2025-03-01 20:26", EVENING),
        ("1 Mar 2025", MIDNIGHT),
        ("01-MAR-2025 08:26", MORNING),
        ("March 1st, 2025", MIDNIGHT),
        ("13/03/2025", datetime(2025, 3, 12, 16, tzinfo=UTC)),
        ("3/13/2025", datetime(2025, 3, 12, 16, tzinfo=UTC)),
        ("3/3/2025", datetime(2025, 3, 2, 16, tzinfo=UTC)),
        (datetime(2025, 3, 1, 8, 26), MORNING),  # noqa: DTZ001 - a wall time, as spreadsheets have them
        (date(2025, 3, 1), MIDNIGHT),
        (45717, MIDNIGHT),
        (45717.0, MIDNIGHT),
        ("45717", MIDNIGHT),
        (45717.351388889, MORNING),
    ],
)
def test_a_date_is_read_as_it_was_meant(cell: Any, meant: datetime) -> None:
    assert read(cell) == meant


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("", "import-refused-no-date"),
        (None, "import-refused-no-date"),
        ("soon", "import-refused-date"),
        ("2025-02-30", "import-refused-date"),
        ("2025-03-01 25:00", "import-refused-date"),
        ("2025-03", "import-refused-date"),
        ("1/2/25", "import-refused-date"),
        ("1 Foo 2025", "import-refused-date"),
        ("20250301082600", "import-refused-date"),
        ("nan", "import-refused-date"),
        (time(8, 26), "import-refused-date"),
        (True, "import-refused-date"),
        (5.0, "import-refused-date"),
        ("3/4/2025", "import-refused-ambiguous-date"),
        ("1900-01-01", "import-refused-date-range"),
        ("1989-12-31", "import-refused-date-range"),
        ("0001-01-01", "import-refused-date-range"),
    ],
)
def test_a_date_that_is_none_or_two_is_refused(cell: Any, reason: str) -> None:
    with pytest.raises(BadCell) as bad:
        read(cell)
    assert bad.value.reason == reason


def test_day_and_month_are_told_apart_by_whoever_knows() -> None:
    assert read("3/4/2025", day_first=True) == datetime(2025, 4, 2, 16, tzinfo=UTC)
    assert read("3/4/2025", day_first=False) == datetime(2025, 3, 3, 16, tzinfo=UTC)


@pytest.mark.parametrize(
    ("column", "told"),
    [
        (["1/2/2025", "", "13/2/2025"], True),
        (["1/2/2025", "2/13/2025 8:26"], False),
        (["1/2/2025", "2/3/2025"], None),
        (["2025-03-01", "2025-13-01"], None),
        ([*["1/2/2025"], *[""] * 2000, "31.1.2025"], True),
        ([*["2025-03-01"] * 2000, "31.1.2025"], None),
    ],
)
def test_a_file_tells_by_its_own_dates_which_comes_first(column: list[str], told: bool | None) -> None:  # noqa: FBT001
    assert dates.day_comes_first(column) is told


@given(
    st.one_of(st.text(), st.text(alphabet="0123456789-/.年月日: TZ+apm上午"), st.floats(), st.datetimes(), st.times())
)
def test_any_cell_gives_a_moment_after_1990_or_is_refused(cell: Any) -> None:
    for day_first in (True, False, None):
        with contextlib.suppress(BadCell):
            assert read(cell, day_first=day_first) >= dates.EARLIEST


@given(st.datetimes(min_value=datetime(1990, 1, 2), max_value=datetime(2100, 1, 1)))  # noqa: DTZ001
def test_a_moment_written_in_any_usual_way_is_the_same_moment(wall: datetime) -> None:
    wall = wall.replace(microsecond=0)
    meant = wall.replace(tzinfo=SHANGHAI).astimezone(UTC)
    chinese = f"{wall.year}年{wall.month}月{wall.day}日 {wall.hour}时{wall.minute}分{wall.second}秒"
    for written in (wall.isoformat(), f"{wall:%Y/%m/%d %H:%M:%S}", chinese, wall):
        assert read(written) == meant
    assert read(f"{wall:%d/%m/%Y %H:%M:%S}", day_first=True) == meant
    assert read(f"{wall:%m/%d/%Y %I:%M:%S %p}", day_first=False) == meant
