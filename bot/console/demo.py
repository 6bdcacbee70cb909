"""The demo as the pages see it: sample people to be, and a clock that can be moved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol


@dataclass(frozen=True)
class Colleague:
    """Somebody of the team whom a visitor may be; `about` says their role in a few words."""

    staff_id: str
    name: str
    about: str = ""
    language: str = ""


@dataclass(frozen=True)
class Guest:
    """A sample customer whose chat a visitor may use: `guest:` and 22 URL-safe characters."""

    address: str
    name: str
    about: str = ""
    language: str = ""


class Demo(Protocol):
    """What the pages need of a demo; questions are asked from a thread, so they may read the store."""

    def people(self) -> Sequence[Colleague]:
        """Name the colleagues, the most interesting first."""

    def guests(self) -> Sequence[Guest]:
        """Name the sample customers, the most interesting first."""

    def now(self) -> datetime:
        """Tell the business time, in UTC."""

    async def move(self, delta: timedelta) -> None:
        """Move the business clock forward and let everything happen that is due by then."""
