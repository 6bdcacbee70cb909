"""What a customer's card says about contracts, installed products and birthdays."""

from __future__ import annotations

from collections.abc import Iterator

from handlers.agreement_words import said_birthday, said_day
from handlers.cards import Row
from handlers.context import Context
from storage.contacts import Contact
from storage.customers import Customer

SHOWN = 5


def agreement_rows(ctx: Context, customer: Customer) -> Iterator[Row]:
    """Name a customer's contracts that still run and their products, the nearest end and maintenance first."""
    t = ctx.t
    running = [one for one in ctx.store.agreements.contracts_of([customer.id]) if one.ends_on >= ctx.now.date()]
    for contract in running[:SHOWN]:
        day, subject = said_day(t, contract.ends_on, ctx.now), contract.subject or ""
        yield Row(text=t("who-contract", contract=contract.number, day=day, subject=subject or "—"))
    for product in ctx.store.agreements.installations_of([customer.id])[:SHOWN]:
        when = said_day(t, product.maintenance_on, ctx.now) if product.maintenance_on else t("product-no-maintenance")
        yield Row(text=t("who-product", product=product.product, serial=product.serial, day=when))


def contact_line(ctx: Context, contact: Contact, channels: str) -> str:
    """Name a contact, how they are reached, and their birthday."""
    said = ctx.t("who-contact", name=contact.name or "?", channels=channels)
    if contact.birthday is None:
        return said
    return f"{said} · {ctx.t('who-birthday', day=said_birthday(ctx.t, contact.birthday))}"
