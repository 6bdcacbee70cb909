"""Reactions: four signs on a ticket's card do what its buttons do, and taking one away undoes that."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from handlers.arguments import build
from handlers.cards import Button, Card
from handlers.context import Context
from handlers.routing import Router
from handlers.second_thoughts import undo
from storage.posts import Post
from storage.tickets import OVER, Ticket

router = Router("reactions")

DEEDS: Final = {"ticket": "ticket reopen", "mine": "ticket take", "done": "ticket resolve", "urgent": "ticket urgent"}
UNDONE: Final = {"mine": "taken", "done": "resolved", "urgent": "urgent"}
"""What a ticket's history calls the deeds that can be taken back; who opened a ticket again may close it."""
STANDS: Final[dict[str, Callable[[Context, Ticket], bool]]] = {
    "ticket": lambda _, ticket: ticket.status not in ("resolved", *OVER),
    "mine": lambda ctx, ticket: ticket.owner_id == ctx.me.id and ticket.status in ("taken", "waiting"),
    "done": lambda _, ticket: ticket.status in ("resolved", *OVER),
    "urgent": lambda _, ticket: ticket.priority == "urgent" or ticket.status in OVER,
}
"""Whether a sign says what is so already: put there twice, or by several, it does nothing more."""


@router.on("reaction")
def react(ctx: Context, facts: dict[str, Any]) -> None:
    """Do what a colleague's sign on a ticket's card means; on anything else, or by anybody else, it means nothing."""
    sign, card = str(facts["reaction"]), _card(ctx, facts)
    made = _maker(card) if sign == "ticket" and facts["added"] else None
    if made is not None:
        words = ctx.store.entries.get(made.args["key"])
        if words is not None and words.ticket is None:
            _run(ctx, made.command, made.args)
        return
    ticket = _ticket(ctx, card)
    if ticket is None or sign not in DEEDS or STANDS[sign](ctx, ticket) == bool(facts["added"]):
        return
    if not facts["added"]:
        if sign in UNDONE:
            undo(ctx, ticket, UNDONE[sign])
        return
    _run(ctx, DEEDS[sign], {"number": ticket.number})


def _run(ctx: Context, deed: str, args: Mapping[str, str]) -> None:
    command = ctx.around.routes.commands[deed]
    if ctx.me.role in command.who:
        command.answer(ctx, build(command.args, args))


def _card(ctx: Context, facts: dict[str, Any]) -> Post | None:
    """Find the card on which a colleague put a sign."""
    if ctx.staff is None:
        return None
    return ctx.store.posts.by_provider(ctx.event.channel, str(facts["place"]), str(facts["message"]))


def _maker(card: Post | None) -> Button | None:
    """Find on a card the button that makes a ticket of the words it shows."""
    buttons = Card.model_validate(card.card).buttons if card else ()
    return next((button for button in buttons if button.command == "ticket heard"), None)


def _ticket(ctx: Context, card: Post | None) -> Ticket | None:
    """Find the ticket whose card it is, if whoever put a sign there may see it."""
    kind, _, number = (card.slot if card else "").partition(":")
    return ctx.store.tickets.seen_by(ctx.scope, number) if kind == "ticket" else None
