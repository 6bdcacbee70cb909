"""Rewriting: a draft sounds shorter, warmer, more formal; what a person wrote is not replaced without a word."""

from __future__ import annotations

from typing import Any

from handlers.cards import Button, Card
from handlers.context import Context, Refused
from handlers.draft_asking import ask
from handlers.draft_cards import show
from handlers.draft_finding import decided, open_draft
from handlers.draft_sending import changed
from handlers.draft_templates import EDITED, has_model, template
from handlers.draft_words import Rewrite
from handlers.routing import Router
from storage.drafts import Draft
from storage.rows import Conflict

router = Router("draft rewriting")


@router.command("draft rewrite", Rewrite, hidden=True)
def rewrite(ctx: Context, args: Rewrite) -> None:
    """Let an open draft sound different: by the template at once, and by a model if there is one.

    Words that a person edited are the base for the model, once that person is sure; without a model they stay.
    """
    found = open_draft(ctx, args.draft)
    how = {"tone": args.tone or found.tone or "warm", "length": args.length or found.length or "normal"}
    if found.writer in EDITED and not has_model(ctx):
        raise Refused("draft-rewrite-yours")
    if found.writer in EDITED and not args.sure:
        _ask_back(ctx, args)
        return
    try:
        again = changed(ctx, found, **how, **_words(ctx, found, how))
    except Conflict:
        raise decided(ctx, ctx.store.drafts.get(found.id) or found) from None
    show(ctx, again)
    ask(ctx, again)


def _words(ctx: Context, found: Draft, how: dict[str, Any]) -> dict[str, Any]:
    """Give what is written down until a model answers: a person's own words, or the template's in the new way."""
    writer = "asked" if has_model(ctx) else "template"
    if found.writer in EDITED:
        return {"writer": writer}
    words = template(ctx, found, **how)
    return {"writer": writer, "words": words, "original": words}


def _ask_back(ctx: Context, args: Rewrite) -> None:
    given = {name: value for name, value in args.model_dump().items() if value and name != "sure"}
    sure = Button(label=ctx.t("draft-button-sure"), command="draft rewrite", args=given | {"sure": "true"})
    ctx.reply(Card(text=ctx.t("draft-rewrite-sure"), tone="warn", buttons=(sure,)))
