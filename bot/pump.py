"""The pump: turn by turn it settles what was sent, handles what has come, claims what may leave, stores what arrives."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from typing import cast

import structlog

from bot import claiming, delivery
from bot.channels.port import AlongWith, Channel, Outgoing
from bot.claiming import Claim
from bot.clock import Clock
from bot.dispatch import Dispatch, Entangled
from bot.outages import Outages
from bot.places import Places
from bot.precedence import Precedence
from bot.quotas import pauses
from bot.tally import Tally
from bot.turns import CONFLICTS, Arrival, Turn, fail, fail_arrival, joined, store_arrival, suspect
from bot.writer import Writer
from handlers.context import Refused
from storage.inbox import Event
from storage.messages import Message, Settlement
from storage.posts import Post
from storage.rows import Conflict
from storage.store import Store

log = structlog.get_logger()

BATCH = 64
"""Events handled in one turn: small enough that no transaction lasts over some 50 ms."""
FEW = 8
"""After a turn that handled no more than so many, what arrived is stored by itself: a commit more costs little then."""
POLL = 1.0
"""Seconds after which a quiet pump looks anyway: other replicas write too."""
GRACE = 8.0
"""Seconds that a stopping pump waits for what is on its way."""


class Pump:
    """Moves events in and messages out; several run side by side on PostgreSQL, one on SQLite."""

    def __init__(
        self,
        writer: Writer,
        dispatch: Dispatch,
        channels: Mapping[str, Channel],
        clock: Clock,
        heed: Callable[[Settlement], None] = lambda _: None,
    ) -> None:
        self._writer = writer
        self.dispatch = dispatch
        self._channels = dict(channels)
        self._clock = clock
        self._heed = heed
        self._arrivals: list[Arrival] = []
        self._settlements: list[Settlement] = []
        self._wake = asyncio.Event()
        self._places = Places(self._channels)
        self._deliveries: set[asyncio.Task[None]] = set()
        self._loops: set[asyncio.Task[None]] = set()
        self._stopping = False
        self._outages = Outages()
        self._precedence = Precedence()
        self.idle = asyncio.Event()
        self.tally = Tally()

    async def accept(
        self, events: Sequence[Event], lines: Sequence[Post] = (), *, along: AlongWith | None = None
    ) -> list[Event]:
        """Store events; return after the commit, with those that were new. Only then may a channel acknowledge.

        `lines` are what people typed into chats that are ours to show, each with its event as its slot. `along` is
        written in the same commit; if it fails, nothing is stored.
        """
        stored: asyncio.Future[list[Event]] = asyncio.get_running_loop().create_future()
        self._arrivals.append(Arrival(events, stored, lines, (along,) if along else ()))
        self.wake()
        return await stored

    def wake(self) -> None:
        self.idle.clear()
        self._wake.set()

    async def settled(self) -> None:
        """Wait until nothing moves any more: all that is due is handled, all that may leave has left."""
        self.wake()
        while self._deliveries or self._settlements or not self.idle.is_set():
            if self._deliveries:
                await asyncio.wait(set(self._deliveries))
            else:
                await self.idle.wait()

    async def run(self) -> None:
        """Turn until stopped."""
        self._loops.add(loop := cast("asyncio.Task[None]", asyncio.current_task()))
        loop.add_done_callback(self._loops.discard)
        quick = False
        while not self._stopping:
            self._wake.clear()
            turn = await self.turn(quick=quick, patient=True)
            quick = not turn.quick and len(turn.handled) <= FEW  # then who speaks hears at once that it is stored
            if turn.moved or self._wake.is_set():
                continue
            if not turn.rest:
                self.idle.set()
            with suppress(TimeoutError):
                async with asyncio.timeout(turn.rest or POLL):
                    await self._wake.wait()

    async def stop(self) -> None:
        """Stop claiming, let what is on its way arrive, write down what became of it."""
        self._stopping = True
        self._wake.set()
        if self._loops:  # a turn that claimed already sends once more
            await asyncio.wait(set(self._loops))
        if self._deliveries:
            await asyncio.wait(self._deliveries, timeout=GRACE)
        last = self._take(quick=True)
        await self._writer.do(lambda store: self._run_turn(store, last))
        last.answer()

    async def turn(self, *, quick: bool = False, patient: bool = False) -> Turn:
        """Run one turn; if anything in it fails, run its parts one by one.

        A quick one only stores what arrived; in a patient one whoever has said a lot may rest a moment.
        """
        turn, started = self._take(quick=quick and bool(self._arrivals), patient=patient), time.monotonic()
        try:
            await self._writer.do(lambda store: self._run_turn(store, turn))
        except Exception as error:  # noqa: BLE001 - the parts find out which of them it was
            log.debug("turn split", error=type(error).__name__)
            await self._carefully(turn)
        else:
            turn.answer()
            self._launch(turn.claimed.outgoing)
        finally:
            self._places.give_back(turn.room)
        self._precedence.note(turn.handled)
        if turn.moved:
            self.tally.turned(time.monotonic() - started, len(turn.handled))
        return turn

    def _take(self, *, quick: bool, patient: bool = False) -> Turn:
        arrivals, settlements, self._arrivals, self._settlements = self._arrivals, self._settlements, [], []
        room = {} if quick or self._stopping else self._places.reserve()
        return Turn(arrivals, settlements, room, quick=quick, patient=patient)

    def _run_turn(self, store: Store, turn: Turn) -> None:
        now = self._clock.now()
        delivery.settle(store, turn.settlements, now)
        if not turn.quick:
            turn.chosen = self._precedence.choose(store.inbox.heads(now, BATCH), patient=turn.patient)
            self.dispatch.handle_all(store, turn.handled, now)
            turn.claimed = self._claim(store, turn.room, now)
        turn.new = [store_arrival(store, arrival, now) for arrival in joined(turn.arrivals)]

    def _claim(self, store: Store, room: Mapping[str, int], now: datetime) -> Claim:
        return claiming.claim(store, self._channels, room, self.dispatch.around, now)

    def _launch(self, claimed: Sequence[Outgoing]) -> None:
        for outgoing in claimed:
            name = outgoing.message.channel
            self._places.take(name)
            for pause in pauses(self._channels[name].pace):  # look again then, not at the next poll
                asyncio.get_running_loop().call_later(pause, self.wake)
            task = asyncio.create_task(self._deliver(outgoing))
            self._deliveries.add(task)
            task.add_done_callback(self._deliveries.discard)

    async def _deliver(self, outgoing: Outgoing) -> None:
        name = outgoing.message.channel
        settlement = await self._outages.deliver(self._channels[name], outgoing, self._clock)
        self.tally.delivered(name, settlement.state)
        self._heed(settlement)
        self._places.leave(name)
        self._settlements.append(settlement)
        self.wake()

    async def _carefully(self, turn: Turn) -> None:
        """Run the parts of a failed turn alone: one bad event spoils only itself, one bad database only this moment."""
        if not await self._database_answers(turn):
            return
        for arrival in turn.arrivals:
            await self._store_alone(arrival)
        for settlement in turn.settlements:
            await self._settle_alone(settlement)
        try:
            now = self._clock.now()
            waiting = await self._writer.do(lambda store: store.inbox.heads(now, BATCH))
            turn.chosen = self._precedence.choose(waiting)  # noted, so that what they say leaves before the next poll
            for event in turn.handled:
                await self._handle_alone(event)
            await self._claim_carefully(turn.room)
        except Exception:
            log.exception("the database does not answer")
            await asyncio.sleep(POLL)

    async def _claim_carefully(self, room: Mapping[str, int]) -> None:
        """Claim what may leave; if that fails, message by message: one that cannot be made ready ends alone."""
        now = self._clock.now()
        try:
            claimed = await self._writer.do(lambda store: self._claim(store, room, now))
        except Exception:
            log.exception("claim split")
        else:
            self._launch(claimed.outgoing)
            return
        for name, places in room.items():
            channel = self._channels[name]
            waiting = await self._writer.do(partial(claiming.waiting, channel=channel, room=places, now=now))
            for message in waiting:
                await self._claim_alone(channel, message, now)

    async def _claim_alone(self, channel: Channel, message: Message, now: datetime) -> None:
        around = self.dispatch.around
        try:
            claimed = await self._writer.do(lambda store: claiming.claim_alone(store, channel, message.id, around, now))
        except Exception as error:
            log.exception("cannot make a message ready", key=message.key)
            why = type(error).__name__
            await self._writer.do(lambda store: claiming.give_up(store, message, why, now))
        else:
            self._launch(claimed.outgoing)

    async def _database_answers(self, turn: Turn) -> bool:
        """Ask it once for all; if it does not, nothing is acknowledged and what was sent is written down later."""
        try:
            await self._writer.do(lambda _store: None)
        except Exception as error:
            log.exception("the database does not answer")
            for arrival in turn.arrivals:
                fail_arrival(arrival, error)
            self._settlements += turn.settlements
            await asyncio.sleep(POLL)
            return False
        return True

    async def _store_alone(self, arrival: Arrival) -> None:
        try:
            new = await self._writer.do(lambda store: store_arrival(store, arrival, self._clock.now()))
        except Exception as error:  # noqa: BLE001 - the channel must not acknowledge, and hears why
            fail_arrival(arrival, error)
        else:
            if not arrival.stored.done():
                arrival.stored.set_result(new)

    async def _settle_alone(self, settlement: Settlement) -> None:
        try:
            await self._writer.do(lambda store: delivery.settle(store, [settlement], self._clock.now()))
        except Exception:
            log.exception("cannot write down a sending", key=settlement.message.key)
            self._settlements.append(settlement)

    async def _handle_alone(self, event: Event) -> None:
        now = self._clock.now()
        try:
            await self._answer_alone(event, now)
        except Exception as error:
            log.exception("handler failed", id=event.id, kind=event.kind, attempt=event.attempts + 1)
            why = type(error).__name__
            await self._writer.do(lambda store: fail(store, event, why, now))

    async def _answer_alone(self, event: Event, now: datetime) -> None:
        """Handle an event in a transaction of its own; whoever else changed the same thing goes first."""
        for attempt in range(CONFLICTS + 1):
            try:
                await self._writer.do(lambda store: self._handle_one(store, event.id, now))
            except Entangled as entangled:
                refusal = entangled.__cause__
                assert isinstance(refusal, Refused)  # noqa: S101 - dispatch raises it from a refusal only
                await self._writer.do(lambda store: self.dispatch.refuse_alone(store, event, refusal, now))  # noqa: B023 - awaited here
            except Conflict:
                if attempt == CONFLICTS:
                    raise
                continue
            return

    def _handle_one(self, store: Store, id_: int, now: datetime) -> None:
        """Handle one event by itself, unless another replica has it by now."""
        self.dispatch.handle_all(store, store.inbox.heads(now, 1, only=id_), now)

    async def retrace(self) -> None:
        """Handle what a previous run may have died of one by one, each attempt counted before it is made."""
        now = self._clock.now()
        for event in await self._writer.do(lambda store: store.inbox.heads(now, BATCH)):
            if await self._writer.do(partial(suspect, event=event, now=now)):
                await self._handle_alone(event)

    async def recover(self, *, everything: bool = False) -> int:
        """Decide about sendings whose sender is gone; on a start of the only process that is all of them."""
        ahead = timedelta(days=1) if everything else timedelta(0)
        return await self._writer.do(lambda store: delivery.recover(store, self._channels, ahead, self._clock.now()))
