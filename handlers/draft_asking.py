"""Asking a model for a draft: beside the template, in its own time, for the very version that was asked about."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final

from handlers.cards import Card
from handlers.context import Context, Place, Surroundings
from handlers.draft_cards import show
from handlers.draft_templates import MODEL, has_model
from handlers.routing import Router
from prompts.drafting import called
from prompts.models.drafting import Question, Unusable, Wanted, question, read_answer
from prompts.models.veil import Veil
from storage.drafts import Draft
from storage.messages import Kind
from storage.store import Store

router = Router("draft asking")
COVERED: Final = ("order", "ticket", "complaint", "rated", "contract", "serial")
"""Facts that are covered by a word that says what they are."""
PATIENCE: Final = timedelta(seconds=90)
"""Whoever waits longer has sent the template's words by then."""


def writer_of_a_new_draft(ctx: Context) -> str:
    return "asked" if has_model(ctx) else "template"


def ask(ctx: Context, draft: Draft) -> None:
    """Leave a question for the model, if one is at hand; it never holds up what a person reads."""
    if draft.writer != "asked":
        return
    asked, _ = _question(ctx, draft)
    about = f"{draft.id}:{draft.version}"
    ctx.say(
        Place(MODEL, f"draft:{about}"),
        Card(title=asked.rules, text=asked.case),
        Kind.CARD,
        key=f"model:{about}",
        guards=(f"draft-untouched:{about}",),
        receipt=True,
        expires_at=ctx.now + PATIENCE,
    )


@router.on("model answered")
def take(ctx: Context, facts: dict[str, Any]) -> None:
    """Show a model's words in place of the template's, if they may be used and nobody touched the draft meanwhile."""
    found = _untouched(ctx.store, str(facts["about"]).partition(":")[2])
    if found is None:
        return
    asked, veil = _question(ctx, found)
    try:
        words = read_answer(str(facts["words"]), asked, veil)
    except Unusable:
        _write_down(ctx, found, writer=_without_help(found, "unusable"))
    else:
        _write_down(ctx, found, writer="model", words=words, original=words)


@router.on("news of model")
def miss(ctx: Context, facts: dict[str, Any]) -> None:
    """Say on the card that no help came; an answer that came is an event of its own."""
    found = _untouched(ctx.store, str(facts["key"]).partition(":")[2])
    if found is not None and facts["state"] != "sent":
        _write_down(ctx, found, writer=_without_help(found, "late" if facts["state"] == "expired" else "failed"))


def _without_help(found: Draft, why: str) -> str:
    """Say whose words stay when no help came: the template's, or those of the person who edited them."""
    return why if found.words == found.original else "edited"


@router.guard("draft-untouched")
def why_not(store: Store, about: str, _around: Surroundings, _now: datetime) -> str | None:
    """Ask nothing about a draft that moved on."""
    return None if _untouched(store, about) else "the draft moved on"


def _untouched(store: Store, about: str) -> Draft | None:
    """Find the draft a question was about, as long as it is the version that was asked about."""
    id_, _, version = about.partition(":")
    found = store.drafts.get(id_)
    waits = found is not None and (found.state, found.writer, str(found.version)) == ("open", "asked", version)
    return found if waits else None


def _write_down(ctx: Context, found: Draft, **values: Any) -> None:
    ctx.store.drafts.change(found, **values)
    changed = ctx.store.drafts.get(found.id)
    if changed is not None:
        show(ctx, changed)


def _question(ctx: Context, draft: Draft) -> tuple[Question, Veil]:
    """Make the question of a draft; the same one again when its answer is read."""
    contact, customer = ctx.store.contacts.get(draft.contact_id), ctx.store.customers.get(draft.customer_id)
    language = contact.language if contact else ctx.language
    veil = _veil(ctx.store, draft, language)
    how: Any = {"purpose": draft.purpose, "tone": draft.tone or "warm", "length": draft.length or "normal"}
    zone = ctx.zone_of(contact, customer)
    wanted = Wanted(words=draft.words, **how)
    asked = question(wanted, draft.facts, veil, language=language, zone=zone, now=draft.made_at, salt=draft.id)
    return asked, veil


def _veil(store: Store, draft: Draft, language: str) -> Veil:
    """Know by name whoever may be named in a note: the customer, all their contacts, all of us."""
    customer = store.customers.get(draft.customer_id)
    others = [contact for contact in store.contacts.of(draft.customer_id) if contact.id != draft.contact_id]
    known: dict[str, tuple[str, ...]] = {name: (draft.facts[name],) for name in COVERED if name in draft.facts}
    known |= {f"colleague{n}": (person.name,) for n, person in enumerate(store.staff.everyone(), 1)}
    known |= {f"person{n}": (contact.name,) for n, contact in enumerate(others, 1) if contact.name}
    known["company"] = (customer.name,) if customer else ()
    name = draft.facts.get("name", "")
    greeted: Any = draft.tone or "warm"
    known["contact"] = (called(name, language, greeted), name) if name else ("",)
    return Veil(known)
