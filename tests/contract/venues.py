"""The venues that are there: the console with the web chat, Slack, Telegram; each with its people."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Coroutine, Sequence
from datetime import timedelta
from typing import Any, TypeVar

from bot.app import Bot
from bot.channels.port import Channel
from bot.channels.slack.channel import SlackChannel, Tokens
from bot.channels.slack.looking import Looking
from bot.channels.telegram import TelegramChannel
from handlers.cards import Card
from handlers.contents import ROUTERS
from handlers.routing import Routes
from storage.contacts import Contact
from storage.database import Database
from storage.inbox import Event
from storage.posts import Post
from storage.staff import Person
from storage.store import Store
from tests.contract.scene import Scene
from tests.contract.venue import LASTING, Deafness, Deed, Fault, Seat, Shown, Venue
from tests.emulators.slack import APP_TOKEN, BOT_TOKEN, SECRET, Sending, SlackEmulator
from tests.emulators.slack import Fault as SlackFault
from tests.emulators.slack_rules import Piece
from tests.emulators.slack_web import SCOPES
from tests.emulators.telegram import TOKEN, Params, Telegram
from tests.emulators.telegram_rules import moment
from tests.emulators.telegram_wire import Fault as TelegramFault
from tests.slack.office import SERVICE, Mate, labels, words
from tests.telegram.hooked import AT
from tests.telegram.stage import Client
from tests.world import Colleague, Player, all_words
from tests.world import Guest as WebGuest

T = TypeVar("T")
SPEAKING = ("chat.postMessage", "chat.update", "chat.postEphemeral")
EDITS = frozenset({"editMessageText", "editMessageReplyMarkup"})
ROOMS = ("#sales", "#service", "#after-sales", "#rapport")
"""The places of the shipped policy."""


def moved(text: str, place: str) -> str:
    """Let all cards of a policy stand in one place."""
    for room in ROOMS:
        text = text.replace(f'"web:{room}"', f'"{place}"')
    return text


class Web(Venue):
    """Our own pages: the team's console and the customers' chat."""

    channel = "web"

    def address(self, name: str) -> str:
        return f"guest:{name.replace(' ', '-'):-<22}"

    def desk(self, person: Person) -> str:
        return f"staff:{person.id}"

    def sit(self, address: str, person: Person | None, contact: Contact | None) -> Seat:
        if person is not None:
            return WebSeat(self.scene, Colleague(self.scene, address, person), ("#service", "#rapport"))
        assert contact is not None
        return WebSeat(self.scene, WebGuest(self.scene, address, contact.id, None, contact.language), ())


class WebSeat(Seat):
    """Somebody before a page of ours; a colleague sees the team's rooms too."""

    def __init__(self, scene: Scene, player: Player, rooms: Sequence[str]) -> None:
        super().__init__(scene)
        self._player, self._rooms = player, rooms

    async def says(self, words: str) -> None:
        self._last = self._done(Deed(words))
        await self.scene.bot.pump.accept([self._last])

    async def told_again(self) -> None:
        await self.scene.bot.pump.accept([self._last])

    async def out_of_turn(self, deeds: Sequence[Deed], brought: Sequence[int]) -> None:
        """Two devices, or a page whose request was held up; no page of ours says when something was written."""
        events = [self._done(deed) for deed in deeds]
        for number in brought:
            await self.scene.bot.pump.accept([events[number]])

    def _done(self, deed: Deed) -> Event:
        if not deed.press:
            return self._player.said(deed.words) if isinstance(self._player, WebGuest) else self._typed(deed.words)
        places = (self._player.address, *self._rooms)
        place = next(place for place in places if any(deed.press in shown.buttons for shown in self._at(place)))
        post, button = self._player._find(deed.press, place, None)
        body = {"place": post.address, "slot": post.slot, "button": button.id}
        return self._player._hand_in("press", body, settle=False)

    def _typed(self, words: str) -> Event:
        assert isinstance(self._player, Colleague)
        return self._player.typed(words)

    def presses(self, label: str) -> None:
        for place in (self._player.address, *self._rooms):
            if any(label in shown.buttons for shown in self._at(place)):
                return self._player.presses(label, place=place)
        raise AssertionError(f"there is no button “{label}”")

    def own(self) -> Sequence[Shown]:
        return self._at(self._player.address)

    def reads(self) -> Sequence[Shown]:
        return [*(shown for place in self._rooms for shown in self._at(place)), *self.own()]

    def _at(self, place: str) -> list[Shown]:
        def read(store: Store) -> list[Post]:
            posts = store.posts.of("web", place)
            return [*posts, *(under for post in posts for under in store.posts.of("web", place, thread=post.slot))]

        cards = [Card.model_validate(post.card) for post in self.scene.ask(read) if post.flow == "out"]
        return [
            Shown(all_words(c.model_copy(update={"buttons": ()})), tuple(b.label for b in c.every_button))
            for c in cards
        ]


class Slack(Venue):
    """A workspace with one channel for the team."""

    channel = "slack"
    over_http = False
    deafnesses: Sequence[Deafness] = (
        Deafness("bot token", "down: auth (SLACK_BOT_TOKEN)"),
        Deafness("scope", "down: scope (files:write, channels:history)"),
        Deafness("app token", "down: auth (SLACK_APP_TOKEN)"),
        Deafness("app token", "down: auth (SLACK_APP_TOKEN)", "at once"),
    )

    async def start(self) -> None:
        self.slack = SlackEmulator()
        self.slack.channel(SERVICE, "service")
        await self.slack.start()

    def policy(self, text: str) -> str:
        return moved(text, f"slack:{SERVICE}")

    def channels(self, database: Database) -> list[Channel]:
        tokens = Tokens(BOT_TOKEN, "" if self.over_http else APP_TOKEN, self.slack.url, SECRET)
        self._channel = SlackChannel(tokens, Routes(ROUTERS), Looking(database))
        return [self._channel]

    async def listen(self, bot: Bot, url: str) -> None:
        if self.over_http:
            self.slack.door = f"{url}/slack/events"
        else:
            await self.slack.online(1)

    async def calm(self) -> None:
        while self._channel.filling:
            await asyncio.wait(set(self._channel.filling))

    def breaks(self, fault: Fault) -> None:
        kinds: dict[Fault, SlackFault] = {
            "slow-down": "429",
            "error": "500",
            "lost-answer": "lost",
            "refused": "token_revoked",
            "away": "500",
            "busy": "429",
        }
        times, methods = (1000, SPEAKING) if fault in LASTING else (1, SPEAKING[:1])
        self.slack.retry_after = 300 if fault == "busy" else 1
        self.slack.faults.extend((method, kinds.get(fault, "reset")) for method in methods for _ in range(times))

    def mends(self) -> None:
        self.slack.faults.clear()
        self.slack.revoked.clear()
        self.slack.scopes = set(SCOPES)

    async def deafens(self, how: Deafness) -> None:
        if how.name == "scope":
            self.slack.scopes -= {"files:write", "channels:history"}
        else:
            await self.slack.take_back(BOT_TOKEN if how.name == "bot token" else APP_TOKEN)

    async def stop(self) -> None:
        await self.slack.stop()

    def address(self, name: str) -> str:
        user = f"U0{len(self.slack.talks[SERVICE].members)}SEAT"
        self.slack.person(user, name)
        self.slack.talks[SERVICE].members.add(user)
        return user

    def sit(self, address: str, person: Person | None, contact: Contact | None) -> Seat:
        assert person is not None, "customers do not sit in Slack"
        return SlackSeat(self.scene, Mate(self, address, person))  # type: ignore[arg-type]

    # What a mate needs of an office

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        return self.scene._runner.run(work)

    def happens(self, event: Piece, **how: Any) -> Sending:
        sending = self.run(self.slack.event(event, **how))
        self.scene.settle()
        return sending

    def sends(self, kind: str, payload: Piece) -> Sending:
        sending = self.run(self.slack.send(kind, payload))
        self.scene.settle()
        return sending


class SlackOverHttp(Slack):
    """The same, where Slack calls us."""

    over_http = True
    deafnesses = Slack.deafnesses[:2]


class SlackSeat(Seat):
    """Somebody in Slack: the team's channel with its threads, whispers and direct messages.

    Documented (Events API, retries): an event that was not acknowledged comes again at once, after a minute and after five,
    so others come before it. Slack says `ts` of a message, and `edited.ts` of an edit.
    """

    tells_order = can_correct = can_take_back = has_threads = True

    def __init__(self, scene: Scene, mate: Mate) -> None:
        super().__init__(scene)
        self._mate = mate

    @property
    def _own(self) -> list[tuple[Piece, str]]:
        direct = [(piece, f"D{self._mate.user}") for piece in self._mate.direct()]
        return [*((piece, SERVICE) for piece in self._mate.whispers()), *direct]

    @property
    def _pieces(self) -> list[tuple[Piece, str]]:
        return [*((piece, SERVICE) for piece in self._mate.office.slack.talks[SERVICE].messages), *self._own]

    async def says(self, words: str) -> None:
        await self._mate.office.slack.send("slash_commands", self._mate.typed(words))

    async def out_of_turn(self, deeds: Sequence[Deed], brought: Sequence[int]) -> None:
        slack, said, told = self._mate.office.slack, list[Piece](), list[Piece]()
        for deed in deeds:
            said.append(said[deed.of] if deed.of is not None else {} if deed.press else self._said(deed))
            told.append(self._told(deed, said[-1]))
        ids = [f"EvX{slack.next_ts()}" for _ in deeds]
        for number in brought:
            if deeds[number].press:
                await slack.send("interactive", told[number])
            else:
                await slack.event(told[number], id_=ids[number])

    def _said(self, deed: Deed) -> Piece:
        card = next(p for p, _ in self._pieces if not p.get("thread_ts") and deed.number in words(p))
        return self._mate.reply(card, deed.words)

    def _told(self, deed: Deed, said: Piece) -> Piece:
        if deed.press:
            return self._mate.press(deed.press, *self._with(deed.press))
        if deed.of is None:
            return said
        about = {"type": "message", "channel": SERVICE, "channel_type": "channel", "previous_message": said}
        if not deed.words:
            return about | {"subtype": "message_deleted", "deleted_ts": said["ts"]}
        edited = {"user": said["user"], "ts": self._mate.office.slack.next_ts()}
        return about | {"subtype": "message_changed", "message": said | {"text": deed.words, "edited": edited}}

    def _with(self, label: str) -> tuple[Piece, str]:
        return next((p, talk) for p, talk in reversed(self._pieces) if label in labels(p))

    def presses(self, label: str) -> None:
        self._mate.presses(label, *self._with(label))

    def own(self) -> Sequence[Shown]:
        forms = [view for view in self._mate.office.slack.views.values() if view["user"] == self._mate.user]
        return [_seen(piece) for piece in (*(piece for piece, _ in self._own), *forms)]

    def reads(self) -> Sequence[Shown]:
        return [_seen(piece) for piece, _ in self._pieces]


def _seen(piece: Piece) -> Shown:
    return Shown(_without(words(piece), labels(piece)), tuple(labels(piece)))


def _without(said: str, buttons: Sequence[str]) -> str:
    return "\n".join(line for line in said.splitlines() if line not in buttons)


class InTelegram(Venue):
    """One bot account, and the phones of those who write to it."""

    channel = "telegram"
    has_room = False
    comes_in_order = True
    deafnesses: Sequence[Deafness] = (
        Deafness("unauthorized", "down: auth"),
        Deafness("unauthorized", "down: auth", "at once"),
        Deafness("conflict", "down: rival", "at once"),
    )
    _ids = itertools.count(810_001)

    async def start(self) -> None:
        self.telegram = Telegram()
        await self.telegram.start()

    def channels(self, database: Database) -> list[Channel]:
        self._channel = self.connection(pause=timedelta(milliseconds=20), lease=timedelta(seconds=3))
        return [self._channel]

    def connection(self, **how: Any) -> TelegramChannel:
        return TelegramChannel(TOKEN, self.telegram.url, patience=timedelta(seconds=10), **how)

    async def calm(self) -> None:
        await self.telegram.confirmed()

    def breaks(self, fault: Fault) -> None:
        waiting = itertools.count()

        def spoil(method: str, _params: Params) -> TelegramFault:
            if method != "sendMessage" and not (method in EDITS and fault in LASTING):
                return "ok"
            if fault not in LASTING and next(waiting):
                return "ok"
            return SPOILED[fault]

        self.telegram.fault = spoil

    def mends(self) -> None:
        self.telegram.fault = lambda _method, _params: "ok"

    async def deafens(self, how: Deafness) -> None:
        method = DEAFENED.get(how.name)
        spoiled: TelegramFault = how.name  # type: ignore[assignment]
        self.telegram.fault = lambda called, _params: spoiled if method in (None, called) else "ok"

    async def stop(self) -> None:
        await self._channel.close()
        await self.telegram.stop()

    def settle(self) -> None:
        self.scene.settle()

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        return self.scene._runner.run(work)

    def address(self, name: str) -> str:
        return str(next(self._ids))

    def sit(self, address: str, person: Person | None, contact: Contact | None) -> Seat:
        language = (person or contact).language  # type: ignore[union-attr]
        client = Client(self, int(address), (person or contact).name or "", language, person)  # type: ignore[arg-type, union-attr]
        client.opens()
        return TelegramSeat(self.scene, client)


class InTelegramByWebhook(InTelegram):
    """The same, where Telegram calls us."""

    comes_in_order = False
    deafnesses = (
        *InTelegram.deafnesses[:2],
        Deafness("bad-webhook", "down: address (TELEGRAM_WEBHOOK_URL)"),
    )

    def connection(self, **how: Any) -> TelegramChannel:
        return super().connection(hook=AT, look=timedelta(milliseconds=200), **how)

    async def listen(self, bot: Bot, url: str) -> None:
        self.telegram.postman.door = url
        async with asyncio.timeout(30):
            while not self.telegram.webhook:  # noqa: ASYNC110 - seen from outside
                await asyncio.sleep(0.01)

    async def stop(self) -> None:
        await self.telegram.postman.stop()
        await super().stop()


DEAFENED = {"conflict": "getUpdates", "bad-webhook": "setWebhook"}
"""The method that fails; with a token that is refused all do."""
SPOILED: dict[Fault, TelegramFault] = {
    "reset": "reset",
    "slow-down": "slow-down",
    "error": "error",
    "lost-answer": "lost-answer",
    "refused": "unauthorized",
    "away": "error",
    "busy": "slow-down",
}


class TelegramSeat(Seat):
    """Somebody with Telegram on their phone.

    Documented (Bot API, Update): over a webhook updates may come out of order, and `update_id` says which; a poll brings
    them in it, as the next one confirms all that are lower. Nothing tells a bot that somebody deleted a message.
    """

    tells_order = can_correct = True

    def __init__(self, scene: Scene, client: Client) -> None:
        super().__init__(scene)
        self.client = client

    async def says(self, words: str) -> None:
        self._last = self.client.writes(f"/{words}" if self.client.person else words, settle=False)

    async def told_again(self) -> None:
        self.client.world.telegram.repeat(self._last)

    async def out_of_turn(self, deeds: Sequence[Deed], brought: Sequence[int]) -> None:
        telegram, said = self.client.world.telegram, list[dict[str, Any]]()
        updates = []
        for deed in deeds:
            said.append(said[deed.of] if deed.of is not None else self._done(deed))
            edited = {"text": deed.words, "edit_date": moment()} if deed.of is not None else {}
            kind = "callback_query" if deed.press else "edited_message" if edited else "message"
            updates.append(telegram.happened(kind, said[-1] | edited))
        await telegram.brings([updates[number] for number in brought])

    def _done(self, deed: Deed) -> dict[str, Any]:
        if deed.press:
            return self._press(deed.press)
        return self.client._message(text=deed.words)

    def _press(self, label: str) -> dict[str, Any]:
        bubble = next(b for b in reversed(self.client.bubbles) if label in b.buttons)
        return self.client.pressed(bubble.data(label), bubble.id)

    def presses(self, label: str) -> None:
        self.client.presses(label)

    def own(self) -> Sequence[Shown]:
        return [Shown(bubble.text, tuple(bubble.buttons)) for bubble in self.client.bubbles]
