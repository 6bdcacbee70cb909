"""Standings: how a customer stands towards their next contact, whom that calls, and how a round ended."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from tests.quarter.company import Client, Worker
from tests.quarter.dates import Office


@dataclass(frozen=True, order=True)
class Call:
    """A rung that calls somebody about a customer; nobody is the place where messages go that have no hearer."""

    at: datetime
    client: str
    due: datetime
    rung: int
    hearer: str | None


@dataclass
class Due:
    """One customer's standing: when the next contact is due, and how far its ladder was climbed."""

    client: Client
    owner: Worker
    tier: str | None
    last: datetime | None
    at: datetime
    said: int = 0
    next: datetime | None = None
    stamp: int = 0
    begun: datetime | None = None
    """The due moment of the round before anybody put it off."""
    put_off: list[tuple[datetime, str, datetime]] = field(default_factory=list)
    before: tuple[datetime, int, datetime | None] | None = None
    """When a contact was due until somebody changed that, and how far the ladder was climbed and would go on."""
    rhythm: date | None = None
    """The day that the rhythm gives, from which load spread may step back; none where somebody named a day."""
    spread: bool = False
    crossed: datetime | None = None
    """When its customer last came into another tier."""
    ended: int = 0
    """Of one that is remembered: how many rounds of anybody's had ended by then."""

    @property
    def office(self) -> Office:
        return self.owner.office

    @property
    def day(self) -> date:
        return self.office.day(self.at)


@dataclass(frozen=True)
class Ended:
    """A due touch that was made: how it ended, and why it was not in time."""

    client: str
    owner: str
    tier: str | None
    due: datetime
    at: datetime
    outcome: str
    why: str

    @property
    def counted(self) -> datetime:
        """Tell on which moment it counts: the contact's if that came first, otherwise its due moment."""
        return min(self.due, self.at)
