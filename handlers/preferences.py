"""Preferences: on which channel and at which hours a contact likes to hear from us, said by a colleague or learned."""

from __future__ import annotations

from typing import Final

from handlers.arguments import Args, Whom
from handlers.contact_finding import contact_called
from handlers.context import Context, Refused
from handlers.liking import HOURS, preference_line, read_hours
from handlers.routing import Router

router = Router("preferences")
NOTHING: Final = frozenset({"none", "any", "learn", "-", "无", "都行", "自动"})


class Prefer(Args):
    contact: Whom


@router.command("contact prefer", Prefer)
def prefer(ctx: Context, args: Prefer) -> None:
    """Note on which channel and at which hours a contact likes to hear from us; “none” leaves it to what is learned."""
    line, hours = args.contact, read_hours(args.contact)
    if hours:
        line = HOURS.sub(" ", line)
    words = line.replace("点", " ").split()
    forget = bool(words) and words[-1].casefold() in NOTHING
    words = words[:-1] if forget else words
    channel, words = _channel_behind(ctx, words)
    contact = contact_called(ctx, " ".join(words))
    if not (hours or channel or forget):
        raise Refused("preference-what", name=contact.name or "?")
    if channel and channel not in ctx.store.contacts.channels(contact.id):
        raise Refused("preference-no-channel", name=contact.name or "?", channel=ctx.t(f"channel-{channel}"))
    values: dict[str, str | None] = {"preferred_channel": None, "preferred_hours": None} if forget else {}
    values |= {"preferred_channel": channel} if channel else {}
    values |= {"preferred_hours": str(hours)} if hours else {}
    ctx.store.contacts.change(contact.id, **values)
    ctx.store.audit.note(ctx.me.id, "wrote preference", contact.id, ctx.now, contact.customer_id)
    now = ctx.store.contacts.get(contact.id) or contact
    ctx.reply(ctx.t("preference-kept", name=contact.name or "?", line=preference_line(ctx, now) or "—"))


def _channel_behind(ctx: Context, words: list[str]) -> tuple[str | None, list[str]]:
    """Read a channel's name, as people call it or by its id, off the end of a line."""
    for channel in sorted(ctx.around.channels):
        for name in {channel, ctx.t.maybe(f"channel-{channel}") or channel}:
            parts = name.casefold().split()
            if [word.casefold() for word in words[-len(parts) :]] == parts and len(words) > len(parts):
                return channel, words[: -len(parts)]
    return None, words
