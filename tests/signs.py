"""Signs that nobody reads, for a channel that listens without a bot."""

from __future__ import annotations


class Unread:
    """Takes every sign."""

    def well(self, part: str = "") -> None:
        pass

    def troubled(self, why: str, about: str = "", part: str = "") -> None:
        pass
