"""The ledger: what the platforms and the people remember, held against what the bot's database says became of it."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, select, text

from bot.delivery import SENT_AGAIN
from storage.database import Database
from storage.entries import entries
from storage.inbox import inbox
from storage.messages import Kind
from storage.outbox import outbox
from storage.store import Store
from tests.emulators.telegram import Call
from tests.house import withdrawals
from tests.house.crowd import Clerk, Patron, Platforms
from tests.house.withdrawals import Withdrawals

SLOTS = 16 + 8
"""So many sendings may be on their way at once, Telegram's and Slack's."""
MARK = re.compile(r"\[(\w+)\.(\d+)\]")
TAKEN = ("ok", "stall", "lost-answer")
SETTLED = ("sent", "superseded", "suppressed", "expired", "dead", "unknown", "failed", withdrawals.STATE)


@dataclass
class Verdict:
    """What became of everything; `lost`, `twice`, `inversions`, `unsaid` and `not_taken_back` have to be empty."""

    acknowledged: int = 0
    handled: int = 0
    lost: list[str] = field(default_factory=list)
    twice: list[str] = field(default_factory=list)
    inversions: list[str] = field(default_factory=list)
    unsaid: list[str] = field(default_factory=list)
    taken_back: int = 0
    not_taken_back: list[str] = field(default_factory=list)
    said: int = 0
    copies: int = 0
    allowed_copies: int = 0
    forbidden_copies: list[str] = field(default_factory=list)
    dead_letters: list[str] = field(default_factory=list)
    open_ends: list[str] = field(default_factory=list)
    kills: int = 0
    faults: dict[str, int] = field(default_factory=dict)
    sound: str = "ok"

    @property
    def is_clean(self) -> bool:
        wrong = (self.lost, self.twice, self.inversions, self.unsaid, self.not_taken_back, self.forbidden_copies)
        return not any(wrong) and not self.open_ends and self.copies <= self.allowed_copies and self.sound == "ok"


@dataclass(frozen=True)
class Books:
    """What the bot wrote down, read once at the end."""

    events: Sequence[Any]
    messages: Sequence[Any]
    sayings: Sequence[Any]
    sound: str

    @classmethod
    def read(cls, database: Database) -> Books:
        names = ("id", "key", "channel", "address", "slot", "kind", "state", "attempts", "card", "error")
        columns = [outbox.c[name] for name in names]
        with database.reading() as connection:
            events = connection.execute(select(inbox.c.external_id, inbox.c.kind, inbox.c.state, inbox.c.error)).all()
            said = connection.execute(select(*columns).order_by(outbox.c.id)).all()
            heard = connection.execute(select(entries.c.flow, entries.c.words).order_by(entries.c.id)).all()
            check = "pragma integrity_check" if database.is_sqlite else "select 'ok'"
            return cls(events, said, heard, str(connection.execute(text(check)).scalar()))


def unfinished(database: Database) -> int:
    """Count what still waits to be handled or said."""
    with database.reading() as connection:
        new = connection.execute(select(func.count()).where(inbox.c.state == "new")).scalar_one()
        going = outbox.c.state.in_(("pending", "sending"))
        return int(new + connection.execute(select(func.count()).where(going)).scalar_one())


def verdict(
    database: Database,
    platforms: Platforms,
    patrons: Sequence[Patron],
    clerks: Sequence[Clerk],
    *,
    kills: int,
    kept: Sequence[str],
) -> Verdict:
    """Hold the books against what people did and what the platforms took; acts of the kinds `kept` leave words."""
    books = Books.read(database)
    found = Verdict(kills=kills, sound=books.sound)
    _handled(found, books, [*patrons, *clerks])
    _kept_once_and_in_order(found, books, [*patrons, *clerks], kept)
    _heard_in_order(found, platforms, clerks)
    _said(found, books, platforms)
    _words_reached_the_team(found, books, platforms)
    with database.reading() as connection:
        withdrawn(found, books, platforms, Store(connection))
    moods = (platforms.slack.mood, platforms.telegram.mood)
    found.faults = dict(moods[0].done + moods[1].done)
    at_most = kills * SLOTS + sum(mood.doubtful for mood in moods)
    found.allowed_copies = min(at_most, _cut_off(books))
    found.dead_letters = [f"in {e.kind}: {e.error}" for e in books.events if e.state == "dead"]
    found.dead_letters += [f"out {m.channel} {m.kind}: {m.error}" for m in books.messages if m.state == "dead"]
    found.open_ends = [f"out {m.key}: {m.state}" for m in books.messages if m.state not in SETTLED]
    found.open_ends += [f"in {e.kind}: {e.state}" for e in books.events if e.state not in ("done", "dead")]
    return found


def _cut_off(books: Books) -> int:
    """Count the sendings of which nobody heard what became of them: each may have left a copy, and nothing else may."""
    return sum(max(0, m.attempts - (m.state in ("sent", "dead", "unknown"))) for m in books.messages)


def _handled(found: Verdict, books: Books, people: Iterable[Patron | Clerk]) -> None:
    """Every act that a platform heard acknowledged is one event, and it was handled."""
    states: dict[str, list[str]] = defaultdict(list)
    for event in books.events:
        for part in re.split(r"[:]", event.external_id):
            states[part].append(event.state)
    acts = (act for person in people for act in person.acts if act.acked)
    for act in (act for act in acts if act.kind != "opening" or states[act.id]):
        found.acknowledged += 1
        found.handled += "done" in states[act.id]
        if states[act.id] != ["done"]:
            (found.twice if len(states[act.id]) > 1 else found.lost).append(f"{act.kind} {act.id}: {states[act.id]}")


def _kept_once_and_in_order(
    found: Verdict, books: Books, people: Iterable[Patron | Clerk], kinds: Sequence[str]
) -> None:
    """What was written stands on the timeline once, in the order in which its author wrote it."""
    for flow in ("in", "internal"):
        marks = [mark for saying in books.sayings if saying.flow == flow for mark in MARK.findall(saying.words)]
        found.twice += [f"{flow} {mark}" for mark, times in Counter(marks).items() if times > 1]
        found.inversions += [f"kept {mark}" for mark in inverted(marks)]
    kept = {mark for saying in books.sayings for mark in MARK.findall(saying.words)}
    acked = [act.mark for person in people for act in person.acts if act.acked and act.mark and act.kind in kinds]
    found.lost += [f"not on the timeline: {mark}" for mark in acked if MARK.findall(mark)[0] not in kept]


def _heard_in_order(found: Verdict, platforms: Platforms, clerks: Sequence[Clerk]) -> None:
    """Each customer hears the replies of a colleague in the order in which they were sent."""
    names = {clerk.name for clerk in clerks}
    for chat in platforms.telegram.chats:
        words = [_words(call) for call in platforms.telegram.calls if _taken(call, chat)]
        marks = [mark for line in words for mark in MARK.findall(line) if mark[0] in names]
        found.inversions += [f"heard {mark} in {chat}" for mark in inverted(list(dict.fromkeys(marks)))]


def _said(found: Verdict, books: Books, platforms: Platforms) -> None:
    """Every message that the books call sent was taken by its platform, and nothing more often than allowed."""
    slots: dict[str, set[str]] = defaultdict(set)
    for message in books.messages:
        found.said += message.state == "sent" and message.channel in ("slack", "telegram")
        if message.channel == "telegram" and message.state in ("sent", "dead", "unknown"):
            slots[message.address].add(message.slot)
    for chat, bubbles in platforms.telegram.chats.items():
        found.copies += max(0, len(bubbles) - len(slots[str(chat)]))
    _said_in_telegram(found, books, platforms)
    _said_in_slack(found, books, platforms)


def _said_in_telegram(found: Verdict, books: Books, platforms: Platforms) -> None:
    heard = _lines(platforms, "sendMessage", "editMessageText")
    once = {kind for kind in Kind if not SENT_AGAIN[kind]}
    for message in books.messages:
        if message.channel != "telegram" or message.state != "sent":
            continue
        words = _plain(message.card.get("text") or (message.card.get("quote") or {}).get("words") or "")
        times = sum(words in line for line in heard[message.address])
        if words and not times:
            found.unsaid.append(f"{message.key}: {words[:60]}")
        if message.kind in once and times > 1:
            found.forbidden_copies.append(f"{message.kind} {message.key}: {times}")


def _said_in_slack(found: Verdict, books: Books, platforms: Platforms) -> None:
    posted: Counter[str] = Counter()
    for call in platforms.slack.calls:
        if call.answer.get("ok") and call.method in ("chat.postMessage", "chat.update"):
            posted[(call.args.get("metadata") or {}).get("event_payload", {}).get("key", "")] += 1
            found.copies += call.method == "chat.postMessage" and posted[key_of(call.args)] > 1
    for message in books.messages:
        whisper = message.address.count(":") and message.channel == "slack"
        errand = "errand" in message.card  # signs on a card, which are no message
        sent = message.channel == "slack" and message.state == "sent" and not errand
        if sent and not whisper and not posted[message.key]:
            found.unsaid.append(f"slack {message.key} to {message.address}")


def withdrawn(found: Verdict, books: Books, platforms: Platforms, store: Store) -> None:
    """What was taken back before it left never arrived, and is known to have been taken back."""
    shown = {key_of(call.args) for call in platforms.slack.calls if call.answer.get("ok")}
    found.taken_back = sum(message.state == withdrawals.STATE for message in books.messages)
    found.not_taken_back = Withdrawals(store, books.messages, _lines(platforms, "sendMessage"), shown).broken()


def key_of(args: dict[str, Any]) -> str:
    return str((args.get("metadata") or {}).get("event_payload", {}).get("key", ""))


def _words_reached_the_team(found: Verdict, books: Books, platforms: Platforms) -> None:
    """All that customers wrote stood in Slack at some time: on the card, in its thread."""
    calls = [call for call in platforms.slack.calls if call.answer.get("ok")]
    shown = set(MARK.findall(json.dumps([call.args for call in calls])))
    written = [mark for saying in books.sayings if saying.flow == "in" for mark in MARK.findall(saying.words)]
    found.unsaid += [f"the team never saw {mark}" for mark in written if mark not in shown]


def _lines(platforms: Platforms, *methods: str) -> dict[str, list[str]]:
    """Give the words that Telegram took, by chat."""
    heard = defaultdict(list)
    for call in platforms.telegram.calls:
        if call.method in methods and call.fault in TAKEN:
            heard[str(call.params["chat_id"])].append(_words(call))
    return heard


def _taken(call: Call, chat: int) -> bool:
    return call.method == "sendMessage" and call.fault in TAKEN and str(call.params["chat_id"]) == str(chat)


def _words(call: Call) -> str:
    from html import unescape

    return _plain(re.sub(r"</?(?:b|i|blockquote)[^>]*>", "", unescape(str(call.params["text"]))))


def _plain(words: str) -> str:
    return " ".join(words.split())


def inverted(marks: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Name the marks that came after a later one of the same person."""
    newest: dict[str, int] = {}
    late = []
    for who, number in marks:
        if int(number) < newest.get(who, -1):
            late.append((who, number))
        newest[who] = max(newest.get(who, -1), int(number))
    return late
