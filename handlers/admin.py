"""Administration: what operators hear when something did not work; nothing fails silently."""

from __future__ import annotations

from typing import Any

from handlers.cards import Card
from handlers.context import Context
from handlers.routing import Router
from storage.messages import Kind

router = Router("admin")


@router.on("delivery news")
def report(ctx: Context, facts: dict[str, Any]) -> None:
    """Pass the news of a sending to the subject that waits for it; a failure nobody waits for goes to the fallback."""
    if facts["error"] and str(facts["error"]).startswith("gone"):
        ctx.note("address gone", **facts)
    else:
        pass_on(ctx, facts)


@router.on("stayed undelivered")
def pass_on(ctx: Context, facts: dict[str, Any]) -> None:
    """Give the news to whoever waits for it, once it is sure that it is no other chat's turn."""
    subject = "news of " + str(facts["key"]).partition(":")[0]
    if subject in ctx.around.routes.answers:
        ctx.note(subject, **facts)
    elif facts["state"] != "sent" and not str(facts["key"]).startswith("alarm:"):
        t = ctx.team_phrases(None)
        channel = t.maybe(f"channel-{facts['channel']}") or facts["channel"]
        _alarm(ctx, t("alarm-undelivered", channel=channel, why=facts["error"] or "?", key=facts["key"]))


@router.on("dead letter")
def dead_letter(ctx: Context, facts: dict[str, Any]) -> None:
    """Tell the operators of an event that could not be handled after all attempts."""
    _alarm(ctx, ctx.team_phrases(None)("alarm-dead-letter", id=facts["id"], kind=facts["kind"], error=facts["error"]))


def _alarm(ctx: Context, text: str) -> None:
    ctx.say(ctx.team_place(None), Card(text=text, tone="alarm"), Kind.ESCALATION, key=f"alarm:{ctx.event.id}")
