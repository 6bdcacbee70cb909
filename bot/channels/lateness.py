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
    if wrote is None or event.kind != "words":
        return event
    late = int(skew.now() - skew.ahead - wrote)
    return replace(event, body=event.body | {"late": late}) if SHORTEST <= late <= LONGEST else event
