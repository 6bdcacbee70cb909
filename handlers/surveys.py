"""Surveys: one press rates a solved ticket; a low score closes the loop with a person."""

from __future__ import annotations

from handlers.audiences import manager_of
from handlers.cards import Button, Card
from handlers.context import Context, Refused
from handlers.routing import CUSTOMER, Router
from handlers.ticket_words import Rating
from prompts.phrases import phrases
from storage.messages import Kind
from storage.tickets import Ticket

router = Router("surveys")
LOW = 2
"""A score up to this opens an internal review and asks for a call."""


@router.command("rate", Rating, who=CUSTOMER, hidden=True)
def rate(ctx: Context, args: Rating) -> None:
    """Take a customer's rating; it closes the ticket."""
    ticket = ctx.store.tickets.get(args.number)
    if ticket is None or ctx.contact is None or ticket.contact_id != ctx.contact.id:
        raise Refused("card-moved-on")
    if ticket.rating is not None:
        raise Refused("customer-rated-already", number=ticket.number)
    if ticket.status not in ("resolved", "closed"):
        raise Refused("card-moved-on")
    ticket = ctx.store.tickets.change(ticket, rating=args.score)
    ctx.store.tickets.note(ticket.number, ctx.contact.id, "rated", ctx.now, score=args.score)
    ctx.note("ticket rated", ticket=ticket)
    ctx.note("card decided", slot_text=ctx.t("customer-rated", score=args.score))
    if args.score <= LOW:
        _ask_for_call(ctx, ticket)


def _ask_for_call(ctx: Context, ticket: Ticket) -> None:
    """Tell the manager that a customer is unhappy with a solution; where there is none, whoever reads the fallback."""
    manager = manager_of(ctx, ticket)
    t = phrases(manager.language) if manager else ctx.team_phrases(None)
    customer = ctx.store.customers.get(ticket.customer_id)
    name = customer.name if customer else t("contact-unknown")
    show = Button(label=t("button-show"), command="ticket show", args={"number": ticket.number})
    text = t("low-rating", number=ticket.number, customer=name, score=ticket.rating or 0)
    card = Card(text=text, tone="alarm", buttons=(show,))
    if manager is None or not ctx.tell(manager, card, Kind.ESCALATION):
        ctx.say(ctx.team_place(None), card, Kind.ESCALATION)


@router.on("card decided")
def give_way(ctx: Context, facts: dict[str, str]) -> None:
    """Let the buttons of the pressed card give way to what was decided."""
    post = ctx.store.posts.get(
        ctx.event.channel, str(ctx.event.body.get("place", "")), str(ctx.event.body.get("slot", ""))
    )
    if post is None:
        ctx.reply(facts["slot_text"])
        return
    card = Card.model_validate(post.card).model_copy(
        update={"buttons": (), "footer": facts["slot_text"], "tone": "good"}
    )
    from handlers.context import Place

    ctx.say(Place(post.channel, post.address), card, slot=post.slot, thread=post.thread)
