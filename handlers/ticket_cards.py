"""Ticket cards: one card a ticket for the team, edited in place."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from handlers.answer_windows import countdown, is_in_wechat, session_in
from handlers.attachments import files_of, named
from handlers.cards import Button, Card, Field, Mark, Quote, Tone
from handlers.claims import claims_said
from handlers.context import Context, Place
from handlers.late_words import lateness, written_at
from handlers.promising import Alert, Promised, is_running, is_under_way
from handlers.ticket_topics import topic_of
from handlers.wordings import revision_of
from prompts.phrases import Phrases
from storage.contacts import Contact
from storage.customers import Customer
from storage.entries import TAKEN_BACK, Entry
from storage.messages import Kind
from storage.staff import Person
from storage.tickets import OVER, RUNNING, Ticket


def slot_of(number: str) -> str:
    """Name the card and thread of a ticket."""
    return f"ticket:{number}"


def show(ctx: Context, ticket: Ticket) -> None:
    """Put the ticket's card in its team's channel, or edit the one that stands there."""
    t = ctx.team_phrases(ticket.team)
    card = team_card(ctx, ticket, t).model_copy(update={"topic": topic_of(ctx, ticket, t)})
    ctx.say(ctx.team_place(ticket.team), card, Kind.CARD, slot=slot_of(ticket.number))
    ctx.note("ticket changed", number=ticket.number)


def move(ctx: Context, ticket: Ticket, team: str) -> None:
    """Leave a card without deeds with the team that had a ticket until now."""
    t = ctx.team_phrases(team)
    kind = t(f"type-{dashed(ticket.type)}")
    card = team_card(ctx, ticket, t).model_copy(update={"buttons": (), "tone": "plain"})
    topic = topic_of(ctx, ticket, t).model_copy(update={"closed": True})
    card = card.model_copy(update={"footer": t("ticket-moved", type=kind), "topic": topic})
    ctx.say(ctx.team_place(team), card, Kind.CARD, slot=slot_of(ticket.number))


def remember(ctx: Context, ticket: Ticket, flow: str, words: str, key: str, **more: Any) -> None:
    """Keep what a colleague says on a ticket, to its customer (`out`) or among us (`internal`)."""
    entry = Entry(
        key=key,
        flow=flow,
        author=ctx.me.id,
        channel=ticket.channel if flow == "out" else ctx.event.channel,
        words=words,
        at=ctx.now,
        contact_id=ticket.contact_id,
        customer_id=ticket.customer_id,
        ticket=ticket.number,
        written_at=written_at(ctx, ctx.event.body),
        sequence=ctx.event.body.get("sequence"),
        revision=revision_of(ctx),
        **more,
    )
    ctx.store.entries.add(entry)


def say_in_thread(ctx: Context, ticket: Ticket, card: Card, kind: Kind = Kind.CARD, *, slot: str = "") -> None:
    """Say something under the ticket's card, for people who must notice."""
    ctx.say(ctx.team_place(ticket.team), card, kind, thread=slot_of(ticket.number), slot=slot)


ON_THE_CLOCK = ("policy-step-starts", "policy-step-break", "policy-step-night")
"""These steps of an explanation name times of day, as the calendar's own clock shows them."""


def team_card(ctx: Context, ticket: Ticket, t: Phrases, reader: Person | None = None) -> Card:
    """Make the card by which colleagues work on a ticket; where one `reader` alone sees it, by their clock."""
    store = ctx.store
    customer = store.customers.get(ticket.customer_id)
    contact = store.contacts.get(ticket.contact_id)
    owner = store.staff.get(ticket.owner_id)
    promised = Promised.of(ctx.policy, ticket.type, customer.tier if customer else None, ticket.calendar)
    said = store.entries.on_card(ticket.number, slot_of(ticket.number))
    about = (*_amended(ctx, t, said), *_promise_lines(ctx, ticket, t, promised))
    return Card(
        title=t("ticket-title", number=ticket.number, type=t(f"type-{dashed(ticket.type)}")),
        text=t("ticket-mode-reply", name=name_of(t, contact)) if ticket.mode else "",
        tone=_tone(ticket, ctx.now),
        fields=_fields(ctx, ticket, t, customer, contact, owner),
        quote=Quote(who=name_of(t, contact), words=ticket.words) if ticket.words else None,
        lines=(*about, *_told_lines(ctx, ticket, t, promised), *_answers_left(ctx, ticket, t, reader or owner)),
        files=tuple(file for entry in said for file in named(t, files_of(entry))),
        buttons=_buttons(ticket, t, _wechat_deed(ctx, ticket, contact)),
        footer="" if ticket.mode else t("ticket-footer"),
        marks=_marks(ticket),
    )


def _answers_left(ctx: Context, ticket: Ticket, t: Phrases, reader: Person | None) -> tuple[str, ...]:
    """Say how many answers are left for an open ticket, where its customer's platform counts them."""
    zone = reader.zone if reader else ctx.policy.company.zone.key
    reached = contact_of(ctx, ticket) if ctx.around.windows and ticket.is_open else None
    left = countdown(ctx, reached[1], t, zone) if reached else ""
    return (left,) if left else ()


def _amended(ctx: Context, t: Phrases, said: Sequence[Entry]) -> tuple[str, ...]:
    """Say of a customer's first words that they came late, were edited or taken back."""
    gone = [taken_back(ctx, t, entry, "none") for entry in said if entry.state == TAKEN_BACK]
    edited = any(entry.corrections and entry.state != TAKEN_BACK for entry in said)
    lines = (lateness(ctx, t, said), *gone, t("thread-edited") if edited else "")
    return tuple(line for line in lines if line)


def taken_back(ctx: Context, t: Phrases, entry: Entry, who: str) -> str:
    """Say that words were taken back, and when."""
    at = datetime.fromisoformat((entry.corrections or [{"until": entry.at.isoformat()}])[-1]["until"])
    return t("thread-taken-back", who=who, at=t.exact(at, ctx.policy.company.zone.key))


def _marks(ticket: Ticket) -> tuple[Mark, ...]:
    """Give the signs of a ticket's state."""
    signs: dict[Mark, bool] = {
        "ticket": ticket.status in RUNNING,
        "mine": ticket.status in ("taken", "waiting"),
        "done": ticket.status in ("resolved", "closed"),
        "urgent": ticket.priority == "urgent",
    }
    return tuple(mark for mark, stands in signs.items() if stands)


def dashed(value: str) -> str:
    return value.replace("_", "-").replace(" ", "-")


def channel_name(t: Phrases, channel: str) -> str:
    return t.maybe(f"channel-{channel}") or channel


def name_of(t: Phrases, contact: Contact | None) -> str:
    return (contact and contact.name) or t("contact-unknown")


def _tone(ticket: Ticket, now: datetime) -> Tone:
    if ticket.status in ("resolved", *OVER):
        return "good"
    if ticket.status == "waiting" and ticket.first_response_at is not None:
        return "plain"
    if now >= due_now(ticket) and not (ticket.first_response_at and is_under_way(ticket)):
        return "alarm"
    return "warn" if ticket.told or ticket.priority == "urgent" else "plain"


def due_now(ticket: Ticket) -> datetime:
    """Give the due time that matters now: the first response until there was one."""
    return ticket.first_response_due if ticket.first_response_at is None else ticket.resolution_due


def _fields(
    ctx: Context, ticket: Ticket, t: Phrases, customer: Customer | None, contact: Contact | None, owner: Person | None
) -> tuple[Field, ...]:
    zone = ctx.policy.company.zone.key
    who = t("ticket-customer", name=customer.name, tier=tier_label(t, customer)) if customer else t("ticket-stranger")
    reached = t("ticket-contact", name=name_of(t, contact), channel=channel_name(t, ticket.channel))
    rows = [
        ("ticket-field-customer", who),
        ("ticket-field-contact", reached),
        ("ticket-field-status", t(f"ticket-status-{ticket.status}")),
        ("ticket-field-priority", t(f"priority-{ticket.priority}")),
        ("ticket-field-owner", owner.name if owner else t("ticket-nobody")),
    ]
    if claims := claims_said(ctx, t, contact):
        rows.append(("ticket-field-claims", claims))
    if ticket.first_response_at is None:
        rows.append(("ticket-field-first-response", t.exact(ticket.first_response_due, zone)))
    if ticket.is_open and not is_under_way(ticket):
        rows.append((f"ticket-field-goal-{dashed(ticket.goal)}", t.exact(ticket.resolution_due, zone)))
    if ticket.rating is not None:
        rows.append(("ticket-field-rating", t("ticket-stars", score=ticket.rating)))
    return tuple(Field(label=t(key), value=value) for key, value in rows)


def tier_label(t: Phrases, customer: Customer | None) -> str:
    return t("policy-tier", tier=(customer and customer.tier) or "none")


def _promise_lines(ctx: Context, ticket: Ticket, t: Phrases, promised: Promised) -> tuple[str, ...]:
    if ticket.status in ("resolved", *OVER):
        return ()
    if not is_running(ticket):
        return (t("ticket-clock-paused"),)
    why = promised.why(ticket)
    steps = [t(key, **values) for key, values in why]
    if promised.calendar.zone != ctx.policy.company.zone and any(key in ON_THE_CLOCK for key, _ in why):
        steps.append(t("ticket-why-zone", zone=promised.calendar.zone.key))
    return (t("ticket-why", steps=t("list-separator").strip("|").join(steps)),)


def _told_lines(ctx: Context, ticket: Ticket, t: Phrases, promised: Promised) -> tuple[str, ...]:
    """Say who heard which warning when, and who hears next."""
    if not is_running(ticket):
        return ()
    zone = ctx.policy.company.zone.key
    heard = [
        t(
            "ticket-told",
            percent=entry["percent"],
            who=entry["who"],
            at=t.exact(datetime.fromisoformat(entry["at"]), zone),
        )
        for entry in ticket.told
        if entry.get("who")
    ]
    coming = promised.warnings(ctx.policy, ticket)
    if coming:
        heard.append(_next_line(t, coming[0], zone, owned=ticket.owner_id is not None))
    return tuple(heard)


def _next_line(t: Phrases, warning: Alert, zone: str, *, owned: bool) -> str:
    audience = warning.audience if owned or warning.audience == "manager" else "team"
    return t("ticket-next", who=t(f"audience-{dashed(audience)}"), at=t.exact(warning.at, zone))


def _wechat_deed(ctx: Context, ticket: Ticket, contact: Contact | None) -> str:
    """Name what can be done about a chat in WeChat: go on with it in person, or give it back; nothing elsewhere."""
    place = is_in_wechat(ctx, contact) if ticket.status in ("taken", "waiting") else None
    if place is None:
        return ""
    return "wechat back" if session_in(ctx, place) else "wechat"


def _buttons(ticket: Ticket, t: Phrases, wechat: str = "") -> tuple[Button, ...]:
    """Give the deeds that make sense in this state, at most six: more a WeCom card does not bear.

    One more about a chat in WeChat takes the place of marking as urgent what somebody works on already.
    """
    names: tuple[str, ...] = {
        "new": ("take", "reply", "assign", "resolve", "urgent", "dismiss"),
        "taken": ("reply", "wait", "resolve", "assign", "mode", "urgent"),
        "waiting": ("reply", "resolve", "assign", "mode", "urgent"),
        "resolved": ("reopen", "close"),
        "closed": ("reopen",),
        "dismissed": ("reopen",),
    }[ticket.status]
    if wechat:
        names = (*(name for name in names if name != "urgent"), wechat)
    wanted = [name for name in names if name != "urgent" or ticket.priority != "urgent"]
    return tuple(_button(name, ticket, t, first=index == 0) for index, name in enumerate(wanted))


def _button(name: str, ticket: Ticket, t: Phrases, *, first: bool) -> Button:
    from handlers.arguments import form
    from handlers.ticket_words import FORMS

    if name == "mode":
        return mode_button(ticket, t)
    fixed = {"number": ticket.number}
    asks = FORMS.get(name)
    shown = form(asks, f"ticket {name}", t, {}, fixed) if asks else None
    style: Any = "primary" if first else "plain"
    return Button(label=t(f"button-{dashed(name)}"), command=f"ticket {name}", args=fixed, style=style, form=shown)


def mode_button(ticket: Ticket, t: Phrases) -> Button:
    """Offer the other way in which a thread can be read."""
    mode = "internal" if ticket.mode else "reply"
    return Button(label=t(f"button-mode-{mode}"), command="ticket mode", args={"number": ticket.number, "mode": mode})


def contact_of(ctx: Context, ticket: Ticket, via: str | None = None) -> tuple[Contact, Place] | None:
    """Find whom and where a ticket's answers go: `via` a channel, else where its customer wrote last.

    None if nobody can be reached.
    """
    contact = ctx.store.contacts.get(ticket.contact_id)
    place = ctx.contact_place(contact, via or ctx.store.contacts.last_channel(contact.id)) if contact else None
    return (contact, place) if contact and place else None
