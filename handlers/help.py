"""Help: what a person can do here, from the same declarations that do it."""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import Field as Within

from handlers.arguments import Args, form, usage
from handlers.cards import Button, Card, Field, Row
from handlers.context import Context, Place
from handlers.routing import EVERYONE, Command, Router

router = Router("help")
MENU = ("day", "due", "ticket list", "ticket new", "log", "draft")
LISTED: Final = 12
"""So many commands stand on a page: with its form each weighs about a thousand signs."""
SLOT: Final = "commands"


class CommandsPage(Args):
    page: Annotated[int, Within(ge=1, le=100)] = 1


@router.command("help", who=EVERYONE)
def show(ctx: Context, _: object) -> None:
    """Show every command that the person may use, with one line each."""
    role = ctx.role
    commands = ctx.around.routes.allowed(role)
    if ctx.staff is None:
        lines = tuple(f"/{command.name} — {ctx.t(command.key)}" for command in commands)
        ctx.reply(Card(title=ctx.t("help-title-customer"), lines=lines))
        return
    fields = tuple(
        Field(label=usage(command.args, command.name, ctx.t, role), value=ctx.t(command.key)) for command in commands
    )
    menu = tuple(
        Button(label=ctx.t(f"{command.key}.title"), command=command.name)
        for command in commands
        if command.name in MENU
    )
    ctx.reply(Card(title=ctx.t("help-title"), fields=fields, buttons=menu))


@router.command("commands", CommandsPage)
def list_all(ctx: Context, args: CommandsPage) -> None:
    """List all that the person may do, page by page; each opens the form of what it needs, or is done at once."""
    mine = ctx.around.routes.allowed(ctx.me.role)
    last = -(-len(mine) // LISTED)
    page = min(args.page, last)
    shown = mine[(page - 1) * LISTED : page * LISTED]
    card = Card(
        title=ctx.t("commands-title", count=len(mine)),
        text=ctx.t("day-page", page=page, pages=last),
        rows=tuple(_row(ctx, command) for command in shown),
        buttons=tuple(
            _turn(ctx, key, to) for key, to in (("day-previous", page - 1), ("day-next", page + 1)) if 1 <= to <= last
        ),
    )
    pressed_on = str(ctx.event.body.get("slot") or "")
    slot = pressed_on if pressed_on.startswith(SLOT) else f"{SLOT}:{ctx.event.id}"
    ctx.say(Place(ctx.event.channel, ctx.event.address), card, slot=slot)


def _row(ctx: Context, command: Command) -> Row:
    asked = form(command.args, command.name, ctx.t, {}, {}, ctx.me.role)
    opens = Button(label=ctx.t("row-open"), command=command.name, form=asked if asked.asks else None)
    return Row(text=f"/crm {command.name}\n{ctx.t(command.key)}", buttons=(opens,))


def _turn(ctx: Context, key: str, page: int) -> Button:
    return Button(label=ctx.t(key), command="commands", args={"page": str(page)})
