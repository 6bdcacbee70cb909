"""Words of the server: what administrators do in a terminal, and what to tell a colleague who types it in a chat."""

from __future__ import annotations

from typing import Final

from handlers.context import Context
from prompts.phrases import LANGUAGES, phrases

TYPED_ON_THE_SERVER: Final = "rapport "
"""What stands before a command in a terminal, and does no harm before one in a chat."""
ON_THE_SERVER: Final = (
    "people",
    "policy",
    "doctor",
    "import",
    "dead-letters",
    "backup",
    "migrate",
    "keygen",
    "slack-manifest",
)
"""The commands of `rapport` that are none of the chat, without those that start it and `list`, which people mean otherwise."""


def told_where(ctx: Context, line: str) -> str | None:
    """Tell where a line is done that is no command of the chat, and whom to ask; None if it is nothing of the server's."""
    name = _meant(line)
    if name is None:
        return None
    said = ctx.t(f"server-{name}", command=f"rapport {name}")
    admins = [one.name for one in ctx.store.staff.everyone("admin") if one.active]
    if ctx.me.role == "admin" or not admins:
        return said
    return f"{said}\n{ctx.t('server-ask', names=ctx.t('names-separator').strip('|').join(admins))}"


def _meant(line: str) -> str | None:
    typed = line.casefold().strip()
    for name in ON_THE_SERVER:
        spellings = {name}
        for language in LANGUAGES:
            spellings |= set((phrases(language).maybe(f"server-{name}.alias") or "").split("|"))
        if any(typed == one or typed.startswith(f"{one} ") for one in spellings if one):
            return name
    return None
