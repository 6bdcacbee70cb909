"""Introductions: whom a colleague has among their contacts in WeCom is on record as theirs; nobody by a claimed name alone."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from handlers.arguments import Args, Line
from handlers.cards import Card
from handlers.contact_errands import bring_up_to_date, can_ask
from handlers.contact_finding import contact_called
from handlers.context import Context, Place, Refused
from handlers.followers import COLLEAGUES, Seen, colleague_of, leave, look_at, new_customer, take, tell
from handlers.routing import Router
from scheduler.rules.contacts import READING
from storage.contacts import Contact
from storage.customers import Customer
from storage.followings import CHANNEL, Following

router = Router("introductions")


class Claim(Args):
    contact: Line
    customer: Line


@router.on("contact added")
def introduce(ctx: Context, facts: dict[str, Any]) -> None:
    """Write down whom a colleague added just now, and tell them what became of it."""
    seen = Seen.of(facts | {"external": ctx.event.sender, "userid": facts["colleague"]})
    outcome, contact, customer = take(ctx, seen)
    colleague = ctx.store.staff.at(COLLEAGUES, seen.userid)
    if outcome == "added" and customer is not None:
        tell(ctx, colleague, "kf-contact-added", contact.name or "?", customer)
    if ctx.store.settings.get(READING) and can_ask(ctx):
        look_at(ctx, seen.external)


@router.on("contact edited")
def look(ctx: Context, _: object) -> None:
    """Look again at a contact whose remark or tags somebody changed in WeCom."""
    if ctx.store.settings.get(READING) and can_ask(ctx):
        look_at(ctx, ctx.event.sender)


@router.on("contact read")
def learn(ctx: Context, facts: dict[str, Any]) -> None:
    """Learn what colleagues wrote and tagged; what we wrote ourselves comes back as it was and changes nothing."""
    followers = [Seen.of(one | {"external": facts["external"]}) for one in facts["followers"]]
    for seen in followers:
        take(ctx, seen)
    for gone in ctx.store.followings.of(facts["external"]):
        if gone.userid not in {seen.userid for seen in followers}:
            leave(ctx, gone)


@router.command("contact of", Claim, hidden=True)
def attach(ctx: Context, args: Claim) -> None:
    """Let somebody from WeCom be a contact of a customer, as a colleague confirmed."""
    contact = _undecided(ctx, args.contact)
    customer = ctx.store.customers.seen_by(ctx.scope, args.customer)
    if customer is None:
        raise Refused("customer-not-found", words="")
    _belongs(ctx, contact, customer, "confirmed contact")
    _decided(ctx, contact, ctx.t("contacts-attached", name=contact.name, customer=customer.name))


@router.command("contact not of", Claim, hidden=True)
def set_apart(ctx: Context, args: Claim) -> None:
    """Let somebody be a customer of their own, of the colleague who has them in WeCom: the name is the same by chance."""
    contact = _undecided(ctx, args.contact)
    colleague = next((person for one in _theirs(ctx, contact) if (person := colleague_of(ctx, one))), ctx.me)
    customer = new_customer(ctx, contact.name or ctx.t("contact-unknown"), colleague)
    _belongs(ctx, contact, customer, "added customer")
    _decided(ctx, contact, ctx.t("contacts-set-apart", name=contact.name, owner=colleague.name))


def _decided(ctx: Context, contact: Contact, said: str) -> None:
    """Let the question say what was answered, by whom and when, in its place."""
    place = Place(ctx.event.channel, str(ctx.event.body.get("place") or ctx.event.address))
    footer = ctx.t("contacts-claim-by", who=ctx.me.name, at=ctx.t.exact(ctx.now, ctx.zone))
    ctx.say(place, Card(title=ctx.t("contacts-claim-title"), text=said, footer=footer), slot=f"claim:{contact.id}")


def _undecided(ctx: Context, id_: str) -> Contact:
    """Find a contact of whom nobody said yet whose they are.

    Raises:
        Refused: somebody did, or there is none.
    """
    contact = contact_called(ctx, id_)
    if contact.customer_id is not None:
        customer = ctx.store.customers.seen_by(ctx.scope, contact.customer_id)
        raise Refused("contacts-claim-decided", name=contact.name, customer=customer.name if customer else "?")
    return contact


def _belongs(ctx: Context, contact: Contact, customer: Customer, did: str) -> None:
    ctx.store.contacts.change(contact.id, customer_id=customer.id)
    ctx.store.audit.note(ctx.me.id, did, contact.id, ctx.now, customer.id)
    mine = replace(contact, customer_id=customer.id)
    for one in _theirs(ctx, contact):
        ctx.store.followings.settle(one.external)
        bring_up_to_date(ctx, one, mine, customer)
        ctx.note("known elsewhere", contact=mine, also=(CHANNEL, one.external))


def _theirs(ctx: Context, contact: Contact) -> list[Following]:
    return ctx.store.followings.of_contacts([contact.id])


@router.on("contact left")
def part(ctx: Context, facts: dict[str, Any]) -> None:
    """Note that a customer and a colleague do not have each other any more; who has to know hears it once."""
    one = ctx.store.followings.get(ctx.event.sender, str(facts["colleague"]))
    leave(ctx, one or Following(ctx.event.sender, str(facts["colleague"])), by=str(facts["by"]))


@router.on("contact not transferred")
def stay(ctx: Context, facts: dict[str, Any]) -> None:
    """Tell who was to take a customer over in WeCom that the customer did not come along."""
    colleague = ctx.store.staff.at(COLLEAGUES, str(facts["colleague"]))
    contact = ctx.contact
    customer = ctx.store.customers.get(contact.customer_id) if contact else None
    if contact is not None and customer is not None:
        tell(ctx, colleague, "contacts-not-transferred", contact.name or "?", customer, why=str(facts["why"]))
