"""Liking: where and when a contact likes to hear from us, said by a colleague or learned from when they write."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final
from zoneinfo import ZoneInfo

from handlers.context import Context
from scheduler.policy.consent import Permission
from scheduler.policy.habits import LEARNED_FROM, Hours, fitting, habitual_channel, habitual_hours
from scheduler.policy.units import zone_of
from storage.contacts import Contact
from storage.drafts import Draft

HOURS: Final = re.compile(r"(\d{1,2})(?:[:：](\d{2}))?\s*(?:-|–|~|至|到)\s*(\d{1,2})(?:[:：](\d{2}))?(?:点|时)?")


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
    ctx: Context, draft: Draft, contact: Contact, zone: ZoneInfo, at: datetime, ask: Callable[[datetime], Permission]
) -> datetime:
    """Put a draft's message into the hours that its contact likes, if it is permitted then and still of use.

    A greeting is of use on its day, anything else for as long as its draft would be kept. `ask` tells what is permitted
    from a moment on.
    """
    latest = draft.expires_at
    if day := draft.facts.get("occasion_day"):
        latest = datetime.combine(date.fromisoformat(day), time(23, 59), zone)
    wished = fitting(preference_of(ctx, contact).hours, zone, at, latest)
    asked = ask(wished) if wished != at else None
    return wished if asked and asked.obstacle is None and asked.at == wished else at


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
