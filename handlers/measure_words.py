"""Measure words: how a number reads, with its sample size, what it is measured against, and the button to its cases."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from handlers.cards import Button
from handlers.context import Context
from prompts.phrases import LANGUAGES, Phrases, phrases
from storage.measures import MEASURES, Measured, Window

TINY: Final = 1e-9
"""What a binary fraction may lack of a whole percent."""
TARGETED: Final = ("first_response", "under_way", "resolution", "csat", "cadence")
"""The measures for which the policy names a target."""


def looking(ctx: Context, since: datetime, until: datetime) -> Window:
    """Look at a period with the eyes of the person who acts."""
    return ctx.store.measures.window(ctx.scope, since, until, ctx.now, ctx.policy.company.zone.key)


def target_of(ctx: Context, name: str) -> int | None:
    """Give the percentage that is good enough, where the policy names one."""
    target: int | None = getattr(ctx.policy.digest.targets, name) if name in TARGETED else None
    return target


def percent_of(measured: Measured) -> int | None:
    """Give whole percent, rounded down: nobody reads 100 where a case was missed; None without data."""
    exact = measured.percent
    return None if exact is None else int(exact + TINY)


def is_short(ctx: Context, name: str, measured: Measured) -> bool:
    """Tell whether a number lies below its target; without data it does not."""
    target, exact = target_of(ctx, name), measured.percent
    return target is not None and exact is not None and exact < target


def said(t: Phrases, measured: Measured) -> str:
    """Say a number with its sample size; without data it says so, and no number."""
    if measured.unit == "count":
        return str(measured.count)
    if not measured.count:
        return t("measure-said-none")
    percent, score, count = str(percent_of(measured)), str(measured.score), str(measured.count)
    return t(f"measure-said-{measured.unit}", percent=percent, score=score, count=count)


def compared(ctx: Context, name: str, measured: Measured, before: Measured | None, weeks: int, causes: str = "") -> str:
    """Say a number against its target and against the same stretch some weeks ago."""
    t = ctx.t
    parts = [said(t, measured) + causes]
    target = target_of(ctx, name)
    if target is not None:
        parts.append(t("measure-target", percent=str(target), short="yes" if is_short(ctx, name, measured) else "no"))
    if before is not None:
        parts.append(t("measure-before", said=said(t, before), weeks=weeks))
    return t("measure-separator").strip("|").join(parts)


def label_of(t: Phrases, name: str) -> str:
    return t(f"measure-{dashed(name)}")


def sort_of(ctx: Context, name: str, label: str | None) -> str:
    """Name one kind of a measure's cases: a type of request, a topic, a tier, what became of a draft, a purpose."""
    if label is None:
        return ctx.t("measure-sort-none")
    if name in ("cadence", "moves"):
        entry = ctx.policy.tiers.entry(label)
        return entry.label.said_in(ctx.t.language) if entry else label
    stems = {"complaints": "topic", "praise": "topic", "drafts_sent": "measure-draft", "words_kept": "purpose"}
    return ctx.t.maybe(f"{stems.get(name, 'type')}-{dashed(label)}") or label


def behind(name: str, window: Window, label: str, owner_id: str = "") -> Button:
    """Make the button that opens just the cases which a number counts."""
    args = {"name": name, "since": window.since.isoformat(), "until": window.until.isoformat()}
    return Button(label=label, command="measure cases", args=args | ({"owner": owner_id} if owner_id else {}))


def named(words: str) -> str | None:
    """Find a measure by its id, its label or an alias, in any language."""
    wanted = words.strip().casefold()
    for name in MEASURES:
        spoken = {name, name.replace("_", " ")}
        for t in map(phrases, LANGUAGES):
            spoken.add(label_of(t, name).casefold())
            spoken |= set((t.maybe(f"measure-{dashed(name)}.alias") or "").split("|"))
        if wanted and wanted in spoken:
            return name
    return None


def dashed(name: str) -> str:
    return name.replace("_", "-")
