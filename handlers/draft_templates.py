"""A draft's words in another tone or length, as the templates say them; and whether a model could say them better."""

from __future__ import annotations

from typing import Any, Final

from handlers.context import Context
from prompts.drafting import Length, Tone, write
from storage.drafts import Draft

MODEL: Final = "model"
EDITED: Final = frozenset({"edited", "model-edited"})
"""The writers of words that a person changed: nobody replaces those unasked."""


def has_model(ctx: Context) -> bool:
    return MODEL in ctx.around.channels


def template(ctx: Context, draft: Draft, tone: Tone | None = None, length: Length | None = None) -> str:
    """Write a draft's words anew from the facts it was made from, in its own tone and length or in another."""
    contact, customer = ctx.store.contacts.get(draft.contact_id), ctx.store.customers.get(draft.customer_id)
    purpose: Any = draft.purpose
    how: Any = {"tone": tone or draft.tone or "warm", "length": length or draft.length or "normal"}
    language = contact.language if contact else ctx.language
    return write(purpose, draft.facts, language, ctx.zone_of(contact, customer), ctx.now, **how) or draft.words
