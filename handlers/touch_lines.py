"""Touch lines: what is said of one due customer, in somebody's language: who, since when, why, and who hears next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from handlers.agreement_words import said_day
from handlers.context import Context
from prompts.phrases import Phrases, phrases
from scheduler.cadence import Diary, rhythm_of
from storage.customers import Customer
from storage.due import Waiting
from storage.staff import Person
from storage.store import Store
from storage.touches import Touch

LONGEST_QUOTE = 80
RENEWAL = timedelta(days=90)
"""So long before its end a contract is a reason to talk."""


@dataclass(frozen=True)
class Known:
    """What else is known of the customers that are named together: one question each for all of them."""

    last: Mapping[str, Touch]
    tickets: Mapping[str, str]
    ends: Mapping[str, date]

    @classmethod
    def of(cls, store: Store, ids: Sequence[str], today: date) -> Known:
        if not ids:
            return cls({}, {}, {})
        ending = sorted(store.agreements.contracts_of(ids), key=lambda one: one.ends_on, reverse=True)
        ends = {one.customer_id: one.ends_on for one in ending if today <= one.ends_on <= today + RENEWAL}
        return cls(store.touches.latest(ids), store.tickets.open_about(ids), ends)


@dataclass(frozen=True)
class Lines:
    """What one person (or the team) reads about due customers, each counted on its owner's calendar."""

    ctx: Context
    t: Phrases
    zone: str
    _phrases: dict[tuple[object, ...], str] = field(default_factory=dict, repr=False, compare=False)
    _known: dict[str | None, Person | None] = field(default_factory=dict, repr=False, compare=False)
    _over: dict[tuple[str | None, datetime], int] = field(default_factory=dict, repr=False, compare=False)
    _diaries: dict[str | None, Diary] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def of(cls, ctx: Context, reader: Person | None) -> Lines:
        if reader is None:
            return cls(ctx, ctx.team_phrases(None), ctx.policy.company.zone.key)
        return cls(ctx, phrases(reader.language), reader.zone)

    def row(self, customer: Customer, known: Known, *, owner: bool) -> str:
        """Say first who is due since when, then why that matters: worth, what is open, who hears next, the last talk."""
        head = [self.who(customer), self.due(customer), *([self.owned(customer)] if owner else [])]
        last = self.t("touch-last-line", said=self.last(customer, known.last.get(customer.id)))
        reasons = [self.worth(customer), *self.open(customer, known), self.next(customer), last]
        return " · ".join(head) + "\n" + " · ".join(reason for reason in reasons if reason)

    def open(self, customer: Customer, known: Known) -> Iterator[str]:
        """Say what else is going on: a request that is open, a contract that ends soon."""
        if customer.id in known.tickets:
            yield self.said("touch-ticket", number=known.tickets[customer.id])
        if customer.id in known.ends:
            yield self.said("touch-contract", day=said_day(self.t, known.ends[customer.id], self.ctx.now))

    def who(self, customer: Customer) -> str:
        diary = self.diary(customer)
        every = rhythm_of(diary, customer, self.ctx.now).every
        unit = next(unit for unit in ("days", "months", "working_days") if getattr(every, unit) is not None)
        rhythm = self.said("touch-rhythm", unit=unit, count=getattr(every, unit))
        is_new = diary.is_new(customer, self.ctx.now)
        tier = self.said("touch-new-customer") if is_new else self.tier(customer)
        return self.t("touch-who", name=customer.name, tier=tier, rhythm=rhythm)

    def tier(self, customer: Customer) -> str:
        entry = self.ctx.policy.tiers.entry(customer.tier)
        return entry.label.said_in(self.t.language) if entry else self.said("policy-tier", tier=customer.tier or "none")

    def worth(self, customer: Customer) -> str:
        """Say what a customer bought in twelve months; nothing of one who bought nothing."""
        if not customer.spent:
            return ""
        return self.t("touch-worth", money=self.t.money(customer.spent, customer.currency))

    def owned(self, customer: Customer) -> str:
        owner = self.person(customer.owner_id)
        return self.said("touch-owned", owner=owner.name) if owner else self.said("touch-unowned")

    def days_over(self, customer: Customer | Waiting) -> int:
        """Count the calendar days since the due day, in the owner's zone; negative before it."""
        if customer.touch_due_at is None:
            return -1
        asked = (customer.owner_id, customer.touch_due_at)
        if asked not in self._over:
            diary = self.diary(customer)
            self._over[asked] = (diary.day(self.ctx.now) - diary.day(customer.touch_due_at)).days
        return self._over[asked]

    def due(self, customer: Customer) -> str:
        if customer.touch_due_at is None:
            return self.said("touch-due-none")
        days = self.days_over(customer)
        if days < 0:
            return self.said("touch-due-on", day=self.day(customer.touch_due_at))
        return self.said("touch-due-over", days=days) if days else self.said("touch-due-today")

    def next(self, customer: Customer) -> str:
        """Say who hears next, and when; nothing at the top of the ladder, nor that the owner hears on the due day."""
        if customer.touch_due_at is None:
            return ""
        ladder = self.diary(customer).ladder(customer.touch_due_at)
        coming = next((rung for rung in ladder if rung.at > self.ctx.now), None)
        if coming is None or (coming.audience == "owner" and coming.at == customer.touch_due_at):
            return ""
        day = self.day(coming.at)
        match coming.audience:
            case "owner_and_group" if customer.group_id:
                return self.said("touch-next-owner-and-group", who=self.said("touch-group"), day=day)
            case "manager":
                return self.said("touch-next-manager", who=self._manager_of(customer), day=day)
            case _:
                return self.said("touch-next-owner", day=day)

    def _manager_of(self, customer: Customer) -> str:
        owner = self.person(customer.owner_id)
        manager = self.person(owner.manager_id) if owner else None
        return manager.name if manager else self.t("touch-manager")

    def last(self, customer: Customer, touch: Touch | None) -> str:
        if touch is not None:
            how, day = self.t(f"how-{touch.kind}"), self.day(touch.at)
            if touch.outcome:
                how = self.t("touch-how-it-went", how=how, outcome=self.t(f"outcome-{touch.outcome.replace('_', '-')}"))
            return self.t("touch-last", day=day, how=how, words=shortened(touch.words))
        if customer.last_touch_at:
            return self.day(customer.last_touch_at)
        return self.said("touch-last-none")

    def person(self, id_: str | None) -> Person | None:
        """Read a colleague once for all the lines that name them."""
        if id_ not in self._known:
            self._known[id_] = self.ctx.store.staff.get(id_)
        return self._known[id_]

    def diary(self, customer: Customer | Waiting) -> Diary:
        """Open the owner's diary: their days and mornings count, whoever reads."""
        if customer.owner_id not in self._diaries:
            self._diaries[customer.owner_id] = Diary.of(self.ctx.policy, self.person(customer.owner_id))
        return self._diaries[customer.owner_id]

    def said(self, key: str, **values: str | int) -> str:
        """Say a phrase that many lines share; it is put together once."""
        known = (key, *values.values())
        if known not in self._phrases:
            self._phrases[known] = self.t(key, **values)
        return self._phrases[known]

    def day(self, at: datetime) -> str:
        if ("day", at) not in self._phrases:
            self._phrases["day", at] = self.t.day(at, self.zone, self.ctx.now)
        return self._phrases["day", at]


def shortened(words: str, length: int = LONGEST_QUOTE) -> str:
    line = " ".join(words.split())
    return line if len(line) <= length else line[: length - 1] + "…"
