"""A world whose people are reached over the loopback platform, and handlers that misbehave on request."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.app import Bot
from bot.channels.port import Channel, Pace
from bot.channels.webchat.channel import WebChat
from handlers.cards import Card
from handlers.contents import ROUTERS
from handlers.context import Context, Place, Refused, Surroundings
from handlers.routing import Router, Routes
from storage.database import Database
from storage.inbox import Event
from storage.messages import Kind, Message, Settlement
from storage.store import Store
from tests.spine.platform import Loopback, Platform
from tests.world import World

NO_PACE = Pace()


class Stage(World):
    """A company on the loopback: channel `loop`, a second account `other`, one of edits in place `edits`."""

    platform: Platform
    pace = NO_PACE
    slots = 8

    def __init__(self, database: Database, *, pace: Pace = NO_PACE, slots: int = 8) -> None:
        self.pace, self.slots = pace, slots
        super().__init__(database)
        self.bot.pump.dispatch = replace(self.bot.pump.dispatch, around=self.around(self.bot))

    async def _make(self, database: Database, policy: str | None) -> Bot:
        self.platform = Platform()
        await self.platform.start()
        return self.replica(database, policy)

    def replica(self, database: Database, policy: str | None = None) -> Bot:
        """Make one more bot on the same clock, which speaks over the same platform."""
        url = self.platform.url
        loop = Loopback(url, pace=self.pace, slots=self.slots)
        channels: list[Channel] = [WebChat(), loop, Loopback(url, "other"), Loopback(url, "edits", repeatable=True)]
        bot = Bot(database, channels, policy, self.clock)
        for name in bot.channels:
            bot.health.signs(name).well()  # nobody listens here: what happens is handed in
        return bot

    def around(self, bot: Bot) -> Surroundings:
        return replace(bot.pump.dispatch.around, routes=Routes([*ROUTERS, probe]))

    def loses_patience(self) -> None:
        """Give up on a platform that stalls after a second: only where it does, for a busy machine is slow too."""
        for channel in self.bot.channels.values():
            if isinstance(channel, Loopback):
                channel.patience = timedelta(seconds=1)

    def end(self) -> None:
        self._runner.run(self._close())
        super().end()

    async def _close(self) -> None:
        for channel in self.bot.channels.values():
            if isinstance(channel, Loopback):
                await channel.close()
        await self.platform.stop()

    def say(self, key: str, to: str = "chen", kind: Kind = Kind.REPLY, channel: str = "loop", **more: Any) -> None:
        message = Message(key=key, channel=channel, address=to, card=Card(text=key).kept(), kind=kind, **more)
        self.change(lambda store: store.outbox.say(message, self.now))

    def heard(self, address: str | None = None) -> list[str]:
        """Name what the platform took, in order."""
        return [call.key for call in self.platform.heard if address in (None, call.address)]

    def message(self, key: str) -> Message:
        found = self.ask(lambda store: store.outbox.get(key))
        assert found is not None
        return found

    def pause(self, **span: float) -> None:
        """Let time pass without a heartbeat, and let the pump look."""
        self.clock.moment += timedelta(**span)
        self.settle()

    def happens(self, do: str, conversation: str | None = None, **body: Any) -> None:
        self.hands_in(probe_event(self.next_id(), do, conversation, **body))

    def hears_alarm(self, *words: str) -> None:
        """Find the alarm in the place where messages go that have nobody."""
        cards = [str(post.card) for post in self.posts("#rapport")]
        assert any(all(word in card for word in words) for card in cards), cards

    def done(self) -> list[str]:
        """Name the probes that were handled, in order."""
        return self.ask(lambda store: list(store.settings.get("probes") or []))


def probe_event(id_: str, do: str, conversation: str | None = None, **body: Any) -> Event:
    return Event("loop", id_, "probe", body={"do": do, "name": id_, **body}, conversation=conversation)


def settlement(message: Message, state: str = "sent") -> Settlement:
    return Settlement(message, state, provider_id="p1")


probe = Router("probe")
broken: set[str] = set()
"""Names of deeds that fail at the moment."""


@probe.on("probe")
def deed(ctx: Context, facts: dict[str, Any]) -> None:
    """Do what the test wants to see done, and write it down."""
    done = list(ctx.store.settings.get("probes") or [])
    ctx.store.settings.set("probes", [*done, facts["name"]])
    if facts["do"] in broken:
        raise ValueError(f"{facts.get('words', '')} cannot be handled")
    DEEDS[facts["do"]](ctx, facts)


def _refuse(_ctx: Context, _facts: dict[str, Any]) -> None:
    raise Refused("no-such-phrase-anywhere")


def _kill(_ctx: Context, _facts: dict[str, Any]) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _answer(ctx: Context, facts: dict[str, Any]) -> None:
    ctx.say(Place("loop", facts.get("to", "chen")), Card(text=facts["name"]))


@probe.on("count")
def count(ctx: Context, facts: dict[str, Any]) -> None:
    """Read, add one, write: what gets lost where nobody compares versions."""
    ticket = ctx.store.tickets.get(facts["ticket"])
    assert ticket is not None
    ctx.store.tickets.change(ticket, paused_seconds=ticket.paused_seconds + 1)


DEEDS: dict[str, Callable[[Context, dict[str, Any]], None]] = {
    "answer": _answer,
    "refuse": _refuse,
    "kill": _kill,
    "fail": _answer,
}


@probe.guard("while")
def still(store: Store, about: str, _around: Surroundings, _now: object) -> str | None:
    """Let a message go as long as nobody has written that it is over."""
    over: Sequence[str] = store.settings.get("over") or []
    return "it is over" if about in over else None
