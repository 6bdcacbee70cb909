"""People at work: they look at who is due, talk and log it, put off, hand over, write drafts; and now and then do not."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial

from prompts.phrases import phrases
from tests.quarter.agenda import Agenda, Deed
from tests.quarter.company import Client, Company, Worker
from tests.quarter.house import House, command, press
from tests.quarter.platform import Heard
from tests.quarter.recount import Recount

A_DAY = 24
"""So many customers a rep gets round to on a day."""
HOWS = (("call", 50), ("visit", 10), ("meeting", 15), ("message", 25))
WORDS = {
    "call": "Called about the new filters",
    "visit": "Visited, saw the plant",
    "meeting": "Met the buyer for an hour",
    "message": "Wrote about the price list",
    "other": "No answer",
}
DEEDS = (("touch", 64), ("attempt", 6), ("reason", 6), ("snooze", 4), ("not now", 5), ("draft", 5), ("nothing", 10))
NAME = re.compile(r"Firma \d{5}")
READ = ("renewal", "maintenance", "greeting", "apology", "follow_up", "value", "wake_up")
PURPOSES = ("follow_up", "value", "renewal", "wake_up", "greeting", "apology")


@dataclass
class People:
    """The colleagues' side of the quarter."""

    company: Company
    house: House
    recount: Recount
    agenda: Agenda
    luck: random.Random
    done: Counter[str] = field(default_factory=Counter)
    drafts: dict[str, tuple[Client, str]] = field(default_factory=dict)
    """By the draft's id: whom it is for, and its purpose."""
    opened: set[str] = field(default_factory=set)

    def begin(self, now: datetime) -> None:
        """Plan everybody's working day, when it begins."""
        for worker in self.company.workers:
            day = worker.office.day(now)
            if worker.works(worker.office.at(day)):
                first = worker.office.at(day) + timedelta(minutes=self.luck.randrange(5, 75))
                if worker.person.role == "rep":
                    self.agenda.at(first, partial(self._look, worker))
                elif worker.leads and worker.boss is not None:
                    self.agenda.at(first, partial(self._oversee, worker))

    def _is_here(self, worker: Worker, now: datetime) -> bool:
        return worker.works(now) and now < worker.office.end(worker.office.day(now))

    def _look(self, worker: Worker, now: datetime) -> Deed | None:
        if not self._is_here(worker, now):
            return None
        return Deed(command(worker.address, "due"), partial(self._plan_day, worker, now))

    def _plan_day(self, worker: Worker, now: datetime, heard: Sequence[Heard]) -> None:
        """Take what the list names, the longest overdue first, and spread it over the day."""
        named = list(dict.fromkeys(_customers(heard)))
        end = worker.office.end(worker.office.day(now))
        for id_ in named[:A_DAY]:
            if id_ not in self.recount.dues:
                continue
            moment = now + (end - now) * self.luck.uniform(0.02, 0.98)
            deed = self.luck.choices([name for name, _ in DEEDS], [share for _, share in DEEDS])[0]
            self._plan_deed(worker, self.company.clients[id_], deed, moment)

    def _plan_deed(self, worker: Worker, client: Client, deed: str, moment: datetime) -> None:
        match deed:
            case "touch":
                how = self.luck.choices([name for name, _ in HOWS], [share for _, share in HOWS])[0]
                self.agenda.at(moment, partial(self._log, worker, client, how))
            case "attempt":
                self.agenda.at(moment, partial(self._log, worker, client, "other"))
            case "reason" | "snooze":
                reason = "customer is on holiday" if deed == "reason" else ""
                self.agenda.at(moment, partial(self._snooze, worker, client, self.luck.randrange(1, 8), reason))
            case "not now":
                self.agenda.at(moment, partial(self._not_now, worker, client))
            case "draft":
                eager = 3 if self.luck.random() < 0.25 else 1
                for n in range(eager):
                    purpose = self.luck.choice(PURPOSES)
                    self.agenda.at(moment + timedelta(days=n), partial(self._draft, worker, client, purpose))

    def _is_theirs(self, worker: Worker, client: Client, now: datetime) -> bool:
        return self._is_here(worker, now) and client.owner.id == worker.id

    def _log(self, worker: Worker, client: Client, how: str, now: datetime) -> Deed | None:
        if not self._is_theirs(worker, client, now):
            return None
        event, again = command(worker.address, "log", customer=client.id, words=WORDS[how], how=how), None
        if how != "other" and self.luck.random() < 0.08:
            again = client.owner.office.day(now) + timedelta(days=self.luck.randrange(2, 20))
            promise = {"outcome": "follow_up", "on": again.isoformat()}
            event = command(worker.address, "log", customer=client.id, words=WORDS[how], how=how, **promise)
        return Deed(event, partial(self._logged, worker, client, how, again, now), client.id)

    def _logged(
        self, worker: Worker, client: Client, how: str, again: date | None, now: datetime, heard: Sequence[Heard]
    ) -> None:
        real = self.recount.touched(client, how, now, worker.person.name, again)
        self.done[f"log {how}"] += 1
        if real != _is_good(heard):
            self.recount.fault("counts", client.id, now, f"a {how} counts: recount {real}, heard {_texts(heard)}")

    def _snooze(self, worker: Worker, client: Client, days: int, reason: str, now: datetime) -> Deed | None:
        if not self._is_theirs(worker, client, now):
            return None
        event = command(worker.address, "snooze", customer=client.id, days=str(days), reason=reason)
        return Deed(event, partial(self._snoozed, worker, client, days, reason, now), client.id)

    def _snoozed(
        self, worker: Worker, client: Client, days: int, reason: str, now: datetime, heard: Sequence[Heard]
    ) -> None:
        allowed = self.recount.may_snooze(client, reason)
        if allowed != _is_good(heard):
            self.recount.fault("snooze", client.id, now, f"allowed {allowed}, heard {_texts(heard)}")
        self.done["snooze" if _is_good(heard) else "snooze refused"] += 1
        if _is_good(heard):
            self.recount.snoozed(client, days, now, worker.person.name, reason)

    def _not_now(self, worker: Worker, client: Client, now: datetime) -> Deed | None:
        if not self._is_theirs(worker, client, now) or "not now" not in self.house.bots[0].routes.commands:
            return None
        event = command(worker.address, "not now", customer=client.id)
        return Deed(event, partial(self._put_off, worker, client, now), client.id)

    def _put_off(self, worker: Worker, client: Client, now: datetime, heard: Sequence[Heard]) -> None:
        allowed = self.recount.may_say_not_now(client, now)
        if allowed != _is_good(heard):
            self.recount.fault("not now", client.id, now, f"allowed {allowed}, heard {_texts(heard)}")
        self.done["not now" if _is_good(heard) else "not now refused"] += 1
        if _is_good(heard):
            self.recount.not_now(client, now, worker.person.name)

    def _draft(self, worker: Worker, client: Client, purpose: str, now: datetime) -> Deed | None:
        if not self._is_theirs(worker, client, now):
            return None
        event = command(worker.address, "draft", customer=client.id, purpose=purpose)
        return Deed(event, partial(self._drafted, worker, client, purpose, now), client.id)

    def _drafted(self, worker: Worker, client: Client, purpose: str, now: datetime, heard: Sequence[Heard]) -> None:
        made = [news for news in heard if news.slot.startswith("draft:")]
        self.done["draft" if made else "draft refused"] += 1
        for news in made[:1]:
            self.drafts[news.slot.split(":")[1]] = (client, purpose)
            later = now + timedelta(minutes=self.luck.randrange(2, 60))
            choice = self.luck.choices(("draft send", "draft drop"), (85, 15))[0]
            self.agenda.at(later, partial(self._decide, worker, news.slot, choice))

    def _decide(self, worker: Worker, slot: str, deed: str, now: datetime) -> Deed | None:
        button = self.house.platform.button(worker.address, slot, deed)
        if button is None or not self._is_here(worker, now):
            return None
        client, _ = self.drafts[slot.split(":")[1]]
        return Deed(press(worker.address, slot, button.id), partial(self._decided, deed), client.id)

    def _decided(self, deed: str, _heard: Sequence[Heard]) -> None:
        self.done[deed] += 1

    def greets(self, worker: Worker, news: Heard) -> None:
        """Plan what becomes of a day's greetings: mostly approved together, now and then dropped or forgotten."""
        choice = self.luck.choices(("greetings send", "greetings drop", ""), (80, 8, 12))[0]
        if choice:
            moment = news.at + timedelta(minutes=self.luck.randrange(3, 240))
            self.agenda.at(moment, partial(self._approve, worker, news.slot, choice))

    def _approve(self, worker: Worker, slot: str, deed: str, now: datetime) -> Deed | None:
        button = self.house.platform.button(worker.address, slot, deed)
        if button is None or not self._is_here(worker, now):
            return None
        return Deed(press(worker.address, slot, button.id), partial(self._decided, deed))

    def opens_drafts(self, worker: Worker, now: datetime, news: Heard) -> None:
        """Plan to look at the drafts that the morning's card offers: renewals, maintenance, what waits for a yes."""
        for button in news.card.every_button:
            if button.command == "draft show" and self.luck.random() < 0.6:
                moment = now + timedelta(minutes=self.luck.randrange(2, 200))
                self.agenda.at(moment, partial(self._open, worker, button.args["draft"]))

    def _open(self, worker: Worker, draft: str, now: datetime) -> Deed | None:
        if not self._is_here(worker, now):
            return None
        self.opened.add(draft)
        return Deed(command(worker.address, "draft show", draft=draft), lambda _: None)

    def shown(self, worker: Worker, news: Heard) -> None:
        """A draft that somebody opened stands before them: they decide about it."""
        id_ = news.slot.split(":")[1]
        named = NAME.search(news.card.title)
        if id_ in self.opened and id_ not in self.drafts and named:
            self.drafts[id_] = (self.company.named[named[0]], _purpose(worker, news.card.title))
            later = news.at + timedelta(minutes=self.luck.randrange(2, 30))
            self.agenda.at(later, partial(self._decide, worker, news.slot, "draft send"))

    def _oversee(self, boss: Worker, now: datetime) -> Deed | None:
        if not self._is_here(boss, now):
            return None
        return Deed(command(boss.address, "due", customer="team"), partial(self._hand_out, boss, now))

    def _hand_out(self, boss: Worker, now: datetime, heard: Sequence[Heard]) -> None:
        """Give some of what is longest overdue to other reps; all that somebody who left has left behind."""
        for id_ in list(dict.fromkeys(_customers(heard)))[:20]:
            due = self.recount.dues.get(id_)
            if due and (due.owner.has_left(now) or self.luck.random() < 0.04):
                moment = now + timedelta(minutes=self.luck.randrange(3, 60))
                self.agenda.at(moment, partial(self._reassign, boss, due.client))

    def _reassign(self, boss: Worker, client: Client, now: datetime) -> Deed | None:
        others = [rep for rep in self.company.reps if not rep.has_left(now) and rep.id != client.owner.id]
        near = [rep for rep in others if rep.office == client.owner.office]
        to = self.luck.choice(near if near and self.luck.random() < 0.9 else others)
        if not self._is_here(boss, now):
            return None
        event = command(boss.address, "reassign", customer=client.id, colleague=to.person.name)
        return Deed(event, partial(self._reassigned, boss, client, to, now), client.id)

    def _reassigned(self, boss: Worker, client: Client, to: Worker, now: datetime, heard: Sequence[Heard]) -> None:
        if _is_good(heard):
            self.done["reassign"] += 1
            self.recount.reassigned(client, to, now, boss.person.name)
        else:
            self.recount.fault("reassign", client.id, now, f"heard {_texts(heard)}")


def _customers(heard: Sequence[Heard]) -> list[str]:
    return [button.args["customer"] for news in heard for button in news.card.every_button if "customer" in button.args]


def _is_good(heard: Sequence[Heard]) -> bool:
    return any(news.card.tone == "good" and news.slot == news.key for news in heard)


def _texts(heard: Sequence[Heard]) -> list[str]:
    return [f"{news.card.title} {news.card.text}"[:120] for news in heard]


def _purpose(worker: Worker, title: str) -> str:
    """Read from a draft's title what it is for."""
    t = phrases(worker.person.language)
    return next((known for known in READ if t(f"purpose-{known.replace('_', '-')}") in title), "unknown")
