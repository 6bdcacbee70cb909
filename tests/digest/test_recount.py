"""Every number equals a recount in plain Python over the raw rows, whoever asks and whatever the period."""

from __future__ import annotations

import os
import random
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from storage.database import Database
from storage.measures import MEASURES, Measured, Window
from storage.store import Store
from tests.digest.past import Past
from tests.digest.recount import Recount, raw_rows

NOW = datetime(2026, 11, 24, 0, 30, tzinfo=UTC)
"""Tuesday 08:30 in Shanghai: still Monday in New York."""
HOME = "Asia/Shanghai"
PERIODS = [(1, 0), (3, 0), (7, 0), (8, 7), (30, 0), (14, 7), (90, 0)]
"""From so many days ago until so many days ago."""


@pytest.mark.parametrize("run", range(2))
def test_every_number_its_parts_and_its_list_equal_a_recount_of_the_raw_rows(database: Database, run: int) -> None:
    seed = int(os.environ.get("SEED", "0")) or random.SystemRandom().randrange(1, 10**6)
    print(f"SEED={seed}")
    with database.writing() as connection:
        past = Past(Store(connection), random.Random(seed + run), NOW)
        past.write(120)
    with database.reading() as connection:
        store, raw, found = Store(connection), raw_rows(connection), Counter[str]()
        for person in past.people[:4]:
            for first, last in PERIODS:
                since, until = NOW - timedelta(days=first), NOW - timedelta(days=last)
                window = store.measures.window(store.staff.scope(person, NOW), since, until, NOW, HOME)
                recount = Recount(raw, person.id, since, until, NOW, HOME)
                for name in MEASURES:
                    where = f"{name} of {person.name}, days {first} to {last}"
                    found[name] += _compare(store, window, recount, name, where)
    assert all(found[name] for name in MEASURES), f"nothing to compare: {found}"


def _compare(store: Store, asked: Window, recount: Recount, name: str, where: str) -> int:
    measures = store.measures
    number = measures.of(name, asked)
    assert _pair(number) == recount.number(name), where
    labels = {label: _pair(part) for label, part in measures.by(name, "label", asked).items()}
    assert labels == recount.by(name, 1), where
    owners = {owner: _pair(part) for owner, part in measures.by(name, "owner_id", asked).items()}
    assert owners == recount.by(name, 2), where
    cases = measures.cases(name, asked, 10_000)
    assert len(cases) == number.count, where
    assert [case.score for case in cases] == sorted(case.score for case in cases), f"{where}: what failed comes first"
    assert sum(case.score for case in cases) == number.score, where
    assert all(recount.within(case.at) for case in cases), where
    return number.count


def _pair(measured: Measured) -> tuple[int, int]:
    return measured.score, measured.count


def test_without_a_case_there_is_no_percentage_instead_of_nought() -> None:
    assert Measured("share", 0, 0).percent is None
    assert Measured("share", 0, 3).percent == 0
    assert Measured("mean", 150, 2).percent == 75
    assert Measured("count", 3, 3).percent is None
