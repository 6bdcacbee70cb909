"""Occasions found: from contracts, products, birthdays, beginnings and festivals, each once, with the day to ask on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from scheduler.cadence import Diary
from scheduler.occasion_days import company_day, languages_of
from scheduler.policy.calendars import moment
from scheduler.policy.document import Policy
from scheduler.policy.sections import Festival
from storage.agreements import Contract, Installation
from storage.columns import new_id
from storage.contacts import Contact
from storage.customers import Customer
from storage.occasions import Occasion
from storage.store import Store


def renewal_begins(policy: Policy, ends_on: date) -> date | None:
    """Tell on which company day a contract is first looked at: at its longest lead; None if the policy has no lead."""
    leads = policy.occasions.renewal
    return ends_on - timedelta(days=max(leads)) if leads else None


def maintenance_begins(policy: Policy, maintenance_on: date | None) -> date | None:
    """Tell on which company day a product's next maintenance is first looked at."""
    return maintenance_on - timedelta(days=policy.occasions.maintenance) if maintenance_on else None


@dataclass(frozen=True)
class Finding:
    """Finds occasions at a moment, and writes them down; what is known already stays as it is."""

    store: Store
    policy: Policy
    now: datetime
    _diaries: dict[str | None, Diary] = field(default_factory=dict, repr=False, compare=False)

    @property
    def today(self) -> date:
        return company_day(self.policy, self.now)

    def agreements(self, limit: int) -> bool:
        """Find what is due of contracts and products, and say when each is looked at again.

        Tells whether there may be more than `limit` of either.
        """
        agreements = self.store.agreements
        ending = agreements.contracts_due(self.today, limit)
        maintained = agreements.installations_due(self.today, limit)
        self.store.occasions.find([*map(self._renewal, ending), *map(self._maintenance, maintained)])
        for contract in ending:
            agreements.change_contract(contract.id, next_on=self._next_lead(contract))
        for installation in maintained:
            agreements.change_installation(installation.id, next_on=None)
        return limit in (len(ending), len(maintained))

    def _renewal(self, contract: Contract) -> Occasion:
        """Of several leads that have come, the nearest counts: the others were missed or skipped by a late entry."""
        left = (contract.ends_on - self.today).days
        lead = min((lead for lead in self.policy.occasions.renewal if lead >= left), default=left)
        key = f"renewal:{contract.id}:{contract.ends_on}:{lead}"
        return self._now(key, contract.customer_id, contract.ends_on, contract.number, lead)

    def _next_lead(self, contract: Contract) -> date | None:
        later = [contract.ends_on - timedelta(days=lead) for lead in self.policy.occasions.renewal]
        return min((day for day in later if day > self.today), default=None)

    def _maintenance(self, installation: Installation) -> Occasion:
        day = installation.maintenance_on or self.today
        key = f"maintenance:{installation.id}:{day}"
        about = f"{installation.product} {installation.serial}"[:200]
        return self._now(key, installation.customer_id, day, about, self.policy.occasions.maintenance)

    def _now(self, key: str, customer_id: str, day: date, about: str, lead: int) -> Occasion:
        return Occasion(
            id=new_id(),
            key=key,
            kind=key.partition(":")[0],
            customer_id=customer_id,
            day=day,
            found_at=self.now,
            prepare_at=self.now,
            about=about,
            lead=lead,
        )

    def birthdays(self, contacts: Sequence[Contact], marks: Mapping[str, date]) -> None:
        """Find the birthdays of these contacts, as far as they are among the marked days."""
        born = [(contact, day) for contact in contacts if (day := marks.get(contact.birthday_mark or ""))]
        self._greet([(f"birthday:{who.id}:{day.year}", who.customer_id, who.id, day, None) for who, day in born])

    def anniversaries(self, customers: Sequence[Customer], day: date) -> None:
        """Find how many years these customers have been with us on a day; those in no chat with us are left out."""
        reached = self.store.contacts.reached_at([customer.id for customer in customers])
        began = [(one, one.since or one.first_order_at) for one in customers if one.id in reached]
        years = [(one, day.year - since.astimezone(self.policy.company.zone).year) for one, since in began if since]
        self._greet([(f"anniversary:{one.id}:{count}", one.id, None, day, f"{count}") for one, count in years])

    def festival(self, festival: Festival, day: date, owner_id: str) -> None:
        """Find whom of one owner's contacts a festival concerns."""
        languages = languages_of(self.policy, festival.culture)
        contacts = self.store.celebrants.of_culture(owner_id, festival.culture, languages)
        self._greet(
            [
                (f"festival:{who.id}:{festival.id}:{day.year}", who.customer_id, who.id, day, festival.id)
                for who in contacts
            ]
        )

    def _greet(self, found: Sequence[tuple[str, str | None, str | None, date, str | None]]) -> None:
        """Write greetings down: key, customer, contact, day, what about; asked about on the working day before."""
        known = {one.id: one for one in self.store.customers.by_ids([who for _, who, *_ in found if who])}
        self.store.occasions.find(
            [
                Occasion(
                    id=new_id(),
                    key=key,
                    kind=key.partition(":")[0],
                    customer_id=customer_id,
                    day=day,
                    found_at=self.now,
                    prepare_at=self._day_before(known[customer_id].owner_id, day),
                    contact_id=contact_id,
                    about=about,
                )
                for key, customer_id, contact_id, day, about in found
                if customer_id
            ]
        )

    def _day_before(self, owner_id: str | None, day: date) -> datetime:
        """Give the beginning of the owner's last working day before a day: before a holiday week, its eve."""
        diary = self.diary(owner_id)
        return moment(diary.zone, diary.calendar.shift_working_days(day, -1), time())

    def diary(self, owner_id: str | None) -> Diary:
        if owner_id not in self._diaries:
            self._diaries[owner_id] = Diary.of(self.policy, self.store.staff.get(owner_id))
        return self._diaries[owner_id]
