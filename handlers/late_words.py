"""Late words: written while a page had no connection; whoever reads them sees when they were written and when they came."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from handlers.context import Context
from prompts.phrases import Phrases, zone_named
from storage.entries import Entry

LATE: Final = timedelta(minutes=2)
"""Words that took less time are as good as said now."""


def written_at(ctx: Context, facts: Mapping[str, Any]) -> datetime | None:
    """Give the moment at which words were written, if that was long before they came; a channel says `late` in seconds."""
    late = timedelta(seconds=int(facts.get("late") or 0))
    return ctx.now - late if late >= LATE else None


def lateness(ctx: Context, t: Phrases, said: Sequence[Entry]) -> str:
    """Say of words that stand on one card when the first late ones of them were written, and when they came."""
    late = next((entry for entry in said if entry.written_at), None)
    if late is None or late.written_at is None:
        return ""
    zone = ctx.policy.company.zone.key
    came, wrote = (at.astimezone(zone_named(zone)) for at in (late.at, late.written_at))
    arrived = f"{came:%H:%M}" if came.date() == wrote.date() else t.exact(late.at, zone)
    return t("thread-late", written=t.exact(late.written_at, zone), arrived=arrived)
