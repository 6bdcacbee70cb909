"""Reactions: four signs on a ticket's card do what its buttons do, and taking one away undoes that."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from handlers.arguments import build
from handlers.context import Context
from handlers.routing import Router
from handlers.second_thoughts import undo
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
    sign = str(facts["reaction"])
    ticket = _ticket(ctx, facts)
    if ticket is None or sign not in DEEDS or STANDS[sign](ctx, ticket) == bool(facts["added"]):
        return
    if not facts["added"]:
        if sign in UNDONE:
            undo(ctx, ticket, UNDONE[sign])
        return
    command = ctx.around.routes.commands[DEEDS[sign]]
    if ctx.me.role in command.who:
        command.answer(ctx, build(command.args, {"number": ticket.number}))


def _ticket(ctx: Context, facts: dict[str, Any]) -> Ticket | None:
    """Find the ticket on whose card a sign was put, if whoever put it may see it."""
    if ctx.staff is None:
        return None
    post = ctx.store.posts.by_provider(ctx.event.channel, str(facts["place"]), str(facts["message"]))
    kind, _, number = (post.slot if post else "").partition(":")
    return ctx.store.tickets.seen_by(ctx.scope, number) if kind == "ticket" else None
