"""Precedence: whoever was heard a moment ago lets those go first who were not, so that a flood delays nobody else."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from storage.inbox import Event

COURTESY: Final = 0.5
"""Seconds for which a conversation lets others go first; so often it is heard, however many others wait."""
ABOUT: Final = 1.0
"""Seconds for which somebody who was heard counts as being about: they may speak again at any moment."""
AT_ONCE: Final = 5
EACH: Final = 0.2
"""While others are about, somebody is heard so many times at once, then once in so many seconds: an event that has begun
is not interrupted, so one in hand most of the time would make everybody wait for the rest of it."""


@dataclass(frozen=True)
class Heard:
    """When a conversation was heard last, and until when what it may say at once is used up."""

    at: float
    used: float


@dataclass(frozen=True)
class Choice:
    """Which events are handled now; if none, in how many seconds the next one may be."""

    events: Sequence[Event] = ()
    rest: float = 0.0


class Precedence:
    """Which of the waiting events a turn takes: all of them, unless some conversations were heard a moment ago."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._heard: dict[str, Heard] = {}

    def choose(self, waiting: Sequence[Event], *, patient: bool = False) -> Choice:
        """Choose, of the oldest event of each conversation, those that go first; patiently, who says a lot may rest."""
        heard, now = self._heard, self._clock()
        unheard = [event for event in waiting if now - _last(heard, event).at >= COURTESY]
        if unheard or not waiting:
            return Choice(unheard)
        names = {event.conversation for event in waiting}
        if not patient or not any(now - one.at < ABOUT for name, one in heard.items() if name not in names):
            return Choice(waiting)
        rests = {event.id: _rest(_last(heard, event), now) if event.sender else 0.0 for event in waiting}
        ready = [event for event in waiting if not rests[event.id]]
        return Choice(ready, 0.0 if ready else min(rests.values()))

    def note(self, handled: Iterable[Event]) -> None:
        """Remember which conversations were heard now."""
        now = self._clock()
        lately = {name: one for name, one in self._heard.items() if max(one.at + ABOUT, one.used) > now}
        self._heard = lately | {
            event.conversation: Heard(now, max(now, _last(lately, event).used) + EACH)
            for event in handled
            if event.conversation
        }


_NEVER: Final = Heard(float("-inf"), float("-inf"))


def _last(heard: dict[str, Heard], event: Event) -> Heard:
    return heard.get(event.conversation or "", _NEVER)


def _rest(one: Heard, now: float) -> float:
    """Count the seconds until a conversation may be heard once more."""
    return max(0.0, one.used - (AT_ONCE - 1) * EACH - now)
