"""A day from nothing: `python -m tests.house.day` founds a company, works, is killed, goes on, and gives account.

Prints one JSON object; ends with 1 if something was lost, came out of order, or was left unsaid, or an answer was slow.
"""

from __future__ import annotations

import asyncio
import csv
import json
import os
import random
import re
import sys
import tempfile
import time
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from bot.clock import WallClock
from bot.demo.buying import BUYERS
from bot.demo.material import cast
from storage.database import Database
from tests.emulators.model import ModelEmulator
from tests.house.crowd import Platforms
from tests.house.house import SERVICE
from tests.house.ledger import unfinished, verdict
from tests.house.moods import Mood, MoodySlack, MoodyTelegram
from tests.house.process import Process, morning_zone, quick_policy, settings
from tests.house.waits import Waits, added_quietly, figures
from tests.house.workday import Guest, Workday, crowd
from tests.slack.office import words

SECONDS = float(os.environ.get("DAY_SECONDS", "120"))
PATIENT = 300.0
KEPT = ("words",)
"""Colleagues also try what they may not, and are refused."""


@dataclass
class Day:
    """One company's day."""

    folder: Path
    seed: int
    killed: float = 0.0
    back: float = 0.0
    steps: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.luck = random.Random(self.seed)
        calm = Mood(random.Random(self.seed), 0)
        self.platforms = Platforms(MoodySlack(calm), MoodyTelegram(calm), self.luck)
        self.model = ModelEmulator(words="Hello, the new filters are in. Shall I put a box aside for you?")

    async def passes(self) -> dict[str, Any]:
        """Live through the day; give what it came to."""
        slack, telegram = self.platforms.slack, self.platforms.telegram
        await asyncio.gather(slack.start(), telegram.start(), self.model.start())
        self.guests, self.workers = crowd(self.platforms)
        self.process = Process(settings(self.folder, slack, telegram, self.model), self.folder)
        async with self.process:
            return await self._lives()

    async def _lives(self) -> dict[str, Any]:
        slack, telegram = self.platforms.slack, self.platforms.telegram
        await self._found()
        await self._import()
        self._say(await self.process.rapport("doctor"))
        await self.process.start()
        await self.process.ready()
        await self._bind()
        begun = time.monotonic()
        day = Workday(self.guests, self.workers, self.luck, SECONDS)
        await asyncio.gather(day.passes(), self._dies(SECONDS / 2))
        self._say(f"worked for {time.monotonic() - begun:.0f} s")
        database = Database(f"sqlite:///{self.folder / 'rapport.db'}", self.process.settings["RAPPORT_KEY"])
        await self._rest(database)
        code = await self.process.stop()
        account = await self._account(database) | {"exit_code": code}
        database.close()
        await asyncio.gather(slack.stop(), telegram.stop(), self.model.stop())
        return account

    def _say(self, words: str) -> None:
        print(words, file=sys.stderr, flush=True)

    async def _found(self) -> None:
        """Write down who works here, and the policy, as an administrator does."""
        offices = cast().offices
        self._say(await self.process.rapport("migrate"))
        for one in sorted(cast().colleagues, key=lambda one: one.manager is not None):
            boss = next((other.name for other in cast().colleagues if other.key == one.manager), "")
            line = ["people", "add", "--name", one.name, "--role", one.role, "--slack", f"U0{one.key.upper()}"]
            line += ["--language", offices[one.office].language, "--zone", morning_zone()]
            line += ["--manager", boss] if boss else []
            line += ["--telegram", "920001"] if one.role == "engineer" and not self.steps else []
            self.steps.append(await self.process.rapport(*line))
        policy = self.folder / "policy.yaml"
        policy.write_text(quick_policy().replace("undo: 1 s", "undo: 10 s"), encoding="utf-8")
        self._say(await self.process.rapport("policy", "accept", str(policy)))

    async def _import(self) -> None:
        """Import each owner's customers from a file of orders."""
        for key in sorted({guest.known.owner for guest in self.guests if guest.known}):
            file = self.folder / f"{key}.csv"
            self._write_orders(file, [guest for guest in self.guests if guest.known and guest.known.owner == key])
            name = next(one.name for one in cast().colleagues if one.key == key)
            self._say(await self.process.rapport("import", "orders", str(file), "--owner", name, "--currency", "CNY"))

    def _write_orders(self, file: Path, guests: list[Guest]) -> None:
        today = WallClock().now().date()
        with file.open("w", encoding="utf-8", newline="") as out:
            table = csv.writer(out)
            table.writerow(["Order number", "Customer name", "Order date", "Amount"])
            for guest in guests:
                assert guest.known is not None
                low, high = BUYERS[guest.known.buys].amount
                for n in range(1, 5):
                    day = today - timedelta(days=30 * n + self.luck.randrange(20))
                    table.writerow([f"PO-{guest.name}-{n}", guest.known.company, day, self.luck.randint(low, high)])

    async def _bind(self) -> None:
        """Let each owner make a code in Slack, and the customer type it in Telegram."""
        for guest in self.guests:
            known = guest.known
            assert known is not None
            owner = next(worker for worker in self.workers if worker.name == known.owner)
            await owner.types(f"customer invite {known.company} {known.name}")
            code = await self._code(owner.user, known.name)
            guest.writes(f"/start {code}", "start")
        async with asyncio.timeout(PATIENT):
            while not all(guest.client.bubbles for guest in self.guests):  # noqa: ASYNC110 - as people look
                await asyncio.sleep(0.1)
        self._say(f"{len(self.guests)} customers came in through their invitations")

    async def _code(self, user: str, name: str) -> str:
        async with asyncio.timeout(PATIENT):
            while True:
                whispers = [m for m in self.platforms.slack.talks[SERVICE].whispers if m["to"] == user]
                found = [re.findall(r"start=(\S+)", words(m)) for m in whispers if name in words(m)]
                if found and found[-1]:
                    return str(found[-1][0])
                await asyncio.sleep(0.1)

    async def _dies(self, after: float) -> None:
        await asyncio.sleep(after)
        self.killed = time.monotonic()
        await self.process.kill()
        await self.process.start()
        await self.process.ready()
        polls = len(self.platforms.telegram.said("getUpdates"))
        async with asyncio.timeout(PATIENT):
            while len(self.platforms.telegram.said("getUpdates")) < polls + 2:  # noqa: ASYNC110 - seen from outside
                await asyncio.sleep(0.02)
        self.back = time.monotonic()

    async def _rest(self, database: Database) -> None:
        async with asyncio.timeout(PATIENT):
            await self.platforms.telegram.confirmed()
            while await asyncio.to_thread(unfinished, database):  # noqa: ASYNC110 - seen from outside
                await asyncio.sleep(0.2)

    async def _account(self, database: Database) -> dict[str, Any]:
        found = verdict(database, self.platforms, self.guests, self.workers, kills=self.process.kills, kept=KEPT)
        tickets = json.loads(await self.process.rapport("list", "tickets", "--all", "--json"))
        waits = self._waits(database)
        acts = [act for worker in self.workers for act in worker.acts]
        struck = [act for act in acts if act.at < self.back and act.at + act.seconds > self.killed]
        acks = [act.seconds for act in acts if act.acked and act not in struck]
        return {
            "seed": self.seed,
            "events": {"acknowledged": found.acknowledged, "handled": found.handled, "lost": found.lost},
            "twice": found.twice,
            "inversions": found.inversions,
            "unsaid": [*found.unsaid, *found.open_ends],
            "taken_back": {"count": found.taken_back, "wrong": found.not_taken_back},
            "said": found.said,
            "copies": {"extra": found.copies, "allowed": found.allowed_copies},
            "dead_letters": found.dead_letters,
            "tickets": {"opened": len(tickets), "closed": sum(one["status"] == "closed" for one in tickets)},
            "ratings": [one["rating"] for one in tickets if one["rating"]],
            "first_answer_s": figures(waits.running),
            "first_answer_in_restart_s": figures(waits.restart),
            "slow_answers": waits.slow,
            "added_without_an_answer": waits.added,
            "restart_s": round(self.back - self.killed, 2),
            "slack_ack_s": figures(acks),
            "slack_ack_in_restart_s": figures([act.seconds for act in struck if act.acked]),
            "slack_not_acknowledged": sum(not act.acked for act in acts),
            "kills": self.process.kills,
            "log_errors": self.process.complaints(),
            "leaks": self.process.leaks(),
            "clean": found.is_clean,
        }

    def _waits(self, database: Database) -> Waits:
        waits = Waits()
        said = self.platforms.telegram.said("sendMessage")
        waits.count(self.guests, said, (self.killed, self.back), added_quietly(database))
        return waits


def is_good(account: dict[str, Any]) -> bool:
    """Tell whether nothing was lost, nobody waited too long, and everything ended well."""
    return (
        account["clean"] and not account["slow_answers"] and account["exit_code"] in (0, -15) and not account["leaks"]
    )


def main() -> None:
    seed = int(os.environ.get("SEED", "0")) or random.SystemRandom().randrange(1, 10**6)
    with tempfile.TemporaryDirectory(prefix="rapport-day-") as folder:
        account = asyncio.run(Day(Path(folder), seed).passes())
    print(json.dumps(account, ensure_ascii=False, indent=2))
    sys.exit(0 if is_good(account) else 1)


if __name__ == "__main__":
    main()
