"""Conversations: a customer's words are heard, kept, read, and answered or turned into work; nobody is left unheard."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from handlers import thread_cards
from handlers.attachments import came_with, kept, labels
from handlers.cards import Button, Card, Quote, Row
from handlers.context import Context
from handlers.joining import BY_WEIGHT, asks_for_nothing, kind_of, outweighs, ticket_for
from handlers.late_words import written_at
from handlers.routing import CUSTOMER, Router
from handlers.ticket_cards import slot_of
from handlers.wordings import came_after_its_correction, revision_of
from prompts.phrases import Phrases, phrases
from prompts.reader.reading import Intent, Reading, Sense
from storage.columns import new_id
from storage.contacts import Contact
from storage.customers import Customer
from storage.entries import Entry
from storage.identities import identity_of
from storage.messages import Kind
from storage.tickets import Ticket

router = Router("conversations")

NEW_WISHES = frozenset(intent for intent, _ in BY_WEIGHT) | {Intent.FAULT, Intent.OPT_OUT}
COMMENTED = timedelta(minutes=10)
"""So long after a rating words are its comment, unless they ask for something."""
LOW = 2
"""After a rating so low a complaint is the reason for it; people hear of it already."""
QUIET = timedelta(minutes=10)
"""A customer who keeps writing is not told again and again that we heard."""
WISH_FOR_A_PERSON = Sense(Intent.ASKS_PERSON, 1.0)


@router.on("customer words")
def hear(ctx: Context, facts: dict[str, Any]) -> None:
    """Hear a customer or a stranger: keep the words, read them, act on what is sure, ask a person about the rest."""
    words, files = str(facts["text"]), came_with(facts)
    message = thread_cards.mark_of(ctx.event)
    if came_after_its_correction(ctx, message, words):
        return
    contact = ctx.contact or _welcome(ctx)
    ctx.contact = contact
    open_tickets = ctx.store.tickets.open_of(contact.id)
    reading = ctx.around.reader.read(words, open_ticket=bool(open_tickets))
    # Of a picture or a voice only a person can tell what it says.
    unread = bool(facts.get("unread")) or bool(files and not words.strip())
    contact = ctx.contact = contact if unread else _language(ctx, contact, reading)
    ticket = ticket_for(ctx, open_tickets, words, reading) or _just_rated(ctx, contact, reading)
    quiet = _spoken_lately(ctx, contact)
    slot = _keep(ctx, contact, words, ticket, message=message, files=kept(files), written_at=written_at(ctx, facts))
    words = words.strip() or labels(ctx.team_phrases(None), files)
    ctx.note("customer wrote", contact=contact.id)
    if facts.get("own_phone"):
        ctx.note("phone shared", contact=contact, phone=facts["own_phone"])
    if Intent.OPT_OUT in reading.sure:
        ctx.note("opt out wanted", contact=contact, method="words")
    if ticket is not None:
        _add(ctx, contact, ticket, words, reading, quiet=quiet, slot=slot)
    else:
        _answer(ctx, contact, words, reading, quiet=quiet, unread=unread)


@router.on("chat started")
def greet(ctx: Context, _: object) -> None:
    """Greet whoever opens a chat with us before a word is said."""
    if ctx.staff is not None:
        ctx.reply(ctx.t("telegram-hello-staff", name=ctx.me.name))
        ctx.note("language learned", language=ctx.me.language)
        return
    if ctx.contact is None:
        ctx.contact = _welcome(ctx)
    else:
        ctx.note("chat met", language=ctx.contact.language)
    ctx.reply(_offer(ctx, ctx.contact))


def _welcome(ctx: Context) -> Contact:
    """Meet a stranger: heard like anyone, bound to a customer only by a proof."""
    language = str(ctx.event.body.get("language") or ctx.policy.company.language)
    contact = Contact(id=new_id(), language=language, zone=ctx.event.body.get("zone"), met_at=ctx.now)
    ctx.store.contacts.add(contact, ctx.now)
    ctx.store.contacts.bind(contact.id, ctx.event.channel, ctx.event.sender)
    ctx.note("chat met", language=language)
    return contact


def _language(ctx: Context, contact: Contact, reading: Reading) -> Contact:
    """Answer in the language that a stranger writes; a known contact's is on record."""
    if contact.customer_id is not None or reading.language == contact.language or reading.is_acknowledgement:
        return contact
    ctx.store.contacts.change(contact.id, language=reading.language)
    ctx.note("language learned", language=reading.language)
    return replace(contact, language=reading.language)


def _just_rated(ctx: Context, contact: Contact, reading: Reading) -> Ticket | None:
    """Find the ticket whose rating these words explain: said right after it, and asking for nothing new."""
    if NEW_WISHES & set(reading.sure):
        return None
    newest = next(iter(ctx.store.tickets.newest_of(contact.id, 1)), None)
    if newest is None or newest.rating is None or newest.closed_at is None or ctx.now - newest.closed_at > COMMENTED:
        return None
    return newest if newest.rating <= LOW or Intent.COMPLAINT not in reading.sure else None


def _spoken_lately(ctx: Context, contact: Contact) -> bool:
    last = ctx.store.entries.last_heard(contact.id)
    return last is not None and ctx.now - last < QUIET


def _keep(ctx: Context, contact: Contact, words: str, ticket: Ticket | None, **more: Any) -> str:
    """Keep words on the timeline; give the card on which colleagues read them."""
    slot = thread_cards.slot_for(ctx, ticket, contact) if ticket else ""
    entry = Entry(
        key=_source(ctx),
        flow="in",
        author=contact.id,
        channel=ctx.event.channel,
        words=words,
        at=ctx.now,
        contact_id=contact.id,
        customer_id=contact.customer_id,
        ticket=ticket.number if ticket else None,
        slot=slot or None,
        identity=identity_of(ctx.event.channel, ctx.event.sender),
        sequence=ctx.event.body.get("sequence"),
        revision=revision_of(ctx),
        **more,
    )
    ctx.store.entries.add(entry)
    return slot


def _source(ctx: Context) -> str:
    return f"{ctx.event.channel}:{ctx.event.external_id}"


def _add(
    ctx: Context, contact: Contact, ticket: Ticket, words: str, reading: Reading, *, quiet: bool, slot: str
) -> None:
    """Add words to a ticket that is open; on a solved one all that leaves something to do opens it again."""
    nothing = asks_for_nothing(reading)
    telling = {"urgency": reading.urgency, "told": not (quiet or nothing), "slot": slot}
    ctx.note("customer added", ticket=ticket, contact=contact, words=words, **telling)
    _feedback(ctx, contact, words, reading, ticket.number)
    heavier = outweighs(reading, ticket)
    if heavier:
        ctx.note("ticket outweighed", number=ticket.number, contact=contact, type=heavier)
    if ticket.status == "resolved" and not nothing:
        ctx.note("ticket unsolved", ticket=ticket, words=words)
        ctx.reply(ctx.t("customer-reopened" if _is_unhappy(reading) else "customer-asked-again", number=ticket.number))
    elif ticket.status == "closed":
        ctx.reply(ctx.t("customer-commented", number=ticket.number))
    elif not quiet and not reading.is_acknowledgement and not heavier:
        ctx.reply(ctx.t("customer-added", number=ticket.number))


def _is_unhappy(reading: Reading) -> bool:
    return bool({Intent.COMPLAINT, Intent.FAULT} & set(reading.sure))


def _answer(ctx: Context, contact: Contact, words: str, reading: Reading, *, quiet: bool, unread: bool) -> None:
    """Answer words that belong to no open ticket: a wish opens one, an unclear wish too, thanks do not."""
    sure = reading.sure
    kind = kind_of(reading)
    if kind is not None:
        _want_ticket(ctx, contact, words, reading, kind)
    elif unread:
        _want_ticket(ctx, contact, words, reading, "other")
    elif reading.is_acknowledgement or sure == (Intent.NONE,):
        if not quiet:
            ctx.reply(_offer(ctx, contact))
    elif Intent.OPT_OUT in sure:
        return
    elif {Intent.PRAISE, Intent.SUGGESTION} & set(sure):
        _feedback(ctx, contact, words, reading, None)
        if Intent.PRAISE in sure:
            _pass_on(ctx, contact, words)
        ctx.reply(ctx.t("customer-suggestion-thanks" if Intent.SUGGESTION in sure else "customer-praise-thanks"))
    else:
        _want_ticket(ctx, contact, words, reading, "other", unsure=True)


def _pass_on(ctx: Context, contact: Contact, words: str) -> None:
    """Let praise reach a person: the customer's own, else the team that hears what customers think."""
    customer = ctx.store.customers.get(contact.customer_id)
    owner = ctx.store.staff.stand_in(ctx.store.staff.get(customer.owner_id), ctx.now) if customer else None
    key, slot = _source(ctx), f"heard:{ctx.event.id}"
    ctx.store.entries.change(key, slot=slot)
    if owner is None or not ctx.tell(
        owner, _praise(phrases(owner.language), contact, customer, words, key), Kind.CARD, slot=slot
    ):
        team = ctx.policy.routes.team_for("feedback")
        name = team.name if team else None
        card = _praise(ctx.team_phrases(name), contact, customer, words, key)
        ctx.say(ctx.team_place(name), card, Kind.CARD, slot=slot)


def _praise(t: Phrases, contact: Contact, customer: Customer | None, words: str, key: str) -> Card:
    name = customer.name if customer else t("contact-unknown")
    quote = Quote(who=contact.name or t("contact-unknown"), words=words)
    make = Button(label=t("button-heard"), command="ticket heard", args={"key": key})
    return Card(text=t("praise-for-you", customer=name), quote=quote, tone="good", buttons=(make,))


def _want_ticket(
    ctx: Context, contact: Contact, words: str, reading: Reading, kind: str, *, unsure: bool = False
) -> None:
    def opened(ticket: Ticket) -> None:
        ctx.store.entries.belongs(_source(ctx), ticket.number, slot_of(ticket.number))
        _feedback(ctx, contact, words, reading, ticket.number)

    facts = {"contact": contact, "type": kind, "words": words, "urgency": reading.urgency}
    ctx.note("ticket wanted", **facts, unsure=unsure, opened=opened)


def _feedback(ctx: Context, contact: Contact, words: str, reading: Reading, ticket: str | None) -> None:
    ctx.note("feedback heard", contact=contact, words=words, reading=reading, ticket=ticket, source=_source(ctx))


def _offer(ctx: Context, contact: Contact) -> Card:
    """Greet, and say what can be done here."""
    t = phrases(contact.language)
    names = ("human", "status")
    return Card(
        text=t("customer-greeting", company=ctx.policy.company.name),
        buttons=tuple(Button(label=t(f"customer-{name}"), command=name) for name in names),
    )


@router.command("human", who=CUSTOMER)
def ask_for_person(ctx: Context, _: object) -> None:
    """Let a customer ask for a person: a ticket like any other, with a name and a time; an open one is named again."""
    contact = ctx.contact = ctx.contact or _welcome(ctx)
    words = ctx.t("customer-human")
    read = ctx.around.reader.read(words)
    reading = replace(read, intents=(WISH_FOR_A_PERSON,), confidence=1.0, is_acknowledgement=False)
    ticket = ticket_for(ctx, ctx.store.tickets.open_of(contact.id), "", reading)
    quiet = _spoken_lately(ctx, contact)
    slot = _keep(ctx, contact, words, ticket)
    ctx.note("customer wrote", contact=contact.id)
    if ticket is None:
        _want_ticket(ctx, contact, words, reading, "other")
    elif ticket.status == "resolved":
        _add(ctx, contact, ticket, words, reading, quiet=quiet, slot=slot)
    else:
        facts = {"contact": contact, "words": words, "urgency": "normal", "told": not quiet, "slot": slot}
        ctx.note("customer added", ticket=ticket, **facts)
        owner = ctx.store.staff.stand_in(ctx.store.staff.get(ticket.owner_id), ctx.now)
        who = ctx.t("customer-owner", name=owner.name) if owner else ctx.t("customer-team")
        ctx.reply(ctx.t("customer-human-again", number=ticket.number, who=who))


@router.command("status", who=CUSTOMER)
def tell_status(ctx: Context, _: object) -> None:
    """Tell a customer where their requests stand."""
    found = ctx.store.tickets.newest_of(ctx.contact.id) if ctx.contact else []
    if not found:
        ctx.reply(ctx.t("customer-status-none"))
        return
    customer = ctx.store.customers.get(found[0].customer_id)
    zone = ctx.zone_of(ctx.contact, customer)
    ctx.reply(
        Card(title=ctx.t("customer-status-title"), rows=tuple(_status_row(ctx, ticket, zone) for ticket in found))
    )


def _status_row(ctx: Context, ticket: Ticket, zone: str) -> Row:
    """Say where a request stands; one that we think is solved can be contradicted on the spot."""
    answered = ticket.first_response_at is not None
    due = ticket.resolution_due if answered else ticket.first_response_due
    coming = "nothing" if ticket.status not in ("new", "taken") else "solution" if answered else "answer"
    text = ctx.t(
        "customer-status-row",
        number=ticket.number,
        status=ctx.t(f"customer-status-{ticket.status}"),
        coming=coming,
        by=ctx.t.moment(due, zone, ctx.now),
    )
    unsolved = Button(label=ctx.t("customer-not-solved"), command="ticket unsolved", args={"number": ticket.number})
    return Row(text=text, buttons=(unsolved,) if ticket.status == "resolved" else ())
