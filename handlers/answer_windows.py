"""Windows for answers: how many a platform still takes, and whether a colleague has the chat instead of us."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from handlers.context import Context, Place
from prompts.phrases import Phrases
from storage.contacts import Contact
from storage.paces import chat_scope

IN_WECHAT: Final = "wecom-kf"
SERVED_FROM: Final = {IN_WECHAT: "wecom"}
"""Where the people are known who can go on with a chat in person, by the channel of the chat."""


@dataclass(frozen=True)
class Session:
    """A chat that a colleague has in person, as their userid where they serve it; empty if nobody told whose it is."""

    servicer: str

    def keep(self, ctx: Context, place: Place) -> None:
        ctx.store.settings.set(_mark(place), {"servicer": self.servicer})

    @staticmethod
    def over(ctx: Context, place: Place) -> None:
        ctx.store.settings.take(_mark(place))


def session_in(ctx: Context, place: Place) -> Session | None:
    """Tell which colleague has a chat in person; None while it is the bot's."""
    known = ctx.store.settings.get(_mark(place))
    return Session(str(known["servicer"])) if known else None


def is_in_wechat(ctx: Context, contact: Contact | None) -> Place | None:
    """Tell where in WeChat a contact is reached, if they are."""
    place = ctx.contact_place(contact, IN_WECHAT) if contact else None
    return place if place and place.channel == IN_WECHAT else None


def _mark(place: Place) -> str:
    return f"session in {chat_scope(place.channel, place.address)}"


def channel_name(t: Phrases, channel: str) -> str:
    return t.maybe(f"channel-{channel}") or channel


def countdown(ctx: Context, place: Place, t: Phrases, zone: str) -> str:
    """Say how many answers are left and until when by the clock of this zone, where a platform counts them; else nothing.

    The rest of a card goes by the company's clock, so another one is named.
    """
    window = ctx.around.windows.get(place.channel)
    if window is None:
        return ""
    (left,) = ctx.store.windows.left(window, [(place.channel, place.address)], ctx.now).values()
    until = t.exact(left.until, zone)
    if zone != ctx.policy.company.zone.key:
        until = t("window-until", at=until, zone=zone)
    return t("window-left", channel=channel_name(t, place.channel), left=left.messages, until=until)
