"""Health: which channels work, and whom that is told: an admin at once if a token is refused, else after a while."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final

from bot.config import HalfSet
from storage.inbox import Event

PATIENCE: Final = 300.0
"""Seconds after which a channel that does not answer is told of; a token that is refused is told of at once."""
REFUSED: Final = "auth"
HALF: Final = "half set"


@dataclass
class Condition:
    """How a channel fares: an empty `why` is well. Seconds are the machine's own."""

    why: str = ""
    since: float = field(default_factory=time.monotonic)
    told: bool = False


class Health:
    """The channels of this process."""

    def __init__(self, channels: Iterable[str], halves: Iterable[HalfSet] = ()) -> None:
        self._conditions = {name: Condition() for name in channels}
        self._conditions |= {half.channel: Condition(HALF) for half in halves}
        self._missing = {half.channel: ", ".join(half.missing) for half in halves}

    @property
    def channels(self) -> Mapping[str, str]:
        """Say of each channel whether it is up, or why it is down."""
        return {name: f"down: {how.why}" if how.why else "up" for name, how in sorted(self._conditions.items())}

    def fails(self, channel: str, why: str) -> None:
        """Write down that a channel does not work; a refused token says more than anything after it."""
        known = self._conditions[channel]
        if not known.why:
            self._conditions[channel] = Condition(why)
        elif why == REFUSED and known.why != REFUSED:
            self._conditions[channel] = Condition(why, known.since)

    def works(self, channel: str) -> None:
        if self._conditions[channel].why:
            self._conditions[channel] = Condition(told=self._conditions[channel].told)

    def news(self) -> list[Event]:
        """Give what has to be told now, once each."""
        return [event for name, how in self._conditions.items() if (event := self._news_of(name, how)) is not None]

    def _news_of(self, name: str, how: Condition) -> Event | None:
        if bool(how.why) == how.told:
            return None
        if how.why not in ("", REFUSED, HALF) and time.monotonic() - how.since < PATIENCE:
            return None
        how.told = bool(how.why)
        kind = "channel down" if how.why else "channel up"
        once = f"{kind}:{name}:{datetime.now(UTC):%Y-%m-%dT%H:%M:%S}"
        body = {"channel": name, "why": how.why, "missing": self._missing.get(name, "")}
        return Event("bot", once, kind, body=body)
