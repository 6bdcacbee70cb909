"""A made-up past: sixty days of tickets, ratings, contacts, drafts, feedback and crossings, from one seed."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from storage.columns import new_id
from storage.contacts import Contact
from storage.customers import Customer
from storage.drafts import Draft
from storage.feedback import Feedback
from storage.rounds import Round
from storage.staff import Person
from storage.store import Store
from storage.tickets import Ticket
from storage.tier_moves import TierMove

DAYS: Final = 60
ZONES: Final = ("Asia/Shanghai", "Europe/Berlin", "America/New_York")
TYPES: Final = ("inquiry", "complaint", "other", "fault")
TOPICS: Final = ("delivery", "quality", "price")
TIERS: Final = ("strategic", "growth", "dormant", None)


@dataclass
class Past:
    """What happened until `now`, written as the product writes it."""

    store: Store
    chance: random.Random
    now: datetime
    people: list[Person] = field(default_factory=list)
    customers: list[Customer] = field(default_factory=list)

    def write(self, cases: int) -> None:
        """Write a company and so many cases of each kind."""
        self._staff()
        self._customers()
        for n in range(cases):
            self._ticket(n)
            self._round()
            self._draft()
            self._feedback()
            self._move()
        self.store.flush()

    def ago(self) -> datetime:
        """Give a moment of the past, now and then just the edge of a day; recent ones are likelier."""
        days = self.chance.choice((1, 3, 9, 20, DAYS)) * self.chance.random()
        at = self.now - timedelta(days=days)
        return self.now - timedelta(days=round(days)) if self.chance.random() < 0.05 else at

    def around(self, at: datetime, hours: float) -> datetime:
        return at + timedelta(hours=hours * self.chance.random())

    def _staff(self) -> None:
        add = self.store.staff.add
        head = Person(new_id(), "Head", "manager", zone=ZONES[0])
        lead = Person(new_id(), "Lead", "manager", zone=ZONES[1], manager_id=head.id)
        alone = Person(new_id(), "Alone", "manager", zone=ZONES[2])
        admin = Person(new_id(), "Admin", "admin", zone=ZONES[0])
        self.people = [head, lead, alone, admin]
        for n in range(7):
            boss = (head.id, lead.id, None)[n % 3]
            self.people.append(Person(new_id(), f"Rep {n}", "rep", zone=ZONES[n % 3], manager_id=boss))
        for person in self.people:
            add(person, {"web": f"staff:{person.id}"})

    def _customers(self) -> None:
        reps = [person.id for person in self.people if person.role == "rep"]
        group = self.store.staff.add_group("1+N", reps[:2])
        for n in range(40):
            due = self.chance.choice((None, self.ago(), self.now + timedelta(days=self.chance.random() * 9)))
            customer = Customer(
                new_id(),
                f"Customer {n}",
                owner_id=self.chance.choice([*reps, None]),
                group_id=self.chance.choice((None, None, None, group)),
                tier=self.chance.choice(TIERS),
                touch_due_at=due,
            )
            self.customers.append(customer)
            self.store.customers.add(customer)
            contact = Contact(customer.id, customer_id=customer.id, name=f"Contact {n}")
            self.store.contacts.add(contact, self.now)
        self.store.flush()

    def _ticket(self, n: int) -> None:
        chance, opened = self.chance, self.ago()
        customer = chance.choice([*self.customers, None])
        kind = chance.choice(TYPES)
        status = chance.choice(("new", "taken", "waiting", "resolved", "closed", "closed", "closed"))
        done = status in ("resolved", "closed")
        answered = self.around(opened, 9) if done or chance.random() < 0.5 else None
        resolved = self.around(answered or opened, 90) if done else None
        known = [moment for moment in (answered, resolved) if moment is not None and moment > self.now]
        if known:
            return
        owner = chance.choice([None, *(person.id for person in self.people)])
        number = f"T-{n:05}"
        ticket = Ticket(
            number, "web", kind, "normal", "Words",
            opened_at=opened, first_response_due=self.around(opened, chance.choice((8, 8, 400))), resolution_due=self.around(opened, chance.choice((80, 400))),
            goal={"fault": "under_way", "inquiry": "resolution"}.get(kind, "closing"),
            status=status, customer_id=customer.id if customer else None, owner_id=owner,
            first_response_at=answered, resolved_at=resolved,
        )  # fmt: skip
        rating = chance.randint(1, 5) if status == "closed" and chance.random() < 0.8 else None
        ticket = Ticket(**{name: getattr(ticket, name) for name in Ticket.__dataclass_fields__} | {"rating": rating})
        self.store.tickets.add(ticket)
        self._events(ticket)

    def _events(self, ticket: Ticket) -> None:
        note, chance = self.store.tickets.note, self.chance
        at = min(self.now, self.around(ticket.opened_at, 20))
        if ticket.status != "new":
            for moment in sorted((at, self.around(at, 5)))[: chance.choice((1, 1, 2))]:
                note(ticket.number, "x", "taken", moment)
        if chance.random() < 0.2:
            note(ticket.number, "x", "reopened", self.around(at, 40))
        if ticket.rating is not None and ticket.resolved_at is not None:
            note(ticket.number, "x", "rated", self.around(ticket.resolved_at, 30), score=ticket.rating)

    def _round(self) -> None:
        customer, due = self.chance.choice(self.customers), self.ago()
        outcome = self.chance.choice(("kept", "kept", "late", "put_off"))
        ids = (new_id(), customer.id, customer.owner_id, customer.tier)
        self.store.rounds.add(Round(*ids, due, due, self.around(due, 50), outcome))

    def _draft(self) -> None:
        customer, made = self.chance.choice(self.customers), self.ago()
        staff = self.chance.choice(self.people)
        state = self.chance.choice(("open", "sent", "sent", "dropped", "expired", "overtaken"))
        ids = (new_id(), customer.id, customer.id, staff.id)
        draft = Draft(
            *ids, "web", self.chance.choice(("follow_up", "value")), "Words", "Words", {}, made,
            made + timedelta(days=7), state=state,
            decided_at=None if state == "open" else min(self.now, self.around(made, 30)),
            writer=self.chance.choice(("template", "edited", "model-edited")),
            kept_percent=self.chance.randint(0, 100) if state == "sent" and self.chance.random() < 0.9 else None,
        )  # fmt: skip
        self.store.drafts.add(draft)

    def _feedback(self) -> None:
        customer = self.chance.choice([*self.customers, None])
        kind, id_ = self.chance.choice(("complaint", "praise", "suggestion")), customer.id if customer else None
        words = (self.chance.choice(TOPICS), "neutral", "normal", "Words", "test", self.ago())
        self.store.feedback.add(Feedback(new_id(), kind, *words, customer_id=id_, contact_id=id_))

    def _move(self) -> None:
        customer = self.chance.choice(self.customers)
        move = TierMove(new_id(), customer.id, self.ago(), "growth", self.chance.choice(TIERS[:3]) or "", "a", 1)
        self.store.tier_moves.add(move)
