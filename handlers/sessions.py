"""Sessions: a colleague goes on with a customer in person, in WeChat's own app, and gives the chat back to the bot."""

from __future__ import annotations

from typing import Any

from handlers.answer_windows import SERVED_FROM, Session, is_in_wechat, session_in
from handlers.attachments import came_with, kept
from handlers.cards import Card
from handlers.context import Context, Place, Refused
from handlers.routing import Router
from handlers.thread_cards import mark_of
from handlers.ticket_cards import name_of, say_in_thread, show
from handlers.ticket_finding import workable
from handlers.ticket_words import OneTicket
from handlers.wordings import came_after_its_correction
from prompts.phrases import phrases
from prompts.reader.reading import Intent
from storage.columns import new_id
from storage.contacts import Contact
from storage.entries import Entry
from storage.messages import Kind
from storage.tickets import Ticket
from storage.windows import TAKEN

router = Router("sessions")


@router.on("words overheard")
def listen(ctx: Context, facts: dict[str, Any]) -> None:
    """Keep what is said while a colleague has the session in WeChat: on the timeline and the ticket, never answered."""
    contact = ctx.contact = ctx.contact or _meet(ctx)
    words, message = str(facts["text"]), mark_of(ctx.event)
    if came_after_its_correction(ctx, message, words):
        return
    ticket = next(iter(ctx.store.tickets.open_of(contact.id)), None)
    ctx.store.entries.add(_overheard(ctx, facts, contact, ticket))
    if facts.get("servicer") is None:
        ctx.note("customer wrote", contact=contact.id)
        if Intent.OPT_OUT in ctx.around.reader.read(words, open_ticket=ticket is not None).sure:
            ctx.note("opt out wanted", contact=contact, method="words")


def _overheard(ctx: Context, facts: dict[str, Any], contact: Contact, ticket: Ticket | None) -> Entry:
    """Make the entry of what the customer, or the colleague who serves them, said."""
    servicer = facts.get("servicer")
    return Entry(
        key=f"{ctx.event.channel}:{ctx.event.external_id}",
        flow="in" if servicer is None else "out",
        author=contact.id if servicer is None else _servicer(ctx, str(servicer)) or contact.id,
        channel=ctx.event.channel,
        words=str(facts["text"]),
        at=ctx.now,
        contact_id=contact.id,
        customer_id=contact.customer_id,
        ticket=ticket.number if ticket else None,
        files=kept(came_with(facts)),
        message=mark_of(ctx.event),
        sequence=facts.get("sequence"),
    )


@router.on("human session")
def hand_over(ctx: Context, facts: dict[str, Any]) -> None:
    """Tell where the bot fell silent because a colleague talks to a customer in WeChat, and where it speaks again."""
    place, servicer = Place(ctx.event.channel, ctx.event.address), str(facts["servicer"])
    before = session_in(ctx, place)
    if facts["began"]:
        Session(servicer).keep(ctx, place)
    else:
        Session.over(ctx, place)
        ctx.store.outbox.let_go(*_chat(place), (TAKEN,), ctx.now)
    contact = ctx.contact
    if contact is None:
        return
    key = "kf-session-began" if facts["began"] else "kf-session-ended"
    facts = facts | {"servicer": servicer or (before.servicer if before else "")}
    tickets = ctx.store.tickets.open_of(contact.id)
    for ticket in tickets:
        t = ctx.team_phrases(ticket.team)
        say_in_thread(ctx, ticket, Card(text=_said(ctx, t, key, contact, facts), tone="plain"), Kind.CARD)
        show(ctx, ticket)
    if not tickets:
        _tell_owner(ctx, contact, key, facts)


def _chat(place: Place) -> tuple[str, str]:
    return place.channel, place.address


@router.command("ticket wechat", OneTicket)
def take_over(ctx: Context, args: OneTicket) -> None:
    """Go on with a customer in person, in WeChat's customer service app: they are told first, then the session is mine."""
    contact, place = _in_wechat(ctx, workable(ctx, args.number))
    userid = ctx.store.staff.addresses(ctx.me.id).get(SERVED_FROM[place.channel])
    if userid is None:
        raise Refused("kf-no-userid")
    text = phrases(contact.language)("kf-handing-over", who=ctx.me.name)
    _do(ctx, place, Card(text=text, hands_to=userid), "wechat", args.number)
    ctx.reply(ctx.t("kf-taking-over", name=name_of(ctx.t, contact)))


@router.command("ticket wechat back", OneTicket)
def give_back(ctx: Context, args: OneTicket) -> None:
    """End a colleague's session with a customer in WeChat: the bot answers what is written next, and what waited leaves."""
    contact, place = _in_wechat(ctx, workable(ctx, args.number))
    if session_in(ctx, place) is None:
        raise Refused("kf-nobody-has-it", number=args.number, name=name_of(ctx.t, contact))
    text = phrases(contact.language)("kf-giving-back")
    _do(ctx, place, Card(text=text, hands_back=True), "back", args.number)
    ctx.reply(ctx.t("kf-being-given-back", name=name_of(ctx.t, contact)))


def _in_wechat(ctx: Context, ticket: Ticket) -> tuple[Contact, Place]:
    """Find who asked and where in WeChat they are.

    Raises:
        Refused: they are not.
    """
    contact = ctx.store.contacts.get(ticket.contact_id)
    place = is_in_wechat(ctx, contact)
    if contact is None or place is None:
        raise Refused("kf-not-in-wechat", number=ticket.number)
    return contact, place


def _do(ctx: Context, place: Place, card: Card, deed: str, number: str) -> None:
    ctx.say(place, card, key=f"{deed}:{ctx.event.id}:{ctx.me.id}:{number}", receipt=True)


@router.on("news of wechat")
def report(ctx: Context, facts: dict[str, Any]) -> None:
    """Tell who wanted a session that they did not get it; that they did, the thread says."""
    _tell_failure(ctx, facts, "kf-not-handed-over")


@router.on("news of back")
def report_back(ctx: Context, facts: dict[str, Any]) -> None:
    """Tell who wanted to end a session that it goes on; that it ended, the thread says."""
    _tell_failure(ctx, facts, "kf-not-given-back")


def _tell_failure(ctx: Context, facts: dict[str, Any], key: str) -> None:
    _, _, person, number = str(facts["key"]).split(":")
    colleague = ctx.store.staff.get(person)
    if facts["state"] != "sent" and colleague is not None:
        text = phrases(colleague.language)(key, number=number, why=str(facts["error"] or "?"))
        ctx.tell(colleague, Card(text=text, tone="alarm"), Kind.ESCALATION)


def _meet(ctx: Context) -> Contact:
    contact = Contact(id=new_id(), language=ctx.policy.company.language, met_at=ctx.now)
    ctx.store.contacts.add(contact, ctx.now)
    ctx.store.contacts.bind(contact.id, ctx.event.channel, ctx.event.sender)
    return contact


def _servicer(ctx: Context, userid: str) -> str | None:
    person = ctx.store.staff.at(SERVED_FROM[ctx.event.channel], userid) if userid else None
    return person.id if person else None


def _said(ctx: Context, t: Any, key: str, contact: Contact, facts: dict[str, Any]) -> str:
    """Say who has the session now, and whether the customer heard so if it was us who gave it."""
    servicer = _servicer(ctx, str(facts["servicer"]))
    person = ctx.store.staff.get(servicer)
    said = str(t(key, name=name_of(t, contact), who=person.name if person else t("kf-somebody")))
    return said if facts.get("told", True) else f"{said}{t('kf-session-untold')}"


def _tell_owner(ctx: Context, contact: Contact, key: str, facts: dict[str, Any]) -> None:
    customer = ctx.store.customers.get(contact.customer_id)
    owner = ctx.store.staff.stand_in(ctx.store.staff.get(customer.owner_id), ctx.now) if customer else None
    if owner is not None:
        ctx.tell(owner, Card(text=_said(ctx, phrases(owner.language), key, contact, facts)), Kind.REMINDER)
