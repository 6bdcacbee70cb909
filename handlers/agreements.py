"""Agreements: contracts and installed products of a customer, and their people's birthdays, written down in one line."""

from __future__ import annotations

from datetime import date
from typing import Any

from dateutil.relativedelta import relativedelta

from handlers.agreement_words import (
    Maintained,
    NewBirthday,
    NewContract,
    NewProduct,
    amount_in,
    around_day,
    birthday_behind,
    day_in,
    months_in,
    said_birthday,
    said_day,
)
from handlers.arguments import Args, form
from handlers.cards import Card
from handlers.context import Context, Refused
from handlers.finding import customer_ahead
from handlers.routing import Router
from scheduler.occasion_days import company_day
from scheduler.occasions import maintenance_begins, renewal_begins
from storage.agreements import Contract, Installation
from storage.celebrants import birthday_values
from storage.columns import new_id
from storage.contacts import Contact
from storage.customers import Customer

router = Router("agreements")
NOTHING = frozenset({"-", "none", "无", "没有"})


@router.command("contract add", NewContract)
def add_contract(ctx: Context, args: NewContract) -> None:
    """Write a contract down: number, last day, subject, amount; a known number is changed."""
    customer, rest = customer_ahead(ctx, args.customer)
    read = around_day(rest)
    number = args.contract or (read.before[0] if read.before else "")
    ends = day_in(ctx, args.ends) if args.ends else read.day
    if not number or ends is None:
        _ask(ctx, NewContract, "contract add", customer, {"contract": number, "ends": args.ends})
        return
    subject, amount = _subject_and_amount(ctx, args, [*read.before[1:], *read.behind])
    known = ctx.store.agreements.known_contracts([customer.id], [number]).get((customer.id, number))
    values: dict[str, Any] = {"ends_on": ends, "next_on": renewal_begins(ctx.policy, ends)}
    values |= {"subject": subject} if subject else {}
    values |= {"amount": amount[0], "currency": amount[1]} if amount else {}
    if known is None:
        ctx.store.agreements.add_contract(Contract(new_id(), customer.id, number, **values))
    else:
        ctx.store.agreements.change_contract(known.id, **values)
        if known.ends_on != ends:
            ctx.store.occasions.call_off(customer.id, "renewal", known.id)
    ctx.store.audit.note(ctx.me.id, "wrote contract", number, ctx.now, customer.id)
    said = "contract-changed" if known else "contract-added"
    ctx.reply(ctx.t(said, name=customer.name, contract=number, day=said_day(ctx.t, ends, ctx.now)))


def _subject_and_amount(ctx: Context, args: NewContract, words: list[str]) -> tuple[str, Any]:
    """Read the last words as an amount if they are one; the others are the subject.

    Raises:
        Refused: what was given as an amount is none.
    """
    given = amount_in(ctx, args.amount) if args.amount else None
    if args.amount and given is None:
        raise Refused("agreement-no-amount", line=args.amount[:40])
    for length in (2, 1):
        tail = " ".join(words[-length:])
        if given is None and words[-length:] and tail and tail[-1:].isascii() and (read := amount_in(ctx, tail)):
            return args.subject or " ".join(words[:-length])[:200], read
    return args.subject or " ".join(words)[:200], given


@router.command("product add", NewProduct)
def add_product(ctx: Context, args: NewProduct) -> None:
    """Write an installed product down: name, serial number, next maintenance, every how many months."""
    customer, rest = customer_ahead(ctx, args.customer)
    read = around_day(rest)
    *named, last = read.before or ("",)
    product = args.product or " ".join(named) or last
    serial = args.serial or last
    day = day_in(ctx, args.maintenance) if args.maintenance else read.day
    months = args.months or months_in(" ".join(read.behind))
    if not product or not serial:
        _ask(ctx, NewProduct, "product add", customer, {"product": product, "serial": serial})
        return
    known = ctx.store.agreements.known_installations([customer.id], [serial]).get((customer.id, serial))
    values: dict[str, Any] = {"product": product[:200], "maintenance_on": day, "every_months": months}
    values["next_on"] = maintenance_begins(ctx.policy, day)
    if known is None:
        ctx.store.agreements.add_installation(Installation(new_id(), customer.id, serial=serial, **values))
    else:
        ctx.store.agreements.change_installation(known.id, **values)
        if known.maintenance_on != day:
            ctx.store.occasions.call_off(customer.id, "maintenance", known.id)
    ctx.store.audit.note(ctx.me.id, "wrote product", serial, ctx.now, customer.id)
    _say_product(ctx, "product-changed" if known else "product-added", customer, product, serial, day)


def _say_product(ctx: Context, key: str, customer: Customer, product: str, serial: str, day: date | None) -> None:
    when = said_day(ctx.t, day, ctx.now) if day else ctx.t("product-no-maintenance")
    ctx.reply(ctx.t(key, name=customer.name, product=product, serial=serial, day=when))


@router.command("product done", Maintained)
def log_maintenance(ctx: Context, args: Maintained) -> None:
    """Log a maintenance visit: the next one is due its rhythm later."""
    customer, rest = customer_ahead(ctx, args.customer)
    read = around_day(rest)
    product = _product(ctx, customer, args.serial or " ".join(read.before))
    day = (day_in(ctx, args.visited) if args.visited else read.day) or company_day(ctx.policy, ctx.now)
    coming = day + relativedelta(months=product.every_months) if product.every_months else None
    begins = maintenance_begins(ctx.policy, coming)
    ctx.store.agreements.change_installation(product.id, maintenance_on=coming, next_on=begins)
    ctx.store.occasions.call_off(customer.id, "maintenance", product.id)
    ctx.store.audit.note(ctx.me.id, "logged maintenance", product.serial, ctx.now, customer.id)
    _say_product(ctx, "product-done", customer, product.product, product.serial, coming)


def _product(ctx: Context, customer: Customer, words: str) -> Installation:
    """Find the one product that these words name, by serial number or name; without words, the only one."""
    wanted = words.casefold()
    known = ctx.store.agreements.installations_of([customer.id])
    found = [one for one in known if one.serial.casefold() == wanted]
    found = found or [one for one in known if wanted in f"{one.product} {one.serial}".casefold()]
    if len(found) != 1:
        names = ", ".join(f"{one.product} {one.serial}" for one in found or known)
        raise Refused("product-which", name=customer.name, count=len(found), names=names or "—")
    return found[0]


@router.command("contact birthday", NewBirthday)
def keep_birthday(ctx: Context, args: NewBirthday) -> None:
    """Write down when a contact has birthday; the year may be left out, “none” takes it away."""
    customer, rest = customer_ahead(ctx, args.customer)
    name, born = birthday_behind(ctx, f"{args.contact or rest} {args.birthday}".strip())
    *before, last = name.split() or [""]
    if born is None and last.casefold() in NOTHING:
        contact = _contact(ctx, customer, " ".join(before))
        ctx.store.contacts.change(contact.id, birthday=None, birthday_mark=None)
        ctx.reply(ctx.t("birthday-forgotten", contact=contact.name or customer.name))
        return
    if born is None:
        _ask(ctx, NewBirthday, "contact birthday", customer, {"contact": name})
        return
    contact = _contact(ctx, customer, name)
    ctx.store.contacts.change(contact.id, **birthday_values(born))
    ctx.store.audit.note(ctx.me.id, "wrote birthday", contact.id, ctx.now, customer.id)
    ctx.note("birthday learned", contact=contact.id)
    ctx.reply(ctx.t("birthday-kept", contact=contact.name or customer.name, day=said_birthday(ctx.t, born)))


def _contact(ctx: Context, customer: Customer, name: str) -> Contact:
    known = ctx.store.contacts.of(customer.id)
    wanted = name.casefold()
    found = [one for one in known if (one.name or "").casefold() == wanted]
    found = found or [one for one in known if wanted in (one.name or "").casefold()]
    if len(found) != 1:
        names = ", ".join(one.name or "?" for one in known)
        raise Refused("birthday-whose", name=customer.name, count=len(found), names=names or "—")
    return found[0]


def _ask(ctx: Context, model: type[Args], command: str, customer: Customer, known: dict[str, str]) -> None:
    """Ask for what a line did not say."""
    asks = form(model, command, ctx.t, known, {"customer": customer.id})
    ctx.reply(Card(text=ctx.t("agreement-more", name=customer.name), form=asks))
