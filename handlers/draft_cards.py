"""Draft cards: the words, the facts they were made from, the decision; after it, who decided and when."""

from __future__ import annotations

from typing import Any

from handlers.arguments import form
from handlers.cards import Button, Card, Quote, Tone
from handlers.context import Context, Place
from handlers.draft_facts import purpose_label
from handlers.draft_templates import EDITED, has_model, template
from handlers.draft_words import DraftWords
from prompts.drafting import shown
from prompts.phrases import Phrases, phrases
from storage.drafts import Draft
from storage.messages import Kind
from storage.staff import Person


def slot_of(draft: Draft) -> str:
    return f"draft:{draft.id}"


def show(
    ctx: Context,
    draft: Draft,
    state: str = "",
    *,
    tone: Tone = "plain",
    undo: bool = False,
    standing: bool = False,
    **said: Any,
) -> None:
    """Put a draft's card where its maker sees it, or edit those that stand; `state` says what became of it.

    With `standing` a draft that stands on no card gets none: what happens to many at once is said elsewhere.
    """
    maker = ctx.store.staff.get(draft.staff_id)
    if maker is None:
        return
    t = phrases(maker.language)
    card = open_card(ctx, draft, t, maker) if draft.state == "open" else _decided(ctx, draft, t)
    if state:
        card = card.model_copy(update={"text": t(state, **_local(t, maker, ctx, said)), "tone": tone})
    if undo:
        card = card.model_copy(update={"buttons": (_button(t, "button-undo", "draft undo", draft),)})
    places = _standing(ctx, draft, maker)
    for place in places if standing else places or _new_place(ctx, maker):
        ctx.say(place, card, Kind.CARD, slot=slot_of(draft))


def _local(t: Phrases, maker: Person, ctx: Context, said: dict[str, Any]) -> dict[str, Any]:
    """Say moments in the reader's language and zone."""
    return {name: t.moment(v, maker.zone, ctx.now) if name == "when" else v for name, v in said.items()}


def _standing(ctx: Context, draft: Draft, maker: Person) -> list[Place]:
    """Find where the card stands: with its maker, and with whoever acts or decided."""
    people = {person.id: person for person in (maker, ctx.staff, ctx.store.staff.get(draft.decided_by)) if person}
    known = [place for person in people.values() for place in _known(ctx, person)]
    return [place for place in known if ctx.store.posts.get(place.channel, place.address, slot_of(draft))]


def _known(ctx: Context, person: Person) -> list[Place]:
    addresses = ctx.store.staff.addresses(person.id)
    return [Place(channel, address) for channel, address in addresses.items() if channel in ctx.around.channels]


def _new_place(ctx: Context, maker: Person) -> list[Place]:
    """Choose where a new card stands: where it was asked for, or the maker's own chat."""
    here = Place(ctx.event.channel, ctx.event.address)
    if here in _known(ctx, ctx.staff or maker):
        return [here]
    own = ctx.place_of(maker)
    return [own] if own else [ctx.team_place(None)]


def open_card(ctx: Context, draft: Draft, t: Phrases, maker: Person) -> Card:
    """Show the words with the facts behind them, and the three decisions."""
    reasons = shown(draft.facts, t, maker.zone, ctx.now)
    asks = form(DraftWords, "draft edit", t, {"words": draft.words}, {"draft": draft.id})
    edit = _button(t, "draft-button-edit", "draft edit", draft).model_copy(update={"form": asks})
    send = _button(t, "draft-button-send", "draft send", draft).model_copy(update={"style": "primary"})
    return Card(
        title=_title(ctx, draft, t),
        text="\n".join([t("draft-goes-by", channel=t(f"channel-{draft.channel}")), t(f"draft-writer-{draft.writer}")]),
        quote=Quote(who=maker.name, words=draft.words),
        lines=(t("draft-why"), *(f"• {reason}" for reason in reasons)),
        buttons=(send, edit, *_sounding(ctx, draft, t), _button(t, "draft-button-drop", "draft drop", draft)),
        footer=t("draft-footer", until=t.day(draft.expires_at, maker.zone, ctx.now)),
    )


def _sounding(ctx: Context, draft: Draft, t: Phrases) -> list[Button]:
    """Offer the ways in which these words could sound otherwise, as far as anybody here can write them so."""
    offers: list[dict[str, str]] = [{"length": "normal" if draft.length == "short" else "short"}]
    offers += [{"tone": tone} for tone in ("warm", "formal") if tone != (draft.tone or "warm")]
    if draft.writer in EDITED and not has_model(ctx):
        return []
    return [_sound(t, draft, offer) for offer in offers if has_model(ctx) or _differs(ctx, draft, offer)]


def _differs(ctx: Context, draft: Draft, offer: dict[str, str]) -> bool:
    return template(ctx, draft, **offer) != draft.words  # type: ignore[arg-type]


def _sound(t: Phrases, draft: Draft, offer: dict[str, str]) -> Button:
    (value,) = offer.values()
    return Button(label=t(f"draft-button-{value}"), command="draft rewrite", args={"draft": draft.id, **offer})


def _decided(ctx: Context, draft: Draft, t: Phrases) -> Card:
    sender = ctx.store.staff.get(draft.decided_by) or ctx.store.staff.get(draft.staff_id)
    return Card(title=_title(ctx, draft, t), quote=Quote(who=sender.name if sender else "", words=draft.words))


def _title(ctx: Context, draft: Draft, t: Phrases) -> str:
    customer = ctx.store.customers.get(draft.customer_id)
    values = {"name": contact_name(ctx, draft), "customer": customer.name if customer else ""}
    return t("draft-title", **values, purpose=purpose_label(t, draft.purpose))


def contact_name(ctx: Context, draft: Draft) -> str:
    contact = ctx.store.contacts.get(draft.contact_id)
    customer = ctx.store.customers.get(draft.customer_id)
    return (contact and contact.name) or (customer.name if customer else "")


def _button(t: Phrases, label: str, command: str, draft: Draft) -> Button:
    return Button(label=t(label), command=command, args={"draft": draft.id})
