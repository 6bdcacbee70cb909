"""The platform: what people really see and hear, counted where it arrives, whatever the bot believes it said."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.channels.port import Outgoing, Receipt
from bot.channels.webchat.channel import WebChat
from handlers.cards import Button, Card

_OF_EVENT = re.compile(r"e(\d+)\.\d+")


@dataclass(frozen=True, slots=True)
class Heard:
    """One card that arrived in somebody's chat; `anew` tells that nothing stood in its slot before."""

    at: datetime
    address: str
    slot: str
    key: str
    kind: str
    card: Card
    anew: bool
    thread: str | None


@dataclass
class Platform:
    """Every chat of the company, with its cards as they stand."""

    now: Callable[[], datetime]
    heard: list[Heard] = field(default_factory=list)
    standing: dict[tuple[str, str], Card] = field(default_factory=dict)
    repeats: int = 0
    """Sendings that came again because the one who sent them died: the chat shows them once."""
    _keys: set[tuple[str, str]] = field(default_factory=set)
    _answers: dict[int, list[Heard]] = field(default_factory=lambda: defaultdict(list))

    def take(self, outgoing: Outgoing) -> None:
        message, card = outgoing.message, outgoing.card
        if (message.address, message.key) in self._keys:
            self.repeats += 1
            return
        self._keys.add((message.address, message.key))
        place = (message.address, message.slot)
        anew = place not in self.standing
        self.standing[place] = card
        news = Heard(
            self.now(), message.address, message.slot, message.key, str(message.kind), card, anew, message.thread
        )
        self.heard.append(news)
        if found := _OF_EVENT.fullmatch(message.key):
            self._answers[int(found[1])].append(news)

    def answers(self, event: int, address: str) -> list[Heard]:
        """Give what somebody heard at once for what they did."""
        return [news for news in self._answers.pop(event, []) if news.address == address]

    def button(self, address: str, slot: str, command: str, customer: str = "") -> Button | None:
        """Find a button on a card as it stands now."""
        card = self.standing.get((address, slot))
        for button in card.every_button if card else ():
            if button.command == command and customer in ("", button.args.get("customer")):
                return button
        return None


class Ear(WebChat):
    """The channel of our own pages, with somebody listening at the other end."""

    patience = timedelta(seconds=5)

    def __init__(self, platform: Platform) -> None:
        self._platform = platform

    async def send(self, outgoing: Outgoing) -> Receipt:
        self._platform.take(outgoing)
        return Receipt()
