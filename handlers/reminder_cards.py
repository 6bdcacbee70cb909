"""Reminder cards: the morning's bundle, one customer's card, and how both look once a customer was contacted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from functools import cache, cached_property
from typing import Literal

from handlers.arguments import form
from handlers.cards import Button, Card, Choice, Field, Form, Row
from handlers.context import Context
from handlers.routing import MANAGERS
from handlers.touch_words import Log, Reassign, Snooze
from prompts.phrases import Phrases, phrases
from scheduler.cadence import Diary, rhythm_of
from scheduler.policy.calendars import moment
from storage.customers import Customer
from storage.staff import Person
from storage.touches import Touch

NAMED = 10
"""So many customers are named in one message; the rest are counted."""
DIRECT = 3
"""So many of them, the longest overdue, have every deed one press away; the others show their own card."""
COLLEAGUES = 30
"""Up to so many colleagues a form offers as choices; beyond that their name is typed."""
LONGEST_QUOTE = 80


@dataclass(frozen=True)
class View:
    """Reminder cards as one person (or the team) reads them: language, zone, and what they may do."""

    ctx: Context
    diary: Diary
    t: Phrases
    zone: str
    manages: bool = False
    _phrases: dict[tuple[object, ...], str] = field(default_factory=dict, repr=False, compare=False)
    _known: dict[str | None, Person | None] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def of(cls, ctx: Context, owner: Person | None, reader: Person | None) -> View:
        diary = Diary.of(ctx.policy, owner)
        if reader is None:
            return cls(ctx, diary, ctx.team_phrases(None), ctx.policy.company.zone.key, manages=True)
        return cls(ctx, diary, phrases(reader.language), reader.zone, manages=reader.role in MANAGERS)

    def bundle(
        self, title: str, named: Sequence[Customer], due: Sequence[datetime | None], *, owners: bool = False
    ) -> Card:
        """Say all that is due in one message: the longest overdue by name, the rest counted by their due moments."""
        overdue = sum(at is not None and at < self._today for at in due)
        last = self.ctx.store.touches.latest([customer.id for customer in named])
        deeds = [self._deeds if n < DIRECT else self._opening for n in range(len(named))]
        return Card(
            title=title,
            text=self.t("touches-overdue", count=overdue) if overdue and len(due) > 1 else "",
            tone="warn" if overdue else "plain",
            rows=tuple(
                Row(text=self._text(customer, last.get(customer.id), owners=owners), buttons=buttons(customer))
                for customer, buttons in zip(named, deeds, strict=True)
            ),
            lines=(self.t("touches-more", count=len(due) - len(named)),) if len(due) > len(named) else (),
            buttons=self._all(len(named), len(due)),
        )

    def single(self, customer: Customer, title: str = "") -> Card:
        """Show one due customer, with all that can be done about it."""
        owner = self._person(customer.owner_id)
        last = self.ctx.store.touches.latest([customer.id]).get(customer.id)
        known = {
            "touch-field-last": self._last(customer, last),
            "touch-field-owner": owner.name if owner else self.t("touch-unowned"),
        }
        parts = [self._who(customer), self._due(customer), self._next(customer)]
        return Card(
            title=title or self.t("touch-title", name=customer.name),
            text=" · ".join(part for part in parts if part),
            tone="warn" if self._days_over(customer) > 0 else "plain",
            fields=tuple(Field(label=self.t(key), value=value) for key, value in known.items()),
            buttons=self._deeds(customer, short=False),
        )

    def tier(self, customer: Customer) -> str:
        entry = self.ctx.policy.tiers.entry(customer.tier)
        return (
            entry.label.said_in(self.t.language) if entry else self._said("policy-tier", tier=customer.tier or "none")
        )

    def _text(self, customer: Customer, last: Touch | None, *, owners: bool) -> str:
        """Say on a row's first line who is due since when, on the second who hears next and what was said last."""
        head = [self._who(customer), self._due(customer)]
        if owners:
            owner = self._person(customer.owner_id)
            head.append(self._said("touch-owned", owner=owner.name) if owner else self._said("touch-unowned"))
        contact = self.t("touch-last-line", said=self._last(customer, last))
        coming = self._next(customer)
        return " · ".join(head) + "\n" + (f"{coming} · {contact}" if coming else contact)

    def _who(self, customer: Customer) -> str:
        every = rhythm_of(self.diary, customer, self.ctx.now).every
        unit = next(unit for unit in ("days", "months", "working_days") if getattr(every, unit) is not None)
        rhythm = self._said("touch-rhythm", unit=unit, count=getattr(every, unit))
        is_new = self.diary.is_new(customer, self.ctx.now)
        tier = self._said("touch-new-customer") if is_new else self.tier(customer)
        return self.t("touch-who", name=customer.name, tier=tier, rhythm=rhythm)

    @cached_property
    def _today(self) -> datetime:
        """The moment at which the owner's day began: what fell due before it is overdue."""
        today = self.ctx.now.astimezone(self.diary.zone).date()
        return moment(self.diary.zone, today, time())

    def _days_over(self, customer: Customer) -> int:
        """Count the calendar days since the due day, in the owner's zone; negative before it."""
        if customer.touch_due_at is None:
            return -1
        today, due = (at.astimezone(self.diary.zone).date() for at in (self.ctx.now, customer.touch_due_at))
        return (today - due) // timedelta(days=1)

    def _due(self, customer: Customer) -> str:
        if customer.touch_due_at is None:
            return self._said("touch-due-none")
        days = self._days_over(customer)
        if days < 0:
            return self._said("touch-due-on", day=self._day(customer.touch_due_at))
        return self._said("touch-due-over", days=days) if days else self._said("touch-due-today")

    def _next(self, customer: Customer) -> str:
        """Say who hears next, and when; nothing at the top of the ladder, nor that the owner hears on the due day."""
        if customer.touch_due_at is None:
            return ""
        coming = next((rung for rung in self.diary.ladder(customer.touch_due_at) if rung.at > self.ctx.now), None)
        if coming is None or (coming.audience == "owner" and coming.at == customer.touch_due_at):
            return ""
        day = self._day(coming.at)
        match coming.audience:
            case "owner_and_group" if customer.group_id:
                return self._said("touch-next-owner-and-group", who=self._said("touch-group"), day=day)
            case "manager":
                return self._said("touch-next-manager", who=self._manager_of(customer), day=day)
            case _:
                return self._said("touch-next-owner", day=day)

    def _manager_of(self, customer: Customer) -> str:
        owner = self._person(customer.owner_id)
        manager = self._person(owner.manager_id) if owner else None
        return manager.name if manager else self.t("touch-manager")

    def _person(self, id_: str | None) -> Person | None:
        """Read a colleague once for all the lines that name them."""
        if id_ not in self._known:
            self._known[id_] = self.ctx.store.staff.get(id_)
        return self._known[id_]

    def _last(self, customer: Customer, touch: Touch | None) -> str:
        if touch is not None:
            how, day = self.t(f"how-{touch.kind}"), self._day(touch.at)
            return self.t("touch-last", day=day, how=how, words=shortened(touch.words))
        if customer.last_touch_at:
            return self._day(customer.last_touch_at)
        return self._said("touch-last-none")

    def _all(self, named: int, count: int) -> tuple[Button, ...]:
        """Offer the whole list where a message names only its beginning."""
        if named > NAMED or count <= named:
            return ()
        args = {"customer": self.t("due-team-words").split("|")[0]} if self.manages else {}
        return (Button(label=self.t("touches-all", count=count), command="due", args=args),)

    def _opening(self, customer: Customer) -> tuple[Button, ...]:
        return (opening(self._said("row-show"), customer.id),)

    def _deeds(self, customer: Customer, *, short: bool = True) -> tuple[Button, ...]:
        end = "-short" if short else ""
        fixed = {"customer": customer.id}
        deeds: list[tuple[str, str, Form | None]] = [
            (f"touch-button-log{end}", "log", _asking("log", self.t)),
            (f"touch-button-snooze{end}", "snooze", _asking("snooze", self.t)),
            (f"touch-button-draft{end}", "draft", None),
        ]
        if self.manages:
            deeds.append((f"touch-button-reassign{end}", "reassign", self._reassigning))
        return tuple(
            Button(
                label=self._said(key),
                command=name,
                args=fixed,
                form=asks.model_copy(update={"fixed": fixed}) if asks else None,
            )
            for key, name, asks in deeds
        )

    @cached_property
    def _reassigning(self) -> Form:
        return reassigning(self.ctx, self.t, "")

    def _said(self, key: str, **values: str | int) -> str:
        """Say a phrase that many lines share; it is put together once."""
        known = (key, *values.values())
        if known not in self._phrases:
            self._phrases[known] = self.t(key, **values)
        return self._phrases[known]

    def _day(self, at: datetime) -> str:
        if ("day", at) not in self._phrases:
            self._phrases["day", at] = self.t.day(at, self.zone, self.ctx.now)
        return self._phrases["day", at]


def bundle_slot(ctx: Context, hearer: Person, owner_id: str | None) -> str:
    """Name the card of today's bundle about one owner's customers."""
    today = ctx.now.astimezone(Diary.of(ctx.policy, hearer).zone)
    return f"touches:{hearer.id}:{owner_id}:{today:%Y%m%d}"


def card_slot(customer: Customer) -> str:
    """Name the card of one due customer."""
    return f"touch:{customer.id}"


def opening(label: str, customer_id: str) -> Button:
    """Make the button that opens a customer's own card."""
    return Button(label=label, command="due", args={"customer": customer_id})


def reassigning(ctx: Context, t: Phrases, customer_id: str) -> Form:
    """Ask whom a customer goes to: a choice of colleagues, where they are few enough to choose from."""
    asked = form(Reassign, "reassign", t, {}, {"customer": customer_id})
    people = [person for person in ctx.store.staff.everyone() if person.role != "engineer"]
    if len(people) > COLLEAGUES:
        return asked
    choices = tuple(Choice(value=person.name, label=person.name) for person in people)
    (name,) = asked.asks
    return asked.model_copy(update={"asks": (name.model_copy(update={"kind": "choice", "choices": choices}),)})


def shortened(words: str, length: int = LONGEST_QUOTE) -> str:
    line = " ".join(words.split())
    return line if len(line) <= length else line[: length - 1] + "…"


@cache
def _asking(command: Literal["log", "snooze"], t: Phrases) -> Form:
    """Make a form that is the same for all customers once for all bundles."""
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
