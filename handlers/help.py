"""Help: what a person can do here, from the same declarations that do it."""

from __future__ import annotations

from handlers.arguments import usage
from handlers.cards import Button, Card, Field
from handlers.context import Context
from handlers.routing import EVERYONE, Router

router = Router("help")
MENU = ("day", "due", "ticket list", "ticket new", "log", "draft")


@router.command("help", who=EVERYONE)
def show(ctx: Context, _: object) -> None:
    """Show every command that the person may use, with one line each."""
    role = ctx.staff.role if ctx.staff else "customer"
    commands = ctx.around.routes.allowed(role)
    if ctx.staff is None:
        lines = tuple(f"/{command.name} — {ctx.t(command.key)}" for command in commands)
        ctx.reply(Card(title=ctx.t("help-title-customer"), lines=lines))
        return
    fields = tuple(
        Field(label=usage(command.args, command.name, ctx.t), value=ctx.t(command.key)) for command in commands
    )
    menu = tuple(
        Button(label=ctx.t(f"{command.key}.title"), command=command.name)
        for command in commands
        if command.name in MENU
    )
    ctx.reply(Card(title=ctx.t("help-title"), fields=fields, buttons=menu))
