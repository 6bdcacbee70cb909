"""Windows for answers: how many a platform still takes, said where somebody is about to use one."""

from __future__ import annotations

from handlers.context import Context, Place
from prompts.phrases import Phrases


def channel_name(t: Phrases, channel: str) -> str:
    return t.maybe(f"channel-{channel}") or channel


def countdown(ctx: Context, place: Place, t: Phrases) -> str:
    """Say how many answers are left and until when, where a platform counts them; else nothing."""
    window = ctx.around.windows.get(place.channel)
    if window is None:
        return ""
    (left,) = ctx.store.windows.left(window, [(place.channel, place.address)], ctx.now).values()
    until = t.exact(left.until, ctx.policy.company.zone.key)
    return t("window-left", channel=channel_name(t, place.channel), left=left.messages, until=until)
