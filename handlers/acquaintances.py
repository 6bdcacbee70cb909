"""Acquaintances: people who come to us through WeChat: they open a chat, are taken over by a colleague, are given back."""

from __future__ import annotations

from typing import Any, Final

from handlers.attachments import came_with, kept
from handlers.cards import Button, Card
from handlers.context import Context, Refused
from handlers.routing import Router
from handlers.ticket_cards import name_of, say_in_thread
from handlers.ticket_finding import workable
from handlers.ticket_words import OneTicket
from prompts.phrases import phrases
from prompts.reader.reading import Intent
from storage.columns import new_id
from storage.contacts import Contact
from storage.entries import Entry
from storage.messages import Kind
from storage.posts import Post

router = Router("acquaintances")

LANGUAGE: Final = "zh-CN"
"""The app in which all of them are."""
DEEDS: Final = ("human", "status")
HERE: Final = "wecom-kf"
COLLEAGUES: Final = "wecom"
"""Where the people who serve customers in WeChat are known."""
REFUSED: Final = "10"
"""`fail_type` of WeCom: the customer takes no messages."""


def welcome_card(desk: str) -> Card:
    """Greet whoever opens the chat of a service desk; said by the channel itself, because it has seconds to do so."""
    t = phrases(LANGUAGE)
    return Card(
        text=t("kf-welcome", desk=desk) if desk else t("kf-welcome-nameless"),
        buttons=tuple(Button(label=t(f"customer-{deed}"), command=deed) for deed in DEEDS),
    )


@router.on("chat entered")
def notice(ctx: Context, facts: dict[str, Any]) -> None:
    """Remember the welcome that a customer was given, so that its buttons can be pressed; entering alone asks nothing."""
    if facts.get("welcomed") != "said":
        return
    slot = f"welcome:{facts['as']}"
    card = welcome_card(str(facts["desk"])).kept()
    ctx.store.posts.put(
        [Post(ctx.event.channel, ctx.event.address, slot, card, ctx.now, ctx.now, provider_id=facts["as"])]
    )


@router.on("words overheard")
def listen(ctx: Context, facts: dict[str, Any]) -> None:
    """Keep what is said while a colleague has the session in WeChat: on the timeline and the ticket, never answered."""
    contact = ctx.contact = ctx.contact or _meet(ctx)
    words = str(facts["text"])
    ticket = next(iter(ctx.store.tickets.open_of(contact.id)), None)
    servicer = facts.get("servicer")
    author = contact.id if servicer is None else _servicer(ctx, str(servicer)) or contact.id
    ctx.store.entries.add(
        Entry(
            key=f"{ctx.event.channel}:{ctx.event.external_id}",
            flow="in" if servicer is None else "out",
            author=author,
            channel=ctx.event.channel,
            words=words,
            at=ctx.now,
            contact_id=contact.id,
            customer_id=contact.customer_id,
            ticket=ticket.number if ticket else None,
            files=kept(came_with(facts)),
        )
    )
    if servicer is None:
        ctx.note("customer wrote", contact=contact.id)
        if Intent.OPT_OUT in ctx.around.reader.read(words, open_ticket=ticket is not None).sure:
            ctx.note("opt out wanted", contact=contact, method="words")


@router.on("human session")
def hand_over(ctx: Context, facts: dict[str, Any]) -> None:
    """Tell where the bot fell silent because a colleague talks to a customer in WeChat, and where it speaks again."""
    contact = ctx.contact
    if contact is None:
        return
    key = "kf-session-began" if facts["began"] else "kf-session-ended"
    tickets = ctx.store.tickets.open_of(contact.id)
    for ticket in tickets:
        t = ctx.team_phrases(ticket.team)
        say_in_thread(ctx, ticket, Card(text=_said(ctx, t, key, contact, facts), tone="plain"), Kind.CARD)
    if not tickets:
        _tell_owner(ctx, contact, key, facts)


@router.command("ticket wechat", OneTicket)
def take_over(ctx: Context, args: OneTicket) -> None:
    """Go on with a customer in person, in WeChat's customer service app: they are told first, then the session is mine."""
    ticket = workable(ctx, args.number)
    userid = ctx.store.staff.addresses(ctx.me.id).get(COLLEAGUES)
    contact = ctx.store.contacts.get(ticket.contact_id)
    place = ctx.contact_place(contact, HERE) if contact else None
    if contact is None or place is None or place.channel != HERE:
        raise Refused("kf-not-in-wechat", number=ticket.number)
    if userid is None:
        raise Refused("kf-no-userid")
    ctx.say(place, Card(text=phrases(contact.language)("kf-handing-over", who=ctx.me.name)))
    ctx.say(place, Card(hands_to=userid), key=f"wechat:{ctx.event.id}:{ctx.me.id}:{ticket.number}", receipt=True)
    ctx.reply(ctx.t("kf-taking-over", name=name_of(ctx.t, contact)))


@router.on("news of wechat")
def report(ctx: Context, facts: dict[str, Any]) -> None:
    """Tell who wanted a session that they did not get it; that they did, the thread says."""
    _, _, person, number = str(facts["key"]).split(":")
    colleague = ctx.store.staff.get(person)
    if facts["state"] != "sent" and colleague is not None:
        text = phrases(colleague.language)("kf-not-handed-over", number=number, why=str(facts["error"] or "?"))
        ctx.tell(colleague, Card(text=text, tone="alarm"), Kind.ESCALATION)


@router.on("message failed")
def bounce(ctx: Context, facts: dict[str, Any]) -> None:
    """Take back that something was said: WeChat took it and could not deliver it."""
    channel, address = ctx.event.channel, ctx.event.address
    post = ctx.store.posts.by_provider(channel, address, str(facts["message"]))
    why = ("gone: " if facts["why"] == REFUSED else "") + f"fail_type {facts['why']}"
    ctx.note(
        "delivery news",
        key=post.slot if post else "kf:unknown",
        state="failed",
        error=why,
        channel=channel,
        address=address,
        receipt=True,
    )


def _meet(ctx: Context) -> Contact:
    contact = Contact(id=new_id(), language=LANGUAGE, met_at=ctx.now)
    ctx.store.contacts.add(contact, ctx.now)
    ctx.store.contacts.bind(contact.id, ctx.event.channel, ctx.event.sender)
    return contact


def _servicer(ctx: Context, userid: str) -> str | None:
    person = ctx.store.staff.at(COLLEAGUES, userid) if userid else None
    return person.id if person else None


def _said(ctx: Context, t: Any, key: str, contact: Contact, facts: dict[str, Any]) -> str:
    person = ctx.store.staff.at(COLLEAGUES, str(facts["servicer"])) if facts["servicer"] else None
    return str(t(key, name=name_of(t, contact), who=person.name if person else t("kf-somebody")))


def _tell_owner(ctx: Context, contact: Contact, key: str, facts: dict[str, Any]) -> None:
    customer = ctx.store.customers.get(contact.customer_id)
    owner = ctx.store.staff.stand_in(ctx.store.staff.get(customer.owner_id), ctx.now) if customer else None
    if owner is not None:
        ctx.tell(owner, Card(text=_said(ctx, phrases(owner.language), key, contact, facts)), Kind.REMINDER)
