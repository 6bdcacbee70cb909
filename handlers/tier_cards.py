"""Tier cards: why a customer is in a tier and what would change it, and lists of crossings."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from handlers.cards import Button, Card, Field, Row
from handlers.context import Context
from handlers.tier_words import Crossing, day_said, mark_said, on_day, tier_label, wake_up
from scheduler.outlook import Change, Outlook, Rise
from scheduler.policy.document import Policy
from scheduler.policy.schemes import ShareBands, ValueBands
from scheduler.reasons import told
from scheduler.tier_reviews import standing
from storage.customers import Customer
from storage.tier_moves import TierMove

CROSSINGS = 5
"""So many crossings a customer's card tells of."""


def why_card(ctx: Context, customer: Customer, policy: Policy, outlook: Outlook) -> Card:
    """Explain a tier: the rule, the thresholds, the figures, what would change it, the crossings."""
    t = ctx.t
    label = tier_label(policy, customer.tier, t.language)
    fields = {
        "tier-field-tier": _tier(ctx, customer, policy),
        "tier-field-thresholds": _thresholds(ctx, policy),
        "tier-field-money": _money(ctx, outlook),
        "tier-field-orders": str(outlook.figures.orders),
        "tier-field-last": _last(ctx, outlook.figures.last_purchase, outlook.until),
        "tier-field-change": "\n".join(_changes(ctx, customer, policy, outlook)),
    }
    moves = ctx.store.tier_moves.of(customer.id, CROSSINGS)
    return Card(
        title=t("tier-title", name=customer.name, tier=label) if label else t("tier-title-none", name=customer.name),
        text=_reasons(ctx, customer.tier_why),
        fields=tuple(Field(label=t(key), value=value) for key, value in fields.items() if value),
        rows=tuple(_rows(ctx, policy, moves)),
        buttons=_buttons(ctx, customer),
    )


def _reasons(ctx: Context, why: list[object]) -> str:
    return ctx.t("list-separator").strip("|").join(ctx.t(key, **values) for key, values in told(why))


def _tier(ctx: Context, customer: Customer, policy: Policy) -> str:
    label = tier_label(policy, customer.tier, ctx.t.language)
    if label is None:
        return ctx.t("policy-tier", tier="none")
    since = on_day(ctx, customer.tier_since) if customer.tier_since else ""
    parts = [ctx.t("tier-since", tier=label, day=since) if since else label, mark_said(ctx, policy, customer.tier_mark)]
    return " · ".join(part for part in parts if part)


def _thresholds(ctx: Context, policy: Policy) -> str:
    """Name the scheme, and the version of the policy from which on its thresholds are what they are."""
    since = ctx.store.policies.at(standing(ctx.store).since)
    scheme = ctx.t("tier-scheme", scheme=policy.tiers.use)
    if since is None:
        return scheme
    return ctx.t("tier-thresholds", scheme=scheme, version=since.version, day=on_day(ctx, since.accepted_at))


def _money(ctx: Context, outlook: Outlook) -> str:
    money = ctx.t.money(outlook.figures.money, outlook.currency)
    since, until = (day_said(ctx, day) for day in (outlook.since, outlook.until))
    return ctx.t("tier-money-of", money=money, since=since, until=until)


def _last(ctx: Context, last: date | None, today: date) -> str:
    if last is None:
        return ctx.t("policy-why-never-bought")
    return ctx.t("tier-last", day=day_said(ctx, last), ago=(today - last) // timedelta(days=1))


def _changes(ctx: Context, customer: Customer, policy: Policy, outlook: Outlook) -> Iterator[str]:
    scheme = policy.tiers.scheme
    is_ranked = isinstance(scheme, ShareBands)  # against all the others: a look at one says nothing about it
    if customer.tier is not None and outlook.verdict.tier != customer.tier and not is_ranked:
        yield ctx.t("tier-pending", tier=tier_label(policy, outlook.verdict.tier, ctx.t.language))
    if not isinstance(scheme, ValueBands):
        yield ctx.t("tier-change-scheme", kind=scheme.scheme)
        return
    if outlook.rise is not None:
        yield _rise(ctx, policy, outlook.rise, outlook.currency)
    if outlook.change is not None:
        yield _change(ctx, policy, outlook.change)
    elif outlook.rise is None:
        yield ctx.t("tier-change-none")


def _rise(ctx: Context, policy: Policy, rise: Rise, currency: str | None) -> str:
    tier = tier_label(policy, rise.tier, ctx.t.language)
    by = day_said(ctx, rise.until) if rise.until else "none"
    over = "yes" if rise.is_over else "no"
    if rise.amount <= Decimal():
        return ctx.t("tier-rise-any", tier=tier, by=by, over=over)
    return ctx.t("tier-rise", tier=tier, money=ctx.t.money(rise.amount, currency or policy.currency), by=by, over=over)


def _change(ctx: Context, policy: Policy, change: Change) -> str:
    return ctx.t("tier-change", tier=tier_label(policy, change.tier, ctx.t.language), day=day_said(ctx, change.day))


def _rows(ctx: Context, policy: Policy, moves: list[TierMove]) -> Iterator[Row]:
    if moves:
        yield Row(text=ctx.t("tier-crossings"), heading=True)
    for move in moves:
        old, new = (tier_label(policy, tier, ctx.t.language) or "—" for tier in (move.old, move.new))
        head = ctx.t("tier-crossing", day=on_day(ctx, move.at), old=old, new=new, version=move.policy)
        yield Row(text=f"{head}\n{_reasons(ctx, move.why)}")


def _buttons(ctx: Context, customer: Customer) -> tuple[Button, ...]:
    show = Button(label=ctx.t("command-who.title"), command="who", args={"customer": customer.id})
    return (wake_up(ctx, customer), show) if customer.tier_mark else (show,)


def moves_card(ctx: Context, crossings: list[Crossing], count: int, title: str) -> Card:
    """List crossings, the newest first, each with its day, whose it is, and why."""
    rows = tuple(crossing.row(ctx, about=_about(ctx, crossing)) for crossing in crossings)
    more = count - len(crossings)
    return Card(title=title, rows=rows, lines=(ctx.t("tier-moves-more", count=more),) if more > 0 else ())


def _about(ctx: Context, crossing: Crossing) -> Iterator[str]:
    yield on_day(ctx, crossing.move.at)
    owner = ctx.store.staff.get(crossing.customer.owner_id)
    if owner is None or owner.id != ctx.me.id:
        yield owner.name if owner else ctx.t("ticket-nobody")
