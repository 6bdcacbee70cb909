"""Escalations: a promise in danger climbs from the owner to the group to the manager, one message a rung."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from handlers import ticket_cards as cards
from handlers.audiences import called
from handlers.cards import Button, Card
from handlers.context import Context
from handlers.promising import Alert, Promised
from handlers.routing import Router
from prompts.phrases import Phrases, phrases
from storage.messages import Kind
from storage.staff import Person
from storage.tickets import Ticket

router = Router("escalations")


@router.on("promise watched")
def climb(ctx: Context, facts: dict[str, Any]) -> None:
    """Tell whoever has to hear about a ticket's promise now; rungs that were missed are said as the highest one."""
    ticket = ctx.store.tickets.get(facts["ticket"])
    if ticket is None:
        return
    customer = ctx.store.customers.get(ticket.customer_id)
    promised = Promised.of(ctx.policy, ticket.type, customer.tier if customer else None, ticket.calendar)
    passed = [warning for warning in promised.warnings(ctx.policy, ticket) if warning.at <= ctx.now]
    if not passed:
        _watch_again(ctx, ticket, promised)
        return
    highest = max(passed, key=lambda warning: (warning.percent, warning.at))
    people = called(ctx, ticket, highest.audience)
    names = names_of(ctx.team_phrases(ticket.team), [person for person in people if person])
    told = [_entry(ctx, warning, names if warning is highest else "") for warning in passed]
    ticket = ctx.store.tickets.change(ticket, told=[*ticket.told, *told])
    ticket = _watch_again(ctx, ticket, promised)
    cards.show(ctx, ticket)
    _say(ctx, ticket, highest, people)


def names_of(t: Phrases, people: Sequence[Person]) -> str:
    return t("names-separator").strip("|").join(person.name for person in people)


def _entry(ctx: Context, warning: Alert, names: str) -> dict[str, Any]:
    return {"name": warning.name, "percent": warning.percent, "who": names, "at": ctx.now.isoformat()}


def _watch_again(ctx: Context, ticket: Ticket, promised: Promised) -> Ticket:
    coming = promised.warnings(ctx.policy, ticket)
    return ctx.store.tickets.change(ticket, watch_at=coming[0].at if coming else None)


def _say(ctx: Context, ticket: Ticket, warning: Alert, audience: Sequence[Person | None]) -> None:
    t = ctx.team_phrases(ticket.team)
    people = [person for person in audience if person]
    names = names_of(t, people) or "none"
    text = t(_key(warning), percent=warning.percent, number=ticket.number, who=names)
    cards.say_in_thread(ctx, ticket, Card(text=text, tone=_tone(warning)), Kind.ESCALATION)
    for person in people:
        if not ctx.tell(person, _direct(ctx, ticket, warning, phrases(person.language), person.zone), Kind.ESCALATION):
            unreached = Card(text=t("escalation-unreached", name=person.name))
            cards.say_in_thread(ctx, ticket, unreached, Kind.ESCALATION)
    if None in audience:
        _say_to_anybody(ctx, ticket, warning)


def _say_to_anybody(ctx: Context, ticket: Ticket, warning: Alert) -> None:
    """Say it where messages go that have nobody, with all that somebody needs who takes it on."""
    t = ctx.team_phrases(None)
    owner = ctx.store.staff.get(ticket.owner_id)
    card = _direct(ctx, ticket, warning, t, ctx.policy.company.zone.key)
    why = t("escalation-nobody", owner=owner.name if owner and owner.active else "none")
    ctx.say(ctx.team_place(None), card.model_copy(update={"lines": (why,), "tone": "alarm"}), Kind.ESCALATION)


def _direct(ctx: Context, ticket: Ticket, warning: Alert, t: Phrases, zone: str) -> Card:
    customer = ctx.store.customers.get(ticket.customer_id)
    name = customer.name if customer else t("contact-unknown")
    due = ticket.first_response_due if warning.figure == "first_response" else ticket.resolution_due
    names = ("take", "show") if ticket.status == "new" else ("show",)
    return Card(
        title=t("ticket-title", number=ticket.number, type=t(f"type-{cards.dashed(ticket.type)}")),
        text=t(f"{_key(warning)}-personal", percent=warning.percent, customer=name, by=t.moment(due, zone, ctx.now)),
        tone=_tone(warning),
        buttons=tuple(
            Button(label=t(f"button-{n}"), command=f"ticket {n}", args={"number": ticket.number}) for n in names
        ),
    )


def _key(warning: Alert) -> str:
    figure = "response" if warning.figure == "first_response" else "goal"
    return f"escalation-{figure}-{'broken' if warning.percent >= 100 else 'near'}"  # noqa: PLR2004 - the whole


def _tone(warning: Alert) -> Any:
    return "alarm" if warning.percent >= 100 else "warn"  # noqa: PLR2004 - the whole
