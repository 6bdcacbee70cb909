"""The card of a day's greetings: names and words, what was decided about each, and the deeds for one and for all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final, NamedTuple

from handlers.agreement_words import said_day
from handlers.arguments import form
from handlers.cards import Button, Card, Row
from handlers.context import Context
from handlers.occasion_cards import about, standing
from handlers.occasion_drafts import festival_name
from handlers.occasion_words import GreetingWords
from storage.customers import Customer
from storage.drafts import Draft
from storage.occasions import Occasion

SHOWN: Final = 10
"""So many greetings stand on one page: with their words they fill a message of a platform's 50 blocks at most."""
LONGEST: Final = 400
"""Characters of a greeting's words on the list; editing shows all of them."""


class Greeting(NamedTuple):
    """One greeting of a day, with its draft as it is now; without one it was stopped."""

    occasion: Occasion
    draft: Draft | None

    @property
    def waits(self) -> bool:
        return self.draft is not None and self.draft.state == "open"


def slot_of(owner_id: str, day: date) -> str:
    return f"greetings:{owner_id}:{day}"


def greetings_of(ctx: Context, owner_id: str, day: date) -> list[Greeting]:
    found = ctx.store.occasions.greetings([owner_id], day)
    drafts = ctx.store.drafts.many([one.draft_id for one in found if one.draft_id])
    return [Greeting(one, drafts.get(one.draft_id or "")) for one in found]


def greetings_card(ctx: Context, owner_id: str, day: date, page: int = 1) -> Card:
    """Show a day's greetings to the person who acts, a page at a time; the deeds for all mean every page."""
    every = greetings_of(ctx, owner_id, day)
    written = [one for one in every if one.draft is not None]
    shown = written[(page - 1) * SHOWN : page * SHOWN]
    named = {one.id: one for one in ctx.store.customers.by_ids([one.occasion.customer_id for one in shown])}
    waiting = sum(one.waits for one in every)
    return Card(
        title=_title(ctx, every, day, waiting),
        text=ctx.t("greetings-text") if waiting else ctx.t("greetings-decided"),
        rows=tuple(_row(ctx, one, named.get(one.occasion.customer_id)) for one in shown),
        lines=tuple(_held(ctx, every)),
        buttons=_deeds(ctx, owner_id, day, page, written),
        footer=ctx.t("greetings-footer") if waiting else "",
    )


def page_of(greetings: Sequence[Greeting], occasion_id: str) -> int:
    """Tell on which page a greeting stands."""
    written = [one.occasion.id for one in greetings if one.draft is not None]
    return written.index(occasion_id) // SHOWN + 1 if occasion_id in written else 1


def _title(ctx: Context, every: Sequence[Greeting], day: date, waiting: int) -> str:
    """Name the festival if it is the same for all."""
    reasons = {(one.occasion.kind, one.occasion.about) for one in every}
    festivals = {known for kind, known in reasons if kind == "festival"}
    one = festivals.pop() if len(reasons) == len(festivals) == 1 else None
    today = ctx.now.astimezone(ctx.policy.company.zone).date()
    when = ctx.t("greetings-tomorrow") if day == today + timedelta(days=1) else said_day(ctx.t, day, ctx.now)
    if one is not None:
        return ctx.t("greetings-title-festival", count=waiting, about=festival_name(ctx, one, ctx.language), day=when)
    return ctx.t("greetings-title", count=waiting, day=when)


def _row(ctx: Context, one: Greeting, customer: Customer | None) -> Row:
    occasion, draft = one
    words = " ".join(draft.words.split()) if draft else ""
    words = words if len(words) <= LONGEST else f"{words[: LONGEST - 1]}…"
    name = customer.name if customer else "—"
    head = ctx.t("greeting-line", about=about(ctx, occasion), name=name)
    state = "" if one.waits else f" · {standing(ctx, occasion)}"
    return Row(text=f"{head}{state}\n{words}", buttons=_own_deeds(ctx, one))


def _own_deeds(ctx: Context, one: Greeting) -> tuple[Button, ...]:
    occasion, draft = one
    args = {"occasion": occasion.id}
    if draft is None:
        return ()
    if one.waits:
        asks = form(GreetingWords, "greeting edit", ctx.t, {"words": draft.words}, args)
        edit = Button(label=ctx.t("draft-button-edit"), command="greeting edit", args=args, form=asks)
        return (edit, Button(label=ctx.t("greeting-button-skip"), command="greeting skip", args=args))
    if draft.state == "sent" and draft.left_at is None and (draft.leaves_at or ctx.now) > ctx.now:
        return (Button(label=ctx.t("button-undo"), command="greeting undo", args=args),)
    return ()


def _held(ctx: Context, every: Sequence[Greeting]) -> list[str]:
    """Say how many greetings were not written, and why."""
    counted = Counter(one.occasion.why for one in every if one.draft is None and one.occasion.why)
    if not counted:
        return []
    parts = [ctx.t("greetings-held-why", count=n, why=ctx.t(f"occasion-why-{why}")) for why, n in counted.most_common()]
    return [ctx.t("greetings-held", count=counted.total(), why=ctx.t("list-separator").strip("|").join(parts))]


def _deeds(ctx: Context, owner_id: str, day: date, page: int, written: Sequence[Greeting]) -> tuple[Button, ...]:
    args = {"owner": owner_id, "day": day.isoformat()}
    waiting = sum(one.waits for one in written)
    deeds = []
    if waiting:
        clock = f"{ctx.policy.occasions.send_at:%H:%M}"
        label = ctx.t("greetings-button-send", count=waiting, clock=clock)
        deeds.append(Button(label=label, command="greetings send", args=args, style="primary"))
        deeds.append(Button(label=ctx.t("greetings-button-drop"), command="greetings drop", args=args, style="danger"))
    if any(button.command == "greeting undo" for one in written for button in _own_deeds(ctx, one)):
        deeds.append(Button(label=ctx.t("greetings-button-undo"), command="greetings undo", args=args))
    pages = -(-len(written) // SHOWN)
    if pages > 1:
        following = {**args, "page": f"{page % pages + 1}"}
        label = ctx.t("greetings-button-page", page=page % pages + 1, pages=pages)
        deeds.append(Button(label=label, command="greetings", args=following))
    return tuple(deeds)
