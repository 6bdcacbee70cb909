"""Preferences: on which channel and at which hours a contact likes to hear from us, said by a colleague or learned."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, time
from typing import Final
from zoneinfo import ZoneInfo

from handlers.arguments import Args, Words
from handlers.contact_finding import contact_called
from handlers.context import Context, Refused
from handlers.routing import Router
from scheduler.policy.habits import LEARNED_FROM, Hours, fitting, habitual_channel, habitual_hours
from scheduler.policy.hours import may_disturb
from scheduler.policy.units import zone_of
from storage.contacts import Contact

router = Router("preferences")
HOURS: Final = re.compile(r"(\d{1,2})(?:[:：](\d{2}))?\s*(?:-|–|~|至|到)\s*(\d{1,2})(?:[:：](\d{2}))?(?:点|时)?")
NOTHING: Final = frozenset({"none", "any", "learn", "-", "无", "都行", "自动"})


class Prefer(Args):
    contact: Words


@dataclass(frozen=True)
class Preference:
    """Where and when a contact is best reached; each is said by a colleague, learned, or not known."""

    channel: str | None
    hours: Hours | None
    channel_said: bool
    hours_said: bool


def preference_of(ctx: Context, contact: Contact) -> Preference:
    """Tell where and when a contact is best reached: what was said counts before what was learned."""
    said = read_hours(contact.preferred_hours or "")
    channel, hours = contact.preferred_channel, said
    if channel is None or hours is None:
        written = ctx.store.entries.moments(contact.id, ctx.now - LEARNED_FROM)
        zone = zone_of(ctx.zone_of(contact)) or ctx.policy.company.zone
        channel = channel or habitual_channel(written, ctx.now)
        hours = hours or habitual_hours(written, zone, ctx.now)
    return Preference(channel, hours, contact.preferred_channel is not None, said is not None)


def liked_moment(
    ctx: Context, contact: Contact, zone: ZoneInfo, at: datetime, latest: datetime | None, *, marketing: bool
) -> datetime:
    """Put a message into the hours that a contact likes, within those that the policy permits; never beyond `latest`."""
    wished = fitting(preference_of(ctx, contact).hours, zone, at, latest)
    permitted = may_disturb(ctx.policy, zone, wished, marketing=marketing)
    return permitted if permitted == wished else at


def read_hours(text: str) -> Hours | None:
    """Read `9-12`, `09:30–11:00` or `9点到12点`; None if it is no span within a day."""
    found = HOURS.search(text.replace("点", "", 1) if text.count("点") > 1 else text)
    if found is None:
        return None
    first, second = (int(found[1]), int(found[2] or 0)), (int(found[3]), int(found[4] or 0))
    if not first < second or second > (24, 0) or first[1] > 59 or second[1] > 59:  # noqa: PLR2004 - a day's clock
        return None
    return Hours(time(*first), time(second[0] % 24, second[1]))


def preference_line(ctx: Context, contact: Contact) -> str:
    """Say where and when a contact is best reached, and how we know; nothing if nothing is known."""
    liked, t = preference_of(ctx, contact), ctx.t
    said = []
    if liked.channel:
        said.append(
            t("preference-known", what=t(f"channel-{liked.channel}"), said="yes" if liked.channel_said else "no")
        )
    if liked.hours:
        said.append(t("preference-known", what=str(liked.hours), said="yes" if liked.hours_said else "no"))
    return t("preference-line", what=t("names-separator").strip("|").join(said)) if said else ""


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
