"""Introductions: a colleague and a customer add each other in WeChat, and the customer is on record as theirs."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from handlers.cards import Button, Card
from handlers.context import Context
from handlers.routing import Router
from prompts.phrases import phrases
from scheduler.cadence import Diary, plan
from storage.columns import new_id
from storage.contacts import Contact
from storage.customers import Customer
from storage.messages import Kind
from storage.staff import Person

router = Router("introductions")
COLLEAGUES: Final = "wecom"


@router.on("contact added")
def introduce(ctx: Context, facts: dict[str, Any]) -> None:
    """Write down whom a colleague added: unknown people become customers of theirs, known ones stay whose they are."""
    colleague = ctx.store.staff.at(COLLEAGUES, str(facts["colleague"]))
    if ctx.contact is not None:
        return
    t = phrases(colleague.language if colleague else ctx.policy.company.language)
    name = str(facts.get("name") or t("contact-unknown"))
    customer = _new_customer(ctx, str(facts.get("company") or name), colleague)
    contact = Contact(id=new_id(), customer_id=customer.id, name=name, language="zh-CN", met_at=ctx.now)
    ctx.store.contacts.add(contact, ctx.now)
    ctx.store.contacts.bind(contact.id, ctx.event.channel, ctx.event.sender)
    actor = colleague.id if colleague else "wecom"
    ctx.store.audit.note(actor, "added customer", customer.id, ctx.now, customer.id)
    _tell(ctx, colleague, "kf-contact-added", name, customer)


@router.on("contact left")
def part(ctx: Context, facts: dict[str, Any]) -> None:
    """Tell a colleague that a customer took them off their contacts in WeChat."""
    customer = ctx.store.customers.get(ctx.contact.customer_id) if ctx.contact else None
    colleague = ctx.store.staff.at(COLLEAGUES, str(facts["colleague"]))
    if ctx.contact is None or customer is None or colleague is None:
        return
    _tell(
        ctx, colleague, "kf-contact-left", ctx.contact.name or phrases(colleague.language)("contact-unknown"), customer
    )


def _new_customer(ctx: Context, name: str, owner: Person | None) -> Customer:
    owner_id = owner.id if owner else None
    customer = Customer(id=new_id(), name=name, language="zh-CN", owner_id=owner_id, since=ctx.now)
    if owner is not None:
        customer = replace(customer, **plan(Diary.of(ctx.policy, owner), customer, None, ctx.now))
    ctx.store.customers.add(customer)
    return customer


def _tell(ctx: Context, colleague: Person | None, key: str, name: str, customer: Customer) -> None:
    """Tell whose customer it is; where nobody of ours is known by that name, whoever reads the fallback."""
    t = phrases(colleague.language) if colleague else ctx.team_phrases(None)
    show = Button(label=t("row-show"), command="who", args={"customer": customer.id})
    card = Card(text=t(key, name=name, customer=customer.name), buttons=(show,))
    if colleague is None or not ctx.tell(colleague, card, Kind.REMINDER):
        ctx.say(ctx.team_place(None), card, Kind.REMINDER)
