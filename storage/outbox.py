"""The outbox: everything we are about to say, stored with the facts that it speaks about."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, bindparam, delete, exists, func, or_, select, update
from sqlalchemy.sql.dml import Update

from storage.columns import Moment
from storage.messages import PATIENCE, Kind, Message, Settlement
from storage.outbox_rows import BAD, ENDED, OPEN, columns, is_bad, is_open, is_pending, is_sending, message_of, outbox
from storage.paces import RESTS, ban_scope, chat_scope, is_busy, paces
from storage.patience import BLOCKED_AT_MOST, FORGOTTEN_AT_ONCE, KEPT
from storage.rows import Rows

__all__ = ["LEASE", "Outbox", "outbox"]

LEASE = timedelta(seconds=30)

_now = bindparam("now", type_=Moment)
_older = outbox.alias("older")
_blocking = exists().where(
    _older.c.lane == outbox.c.lane,
    _older.c.state.in_(("pending", "sending")),
    _older.c.id < outbox.c.id,
    _older.c.not_before <= _now,
    or_(_older.c.blocked_since.is_(None), _older.c.blocked_since > bindparam("blocked_before")),
)
_busy = is_busy(outbox.c.chat, _now)
_banned = exists().where(paces.c.scope == bindparam("ban"), paces.c.free_at > _now)
_is_due = and_(
    outbox.c.channel == bindparam("account"), is_pending, outbox.c.next_at <= _now, ~_banned, ~_blocking, ~_busy
)
_any_due = select(exists().where(_is_due))
_due = (
    select(*columns)
    .where(_is_due)
    .order_by(outbox.c.rank_at, outbox.c.id)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True, of=outbox)
)
_due_bulk = _due.where(outbox.c.kind == Kind.BULK)
_due_not_bulk = _due.where(outbox.c.kind != Kind.BULK)
_may_follow = tuple(outbox.c.key.not_like(f"{what}:%") for what in ("draft", "recall"))
"""What nobody asked for stays, and so does what takes back words that stand in a chat: it means nothing in another."""
_last_waiting = (
    select(outbox.c.slot).where(outbox.c.lane == bindparam("lane"), is_open).order_by(outbox.c.id.desc()).limit(1)
)


class Outbox(Rows):
    """What is to be said, in order within a lane."""

    def say(self, message: Message, now: datetime) -> None:
        """Leave a message; the same key said twice is said once only by the caller's care (keys follow from causes)."""
        start = message.not_before or now
        self._add(
            outbox,
            key=message.key,
            channel=message.channel,
            chat=chat_scope(message.channel, message.address),
            address=message.address,
            lane=message.lane,
            kind=message.kind,
            slot=message.slot or message.key,
            thread=message.thread,
            card=message.card,
            guards=list(message.guards),
            receipt=message.receipt,
            created_at=now,
            not_before=start,
            expires_at=message.expires_at,
            rank_at=start + PATIENCE[message.kind],
            next_at=start,
            state="pending",
            attempts=0,
            throttles=0,
        )

    def due(
        self, channel: str, now: datetime, limit: int, *, bulk: bool | None = None, only: int | None = None
    ) -> list[Message]:
        """Find what may go out on a channel now: the head of each lane, in chats that are free."""
        statement = _due if bulk is None else _due_bulk if bulk else _due_not_bulk
        if only is not None:
            statement = statement.where(outbox.c.id == only)
        return [message_of(row) for row in self._select(statement, **_here_and_now(channel, now), most=limit)]

    def is_any_due(self, channel: str, now: datetime) -> bool:
        """Tell whether anything may go out on a channel now, without holding it."""
        return bool(self._select(_any_due, **_here_and_now(channel, now))[0][0])

    def newer(self, messages: Sequence[Message], now: datetime) -> set[int]:
        """Tell which of these have been overtaken: a newer state of the same card may leave behind them."""
        asked = {(chat_scope(m.channel, m.address), m.slot): m for m in messages}
        if not asked:
            return set()
        here = (outbox.c.chat.in_({chat for chat, _ in asked}), outbox.c.slot.in_({slot for _, slot in asked}))
        newest = select(outbox.c.chat, outbox.c.slot, func.max(outbox.c.id)).where(is_pending, *here)
        newest = newest.where(outbox.c.not_before <= now)
        found = self._select(newest.group_by(outbox.c.chat, outbox.c.slot), outbox)
        last = {(row[0], row[1]): row[2] for row in found}
        return {m.id for m in messages if last.get((chat_scope(m.channel, m.address), m.slot), 0) > m.id}

    def claim(self, messages: Sequence[Message], fence: str, lease_until: datetime) -> None:
        """Mark as being sent, before anything is sent."""
        if messages:
            values = {"state": "sending", "fence": fence, "lease_until": lease_until, "attempts": outbox.c.attempts + 1}
            self._execute(update(outbox).where(outbox.c.id.in_([m.id for m in messages])).values(values))

    def drop(self, messages: Sequence[Message], state: str, why: str, now: datetime) -> None:
        """End messages that need not or must not be said any more."""
        if messages:
            values = {"state": state, "error": why, "settled_at": now}
            self._execute(update(outbox).where(outbox.c.id.in_([m.id for m in messages])).values(values))

    def hold(self, message: Message, until: datetime, why: str | None = None) -> None:
        """Let a message wait; `why` names what lets it go earlier."""
        values = {"next_at": until, "not_before": until, "error": why}
        self._execute(update(outbox).where(outbox.c.id == message.id).values(values))

    def delay(self, message: Message, until: datetime) -> None:
        """Let a message wait, and with it what is behind it in its lane."""
        self._execute(update(outbox).where(outbox.c.id == message.id).values(next_at=until))

    def let_go(self, channel: str, address: str, why: Collection[str], now: datetime) -> None:
        """Let leave what was held in a chat for one of these reasons."""
        here = (outbox.c.chat == chat_scope(channel, address), is_pending, outbox.c.error.in_(why))
        self._execute(update(outbox).where(*here).values(next_at=now, not_before=now, error=None), outbox)

    def behind(self, message: Message, now: datetime, most: int) -> list[Message]:
        """Give what waits behind a message in its lane and may leave by now, in order."""
        here = (outbox.c.lane == message.lane, is_pending, outbox.c.id > message.id, outbox.c.next_at <= now)
        statement = select(*columns).where(*here).order_by(outbox.c.id).limit(most)
        return [message_of(row) for row in self._select(self._locking(statement, outbox), outbox)]

    def redirect(self, channel: str, address: str, to: tuple[str, str], failed: str | None, now: datetime) -> list[str]:
        """Let answers that wait for a chat, and the one that it refused, go to another; what was unasked stays.

        Gives their keys.
        """
        refused = and_(outbox.c.key == (failed or ""), outbox.c.state.in_(BAD))
        here = and_(outbox.c.chat == chat_scope(channel, address), outbox.c.kind == Kind.REPLY)
        waits = or_(is_pending, refused)
        statement = select(*columns).where(here, waits, *_may_follow).order_by(outbox.c.id)
        found = [message_of(row) for row in self._select(statement, outbox)]
        for message in found:
            there = replace(message, channel=to[0], address=to[1])
            place = {"channel": to[0], "chat": chat_scope(*to), "address": to[1], "lane": there.lane}
            fresh = {"state": "pending", "attempts": 0, "error": None, "settled_at": None, "fence": None}
            moment = max(now, message.not_before) if message.not_before else now
            values = place | fresh | {"next_at": moment}
            self._execute(update(outbox).where(outbox.c.id == message.id).values(values), outbox)
        return [message.key for message in found]

    def rewrite(self, message: Message, card: dict[str, Any]) -> None:
        """Say something else instead, under the same key."""
        self._execute(update(outbox).where(outbox.c.id == message.id).values(card=card))

    def last_waiting(self, lane: str) -> str | None:
        """Name the card of the last message that has not left a lane yet; None if nothing waits there."""
        return next((row.slot for row in self._select(_last_waiting, lane=lane)), None)

    def waiting_card(self, channel: str, address: str, slot: str) -> dict[str, Any] | None:
        """Give the newest state of a card that is yet to be said."""
        here = (outbox.c.chat == chat_scope(channel, address), outbox.c.slot == slot, is_pending)
        newest = select(outbox.c.card).where(*here).order_by(outbox.c.id.desc()).limit(1)
        return next((row.card for row in self._select(newest, outbox)), None)

    def waiting(self, channel: str, address: str, slot: str) -> Message | None:
        """Give the newest message with a state of a card that is yet to be said."""
        here = (outbox.c.chat == chat_scope(channel, address), outbox.c.slot == slot, is_pending)
        newest = select(*columns).where(*here).order_by(outbox.c.id.desc()).limit(1)
        return next((message_of(row) for row in self._select(newest, outbox)), None)

    def is_coming(self, channel: str, address: str, slot: str) -> bool:
        """Tell whether a card that has a thread is yet to be said, or is being said now."""
        lane = f"{chat_scope(channel, address)}:{slot}"
        here = (outbox.c.lane == lane, is_open, outbox.c.slot == slot)
        return bool(self._select(select(outbox.c.id).where(*here).limit(1), outbox))

    def cancel(self, *keys: str, now: datetime) -> int:
        """Take back what has not left yet; tell how many were taken back."""
        where = and_(outbox.c.key.in_(keys), is_pending)
        values = {"state": "cancelled", "settled_at": now}
        return self._execute(update(outbox).where(where).values(values), outbox).rowcount

    def settle(self, settlements: Sequence[Settlement], now: datetime) -> list[Settlement]:
        """Write down what became of sendings and give those; one whose lease was taken over writes nothing."""
        ours = self._held(settlements)
        ended = [s for s in ours if s.state != "pending"]
        if ended:
            rows = [_where(s) | {"new_state": s.state, "why": s.error, "at": now} for s in ended]
            self._connection.execute(_end, rows)
        for s in ours:
            if s.state == "pending":
                self._execute(_again(s, now))
            elif s.said:
                self.rewrite(s.message, s.message.card | {"said": list(s.said)})
        return ours

    def _held(self, settlements: Sequence[Settlement]) -> list[Settlement]:
        """Tell which sendings are still ours, and keep it so until this transaction ends."""
        if not settlements:
            return []
        ids = [s.message.id for s in settlements]
        statement = select(outbox.c.id, outbox.c.fence).where(outbox.c.id.in_(ids), is_sending).with_for_update()
        held = {(row.id, row.fence) for row in self._select(statement)}
        return [s for s in settlements if (s.message.id, s.message.fence) in held]

    def expired(self, machine_now: datetime) -> list[Message]:
        """Find sendings whose sender is gone; on PostgreSQL each is claimed by one replica."""
        where = and_(is_sending, outbox.c.lease_until < machine_now)
        return [message_of(row) for row in self._select(self._locking(select(*columns).where(where), outbox))]

    def in_doubt(self, channel: str, address: str) -> bool:
        """Tell whether anything was begun there of which nobody knows yet whether it stands."""
        where = (
            outbox.c.chat == chat_scope(channel, address),
            or_(is_sending, and_(is_pending, outbox.c.attempts > 0)),
        )
        return bool(self._select(select(outbox.c.id).where(*where).limit(1)))

    def next_due(self) -> datetime | None:
        rows = self._select(select(func.min(outbox.c.next_at)).where(is_pending))
        found: datetime | None = rows[0][0]
        return found

    def in_state(self, *states: str, limit: int = 100) -> list[Message]:
        """List messages that are in one of these states, the oldest first; what ended badly is found by its index."""
        here = outbox.c.state.in_(bindparam("states", states, expanding=True, literal_execute=True))
        within = is_bad if set(states) <= set(BAD) else here
        statement = select(*columns).where(within, here).order_by(outbox.c.id).limit(limit)
        return [message_of(row) for row in self._select(statement, outbox)]

    def standing(self, now: datetime) -> dict[str, tuple[int, datetime | None]]:
        """Count what is due or ended badly, by state, since the oldest's moment; nothing that waits for a chat at rest."""
        counted = select(outbox.c.state, func.count(), func.min(outbox.c.not_before)).group_by(outbox.c.state)
        moving = or_(outbox.c.state != "pending", ~is_busy(outbox.c.chat, now + RESTS))
        found = [  # two statements: each finds its rows by an index that has no others
            *self._select(counted.where(is_open, outbox.c.not_before <= now, moving)),
            *self._select(counted.where(is_bad, outbox.c.not_before <= now)),
        ]
        known = {row[0]: (row[1], row[2]) for row in found}
        return {state: known.get(state, (0, None)) for state in (*OPEN, *BAD)}

    def get(self, key: str) -> Message | None:
        for row in self._select(select(*columns).where(outbox.c.key == key), outbox):
            return message_of(row)
        return None

    def replay(self, key: str, now: datetime) -> bool:
        """Send a dead, failed or unknown message once more; false if there is none of this key."""
        where = and_(outbox.c.key == key, outbox.c.state.in_(("dead", "failed", "unknown")))
        again = {"state": "pending", "attempts": 0, "next_at": now, "blocked_since": None, "settled_at": None}
        return self._execute(update(outbox).where(where).values(again)).rowcount == 1

    def forget(self, now: datetime) -> int:
        """Drop some messages that have long ended and that nobody has to look at; few enough to hold nobody up."""
        ended = (outbox.c.state.in_(ENDED), outbox.c.settled_at < now - KEPT)
        old = select(outbox.c.id).where(*ended).limit(FORGOTTEN_AT_ONCE)
        return self._execute(delete(outbox).where(outbox.c.id.in_(old))).rowcount


def _where(settlement: Settlement) -> dict[str, Any]:
    return {"which": settlement.message.id, "held": settlement.message.fence}


_mine = and_(outbox.c.id == bindparam("which"), outbox.c.fence == bindparam("held"), is_sending)
_end = (
    update(outbox).where(_mine).values(state=bindparam("new_state"), error=bindparam("why"), settled_at=bindparam("at"))
)


def _again(settlement: Settlement, now: datetime) -> Update:
    message = settlement.message
    next_at = settlement.next_at or now
    if message.expires_at is not None:
        next_at = min(next_at, message.expires_at)  # so that whoever waits hears in time that it came to nothing
    values: dict[str, Any] = {"state": "pending", "error": settlement.error, "next_at": next_at}
    if settlement.said:
        values |= {"attempts": 0, "blocked_since": None, "card": message.card | {"said": list(settlement.said)}}
    elif settlement.throttled:
        # it waits for its platform, not for itself: what is behind it in its lane waits as long
        values |= {"attempts": outbox.c.attempts - 1, "throttles": outbox.c.throttles + 1, "blocked_since": None}
    elif not settlement.opened:
        values["blocked_since"] = message.first_failed_at or now
    if settlement.plain:
        values["card"] = message.card | {"plain": True, "said": []}
    mine = and_(outbox.c.id == message.id, outbox.c.fence == message.fence, is_sending)
    return update(outbox).where(mine).values(values)


def _here_and_now(channel: str, now: datetime) -> dict[str, Any]:
    return {"account": channel, "ban": ban_scope(channel), "now": now, "blocked_before": now - BLOCKED_AT_MOST}
