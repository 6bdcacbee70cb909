"""Lateness: words that a platform took long before it brought them here say so, in seconds, as their `late`.

Platforms bring what we did not take for a day (Telegram), some minutes (Slack, WeCom) or three days (微信客服).
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from bot.channels.skew import Skew
from storage.inbox import Event

SHORTEST: Final = 60
"""Seconds below which nobody cares, and which clocks may differ."""
LONGEST: Final = 7 * 24 * 3600
"""Seconds beyond which no platform brings anything: then its time is none."""


def with_lateness(event: Event, wrote: float | None, skew: Skew) -> Event:
    """Say of words how long ago they were written, by the platform's own clock as far as we know it."""
    now = skew.now() - skew.ahead
    if wrote is None or event.kind != "words" or not now - LONGEST <= wrote <= now - SHORTEST:
        return event  # compared before it is reckoned with: a number from outside may be none, or have no end
    return replace(event, body=event.body | {"late": int(now - wrote)})
