"""Acquaintances: people who open a chat with us in WeChat are greeted, and what does not reach them there is told."""

from __future__ import annotations

from typing import Any, Final

from handlers.cards import Button, Card
from handlers.context import Context
from handlers.routing import Router
from prompts.phrases import phrases
from storage.posts import Post

router = Router("acquaintances")

DEEDS: Final = ("human", "status")
REFUSED: Final = "10"
"""`fail_type` of WeCom: the customer takes no messages."""


def welcome_card(desk: str, language: str) -> Card:
    """Greet whoever opens the chat of a service desk; said by the channel itself, because it has seconds to do so."""
    t = phrases(language)
    return Card(
        text=t("kf-welcome", desk=desk) if desk else t("kf-welcome-nameless"),
        buttons=tuple(Button(label=t(f"customer-{deed}"), command=deed) for deed in DEEDS),
    )


@router.on("chat entered")
def notice(ctx: Context, facts: dict[str, Any]) -> None:
    """Remember the welcome that a customer was given, so that its buttons can be pressed; entering alone asks nothing."""
    if facts.get("welcomed") != "said":
        return
    slot = f"welcome:{facts['as']}"
    card = welcome_card(str(facts["desk"]), str(facts["language"])).kept()
    ctx.store.posts.put(
        [Post(ctx.event.channel, ctx.event.address, slot, card, ctx.now, ctx.now, provider_id=facts["as"])]
    )


@router.on("message failed")
def bounce(ctx: Context, facts: dict[str, Any]) -> None:
    """Take back that something was said: WeChat took it and could not deliver it."""
    channel, address = ctx.event.channel, ctx.event.address
    post = ctx.store.posts.by_provider(channel, address, str(facts["message"]))
    why = ("gone: " if facts["why"] == REFUSED else "") + f"fail_type {facts['why']}"
    ctx.note(
        "delivery news",
        key=post.slot if post else "kf:unknown",
        state="failed",
        error=why,
        channel=channel,
        address=address,
        receipt=True,
    )
