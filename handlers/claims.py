"""Claims: what a visitor says of themselves, as colleagues read it; it proves nothing and joins nobody."""

from __future__ import annotations

from handlers.context import Context
from prompts.phrases import Phrases
from storage.claims import Claim
from storage.contacts import Contact


def claims_said(ctx: Context, t: Phrases, contact: Contact | None) -> str:
    """Say how somebody says they are called and reached; nothing if they left nothing."""
    return t("list-separator").strip("|").join(map(_said, ctx.store.claims.of(contact.id))) if contact else ""


def _said(claim: Claim) -> str:
    return " · ".join(filter(None, (claim.name, claim.reach)))
