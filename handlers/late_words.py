"""Late words: they came long after they were written, as a page had no connection, or we had none to a platform.

Whoever reads them sees when they were written and when they came.
"""

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
    return _said(ctx, t, late.written_at, late.at) if late and late.written_at else ""


def lateness_now(ctx: Context, t: Phrases) -> str:
    """Say of the words that are being heard when they were written, if that is long ago."""
    wrote = written_at(ctx, ctx.event.body)
    return _said(ctx, t, wrote, ctx.now) if wrote else ""


def _said(ctx: Context, t: Phrases, wrote: datetime, came: datetime) -> str:
    zone = zone_named(ctx.policy.company.zone.key)
    same_day = came.astimezone(zone).date() == wrote.astimezone(zone).date()
    arrived = f"{came.astimezone(zone):%H:%M}" if same_day else t.exact(came, zone.key)
    return t("thread-late", written=t.exact(wrote, zone.key), arrived=arrived)
