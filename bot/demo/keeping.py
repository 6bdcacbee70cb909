"""Keeping: what colleagues of the sample company noted of their contacts with customers, and what they heard."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Final, Literal

from dateutil.relativedelta import relativedelta

from bot.demo.chance import new_id
from bot.demo.clients import Client
from bot.demo.material import Language, language_of, sayings
from prompts.reader.reading import Reader
from scheduler.cadence import Diary, keep_touch, rhythm_of
from scheduler.policy.calendars import moment
from scheduler.policy.document import Policy
from scheduler.policy.sections import Every
from storage.customers import Customer
from storage.feedback import Feedback
from storage.store import Store
from storage.touches import Touch

DUE: Final = (0, 0, 0, -2, -2, -5, -1, 1, 2, 2)
"""Working days from today on which the first customers of each colleague are due; the others are due later."""
NEAR: Final = range(-5, 6)
"""Calendar days around which the contact is looked for that leads to a wanted due day."""
LATELY: Final = timedelta(days=90)
SLEEP: Final = timedelta(days=150)
"""Without an order for so long, other things are noted."""
ASKED: Final = 60
"""So many customers are asked, until everything that is known to be said was said once."""
MISSED: Final = 0.1
"""Share of earlier contacts that were tried in vain."""
KINDS: Final = ("call", "call", "visit", "meeting")
LIGHT_KINDS: Final = ("call", "message", "message", "visit")
Sentiment = Literal["positive", "neutral", "negative"]
FELT: Final[dict[str, Sentiment]] = {"praise": "positive", "complaint": "negative"}


class Notebook:
    """What can be noted, given out in turn, so that no two customers in a row sound alike."""

    def __init__(self, chance: Random) -> None:
        self._left: dict[str, list[str]] = defaultdict(list)
        self._chance = chance

    def note(self, language: Language, kind: str, who: str) -> str:
        """Write the next note of this kind of contact."""
        notes, goods = sayings().notes[language][kind], sayings().goods[language]
        return self._next(f"{language} {kind}", notes).format(who=who, goods=self._next(language, goods))

    def _next(self, pile: str, full: Sequence[str]) -> str:
        left = self._left[pile]
        if not left:
            left += self._chance.sample(full, len(full))
        return left.pop()


def keep_touches(store: Store, policy: Policy, clients: Iterable[Client], now: datetime, chance: Random) -> None:
    """Write the contacts of the last months; the last one moves the due day as it does every day."""
    known, notebook = list(clients), Notebook(chance)
    placed = {customer.id: customer for customer in store.customers.by_ids([c.customer.id for c in known])}
    plans: dict[str | None, Iterator[int]] = defaultdict(lambda: iter(DUE))
    for client in known:
        customer = placed[client.customer.id]
        diary = Diary.of(policy, store.staff.get(customer.owner_id))
        due = client.face.due if client.face else next(plans[customer.owner_id], None)
        last = _last_touch(diary, customer, due, now, chance)
        for touch in _earlier(client, customer, diary, last, notebook, chance):
            store.touches.add(touch)
        keep_touch(store, policy, customer, _touch(client, customer, last, notebook, chance))


def _last_touch(diary: Diary, customer: Customer, due: int | None, now: datetime, chance: Random) -> datetime:
    """Choose when the last contact was: so that the next one is due on the wanted day, or some time later."""
    every = rhythm_of(diary, customer, now).every
    today = now.astimezone(diary.zone).date()
    if due is None:
        return _at_work(diary, today - timedelta(days=chance.randint(1, max(1, _days(every) - 4))), chance)
    wanted = _working_day(diary, today, due)
    guess = wanted - relativedelta(days=every.days or 0, months=every.months or 0)
    days = sorted((guess + timedelta(days=shift) for shift in NEAR), key=lambda day: abs(day - guess))
    at = [_at_work(diary, day, chance) for day in days if diary.calendar.is_working_day(day) and day < today]
    fitting = (moment for moment in at if diary.due(customer, moment, now).astimezone(diary.zone).date() == wanted)
    return next(fitting, at[0])


def _working_day(diary: Diary, today: date, distance: int) -> date:
    """Count working days from today; on a free day, from the last worked one."""
    if not diary.calendar.is_working_day(today):
        today = diary.calendar.shift_working_days(today, -1)
    return diary.calendar.shift_working_days(today, distance)


def _days(every: Every) -> int:
    return (every.days or 0) + 30 * (every.months or 0) + (every.working_days or 0)


def _at_work(diary: Diary, day: date, chance: Random) -> datetime:
    if not diary.calendar.is_working_day(day):
        day = diary.calendar.shift_working_days(day, -1)
    return moment(diary.zone, day, time(chance.randint(9, 16), chance.randint(0, 59)))


def _earlier(
    client: Client, customer: Customer, diary: Diary, last: datetime, notebook: Notebook, chance: Random
) -> Iterator[Touch]:
    """Go back from the last contact in the customer's rhythm, for as long as they have been one."""
    every = _days(rhythm_of(diary, customer, last).every)
    at = last
    for _ in range(chance.randint(1, 4)):
        day = at.astimezone(diary.zone).date() - timedelta(days=every + chance.randint(-2, 6))
        at = _at_work(diary, day, chance)
        if customer.since and at < customer.since:
            return
        yield _touch(client, customer, at, notebook, chance, missed=MISSED)


def _touch(
    client: Client, customer: Customer, at: datetime, notebook: Notebook, chance: Random, missed: float = 0.0
) -> Touch:
    kind = chance.choice(KINDS if customer.tier == "strategic" else LIGHT_KINDS)
    if chance.random() < missed:
        kind = "other"
    asleep = customer.last_order_at is not None and at - customer.last_order_at > SLEEP
    return Touch(
        id=new_id(chance),
        customer_id=customer.id,
        kind=kind,
        words=notebook.note(
            language_of(customer.zone or ""), f"asleep {kind}" if asleep and kind != "meeting" else kind, client.called
        ),
        at=at,
        staff_id=customer.owner_id,
        contact_id=client.contacts[0].id,
    )


def keep_opinions(store: Store, reader: Reader, clients: Iterable[Client], now: datetime, chance: Random) -> None:
    """Write what customers said of us lately, read as every message of theirs is."""
    left = {language: chance.sample(said, len(said)) for language, said in sayings().feedback.items()}
    for n, client in enumerate(chance.sample([client for client in clients if client.face is None], ASKED)):
        customer, opinions = client.customer, left[language_of(client.customer.zone or "")]
        if not opinions:
            continue
        said = opinions.pop()
        reading = reader.read(said.words)
        piece = Feedback(
            id=new_id(chance),
            kind=said.kind,
            topic=reading.topic,
            sentiment=FELT.get(said.kind, reading.sentiment),
            urgency=reading.urgency,
            words=said.words,
            source=f"noted:{n}",
            at=now - chance.random() * LATELY,
            customer_id=customer.id,
            contact_id=client.contacts[0].id,
            added_by=customer.owner_id,
        )
        store.feedback.add(piece)
