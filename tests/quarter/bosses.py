"""Bosses at work: what a digest asks of them they take note of, call about themselves, or give to somebody."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

from handlers.cards import Button
from tests.quarter.agenda import Agenda, Deed
from tests.quarter.company import Company, Worker
from tests.quarter.house import House, command, press
from tests.quarter.platform import Heard
from tests.quarter.recount import Recount

DONE, CALL, ASSIGN = "digest done", "digest call", "digest assign"
CHOICES = ((DONE, 30), (CALL, 15), (ASSIGN, 15), ("", 40))
WORDS = "Called them myself"


@dataclass
class Bosses:
    """What becomes of the items of a digest; one that was decided about comes back only if it got worse."""

    company: Company
    house: House
    recount: Recount
    agenda: Agenda
    luck: random.Random
    done: Counter[str] = field(default_factory=Counter)
    settled: dict[tuple[str, str], int] = field(default_factory=dict)
    """By whom and about what: how bad it was when they decided."""

    def reads(self, boss: Worker, news: Heard) -> None:
        """Hold each item against what was decided about it, and plan what to decide about it now."""
        for row in news.card.rows:
            deeds = {button.command: button for button in row.buttons}
            if DONE in deeds:
                self._look(boss, deeds[DONE], news.at)
                choice = self.luck.choices([name for name, _ in CHOICES], [share for _, share in CHOICES])[0]
                if choice in deeds:
                    moment = news.at + timedelta(minutes=self.luck.randrange(2, 90))
                    self.agenda.at(moment, partial(self._decide, boss, news.slot, deeds[choice]))

    def _look(self, boss: Worker, shown: Button, at: datetime) -> None:
        before = self.settled.get((boss.id, shown.args["item"]))
        if before is not None and int(shown.args["severity"]) <= before:
            self.recount.fault(
                "decided, and there again", shown.args.get("customer", ""), at, f"{boss.person.name}: {shown.args}"
            )

    def _decide(self, boss: Worker, slot: str, meant: Button, now: datetime) -> Deed | None:
        """Press the button as it stands by now; the card may have been said anew, without the item."""
        card = self.house.platform.standing.get((boss.address, slot))
        found = next((one for one in card.every_button if _is_same(one, meant)), None) if card else None
        if found is None or not boss.works(now) or now >= boss.office.end(boss.office.day(now)):
            return None
        client = found.args.get("customer", "")
        if meant.command == ASSIGN:
            team = [worker for worker in self.company.reps if worker.boss is boss and worker.works(now)]
            if not team:
                return None
            owner = self.company.clients[client].owner
            colleague = owner if owner in team else self.luck.choice(team)
            event = command(boss.address, ASSIGN, **found.args, colleague=colleague.person.name)
        else:
            event = press(boss.address, slot, found.id)
        return Deed(event, partial(self._decided, boss, found, now), client)

    def _decided(self, boss: Worker, button: Button, now: datetime, heard: Sequence[Heard]) -> None:
        warned = any(news.card.tone in ("warn", "alarm") for news in heard)
        refused = button.command == ASSIGN and warned
        self.done[f"{button.command} refused" if refused else button.command] += 1
        if refused:
            return
        self.settled[boss.id, button.args["item"]] = int(button.args["severity"])
        if button.command == CALL:
            moment = now + timedelta(minutes=self.luck.randrange(2, 60))
            self.agenda.at(moment, partial(self._call, boss, button.args["customer"]))

    def _call(self, boss: Worker, client: str, now: datetime) -> Deed | None:
        if not boss.works(now):
            return None
        event = command(boss.address, "log", customer=client, words=WORDS, how="call")
        return Deed(event, partial(self._called, boss, client, now), client)

    def _called(self, boss: Worker, client: str, now: datetime, _heard: Sequence[Heard]) -> None:
        self.recount.touched(self.company.clients[client], "call", now, boss.person.name)
        self.done["log call by a manager"] += 1


def _is_same(one: Button, other: Button) -> bool:
    return one.command == other.command and one.args.get("item") == other.args.get("item")
