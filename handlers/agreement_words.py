"""The arguments of the commands about contracts, products and birthdays, and how a line of words is read as them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Annotated

from pydantic import Field

from handlers.arguments import Args, Line, Whom
from handlers.context import Context, Refused
from prompts.phrases import Phrases
from storage.importing import cells, dates
from storage.importing.problems import BadCell

LONGEST_RHYTHM = 120
Months = Annotated[int, Field(ge=1, le=LONGEST_RHYTHM)]
_MONTHS = re.compile(r"(?:every|每)?\s*(\d{1,3})\s*(?:months?|个?月)?", re.IGNORECASE)


class NewContract(Args):
    """Typed, everything may stand behind the customer's name: number, last day, subject, amount."""

    customer: Whom
    contract: Line = ""
    ends: Line = ""
    subject: Line = ""
    amount: Line = ""


class NewProduct(Args):
    """Typed, everything may stand behind the customer's name: product, serial number, maintenance day, months."""

    customer: Whom
    product: Line = ""
    serial: Line = ""
    maintenance: Line = ""
    months: Months | None = None


class Maintained(Args):
    customer: Whom
    serial: Line = ""
    visited: Line = ""


class NewBirthday(Args):
    customer: Whom
    contact: Line = ""
    birthday: Line = ""


@dataclass(frozen=True)
class Around:
    """A line around the first day in it: the words before, the day, the words behind."""

    before: tuple[str, ...]
    day: date | None
    behind: tuple[str, ...]


def around_day(words: str) -> Around:
    """Find the first day in a line; days are one word (2026-12-31, 2026年12月31日) or three (31 Dec 2026)."""
    parts = words.split()
    for at in range(len(parts)):
        for length in (3, 1):
            found = _day(" ".join(parts[at : at + length])) if at + length <= len(parts) else None
            if found is not None:
                return Around(tuple(parts[:at]), found, tuple(parts[at + length :]))
    return Around(tuple(parts), None, ())


def _day(text: str) -> date | None:
    if len(text) < len("1.1.2026"):
        return None  # a bare number is a spreadsheet's day at most
    try:
        return dates.day(text, day_first=None)
    except BadCell:
        return None


def day_in(ctx: Context, text: str) -> date:
    """Read a day that stands alone.

    Raises:
        Refused: it is none, or its day and month could be swapped.
    """
    try:
        return dates.day(text, day_first=None)
    except BadCell as bad:
        raise Refused("agreement-no-day", line=text[:40], why=ctx.t(bad.reason)) from None


def birthday_behind(ctx: Context, words: str) -> tuple[str, str | None]:
    """Read a birthday off the end of a line; give the words before it; None where there is none."""
    parts = words.split()
    today = ctx.now.date()
    for at in range(len(parts)):
        try:
            return " ".join(parts[:at]), dates.birthday(" ".join(parts[at:]), today, day_first=None)
        except BadCell:
            continue
    return words, None


def amount_in(ctx: Context, text: str) -> tuple[Decimal, str] | None:
    """Read an amount with its currency, the policy's where it names none; None if it is no amount."""
    for currency, number in ((text[:3], text[3:]), (text[-3:], text[:-3]), ("", text)):
        try:
            known = cells.currency(currency.strip())
            if known or not currency:
                return cells.number(number), known or ctx.policy.currency
        except BadCell:
            continue
    return None


def months_in(text: str) -> int | None:
    """Read how often a product is maintained: `6`, `every 6 months`, 每6个月."""
    match = _MONTHS.fullmatch(text.strip())
    months = int(match[1]) if match else 0
    return months if 1 <= months <= LONGEST_RHYTHM else None


def said_day(t: Phrases, day: date, now: datetime) -> str:
    """Say a calendar day; it is the same in every zone."""
    return t.day(datetime.combine(day, time(12), UTC), "UTC", now)


def said_birthday(t: Phrases, birthday: str) -> str:
    """Say a birthday, with its year only where it is known."""
    if len(birthday) > len("05-24"):
        return said_day(t, date.fromisoformat(birthday), datetime(1, 1, 2, tzinfo=UTC))
    day = date.fromisoformat(f"2000-{birthday}")
    return said_day(t, day, datetime(2000, 1, 2, tzinfo=UTC))
