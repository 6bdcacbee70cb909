"""A team with a past: tickets, ratings, contacts and drafts that somebody's digest speaks of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from storage.columns import new_id
from storage.customers import Customer
from storage.drafts import Draft
from storage.feedback import Feedback
from storage.rounds import Round
from storage.tickets import Ticket
from tests.world import Colleague, Guest, World


@dataclass
class Team:
    """A manager with two people, and a colleague of somebody else's."""

    world: World
    wang: Colleague
    li: Colleague
    sun: Colleague
    other: Colleague
    _tickets: int = 0

    @classmethod
    def found(cls, world: World, language: str = "en") -> Team:
        wang = world.colleague("Wang Qiang", "manager", language=language)
        mine = {"manager_id": wang.person.id, "language": language}
        return cls(
            world,
            wang,
            world.colleague("Li Na", **mine),
            world.colleague("Sun Bo", **mine),
            world.colleague("Zhao Yi", language=language),
        )

    def customer(self, name: str, owner: Colleague | None = None, **more: Any) -> Guest:
        return self.world.customer(name, owner=owner or self.li, **more)

    def overdue(self, name: str, days: int, owner: Colleague | None = None) -> Guest:
        """Put a customer on record who was due so many days ago, and heard of nothing."""
        guest = self.customer(name, owner, tier="strategic")
        due = self.world.now - timedelta(days=days, hours=1, minutes=30)
        self._change(guest, touch_due_at=due, touch_next_at=None, last_touch_at=due - timedelta(days=12))
        return guest

    def _change(self, guest: Guest, **values: Any) -> None:
        assert guest.customer is not None
        self.world.change(lambda store: store.customers.change(guest.customer or _none(), **values))

    def ticket(self, guest: Guest, owner: Colleague | None = None, **more: Any) -> Ticket:
        """Write a ticket down; times are hours before now, or ahead of it if negative."""
        self._tickets += 1
        number = f"T-{self._tickets:05}".replace("0", "A")
        hours = {name: self._ago(more.pop(name)) for name in [*more] if name.endswith(("_at", "_due"))}
        basic = {
            "opened_at": self._ago(4),
            "first_response_due": self._ago(2),
            "resolution_due": self._ago(-20),
            "customer_id": guest.customer.id if guest.customer else None,
            "contact_id": guest.contact_id or None,
            "owner_id": owner.person.id if owner else None,
        }
        ticket = Ticket(number, "web", more.pop("type", "complaint"), "normal", "It broke.", **basic | hours | more)
        self.world.change(lambda store: store.tickets.add(ticket))
        return ticket

    def rated(self, guest: Guest, score: int, *, hours: float = 5, owner: Colleague | None = None) -> Ticket:
        """Let a solved ticket be rated so many hours ago."""
        ticket = self.ticket(
            guest,
            owner or self.li,
            status="closed",
            opened_at=hours + 3,
            first_response_due=hours + 1,
            first_response_at=hours + 2.5,
            resolved_at=hours + 1,
            closed_at=hours,
            rating=score,
        )
        at = self._ago(hours)
        self.world.change(lambda s: s.tickets.note(ticket.number, guest.contact_id, "rated", at, score=score))
        return ticket

    def rounds(self, owner: Colleague, kept: int, late: int, guest: Guest | None = None) -> None:
        guest = guest or self.customer(f"{owner.person.name}'s customer", owner)
        assert guest.customer is not None
        at = self._ago(30)
        for n in range(kept + late):
            outcome = "kept" if n < kept else "late"
            self._keep(Round(new_id(), guest.customer.id, owner.person.id, "growth", at, at, at, outcome))

    def _keep(self, one: Round) -> None:
        self.world.change(lambda store: store.rounds.add(one))

    def draft(self, guest: Guest, owner: Colleague, *, hours: float) -> Draft:
        """Leave a draft open since so many hours."""
        assert guest.customer is not None
        made = self._ago(hours)
        ids = (new_id(), guest.customer.id, guest.contact_id, owner.person.id)
        draft = Draft(*ids, "web", "follow_up", "Hello", "Hello", {}, made, made + timedelta(days=7))
        self.world.change(lambda store: store.drafts.add(draft))
        return draft

    def feedback(self, guest: Guest, kind: str, *, hours: float = 5, topic: str = "delivery") -> Feedback:
        piece = Feedback(
            new_id(), kind, topic, "negative", "normal", "Words", "test", self._ago(hours),
            customer_id=guest.customer.id if guest.customer else None, contact_id=guest.contact_id,
        )  # fmt: skip
        self.world.change(lambda store: store.feedback.add(piece))
        return piece

    def away(self, person: Colleague, **more: Any) -> None:
        until = self.world.now + timedelta(days=5)
        self.world.change(lambda store: store.staff.change(person.person.id, away_until=until, **more))

    def _ago(self, hours: float) -> datetime:
        return self.world.now - timedelta(hours=hours)


def _none() -> Customer:
    raise AssertionError("a stranger has no customer")
