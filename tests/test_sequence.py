"""Text that sorts as things were written, from whatever a platform says; nothing of what can be no time."""

from __future__ import annotations

import math
import random

import pytest

from bot.channels.sequence import sequence


def test_it_sorts_as_times_and_within_one_as_counts() -> None:
    luck = random.Random(5)
    moments = sorted((luck.randrange(2_000_000_000) / 1, luck.randrange(10**12)) for _ in range(500))
    written = [sequence(*moment) for moment in moments]
    assert written == sorted(written)
    assert len(set(written)) == len(set(moments))
    assert max(map(len, written)) <= 40
    assert sequence(1_764_000_000.000001) < sequence(1_764_000_000.000002)


@pytest.mark.parametrize("seconds", [-1, math.nan, math.inf, -math.inf, 10.0**12, 1e300])
def test_what_is_no_time_stands_nowhere(seconds: float) -> None:
    assert sequence(seconds) == ""
    assert sequence(1, -1) == sequence(1, 10**19) == ""
