"""Precedence: whoever was heard a moment ago lets those go first who were not, so that a flood delays nobody else."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from typing import Final

from storage.inbox import Event

COURTESY: Final = 0.5
"""Seconds for which a conversation lets others go first; so often it is heard, however many others wait."""


class Precedence:
    """Which of the waiting events a turn takes: all of them, unless some conversations were heard a moment ago."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._heard: dict[str, float] = {}

    def first(self, waiting: Sequence[Event]) -> Sequence[Event]:
        """Choose, of the oldest event of each conversation, those that go first."""
        heard, since = self._heard, self._clock() - COURTESY
        unheard = [event for event in waiting if heard.get(event.conversation or "", since) <= since]
        return unheard or waiting

    def note(self, handled: Iterable[Event]) -> None:
        """Remember which conversations were heard now."""
        now = self._clock()
        lately = {name: at for name, at in self._heard.items() if at > now - COURTESY}
        self._heard = lately | {event.conversation: now for event in handled if event.conversation}
