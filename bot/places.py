"""Places: how many messages each channel sends at once; turns side by side never claim one place twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from bot.channels.port import Channel


class Places:
    """The places of the channels, and which of them are taken."""

    def __init__(self, channels: Mapping[str, Channel]) -> None:
        self._channels = channels
        self._taken = Counter[str]()

    def reserve(self) -> dict[str, int]:
        """Keep every free place for one turn; it gives them back once it has claimed."""
        room = {name: max(0, channel.slots - self._taken[name]) for name, channel in self._channels.items()}
        self._taken.update(room)
        return room

    def give_back(self, room: Mapping[str, int]) -> None:
        self._taken.subtract(room)

    def take(self, channel: str) -> None:
        self._taken[channel] += 1

    def leave(self, channel: str) -> None:
        self._taken[channel] -= 1
