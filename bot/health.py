"""Health: which channels work and whose clocks differ from ours, and when admins hear of it."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final

from bot.channels.skew import Drift, Skew
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

    def __init__(
        self, channels: Iterable[str], halves: Iterable[HalfSet] = (), skews: Mapping[str, Skew] | None = None
    ) -> None:
        self._skews = _once_each(skews or {})
        self._drifting: dict[str, Drift] = {}
        self._conditions = {name: Condition() for name in channels}
        self._conditions |= {half.channel: Condition(HALF) for half in halves}
        self._missing = {half.channel: ", ".join(half.missing) for half in halves}

    @property
    def channels(self) -> Mapping[str, str]:
        """Say of each channel whether it is up, or why it is down."""
        return {name: f"down: {how.why}" if how.why else "up" for name, how in sorted(self._conditions.items())}

    @property
    def clock(self) -> str:
        """Say how this machine's clock stands, as far as channels can tell."""
        found = {name: drift for name, skew in sorted(self._skews.items()) if (drift := skew.drift)}
        said = [f"{_off(drift)}, says {name}" for name, drift in found.items() if drift.cause != "replay"]
        return "; ".join(said) or "right"

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

    def listens(self, channel: str, since: float) -> None:
        """Write down that a channel has listened well since then; what a sending learned later is not undone by that."""
        if self._conditions[channel].since <= since:
            self.works(channel)

    def news(self) -> list[Event]:
        """Give what has to be told now, once each."""
        told = (self._news_of(name, how) for name, how in self._conditions.items())
        return [event for event in (*told, *map(self._news_of_clock, self._skews)) if event is not None]

    def _news_of_clock(self, name: str) -> Event | None:
        """Tell once that a platform's clock differs from ours, again if that means something else, and of its end."""
        drift, before = self._skews[name].drift, self._drifting.get(name)
        if (drift and drift.cause) == (before and before.cause):
            return None
        self._drifting.pop(name, None)
        if drift is None:
            return _event("clock right", name)
        self._drifting[name] = drift
        return _event("clock off", name, cause=drift.cause, minutes=drift.minutes, ahead=drift.seconds > 0)

    def _news_of(self, name: str, how: Condition) -> Event | None:
        if bool(how.why) == how.told:
            return None
        if how.why not in ("", REFUSED, HALF) and time.monotonic() - how.since < PATIENCE:
            return None
        how.told = bool(how.why)
        kind = "channel down" if how.why else "channel up"
        return _event(kind, name, why=how.why, missing=self._missing.get(name, ""))


def _once_each(skews: Mapping[str, Skew]) -> dict[str, Skew]:
    """Let one channel speak for all that see the same clock, as those on one platform do."""
    seen: dict[Skew, str] = {}
    for name in sorted(skews):
        seen.setdefault(skews[name], name)
    return {name: skew for skew, name in seen.items()}


def _event(kind: str, channel: str, **facts: Any) -> Event:
    once = f"{kind}:{channel}:{datetime.now(UTC):%Y-%m-%dT%H:%M:%S}"
    return Event("bot", once, kind, body={"channel": channel, **facts})


def _off(drift: Drift) -> str:
    return f"about {drift.minutes} min {'ahead' if drift.seconds > 0 else 'behind'}"
