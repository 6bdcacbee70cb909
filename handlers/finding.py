"""Finding a customer by what a person typed, within what that person may see."""

from __future__ import annotations

import re
from collections.abc import Iterable

from handlers.context import Context, Refused
from storage.customers import Customer

LONGEST_NAME = 200
CANDIDATES = 50
LISTED = 8
_ID = re.compile(r"[0-9a-f]{32}")
_STEM = re.compile(r"[^\s,，:：;；、。!！?？\"“”]+")
_PAUSE = " \t\n,，:：;；、—-"


def customer_named(ctx: Context, words: str) -> Customer:
    """Find the one visible customer that these words name, whole or in part, by name, reference or id.

    Raises:
        Refused: there is none, or it is not theirs to see (the words are the same), or there are several.
    """
    store, words = ctx.store, words.strip().strip('"“”')
    if _ID.fullmatch(words) and (known := store.customers.seen_by(ctx.scope, words)):
        return known
    return _only(store.customers.find(ctx.scope, words, LISTED + 1), words)


def customer_ahead(ctx: Context, line: str) -> tuple[Customer, str]:
    """Read a visible customer off the start of a line, by the longest name that fits; give the words that follow.

    Names need no space behind them where none is written: `星河科技来电要报价`.

    Raises:
        Refused: as `customer_named`.
    """
    line = line.strip().strip('"“”')
    if _ID.match(line):
        return customer_named(ctx, line[:32]), line[32:].strip(_PAUSE)
    found, length = _by_whole_name(ctx, line)
    if not found:
        found, length = _by_part_of_name(ctx, line)
    return _only(found, _start(line)), line[length:].lstrip(_PAUSE + '"”').rstrip()


def _by_whole_name(ctx: Context, line: str) -> tuple[list[Customer], int]:
    lengths = [n for n in range(1, min(len(line), LONGEST_NAME) + 1) if _ends_word(line, n)]
    found = ctx.store.customers.called(ctx.scope, [line[:n] for n in lengths])
    names = {customer.id: _fitting(line, customer) for customer in found}
    longest = max(names.values(), default=0)
    return [customer for customer in found if longest and names[customer.id] == longest], longest


def _fitting(line: str, customer: Customer) -> int:
    folded = line.casefold()
    known = (customer.name, customer.reference or "")
    return max((len(name) for name in known if name and folded.startswith(name.casefold())), default=0)


def _by_part_of_name(ctx: Context, line: str) -> tuple[list[Customer], int]:
    """Take the customers that share the longest start of the line: `Acme` for Acme Ltd, `星河` for 星河科技."""
    stem = _start(line)
    if len(stem) < 2:  # noqa: PLR2004 - one letter names nobody
        return [], 0
    near = ctx.store.customers.find(ctx.scope, stem, CANDIDATES)
    shared = {customer.id: _shared(line, customer.name) for customer in near}
    longest = max(shared.values(), default=0)
    return [customer for customer in near if shared[customer.id] == longest], longest


def _start(line: str) -> str:
    """Give the first word; of a script without spaces the first two characters."""
    match = _STEM.search(line)
    word = match[0] if match else ""
    return word[:2] if word and not _spaced(word[0]) else word


def _shared(line: str, name: str) -> int:
    folded, name = line.casefold(), name.casefold()
    lengths = range(min(len(line), LONGEST_NAME), 0, -1)
    return next((n for n in lengths if _ends_word(line, n) and folded[:n].rstrip() in name), 0)


def _ends_word(line: str, length: int) -> bool:
    """Tell whether a name may end here: not in the middle of a word of a script that has spaces."""
    if length >= len(line):
        return True
    before, behind = line[length - 1], line[length]
    return not (before.isalnum() and behind.isalnum() and _spaced(before) and _spaced(behind))


def _spaced(character: str) -> bool:
    """Tell whether the character's script puts spaces between words; everything from the CJK radicals on does not."""
    return character < "\u2e80"


def _only(found: Iterable[Customer], words: str) -> Customer:
    customers = list(found)
    if not customers:
        raise Refused("customer-not-found", words=words[:60])
    if len(customers) > 1:
        raise Refused("customer-several", words=words[:60], names=_names(customers))
    return customers[0]


def _names(customers: list[Customer]) -> str:
    """List names; where two are spelled alike, with what tells them apart."""
    known = [customer.name for customer in customers]
    said = [
        f"{c.name} [{c.reference or c.region or c.id[-6:]}]" if known.count(c.name) > 1 else c.name for c in customers
    ]
    return ", ".join(said[:LISTED]) + (", …" if len(said) > LISTED else "")
