"""The simulated quarter: a company lives on a stopped clock while processes die, and an independent recount agrees."""

from __future__ import annotations

import os
import random
from dataclasses import replace

import pytest

from storage.database import Database
from tests.quarter.life import Size
from tests.quarter.run import QUARTER, THREE_WEEKS, memory, run

SEED = int(os.environ.get("SEED", "0")) or random.SystemRandom().randrange(1, 10**6)


QUICK = int(os.environ.get("SEED", "0")) or 12
"""The quick company is the same in every run of all tests; the long ones are new each time."""


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_three_weeks_with_holidays_kills_and_leave_are_kept_as_a_recount_says(database: Database) -> None:
    _lives(database, THREE_WEEKS, QUICK)


@pytest.mark.slow
def test_three_weeks_of_any_small_company_are_kept_as_a_recount_says(database: Database) -> None:
    _lives(database, replace(THREE_WEEKS, replicas=2), SEED)


@pytest.mark.slow
def test_a_quarter_of_twenty_reps_and_five_thousand_customers_is_kept_as_a_recount_says(database: Database) -> None:
    _lives(database, replace(QUARTER, replicas=2), SEED)


def _lives(database: Database, size: Size, seed: int) -> None:
    print(f"SEED={seed}")
    with memory() as folder:
        verdict = run(database, size, seed, folder)
    assert not verdict.faults, verdict.stories()
    assert verdict.figures["kept"]
    assert verdict.figures["calls"]
