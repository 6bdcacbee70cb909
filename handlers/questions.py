"""Questions that only a colleague can answer: asked of one who may see whom they are about, else where the team reads."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from handlers.cards import Card
from handlers.context import Context
from prompts.phrases import Phrases, phrases
from storage.customers import Customer
from storage.messages import Kind
from storage.staff import Person

MakeCard = Callable[[Phrases, str], Card]
"""Makes the card in somebody's words, with times by the clock of this zone."""


def whom_to_ask(ctx: Context, customer: Customer | None, first: Iterable[Person | None]) -> Person | None:
    """Find who is asked: the first of these colleagues who may see the customer, else its owner; stand-ins count."""
    staff, now = ctx.store.staff, ctx.now
    for person in (staff.stand_in(one, now) for one in first):
        if person and (customer is None or staff.scope(person, now).covers(customer.owner_id, customer.group_id)):
            return person
    return staff.stand_in(staff.get(customer.owner_id), now) if customer else None


def put(ctx: Context, person: Person | None, make: MakeCard, slot: str) -> None:
    """Ask somebody, or the team if there is nobody or no running channel reaches them."""
    card = make(phrases(person.language), person.zone) if person else None
    if person is None or card is None or not ctx.tell(person, card, Kind.CARD, slot=slot):
        ctx.say(ctx.team_place(None), make(ctx.team_phrases(None), ctx.zone_of(None)), Kind.CARD, slot=slot)
