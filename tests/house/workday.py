"""A working day of the sample company in two minutes: who does what, in which app, in which language."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from bot.demo.material import Colleague, Known, cast, language_of
from prompts.phrases import phrases
from tests.emulators.slack_rules import Piece
from tests.house.crowd import Act, Clerk, Patron, Platforms, number_of
from tests.house.house import SERVICE
from tests.slack.office import labels, words

OPENINGS: Final = {
    "en": (
        "The bag filters arrived with a torn box and three are damaged. I want to complain!",
        "When will my order of last week arrive?",
        "What does the big filter cost, and is there a discount for ten?",
        "The circulation pump has stopped and shows E2, please come quickly!",
    ),
    "zh-CN": (
        "滤芯用了三天就裂开，质量太差了，我要投诉！",
        "上周订的 5 微米滤芯发货了吗？什么时候能到？",
        "大号滤芯怎么卖？十箱有优惠吗？",
        "车间一号循环泵突然停了，报 E2，麻烦尽快来看看！",
    ),
}
MORE: Final = {"en": "And one thing more: the box had no label.", "zh-CN": "还有一点，箱子上没有标签。"}
THANKS: Final = {"en": "Thank you!", "zh-CN": "好的，谢谢！"}
PRAISE: Final = {"en": "Your engineer did a great job today.", "zh-CN": "你们的工程师今天服务特别好，点赞！"}
REPLY: Final = {"en": "We are on it, you hear from us today.", "zh-CN": "已经在处理，今天给您答复。"}
SOLVED: Final = {"en": "Exchanged today.", "zh-CN": "今天已经换好。"}
LOGGED: Final = {"en": "called, they want a quote on Friday", "zh-CN": "打电话，周五要报价"}
RUED: Final = 0.3
"""Share of the drafts that their sender takes back, if the customer is not quicker."""
LAST: Final = 0.75
"""After so much of the day nobody begins anything new."""
t = phrases("en")


@dataclass
class Guest(Patron):
    """A contact of a customer, with what they did that is answered at once, and when."""

    known: Known | None = None
    asked: list[tuple[Act, str, float]] = field(default_factory=list)

    def asks(self, text: str, kind: str = "words") -> None:
        """Say something that wants an answer."""
        at = time.monotonic()
        self.asked.append((self.writes(text, kind), text, at))


@dataclass
class Worker(Clerk):
    """A colleague of the sample company."""

    colleague: Colleague | None = None

    @property
    def language(self) -> str:
        assert self.colleague is not None
        return cast().offices[self.colleague.office].language


def crowd(platforms: Platforms) -> tuple[list[Guest], list[Worker]]:
    """Seat the sample company's people in their apps."""
    workers = [
        Worker(platforms, one.key, user=platforms.slack.person(f"U0{one.key.upper()}", one.name), colleague=one)
        for one in cast().colleagues
    ]
    platforms.slack.channel(SERVICE, "service", *(worker.user for worker in workers))
    guests = [
        Guest(platforms, one.key, id=910_000 + n, language=language_of(one.zone), known=one)
        for n, one in enumerate(cast().guests)
    ]
    for guest in guests:
        guest.client.opens()
    return guests, workers


@dataclass
class Workday:
    """Everybody at work until the day is over."""

    guests: list[Guest]
    workers: list[Worker]
    luck: random.Random
    seconds: float
    begun: float = 0.0

    @property
    def gone(self) -> float:
        """The share of the day that is gone."""
        return (time.monotonic() - self.begun) / self.seconds

    async def passes(self) -> None:
        self.begun = time.monotonic()
        await asyncio.gather(*map(self._lives, self.guests), *map(self._works, self.workers))

    async def _lives(self, guest: Guest) -> None:
        """Ask for something, add to it, rate what was done, ask again; one of them opts out, some praise."""
        await asyncio.sleep(self.luck.uniform(0, self.seconds / 6))
        guest.asks(self.luck.choice(OPENINGS[guest.language]))
        while self.gone < 1:
            await asyncio.sleep(self.luck.uniform(3, 8))
            if self._rates(guest) and self.gone < LAST:
                await asyncio.sleep(self.luck.uniform(2, 5))
                guest.asks(self.luck.choice((*OPENINGS[guest.language], PRAISE[guest.language])))
            elif self.gone < LAST and self.luck.random() < 0.25:
                guest.writes(self.luck.choice((MORE, THANKS))[guest.language])
            elif self.luck.random() < 0.1:
                guest.asks("/status", "status")
        if guest is self.guests[0]:
            guest.asks("/stop", "stop")

    def _rates(self, guest: Guest) -> bool:
        if self.luck.random() < 0.1:
            return guest.presses(phrases(guest.language)("customer-not-solved"))
        return guest.presses(phrases(guest.language)("customer-rate", score=self.luck.choice((3, 4, 5, 5))))

    async def _works(self, worker: Worker) -> None:
        deeds = (self._tickets, self._tickets, self._tickets, self._customers)
        while self.gone < 1.1:
            await asyncio.sleep(self.luck.uniform(2, 6))
            if worker.platforms.slack.sockets:
                await self.luck.choice(deeds)(worker)

    async def _tickets(self, worker: Worker) -> None:
        """Take a ticket, answer it, say something among colleagues, solve it."""
        cards = [card for card in worker.cards() if number_of(card) and t("button-reopen") not in labels(card)]
        if not cards:
            return
        card, language = self.luck.choice(cards), self._language_on(cards[0])
        if t("button-take") in labels(card):
            await worker.presses(t("button-take"), card)
        elif self.luck.random() < 0.3:
            await worker.notes(card)
        elif self.luck.random() < 0.5:
            mark = worker.mark()
            await worker.types(f"ticket reply {number_of(card)} {REPLY[language]} {mark}", "reply", mark)
        elif await worker.presses(t("button-resolve"), card, asks=True):
            await worker.fills(words=SOLVED[language])

    def _language_on(self, card: Piece) -> str:
        said = words(card)
        return next((g.language for g in self.guests if g.known and g.known.company in said), "en")

    async def _customers(self, worker: Worker) -> None:
        """Log a contact, ask for a draft, send one that waits."""
        mine = [g for g in self.guests if g.known and worker.colleague and g.known.owner == worker.colleague.key]
        sends = phrases(worker.language)("draft-button-send")
        waiting = [message for message in worker.mate.direct() if sends in labels(message)]
        if waiting:
            await worker.presses(sends, waiting[-1], f"D{worker.user}")
            if self.luck.random() < RUED:
                await self._thinks_again(worker)
        elif mine and self.gone < LAST:
            known = self.luck.choice(mine).known
            assert known is not None
            lines: tuple[Callable[[], str], ...] = (
                lambda: f"log {known.company} {LOGGED[worker.language]}",
                lambda: f"draft {known.company}",
            )
            await worker.types(self.luck.choice(lines)())

    async def _thinks_again(self, worker: Worker) -> None:
        """Take back what was sent just now; the draft is open again, and may be sent another time."""
        await asyncio.sleep(self.luck.uniform(1, 3))
        undo = phrases(worker.language)("button-undo")
        leaving = [message for message in worker.mate.direct() if undo in labels(message)]
        if leaving:
            await worker.presses(undo, leaving[-1], f"D{worker.user}")
