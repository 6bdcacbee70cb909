"""Finding a contact by what a person typed: a name, one behind their customer's, or a ticket; within what they may see."""

from __future__ import annotations

import re
from typing import Final

from handlers.context import Context, Refused
from handlers.finding import customer_ahead
from handlers.joining import NUMBER
from storage.contacts import Contact

_ID: Final = re.compile(r"[0-9a-f]{32}")
_BETWEEN: Final = frozenset({"+", "=", "&", "and", "with", "和", "与", "跟"})
LONGEST_LINE: Final = 12
"""So many words of a line are tried as two names."""


def contact_called(ctx: Context, words: str) -> Contact:
    """Find the one visible person that these words name.

    Raises:
        Refused: there is none, or they are not theirs to see (the words are the same), or there are several, or it is
            a group.
    """
    found = _found(ctx, words.strip().strip('"“”'))
    if not found:
        raise Refused("contact-not-found", words=words[:60])
    if len(found) > 1:
        names = ctx.t("names-separator").strip("|").join(_named(ctx, one) for one in found[:8])
        raise Refused("contact-several", words=words[:60], names=names)
    return _person(ctx, found[0])


def contact_seen(ctx: Context, id_: str) -> Contact | None:
    """Give the contact of this id, if the person who acts may see them."""
    return next(iter(_visible(ctx, ctx.store.contacts.get(id_))), None)


def two_called(ctx: Context, one: str, other: str) -> tuple[Contact, Contact]:
    """Find two contacts in one line, wherever the first name ends.

    Raises:
        Refused: as `contact_called`, of the first that cannot be found or is a group.
    """
    line = [word for word in f"{one} {other}".split() if word.casefold() not in _BETWEEN][:LONGEST_LINE]
    given = (_found(ctx, one.strip('"“” ')), _found(ctx, other.strip('"“” ')))
    splits = ((_found(ctx, " ".join(line[:n])), _found(ctx, " ".join(line[n:]))) for n in range(1, len(line)))
    for first, second in (given, *splits):
        if len(first) == len(second) == 1:
            return _person(ctx, first[0]), _person(ctx, second[0])
    return contact_called(ctx, one), contact_called(ctx, other)


def _person(ctx: Context, contact: Contact) -> Contact:
    """Give a contact who is a person.

    Raises:
        Refused: it speaks for all who write in a group.
    """
    if ctx.store.groups.is_spoken_for(contact.id):
        raise Refused("contact-is-group", name=contact.name or "?")
    return contact


def _found(ctx: Context, words: str) -> list[Contact]:
    if not words:
        return []
    if _ID.fullmatch(words):
        return _visible(ctx, ctx.store.contacts.get(words))
    if NUMBER.fullmatch(words):
        ticket = ctx.store.tickets.seen_by(ctx.scope, words)
        known = ctx.store.contacts.get(ticket.contact_id) if ticket else None
        return [known] if known else []
    named = ctx.store.contacts.find(ctx.scope, words)
    near = [one for one in named if not ctx.store.groups.is_spoken_for(one.id)] or named
    exact = [one for one in near if (one.name or "").casefold() == words.casefold()]
    return exact or near or _at_customer(ctx, words)


def _visible(ctx: Context, contact: Contact | None) -> list[Contact]:
    """Show a contact to whom their customer is visible; a stranger to every colleague, as their requests are."""
    if contact is None or (contact.customer_id and not ctx.store.customers.seen_by(ctx.scope, contact.customer_id)):
        return []
    return [contact]


def _at_customer(ctx: Context, words: str) -> list[Contact]:
    """Read `Galaxy Chen Wei`: a customer, then one of its people, who may be left out if there is only one."""
    try:
        customer, name = customer_ahead(ctx, words)
    except Refused:
        return []
    people = ctx.store.contacts.of(customer.id)
    return [one for one in people if name.casefold() in (one.name or "").casefold()]


def _named(ctx: Context, contact: Contact) -> str:
    customer = ctx.store.customers.get(contact.customer_id)
    return f"{contact.name or ctx.t('contact-unknown')} ({customer.name if customer else ctx.t('contact-stranger')})"
