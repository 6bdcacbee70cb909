"""Feedback: every praise, suggestion and complaint is kept with who, where, what about and how they felt."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Any, Literal

from pydantic import Field

from handlers.arguments import Args, Line, Words
from handlers.cards import Button, Card, Row
from handlers.context import Context
from handlers.finding import customer_named
from handlers.routing import Router
from prompts.reader.reading import Intent
from storage.columns import new_id
from storage.feedback import Feedback

router = Router("feedback")
KINDS = {Intent.PRAISE: "praise", Intent.SUGGESTION: "suggestion", Intent.COMPLAINT: "complaint"}
FeedbackKind = Literal["praise", "suggestion", "complaint"]
SHOWN = 15
MOST_DAYS = 3650
"""Ten years: as far back as anybody looks."""


class NewFeedback(Args):
    customer: Line
    kind: FeedbackKind
    words: Words


class FeedbackList(Args):
    kind: FeedbackKind | None = None
    topic: Line | None = None
    customer: Line | None = None
    days: Annotated[int, Field(ge=1, le=MOST_DAYS)] = 30


@router.on("feedback heard")
def keep(ctx: Context, facts: dict[str, Any]) -> None:
    """Keep what a customer's message says about us: one piece for each kind the reader is sure of."""
    reading, contact = facts["reading"], facts["contact"]
    if reading.is_acknowledgement:
        return
    for intent in reading.sure:
        if intent in KINDS:
            piece = Feedback(
                id=new_id(),
                kind=KINDS[intent],
                topic=reading.topic,
                sentiment=reading.sentiment,
                urgency=reading.urgency,
                words=facts["words"],
                source=facts["source"],
                at=ctx.now,
                customer_id=contact.customer_id,
                contact_id=contact.id,
                ticket=facts["ticket"],
            )
            ctx.store.feedback.add(piece)


@router.command("feedback add", NewFeedback)
def add(ctx: Context, args: NewFeedback) -> None:
    """Log feedback that a customer gave elsewhere."""
    customer = customer_named(ctx, args.customer)
    reading = ctx.around.reader.read(args.words)
    piece = Feedback(
        id=new_id(),
        kind=args.kind,
        topic=reading.topic,
        sentiment={"praise": "positive", "complaint": "negative"}.get(args.kind, reading.sentiment),
        urgency=reading.urgency,
        words=args.words,
        source=f"{ctx.event.channel}:{ctx.event.external_id}",
        at=ctx.now,
        customer_id=customer.id,
        added_by=ctx.me.id,
    )
    ctx.store.feedback.add(piece)
    ctx.reply(ctx.t("feedback-added", kind=ctx.t(f"kind-{args.kind}"), customer=customer.name))


@router.command("feedback list", FeedbackList)
def show(ctx: Context, args: FeedbackList) -> None:
    """List feedback, by kind, topic, customer and days."""
    customer = customer_named(ctx, args.customer) if args.customer else None
    found = ctx.store.feedback.listed(
        ctx.scope,
        kind=args.kind,
        topic=args.topic,
        since=ctx.now - timedelta(days=args.days),
        customer_id=customer.id if customer else None,
        limit=SHOWN,
    )
    if not found:
        ctx.reply(ctx.t("feedback-none", days=args.days))
        return
    rows = tuple(_row(ctx, piece) for piece in found)
    ctx.reply(Card(title=ctx.t("feedback-title", count=len(found), days=args.days), rows=rows))


def _row(ctx: Context, piece: Feedback) -> Row:
    """Say what was said; its ticket is one press away, or else its customer."""
    customer = ctx.store.customers.get(piece.customer_id)
    text = ctx.t(
        "feedback-row",
        day=ctx.t.day(piece.at, ctx.zone, ctx.now),
        kind=ctx.t(f"kind-{piece.kind}"),
        topic=ctx.t.maybe(f"topic-{piece.topic}") or piece.topic,
        customer=customer.name if customer else ctx.t("contact-unknown"),
        words=" ".join(piece.words[:120].split()),
    )
    label = ctx.t("row-show")
    if piece.ticket:
        return Row(text=text, buttons=(Button(label=label, command="ticket show", args={"number": piece.ticket}),))
    if customer:
        return Row(text=text, buttons=(Button(label=label, command="who", args={"customer": customer.id}),))
    return Row(text=text)
