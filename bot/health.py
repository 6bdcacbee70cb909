"""Health: which channels work and whose clocks differ from ours, and when admins hear of it."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final

from bot.channels.port import ACCOUNT, HEARING, LASTING, RIGHTS
from bot.channels.skew import Drift, Skew
from bot.config import BAD, HALF, NEITHER, HalfSet
from storage.inbox import Event

PATIENCE: Final = 300.0
"""Seconds after which trouble that may pass is told of; what somebody has to mend is told of at once."""
REFUSED: Final = "auth"
STARTING: Final = "starting"
SPEAKING: Final = "speaking"
FOR_PEOPLE: Final = LASTING | {HALF, NEITHER, BAD}
"""What somebody has to mend."""
PARTS: Final = (RIGHTS, HEARING, SPEAKING)
"""Where several parts are troubled alike, the first one says most."""


@dataclass(frozen=True)
class Trouble:
    """What is wrong with one part of a channel, since when by the machine's seconds; `about` names what to mend."""

    why: str
    about: str = ""
    since: float = field(default_factory=time.monotonic)

    @property
    def lasts(self) -> bool:
        return self.why in FOR_PEOPLE

    def __str__(self) -> str:
        if self.why == STARTING:
            return STARTING
        return f"down: {self.why} ({self.about})" if self.about else f"down: {self.why}"


class Condition:
    """How a channel fares: what is wrong with its parts, and what of it admins were told.

    Until it has worked once, `told` is unknown: an earlier run may have told of trouble, whose end has to be told too.
    """

    def __init__(self, trouble: Trouble | None = None) -> None:
        self._troubles = {HEARING: trouble} if trouble else {}
        self.told: str | None = None

    def fails(self, part: str, found: Trouble) -> None:
        """Write trouble down; what lasts says more than anything that may pass."""
        known = self._troubles.get(part)
        if known is None:
            self._troubles[part] = found
        elif found.lasts or not known.lasts:
            self._troubles[part] = Trouble(found.why, found.about, known.since)

    def works(self, part: str) -> None:
        self._troubles.pop(part, None)

    @property
    def worst(self) -> Trouble | None:
        ranked = [self._troubles[part] for part in PARTS if part in self._troubles]
        return min(ranked, key=lambda trouble: not trouble.lasts, default=None)

    def news(self) -> Trouble | str | None:
        """Give what has to be told now: trouble, or `up`."""
        worst = self.worst
        if worst is None:
            unknown, self.told = self.told != "", ""
            return "up" if unknown else None
        if worst.why == ACCOUNT:
            return None  # whoever has the account tells it
        patient = not worst.lasts and (self.told or time.monotonic() - worst.since < PATIENCE)
        if patient or worst.why == self.told:
            return None
        self.told = worst.why
        return worst


class Health:
    """The channels of this process."""

    def __init__(
        self, channels: Iterable[str], halves: Iterable[HalfSet] = (), skews: Mapping[str, Skew] | None = None
    ) -> None:
        self._skews = _once_each(skews or {})
        self._drifting: dict[str, Drift] = {}
        self._conditions = {name: Condition(Trouble(STARTING)) for name in channels}
        for half in halves:
            self.add(half.channel, half)

    def add(self, name: str, half: HalfSet | None = None) -> None:
        """Count in what nobody listens on: a channel that did not start, or something that works without."""
        self._conditions[name] = Condition(Trouble(half.why, half.about) if half else None)

    @property
    def channels(self) -> Mapping[str, str]:
        """Say of each channel whether it is up, or why it is not."""
        return {name: str(how.worst or "up") for name, how in sorted(self._conditions.items())}

    @property
    def clock(self) -> str:
        """Say how this machine's clock stands, as far as channels can tell."""
        found = {name: drift for name, skew in sorted(self._skews.items()) if (drift := skew.drift)}
        said = [f"{_off(drift)}, says {name}" for name, drift in found.items() if drift.cause != "replay"]
        return "; ".join(said) or "right"

    def fails(self, channel: str, why: str, about: str = "", part: str = SPEAKING) -> None:
        """Write down that part of a channel does not work."""
        self._conditions[channel].fails(part, Trouble(why, about))

    def works(self, channel: str, part: str = SPEAKING) -> None:
        self._conditions[channel].works(part)

    def signs(self, channel: str) -> ChannelSigns:
        """Give what a channel says its signs to."""
        return ChannelSigns(self, channel)

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
        found = how.news()
        if isinstance(found, Trouble):
            return _event("channel down", name, why=found.why, missing=found.about, lasts=found.lasts)
        return _event("channel up", name) if found else None


@dataclass(frozen=True)
class ChannelSigns:
    """Where one channel says how it fares."""

    health: Health
    channel: str

    def well(self, part: str = HEARING) -> None:
        self.health.works(self.channel, part)

    def troubled(self, why: str, about: str = "", part: str = HEARING) -> None:
        self.health.fails(self.channel, why, about, part)


def _once_each(skews: Mapping[str, Skew]) -> dict[str, Skew]:
    """Let one channel speak for all that see the same clock, as those on one platform do."""
    seen: dict[Skew, str] = {}
    for name in sorted(skews):
        seen.setdefault(skews[name], name)
    return {name: skew for skew, name in seen.items()}


def _event(kind: str, channel: str, **facts: Any) -> Event:
    once = f"{kind}:{channel}:{datetime.now(UTC).isoformat()}"
    return Event("bot", once, kind, body={"channel": channel, **facts})


def _off(drift: Drift) -> str:
    return f"about {drift.minutes} min {'ahead' if drift.seconds > 0 else 'behind'}"
