"""Connecting: whose chat it is, proven by a one-time code from a colleague or from another chat of the same person."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import StringConstraints

from handlers.arguments import Args, Whom
from handlers.cards import Button, Card, Field
from handlers.context import Context, Place, Refused
from handlers.finding import customer_ahead
from handlers.routing import CUSTOMER, Router
from handlers.strangers import adopt
from prompts.phrases import phrases
from storage.columns import new_id
from storage.contacts import Contact
from storage.customers import Customer
from storage.invitations import INVITATION_LASTS, OWN_CODE_LASTS
from storage.staff import Person

router = Router("connecting")


class Named(Args):
    customer: Whom


class Code(Args):
    code: Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^\S+$", max_length=200)] | None = None


@router.command("customer invite", Named)
def invite(ctx: Context, args: Named) -> None:
    """Make a one-time code that a rep hands over; whoever writes it in a chat is that contact."""
    customer, name = customer_ahead(ctx, args.customer)
    contact = _contact_named(ctx, customer, name)
    code = ctx.store.invitations.make(contact.id, ctx.me.id, ctx.now)
    ctx.store.audit.note(ctx.me.id, "invited", contact.id, ctx.now, customer.id)
    who, days = contact.name or customer.name, INVITATION_LASTS.days
    ctx.reply(Card(text=ctx.t("customer-invited", who=who, days=days), fields=_ways(ctx, code)))


def _ways(ctx: Context, code: str) -> tuple[Field, ...]:
    """Say how a code is written, and the link that writes it where a platform has such links."""
    fields = [Field(label="/start", value=code)]
    if bot := ctx.store.settings.get("telegram name"):
        fields.append(Field(label=ctx.t("customer-invited-link"), value=f"https://t.me/{bot}?start={code}"))
    return tuple(fields)


def _contact_named(ctx: Context, customer: Customer, name: str) -> Contact:
    """Find the contact of this name, or write them down: imported customers have nobody yet."""
    contacts = ctx.store.contacts.of(customer.id)
    known = [one for one in contacts if not name or (one.name or "").casefold() == name.casefold()]
    if known:
        return known[0]
    if not name:
        raise Refused("customer-no-contact", name=customer.name)
    contact = Contact(id=new_id(), customer_id=customer.id, name=name, language=customer.language)
    ctx.store.contacts.add(contact, ctx.now)
    return contact


@router.command("connect", who=CUSTOMER)
def connect(ctx: Context, _: object) -> None:
    """Give a customer a code for another chat of theirs: written there, both are one conversation."""
    contact = ctx.contact = ctx.contact or _new_here(ctx, ctx.language)
    code = ctx.store.invitations.make_own(contact.id, ctx.now)
    minutes = OWN_CODE_LASTS.seconds // 60
    ctx.reply(Card(text=ctx.t("connect-code", minutes=minutes), fields=_ways(ctx, code)))


@router.command("start", Code, who=CUSTOMER)
def bind(ctx: Context, args: Code) -> None:
    """Bind a chat to the contact whom a one-time code proves; nothing that anyone claims ever binds."""
    if args.code is None:
        ctx.note("chat started")
        return
    proved = ctx.store.invitations.proved(args.code)
    if proved is not None:
        _used_before(ctx, *proved)
        return
    invited = ctx.store.invitations.invited(args.code, ctx.now)
    maker = ctx.store.contacts.get(invited[0]) if invited else None
    if invited and maker and ctx.contact and ctx.contact.customer_id and ctx.contact.id != maker.id:
        if invited[1] is None and maker.customer_id is None:
            _ask(ctx, args.code)
        else:
            _meant_for_another(ctx, maker, invited[1])
        return
    if invited and invited[1] is None and ctx.contact and maker and ctx.contact.id == maker.id:
        ctx.reply(ctx.t("connect-elsewhere"))
        return
    known = ctx.store.contacts.get(ctx.store.invitations.redeem(args.code, ctx.now))
    if known is None:
        raise Refused("code-unknown")
    _connect(ctx, known)
    if invited and invited[1] is None:
        _tell_maker(ctx, known)
    _welcome(ctx, known)


def _ask(ctx: Context, code: str) -> None:
    """Ask somebody we know before a chat that we do not know reads along: the code may be somebody else's trick."""
    yes = Button(label=ctx.t("connect-yes"), command="connect yes", args={"code": code})
    ctx.reply(Card(text=ctx.t("connect-ask"), tone="warn", buttons=(yes,), footer=ctx.t("connect-else")))


@router.command("connect yes", Code, who=CUSTOMER, hidden=True)
def confirm(ctx: Context, args: Code) -> None:
    """Let a chat that we do not know yet be one with this one: whoever speaks here asked for it there."""
    code = args.code or ""
    invited = ctx.store.invitations.invited(code, ctx.now)
    stranger = ctx.store.contacts.get(invited[0]) if invited and invited[1] is None else None
    if stranger is None or ctx.contact is None or stranger.id == ctx.contact.id or stranger.customer_id is not None:
        raise Refused("code-unknown")
    ctx.store.invitations.redeem(code, ctx.now)
    there = ctx.contact_place(stranger)
    adopt(ctx, stranger, ctx.contact, "code")
    if there:
        ctx.say(there, Card(text=ctx.t("customer-bound", name=ctx.contact.name or "")))
    _tell_owner(ctx, ctx.contact, there.channel if there else ctx.event.channel)
    ctx.reply(ctx.t("connect-done"))


def _new_here(ctx: Context, language: str) -> Contact:
    """Meet whoever writes here."""
    contact = Contact(id=new_id(), language=language, met_at=ctx.now)
    ctx.store.contacts.add(contact, ctx.now)
    ctx.store.contacts.bind(contact.id, ctx.event.channel, ctx.event.sender)
    return contact


def _connect(ctx: Context, known: Contact) -> None:
    """Make this chat the one where a contact is reached; an account they had before hears that it no longer is."""
    here, contacts = (ctx.event.channel, ctx.event.sender), ctx.store.contacts
    side = ctx.contact or _new_here(ctx, known.language)
    left: list[str] = []
    if ctx.event.body.get("side") == "either":
        left = contacts.leave_others(known.id, *here)
        for address in left:
            text = phrases(known.language)("customer-moved")
            ctx.say(Place(ctx.event.channel, address), Card(text=text, tone="warn"))
    if side.id != known.id:
        adopt(ctx, side, known, "code", left)
    contacts.set_reachable(*here, reachable=True)
    contacts.used_now(*here, ctx.now)


def _welcome(ctx: Context, known: Contact) -> None:
    """Greet whoever proved who they are, and tell their owner where they are reached from now on."""
    ctx.store.audit.note(known.id, "bound chat", ctx.event.channel, ctx.now, known.customer_id)
    ctx.contact = ctx.store.contacts.get(known.id)
    _tell_owner(ctx, known, ctx.event.channel)
    ctx.note("language learned", language=known.language)
    ctx.reply(phrases(known.language)("customer-bound", name=known.name or ""))


def _tell_maker(ctx: Context, known: Contact) -> None:
    """Say in the chat where a code was read that it was used, so that nobody is joined unawares."""
    for identity in ctx.store.contacts.identities(known.id):
        made_here = identity.came_as is None and identity.channel in ctx.around.channels
        if made_here and (identity.channel, identity.address) != (ctx.event.channel, ctx.event.sender):
            t = phrases(known.language)
            text = t("connect-used", channel=t(f"channel-{ctx.event.channel}"))
            ctx.say(Place(identity.channel, identity.address), Card(text=text))
            return


def _used_before(ctx: Context, contact_id: str, made_by: str | None) -> None:
    """Answer a code that was used up: whoever used it is welcome, anybody else hears what a wrong one does."""
    contact = ctx.store.contacts.get(contact_id)
    if ctx.contact is not None and contact is not None and ctx.contact.id == contact.id:
        ctx.reply(ctx.t("customer-bound-already"))
        return
    maker = ctx.store.staff.stand_in(ctx.store.staff.get(made_by), ctx.now)
    _refuse_code(ctx, contact, maker, "code-tried-again")


def _meant_for_another(ctx: Context, contact: Contact, made_by: str | None) -> None:
    """Refuse a code that somebody we know was not given: nobody turns into another by a link that was passed on."""
    customer = ctx.store.customers.get(contact.customer_id)
    hearer = ctx.store.staff.get(customer.owner_id if customer and customer.owner_id else made_by)
    key = "code-passed-on" if made_by else "code-of-another"
    _refuse_code(ctx, contact, ctx.store.staff.stand_in(hearer, ctx.now), key)


def _refuse_code(ctx: Context, contact: Contact | None, hearer: Person | None, key: str) -> None:
    """Say what is said of any wrong code, and tell a colleague whose it was."""
    ctx.reply(Card(text=ctx.t("code-unknown"), tone="warn"))
    if hearer and contact:
        t = phrases(hearer.language)
        text = t(key, name=contact.name or "?", channel=t(f"channel-{ctx.event.channel}"))
        ctx.tell(hearer, Card(text=text, tone="warn"), slot=f"{key}:{contact.id}")


def _tell_owner(ctx: Context, contact: Contact, channel: str) -> None:
    customer = ctx.store.customers.get(contact.customer_id)
    owner = ctx.store.staff.stand_in(ctx.store.staff.get(customer.owner_id), ctx.now) if customer else None
    if customer and owner:
        t = phrases(owner.language)
        facts: dict[str, Any] = {"customer": customer.name, "channel": t(f"channel-{channel}")}
        ctx.tell(owner, Card(text=t("contact-bound", name=contact.name or "?", **facts)))
