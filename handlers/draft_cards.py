"""Draft cards: the words, the facts they were made from, the decision; after it, who decided and when."""

from __future__ import annotations

from typing import Any

from handlers.arguments import form
from handlers.cards import Button, Card, Quote, Tone
from handlers.context import Context, Place
from handlers.draft_facts import purpose_label
from handlers.draft_words import DraftWords
from prompts.drafting import shown
from prompts.phrases import Phrases, phrases
from storage.drafts import Draft
from storage.messages import Kind
from storage.staff import Person


def slot_of(draft: Draft) -> str:
    return f"draft:{draft.id}"


def show(ctx: Context, draft: Draft, state: str = "", *, tone: Tone = "plain", undo: bool = False, **said: Any) -> None:
    """Put a draft's card where its maker sees it, or edit those that stand; `state` says what became of it."""
    maker = ctx.store.staff.get(draft.staff_id)
    if maker is None:
        return
    t = phrases(maker.language)
    card = open_card(ctx, draft, t, maker) if draft.state == "open" else _decided(ctx, draft, t)
    if state:
        card = card.model_copy(update={"text": t(state, **_local(t, maker, ctx, said)), "tone": tone})
    if undo:
        card = card.model_copy(update={"buttons": (_button(t, "button-undo", "draft undo", draft),)})
    for place in _places(ctx, draft, maker):
        ctx.say(place, card, Kind.CARD, slot=slot_of(draft))


def _local(t: Phrases, maker: Person, ctx: Context, said: dict[str, Any]) -> dict[str, Any]:
    """Say moments in the reader's language and zone."""
    return {name: t.moment(v, maker.zone, ctx.now) if name == "when" else v for name, v in said.items()}


def _places(ctx: Context, draft: Draft, maker: Person) -> list[Place]:
    """Find where the card stands; if nowhere yet, the chat in which it was asked for or the maker's own."""
    addresses = ctx.store.staff.addresses(maker.id)
    known = [Place(channel, address) for channel, address in addresses.items() if channel in ctx.around.channels]
    standing = [place for place in known if ctx.store.posts.get(place.channel, place.address, slot_of(draft))]
    here = Place(ctx.event.channel, ctx.event.address)
    if standing or here in known:
        return standing or [here]
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
        buttons=(send, edit, _button(t, "draft-button-drop", "draft drop", draft)),
        footer=t("draft-footer", until=t.day(draft.expires_at, maker.zone, ctx.now)),
    )


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
