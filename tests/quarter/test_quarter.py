"""The simulated quarter: a company lives on a stopped clock while processes die, and an independent recount agrees."""

from __future__ import annotations

import os
import random
from dataclasses import replace

import pytest

from storage.database import Database
from tests.quarter.run import QUARTER, THREE_WEEKS, memory, run

SEED = int(os.environ.get("SEED", "0")) or random.SystemRandom().randrange(1, 10**6)


def test_three_weeks_with_holidays_kills_and_leave_are_kept_as_a_recount_says(database: Database) -> None:
    with memory() as folder:
        verdict = run(database, replace(THREE_WEEKS, replicas=2), SEED, folder)
    assert not verdict.faults, verdict.stories()
    assert verdict.figures["kept"]
    assert verdict.figures["calls"]


@pytest.mark.slow
def test_a_quarter_of_twenty_reps_and_five_thousand_customers_is_kept_as_a_recount_says(database: Database) -> None:
    with memory() as folder:
        verdict = run(database, replace(QUARTER, replicas=2), SEED, folder)
    assert not verdict.faults, verdict.stories()
    assert verdict.figures["kept"]
