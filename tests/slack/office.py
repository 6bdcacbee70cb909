"""A company whose colleagues work in an emulated Slack: a whole bot with real sockets and a stopped clock."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeVar

from bot.app import Bot
from bot.channels.files import Files
from bot.channels.port import Channel, Pace, WontWork
from bot.channels.slack.channel import SlackChannel, Tokens
from bot.channels.slack.looking import Looking
from bot.channels.webchat.channel import WebChat
from bot.web import listen, make_app, serve
from handlers.contents import ROUTERS
from handlers.routing import Routes
from scheduler.policy.document import default_text
from storage.columns import new_id
from storage.database import Database
from storage.inbox import Event
from storage.staff import Person
from tests.emulators.slack import APP_TOKEN, BOT_TOKEN, SECRET, Sending, SlackEmulator
from tests.emulators.slack_home import opened, pressed
from tests.emulators.slack_rules import Piece, texts
from tests.emulators.slack_web import BOT_USER, TEAM
from tests.world import World

T = TypeVar("T")
SERVICE = "C0SERVICE"


def policy() -> str:
    """The default policy, with every team's cards in one Slack channel."""
    text = default_text().replace("language: zh-CN", "language: en")
    for place in ("#sales", "#service", "#after-sales", "#rapport"):
        text = text.replace(f'"web:{place}"', f'"slack:{SERVICE}"')
    return text


class Album:
    """Stands for a channel that holds what customers sent; `trouble` is what happens instead."""

    name = "album"

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.trouble: list[Exception] = []
        self.asked: list[str] = []

    async def fetch(self, ref: str, most: int) -> bytes:
        self.asked.append(ref)
        if self.trouble:
            raise self.trouble.pop()
        if len(self.files[ref]) > most:
            raise WontWork("too large", "content")
        return self.files[ref]


class Office(World):
    """Customers write in the web chat; colleagues press and type in Slack."""

    slack: SlackEmulator

    over_http = False
    """Whether Slack calls us, instead of our holding a line to it."""

    def __init__(self, database: Database, *, pace: Pace | None = None, over_http: bool = False) -> None:
        self._pace = pace or Pace()
        self.over_http = over_http
        self.album = Album()
        self._database = database
        super().__init__(database, policy())
        self._runner.run(self._go())

    async def _make(self, database: Database, policy: str | None) -> Bot:
        self.slack = SlackEmulator()
        self.slack.channel(SERVICE, "service")
        await self.slack.start()
        return self._new_bot(policy)

    def _new_bot(self, policy: str | None = None) -> Bot:
        tokens = Tokens(BOT_TOKEN, "" if self.over_http else APP_TOKEN, self.slack.url, SECRET)
        files = Files()
        slack = SlackChannel(tokens, Routes(ROUTERS), Looking(self._database, self.clock.now), self._pace, files)
        channels: list[Channel] = [WebChat(), slack]
        files.held_by([slack, self.album])
        return Bot(self._database, channels, policy, self.clock, address="https://crm.example")

    async def _go(self) -> None:
        """Pump and listen, without a heartbeat of its own; one pump, so that quiet means quiet."""
        seen = self.slack.connected
        self._pumping = asyncio.create_task(self.bot.pump.run())
        self._listening = asyncio.create_task(self.bot._listen(self.bot.channels["slack"]))
        if self.over_http:
            await self._open_door()
        else:
            await self.slack.online(seen + 1)

    async def _open_door(self) -> None:
        """Serve the web, as a running bot does, and tell Slack where."""
        seat = listen("127.0.0.1", 0)
        seat.listen()  # so that who calls before it is served waits instead of being refused
        self._serving = asyncio.create_task(serve(make_app(self.bot, console=False), "127.0.0.1", 0, at=seat))
        self.slack.door = f"http://127.0.0.1:{seat.getsockname()[1]}/slack/events"

    async def _shut_door(self) -> None:
        self._serving.cancel()
        await asyncio.gather(self._serving, return_exceptions=True)

    async def _stop(self) -> None:
        if self.over_http:
            await self._shut_door()
        self._listening.cancel()
        await self.bot.pump.stop()
        await asyncio.gather(self._pumping, self._listening, return_exceptions=True)
        self.bot.writer.stop()

    def restart(self) -> None:
        """Let this process end, and another take over."""
        self.run(self._stop())
        self.bot = self._runner.run(self._again())

    async def _again(self) -> Bot:
        self.bot = self._new_bot()
        await self._go()
        return self.bot

    def end(self) -> None:
        self.run(self._stop())
        self.run(self.slack.stop())
        self._runner.close()

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        return self._runner.run(work)

    async def _settle(self) -> None:
        """Let everything follow that has to, forms that are being filled included."""
        slack = self.bot.channels["slack"]
        assert isinstance(slack, SlackChannel)
        await self.bot.pump.settled()
        while slack.under_way:
            await asyncio.wait(slack.under_way)
            await self.bot.pump.settled()

    def hands_in(self, *events: Event) -> list[Event]:
        new = self.run(self.bot.pump.accept(events))
        self.settle()
        return new

    def pause(self, **span: float) -> None:
        """Let time pass without a heartbeat."""
        self.clock.moment += timedelta(**span)
        self.settle()

    def happens(self, event: Piece, **how: Any) -> Sending:
        """Let Slack tell of something, and everything follow from it."""
        sending = self.run(self.slack.event(event, **how))
        self.settle()
        return sending

    def sends(self, kind: str, payload: Piece) -> Sending:
        sending = self.run(self.slack.send(kind, payload))
        self.settle()
        return sending

    def mate(
        self, user: str, name: str, role: str = "service", *, known: bool = True, language: str = "en", **more: Any
    ) -> Mate:
        """Put somebody into Slack's channel, and on record if they are known."""
        self.slack.person(user, name)
        self.slack.talks[SERVICE].members.add(user)
        person = Person(id=new_id(), name=name, role=role, language=language, zone="Asia/Shanghai", **more)
        if known:
            self.change(lambda store: store.staff.add(person, {"slack": user}))
        return Mate(self, user, person)

    @property
    def cards(self) -> list[Piece]:
        """What stands in the service channel, threads left out."""
        return [m for m in self.slack.talks[SERVICE].messages if not m.get("thread_ts")]

    def thread(self, card: Piece) -> list[Piece]:
        return [m for m in self.slack.talks[SERVICE].messages if m.get("thread_ts") == card["ts"]]


@dataclass
class Mate:
    """A colleague at Slack."""

    office: Office
    user: str
    person: Person

    def types(self, line: str, talk: str = SERVICE) -> Sending:
        """Type `/crm …` in a channel."""
        return self.office.sends("slash_commands", self.typed(line, talk))

    def typed(self, line: str, talk: str = SERVICE) -> Piece:
        """Make the payload of a line that is typed behind `/crm`."""
        return {
            "command": "/crm",
            "text": line,
            "user_id": self.user,
            "channel_id": talk,
            "team_id": TEAM,
            "trigger_id": self.office.slack.trigger(self.user),
        }

    def writes(self, text: str, **how: Any) -> Sending:
        """Write to the bot directly."""
        talk = f"D{self.user}"
        event = {"type": "message", "user": self.user, "text": text, "channel": talk, "channel_type": "im"}
        return self.office.happens(event, **how)

    def replies(self, card: Piece, text: str, **more: Any) -> Sending:
        """Write under a card in the channel."""
        return self.office.happens(self.reply(card, text, **more))

    def reply(self, card: Piece, text: str, **more: Any) -> Piece:
        event = {"type": "message", "user": self.user, "text": text, "channel": SERVICE, "channel_type": "channel"}
        return {**event, "thread_ts": card["ts"], "ts": self.office.slack.next_ts(), **more}

    def presses(self, label: str, message: Piece, talk: str = SERVICE) -> Sending:
        return self.office.sends("interactive", self.press(label, message, talk))

    def press(self, label: str, message: Piece, talk: str = SERVICE, **more: Any) -> Piece:
        """Make the payload of a pressed button or a chosen menu entry."""
        block, element = _find(label, message)
        action: Piece = {"type": element.get("type", "overflow"), "block_id": block["block_id"], "action_ts": "1.0"}
        action |= {"value": element["value"]} if "action_id" in element else {"selected_option": element}
        container = {"type": "message", "message_ts": message["ts"], "channel_id": talk}
        container |= {"thread_ts": message["thread_ts"]} if "thread_ts" in message else {}
        return {
            "type": "block_actions",
            "team": {"id": TEAM},
            "user": {"id": self.user, "team_id": TEAM},
            "trigger_id": self.office.slack.trigger(self.user),
            "container": container,
            "channel": {"id": talk},
            "actions": [action],
            **more,
        }

    def opens_home(self, **how: Any) -> Sending:
        return self.office.happens(opened(self.user), **how)

    @property
    def home(self) -> Piece:
        """The home tab that stands before this person."""
        return self.office.slack.homes[self.user]

    def presses_at_home(self, label: str, *, row: str = "") -> Sending:
        """Press the first such button on the home tab, below the words `row` if they are given."""
        block, element = _find(label, below(row, self.home))
        return self.office.sends("interactive", pressed(self.office.slack, self.user, block, element))

    @property
    def view(self) -> Piece:
        """The modal that is open before this person."""
        mine = [view for view in self.office.slack.views.values() if view["user"] == self.user]
        assert mine, [call for call in self.office.slack.calls if call.method == "views.open"]
        return mine[-1]

    def submits(self, **answers: str) -> Sending:
        """Fill in the open modal; what is not named stays as it was prefilled."""
        view = self.view
        values = {b["block_id"]: {"answer": _answer(b["element"], answers.get(b["block_id"]))} for b in view["blocks"]}
        assert answers.keys() <= values.keys(), values.keys()
        payload = {
            "type": "view_submission",
            "team": {"id": TEAM},
            "user": {"id": self.user, "team_id": TEAM},
            "trigger_id": self.office.slack.trigger(self.user),
            "view": {**view, "state": {"values": values}},
        }
        return self.office.sends("interactive", payload)

    def whispers(self, talk: str = SERVICE) -> list[Piece]:
        """What only this person sees in a channel."""
        return [m for m in self.office.slack.talks[talk].whispers if m["to"] == self.user]

    def direct(self) -> list[Piece]:
        talk = self.office.slack.talks.get(f"D{self.user}")
        return [m for m in talk.messages if m["user"] == BOT_USER] if talk else []

    def hears(self, *said: str, at: list[Piece] | None = None) -> Piece:
        """Find the newest private answer that has all these words."""
        heard = at if at is not None else [*self.whispers(), *self.direct()]
        for message in reversed(heard):
            if all(word in words(message) for word in said):
                return message
        raise AssertionError(f"{said} was not said; said was:\n" + "\n---\n".join(map(words, heard)))


def words(message: Piece) -> str:
    """Everything that a person reads on a message."""
    shown = [piece["text"] for piece in texts(message.get("blocks") or [])]
    return "\n".join(shown or [message.get("text", "")])


def below(row: str, message: Piece) -> Piece:
    """Leave only the blocks from the one on that has these words."""
    blocks = message["blocks"]
    at = next((n for n, block in enumerate(blocks) if row in words({"blocks": [block]})), None)
    assert at is not None, f"nothing says “{row}” on\n{words(message)}"
    return {"blocks": blocks[at:]}


def labels(message: Piece) -> list[str]:
    return [element["text"]["text"] for _, element in _pressable(message)]


def _pressable(message: Piece) -> list[tuple[Piece, Piece]]:
    blocks = [block for block in message.get("blocks", []) if block["type"] == "actions"]
    elements = [(block, element) for block in blocks for element in block["elements"]]
    return [(b, option) for b, e in elements for option in e.get("options", [e])]


def _find(label: str, message: Piece) -> tuple[Piece, Piece]:
    for block, element in _pressable(message):
        if element["text"]["text"] == label:
            return block, element
    raise AssertionError(f"there is no button “{label}” but {labels(message)}")


def _answer(element: Piece, given: str | None) -> Piece:
    """Answer as Slack's client would, with what is prefilled where nothing is given."""
    kind = element["type"]
    if kind == "checkboxes":
        chosen = element["options"] if given == "true" else element.get("initial_options", [])
        return {"type": kind, "selected_options": chosen}
    if kind == "static_select":
        options = {option["value"]: option for option in element["options"]}
        return {"type": kind, "selected_option": options[given] if given else element.get("initial_option")}
    return {"type": kind, "value": given if given is not None else element.get("initial_value")}
