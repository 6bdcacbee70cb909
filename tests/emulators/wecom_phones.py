"""The phones of WeCom's members, and the callbacks by which the bot hears what they do there."""

from __future__ import annotations

import itertools
import secrets
import time
from dataclasses import dataclass, field
from typing import Any

from aiohttp import ClientSession, TCPConnector

from tests.emulators.wecom_crypt import CORP, Sealing, envelope, xml
from tests.emulators.wecom_rules import Said

AGENT = "1000002"


@dataclass
class Bubble:
    """One message in the app's chat of one member (or department, `party:3`), as it stands now."""

    id: str
    kind: str
    text: str
    task: str = ""
    buttons: list[Said] = field(default_factory=list)
    media: bytes = b""
    name: str = ""
    edits: int = 0
    recalled: bool = False

    @property
    def labels(self) -> list[str]:
        return [button["text"] for button in self.buttons]


class Phones:
    """Members with the app's chat on their phones."""

    door: str
    sealing: Sealing
    skew: float
    callbacks: int
    members: dict[str, str]
    chats: dict[str, list[Bubble]]
    _ids: itertools.count[int]
    _tasks: dict[str, list[Bubble]]
    _session: ClientSession | None = None

    def _code(self, task: str) -> str:
        raise NotImplementedError

    def member(self, user: str, name: str = "") -> None:
        self.members[user] = name or user

    async def tell(self, *, at: float | None = None, nonce: str = "", **elements: Any) -> int:
        """Tell the bot that something happened; give the status of its answer."""
        words = xml(ToUserName=CORP, **elements)
        return await self.knock(self.sealing.seal(words), at=at, nonce=nonce)

    async def knock(self, sealed: str, *, at: float | None = None, nonce: str = "", signature: str = "") -> int:
        """Bring a sealed callback to the bot's door."""
        self.callbacks += 1
        stamp, nonce = str(int((at or time.time()) + self.skew)), nonce or secrets.token_hex(5)
        signed = signature or self.sealing.sign(stamp, nonce, sealed)
        query = {"msg_signature": signed, "timestamp": stamp, "nonce": nonce}
        session = self._open()
        async with session.post(self.door, params=query, data=envelope(sealed).encode()) as said:
            body = await said.read()
            assert said.status != 200 or body == b"", "an accepted callback is answered with nothing"
            return said.status

    async def asks_for_echo(self, words: str) -> tuple[int, str]:
        """Check the bot's door, as the admin console does when its address is saved."""
        sealed, stamp, nonce = self.sealing.seal(words), str(int(time.time() + self.skew)), secrets.token_hex(5)
        query = {"msg_signature": self.sealing.sign(stamp, nonce, sealed), "timestamp": stamp, "nonce": nonce}
        async with self._open().get(self.door, params=query | {"echostr": sealed}) as said:
            return said.status, await said.text()

    def _open(self) -> ClientSession:
        if self._session is None:
            # assumed: each call comes on a line of its own; one that was kept may end just as it is used again
            self._session = ClientSession(connector=TCPConnector(force_close=True))
        return self._session

    async def says(self, user: str, text: str, *, id_: str = "", **how: Any) -> int:
        """Let a member write to the app."""
        id_ = id_ or str(7_000_000_000 + next(self._ids))
        about: Said = {"FromUserName": user, "CreateTime": int(time.time()), "AgentID": AGENT}
        return await self.tell(**about, MsgType="text", Content=text, MsgId=id_, **how)

    async def presses(self, user: str, bubble: Bubble, label: str, **how: Any) -> int:
        """Let a member press a button; the callback brings a code of its own."""
        key = next(button["key"] for button in bubble.buttons if button["text"] == label)
        return await self.presses_key(user, bubble.task, key, **how)

    async def presses_key(self, user: str, task: str, key: str, **how: Any) -> int:
        code = self._code(task) if task in self._tasks else "no-such-code"
        about: Said = {"FromUserName": user, "CreateTime": int(time.time()), "MsgType": "event", "AgentID": AGENT}
        card: Said = {"Event": "template_card_event", "EventKey": key, "TaskId": task, "CardType": "button_interaction"}
        return await self.tell(**about, **card, ResponseCode=code, **how)

    async def happens(self, user: str, event: str, **more: Any) -> int:
        about: Said = {"FromUserName": user, "CreateTime": int(time.time()), "MsgType": "event", "AgentID": AGENT}
        return await self.tell(**about, Event=event, **more)

    def chat(self, place: str) -> list[Bubble]:
        """Give what stands in a chat."""
        return [bubble for bubble in self.chats.get(place, []) if not bubble.recalled]
