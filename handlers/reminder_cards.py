"""Reminder cards: lists of due customers, one customer's card, and how both look once a customer was contacted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from handlers.arguments import form
from handlers.cards import Button, Card, Field, Form, Row
from handlers.context import Context
from handlers.routing import MANAGERS
from handlers.touch_lines import Known, Lines, shortened
from handlers.touch_words import Log, Reassign, Snooze
from prompts.phrases import Phrases
from scheduler.cadence import Diary
from storage.customers import Customer
from storage.staff import Person

__all__ = ["View", "card_slot", "opening", "reassigning", "settled", "shortened"]

NAMED = 10
"""So many customers are named in one message; the rest are counted."""
DIRECT = 3
"""So many of them, the first, have every deed one press away; the others show their own card."""


@dataclass(frozen=True)
class View:
    """Reminder cards as one person (or the team) reads them: language, zone, and what they may do."""

    ctx: Context
    diary: Diary
    lines: Lines
    manages: bool = False
    owners: frozenset[str] = frozenset()
    """Whose customers the reader looks after: theirs, and those of whom they stand in for."""

    @classmethod
    def of(cls, ctx: Context, owner: Person | None, reader: Person | None) -> View:
        manages = reader is None or reader.role in MANAGERS
        owners = ctx.mine.owners if reader and reader == ctx.staff else frozenset({reader.id} if reader else ())
        return cls(ctx, Diary.of(ctx.policy, owner), Lines.of(ctx, reader), manages, owners)

    @property
    def t(self) -> Phrases:
        return self.lines.t

    def tier(self, customer: Customer) -> str:
        return self.lines.tier(customer)

    def bundle(self, title: str, found: Sequence[Customer], *, named: int = NAMED, owners: bool = False) -> Card:
        """List due customers in one message: the first by name, the rest counted."""
        overdue = sum(self.lines.days_over(customer) > 0 for customer in found)
        more = len(found) - named
        return Card(
            title=title,
            text=self.t("touches-overdue", count=overdue) if overdue and len(found) > 1 else "",
            tone="warn" if overdue else "plain",
            rows=self.rows(found[:named], owners=owners),
            lines=(self.t("touches-more", count=more),) if more > 0 else (),
        )

    def rows(self, named: Sequence[Customer], *, owners: bool = False, direct: int = DIRECT) -> tuple[Row, ...]:
        """Say each customer with the reasons; the first `direct` of them with every deed, all with their card."""
        known = Known.of(self.ctx.store, [customer.id for customer in named], self.diary.day(self.ctx.now))
        return tuple(
            Row(
                text=self.lines.row(customer, known, owner=owners),
                buttons=(*(self.deeds(customer) if n < direct else ()), *self._opening(customer)),
            )
            for n, customer in enumerate(named)
        )

    def single(self, customer: Customer, title: str = "") -> Card:
        """Show one due customer, with all that can be done about it."""
        lines = self.lines
        owner = lines.person(customer.owner_id)
        known = Known.of(self.ctx.store, [customer.id], self.diary.day(self.ctx.now))
        shown = {
            "touch-field-last": lines.last(customer, known.last.get(customer.id)),
            "touch-field-owner": owner.name if owner else self.t("touch-unowned"),
        }
        open_ = lines.open(customer, known)
        parts = [lines.who(customer), lines.due(customer), lines.worth(customer), *open_, lines.next(customer)]
        return Card(
            title=title or self.t("touch-title", name=customer.name),
            text=" · ".join(part for part in parts if part),
            tone="warn" if lines.days_over(customer) > 0 else "plain",
            fields=tuple(Field(label=self.t(key), value=value) for key, value in shown.items()),
            buttons=self.deeds(customer, short=False),
        )

    def _opening(self, customer: Customer) -> tuple[Button, ...]:
        return (opening(self.lines.said("row-show"), customer.id),)

    def deeds(self, customer: Customer, *, short: bool = True) -> tuple[Button, ...]:
        """Offer what can be done about a due customer."""
        end = "-short" if short else ""
        fixed = {"customer": customer.id}
        deeds: list[tuple[str, str, Form | None]] = [
            (f"touch-button-log{end}", "log", _asking("log", self.t)),
            (f"touch-button-snooze{end}", "snooze", _asking("snooze", self.t)),
            *([("touch-button-not-now", "not now", None)] if self._may_wait(customer) else []),
            (f"touch-button-draft{end}", "draft", None),
        ]
        if self.manages:
            deeds.append((f"touch-button-reassign{end}", "reassign", reassigning(self.t, "")))
        return tuple(
            Button(
                label=self.lines.said(key),
                command=name,
                args=fixed,
                form=asks.model_copy(update={"fixed": fixed}) if asks else None,
            )
            for key, name, asks in deeds
        )

    def _may_wait(self, customer: Customer) -> bool:
        """Tell whether a press may put it off till tomorrow: what is due, by who looks after the customer."""
        return customer.owner_id in self.owners and self.lines.days_over(customer) >= 0


def card_slot(customer: Customer) -> str:
    """Name the card of one due customer."""
    return f"touch:{customer.id}"


def opening(label: str, customer_id: str) -> Button:
    """Make the button that opens a customer's own card."""
    return Button(label=label, command="due", args={"customer": customer_id})


def reassigning(t: Phrases, customer_id: str) -> Form:
    """Ask to whom a customer goes."""
    return _reassigning(t).model_copy(update={"fixed": {"customer": customer_id}})


@cache
def _reassigning(t: Phrases) -> Form:
    asked = form(Reassign, "reassign", t, {}, {"customer": ""})
    return asked.model_copy(update={"asks": tuple(ask.model_copy(update={"required": True}) for ask in asked.asks)})


@cache
def _asking(command: Literal["log", "snooze"], t: Phrases) -> Form:
    """Make a form that is the same for all customers once for all lists."""
    return form(Log if command == "log" else Snooze, command, t, {}, {"customer": ""})


def settled(card: Card, customer_id: str, said: str, t: Phrases) -> Card | None:
    """Show on a standing card that a customer was taken care of: its deeds give way to what was done.

    A row is known by its buttons, so one is left in it. None if the card is not about this customer.
    """
    if not _is_about(card.every_button, customer_id):
        return None
    if not card.rows:
        return Card(title=card.title, text=f"✓ {said}", tone="good")
    done = Row(text=f"✓ {said}", buttons=(opening(t("row-show"), customer_id),))
    rows = tuple(done if _is_about(row.buttons, customer_id) else row for row in card.rows)
    return card.model_copy(update={"rows": rows})


def _is_about(buttons: Sequence[Button], customer_id: str) -> bool:
    return any(button.args.get("customer") == customer_id for button in buttons)
