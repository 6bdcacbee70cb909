"""A world whose colleagues sit in WeCom: they write, press and read at the emulator; callbacks come over real sockets."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from bot import web
from bot.app import Bot
from bot.channels.files import Files
from bot.channels.port import Channel, Pace
from bot.channels.webchat.channel import WebChat
from bot.channels.wecom.channel import App, WeComChannel
from bot.channels.wecom.client import Client
from bot.channels.wecom.crypto import Crypt
from bot.channels.wecom.robot import RobotChannel
from prompts.phrases import phrases
from scheduler.policy.document import default_text
from storage.columns import new_id
from storage.database import Database
from storage.messages import Kind, Message
from storage.staff import Person
from tests.emulators.wecom import AGENT, CORP, ROBOT_KEY, SECRET, Bubble, Fault, WeCom
from tests.emulators.wecom_crypt import AES_KEY, TOKEN
from tests.world import World

SERVICE = "party:3"
LIMIT = 60
SECOND = timedelta(seconds=1)
NO_PACE = Pace()


def company_policy(language: str) -> str:
    """The default policy in one language, with every team's cards in one department's chat."""
    text = default_text().replace("language: zh-CN", f"language: {language}")
    for place in ("#sales", "#service", "#after-sales", "#rapport"):
        text = text.replace(f'"web:{place}"', f'"wecom:{SERVICE}"')
    return text


class Stage(World):
    """One company on WeCom alone; its customers are in the web chat."""

    wecom: WeCom
    channel: WeComChannel

    def __init__(self, database: Database, language: str = "en") -> None:
        self.language, self.t = language, phrases(language)
        self._database = database
        self.connections: list[WeComChannel] = []
        super().__init__(database, company_policy(language), language=language)

    async def _make(self, database: Database, policy: str | None) -> Bot:
        self.wecom = WeCom()
        self.wecom.departments[SERVICE] = set()
        await self.wecom.start()
        self.files = Files()
        self.channel = self.connection()
        robot = RobotChannel(f"{self.wecom.url}/cgi-bin/webhook/send?key={ROBOT_KEY}", pace=NO_PACE)
        channels: list[Channel] = [WebChat(), self.channel, robot]
        self.files.held_by(channels)
        bot = Bot(database, channels, policy, self.clock)
        at = web.listen("127.0.0.1", 0)
        at.listen()  # so that nobody who knocks before it serves is turned away
        self.wecom.door = f"http://127.0.0.1:{at.getsockname()[1]}/wecom/app"
        app = web.make_app(bot, console=False)
        self.running = [
            asyncio.create_task(work)
            for work in (bot.pump.run(), bot._listen(self.channel), web.serve(app, "127.0.0.1", 0, at=at))
        ]
        while bot.health.channels["wecom"] != "up":  # noqa: ASYNC110 - seen from outside
            await asyncio.sleep(0.01)
        return bot

    def connection(self, pace: Pace = NO_PACE) -> WeComChannel:
        client = Client(CORP, SECRET, self.wecom.url, patience=timedelta(seconds=3))
        app = App(int(AGENT), client, Crypt(TOKEN, AES_KEY, CORP))
        self.connections.append(WeComChannel(app, self._database, self.files, pace=pace))
        return self.connections[-1]

    def settle(self) -> None:
        """Let everything happen that can; what has a pace or a way back leaves as the time passes."""
        self.run(self._calm())
        for _ in range(8):
            due = self.ask(lambda store: store.outbox.next_due())
            if due is None or due > self.now:
                return
            self.clock.moment += SECOND
            self.run(self._calm())

    async def _settle(self) -> None:
        await self._calm()

    async def _calm(self) -> None:
        async with asyncio.timeout(LIMIT):
            await self.bot.pump.settled()

    def run(self, work: Any) -> Any:
        return self._runner.run(work)

    def end(self) -> None:
        self.run(self._close())
        super().end()

    async def _close(self) -> None:
        for task in self.running[1:]:
            task.cancel()
        await asyncio.gather(*self.running[1:], return_exceptions=True)
        with suppress(TimeoutError):
            await self.bot.pump.stop()
        await asyncio.gather(*self.running, return_exceptions=True)
        await asyncio.gather(*(channel.close() for channel in self.connections))
        await self.wecom.stop()

    def hires(self, user: str, name: str, role: str = "rep", **more: Any) -> Mate:
        """Put a colleague on record who sits in WeCom."""
        self.wecom.member(user, name)
        self.wecom.departments[SERVICE].add(user)
        about = {"zone": "Asia/Shanghai", "language": self.language, **more}
        person = Person(id=new_id(), name=name, role=role, **about)
        self.change(lambda store: store.staff.add(person, {"wecom": user}))
        return Mate(self, user, person)

    @contextmanager
    def breaks(self, fault: Fault, *, path: str = "message/send", times: int = 1) -> Iterator[None]:
        """Let the next calls of a path go wrong."""
        left = times

        def decide(called: str, _body: dict[str, Any]) -> Fault:
            nonlocal left
            if called != path or left == 0:
                return "ok"
            left -= 1
            return fault

        self.wecom.fault = decide
        yield
        self.wecom.fault = lambda _path, _body: "ok"

    def say(
        self, key: str, to: str, kind: Kind = Kind.REPLY, *, channel: str = "wecom", slot: str = "", **card: Any
    ) -> None:
        """Leave a message in the outbox, without waiting for it to leave."""
        shown = {"text": key, **card}
        message = Message(key=key, channel=channel, address=to, card=shown, kind=kind, slot=slot or key)
        self.change(lambda store: store.outbox.say(message, self.now))

    def state(self, key: str) -> str:
        found = self.ask(lambda store: store.outbox.get(key))
        assert found is not None
        return found.state

    def stands(self, place: str) -> list[Bubble]:
        return self.wecom.chat(place)


@dataclass
class Mate:
    """A colleague with WeCom on their phone."""

    world: Stage
    user: str
    person: Person

    def types(self, line: str, **how: Any) -> int:
        return self._does(lambda wecom: wecom.says(self.user, line, **how))

    def presses(self, label: str, bubble: Bubble) -> int:
        return self._does(lambda wecom: wecom.presses(self.user, bubble, label))

    def does(self, button: str, bubble: Bubble) -> int:
        """Press the button that is called so, by the key of its label."""
        return self.presses(self.world.t(button), bubble)

    def _does(self, what: Callable[[WeCom], Any]) -> int:
        status: int = self.world.run(what(self.world.wecom))
        self.world.settle()
        return status

    @property
    def chat(self) -> list[Bubble]:
        return self.world.stands(self.user)

    def hears(self, *words: str, place: str = "") -> Bubble:
        """Find the newest message that has all these words."""
        bubbles = self.world.stands(place or self.user)
        for bubble in reversed(bubbles):
            if all(word in bubble.text for word in words):
                return bubble
        said = "\n---\n".join(bubble.text for bubble in bubbles)
        raise AssertionError(f"{words} was not said; said was:\n{said}")

    def count(self, *words: str, place: str = "") -> int:
        return sum(all(word in bubble.text for word in words) for bubble in self.world.stands(place or self.user))
