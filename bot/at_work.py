"""At work: in a group where a team's cards stand whoever speaks or presses does so for themselves, not for the group."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from handlers.context import Context


def at_work(context: Context) -> None:
    """Take what a colleague says to us or presses where a team works as their own; what anybody else does is nobody's.

    They are answered where only they read it.
    """
    event = context.event
    by = str(event.body.get("by") or "")
    if not by or not context.policy.routes.is_place(f"{event.channel}:{event.address}"):
        return
    if context.store.staff.at(event.channel, by) is None:
        context.event = replace(event, kind="stranger at work")
        return
    thread = _thread(context)
    body = event.body | {"side": "staff", "place": event.address, "aside": thread or ""}
    body |= {"thread": thread} if thread and event.kind == "group asked" else {}
    kind = "words" if event.kind == "group asked" else event.kind
    context.event = replace(event, kind=kind, sender=by, address=by, body=body)


def _thread(context: Context) -> str | None:
    """Find the thread of what was answered or pressed, where it stands under its card."""
    body: dict[str, Any] = context.event.body
    named = str(body.get("answers") or body.get("message") or "")
    post = context.store.posts.by_provider(context.event.channel, context.event.address, named) if named else None
    return (post.thread or post.slot) if post else None
