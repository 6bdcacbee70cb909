"""Console links: a colleague signs in to the console by a link that opens once, and is said to nobody but who asked."""

from __future__ import annotations

from typing import Annotated, Final

from handlers.arguments import Args, OnlyFor, Whom
from handlers.cards import Card, Colleagues, Field
from handlers.colleagues import one_colleague
from handlers.context import Context, Refused
from handlers.routing import Router
from storage.codes import LASTS
from storage.staff import Person
from storage.store import Store

router = Router("console links")
LINKS_TO_CONSOLE: Final = "console link"
"""The kind of the codes that stand in these links."""


class ForWhom(Args):
    colleague: Annotated[Whom | None, Colleagues(), OnlyFor(frozenset({"admin"}))] = None


@router.command("console", ForWhom)
def link(ctx: Context, args: ForWhom) -> None:
    """Give somebody a link that signs them in; an administrator also one to hand on to a colleague."""
    _check_alone(ctx)
    person = _whose(ctx, args.colleague)
    if not ctx.around.address:
        raise Refused("console-no-address")
    made = link_to_console(ctx.store, person.id, ctx.around.address)
    ctx.store.audit.note(ctx.me.id, "console link", person.id, ctx.now)
    text = ctx.t(
        "console-yours" if person.id == ctx.me.id else "console-for", name=person.name, minutes=LASTS.seconds // 60
    )
    card = Card(
        title=ctx.t("console-title"), text=text, fields=(Field(label=ctx.t("console-link"), value=made, scanned=True),)
    )
    ctx.reply(card, expires_at=ctx.now + LASTS)


def link_to_console(store: Store, staff_id: str, address: str) -> str:
    """Make a link that opens the console once for somebody; a newer one ends the older."""
    code = store.codes.issue(LINKS_TO_CONSOLE, staff_id, "", store.machine_now())
    return f"{address.rstrip('/')}/console/enter?code={code}"


def _check_alone(ctx: Context) -> None:
    """Refuse where others would read the answer, whatever let the question through to us."""
    channel, address = ctx.event.channel, ctx.event.address
    if ctx.policy.routes.is_place(f"{channel}:{address}") or ctx.store.groups.at(channel, address):
        raise Refused("console-not-here")


def _whose(ctx: Context, name: str | None) -> Person:
    """Find for whom the link is; to who may not ask for others it is all the same whether somebody has that name."""
    if name is None or name.casefold().lstrip("@") == ctx.me.name.casefold():
        return ctx.me
    if ctx.me.role != "admin":
        raise Refused("console-not-for-others")
    return one_colleague(ctx, name)
