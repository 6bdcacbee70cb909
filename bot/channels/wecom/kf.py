"""The channel to customers in WeChat (微信客服): a bell rings, the desks are read, at most five answers a question."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from typing import Any, Final

import structlog
from fastapi import APIRouter

from bot.channels.files import Files
from bot.channels.port import Accept, NotSent, Outgoing, Pace, Receipt, TryLater, WindowShut, WontWork
from bot.channels.wecom.callbacks import Heard, router
from bot.channels.wecom.client import Client, Refused, Unheard
from bot.channels.wecom.crypto import Crypt
from bot.channels.wecom.kf_files import shown_as
from bot.channels.wecom.kf_messages import NAME, Said, handed_over, mark_of
from bot.channels.wecom.kf_pull import LEASE, LOOK_AGAIN, Desk
from bot.channels.wecom.kf_rendering import ABILITIES, WINDOW, Body, render
from bot.channels.wecom.kf_welcome import Welcome
from handlers.cards import Attachment

log = structlog.get_logger()

DOOR: Final = "/wecom/kf"
BELL: Final = "kf_msg_or_event"
SHUT: Final = frozenset({95001, 95002, 95013, 95018})
"""Too many, too late, the session is over, or a person has it: nothing is taken until the customer writes again."""
NO_CUSTOMER: Final = frozenset({40096, 84061})
STATED: Final = range(95000, 95030)
"""Errors of 微信客服 that say what is wrong; a message id that was used before is refused with none of them."""
DESKS_ANEW: Final = timedelta(minutes=10)
DESKS: Final = 100
WITH_PERSON: Final = 3
DOUBTS: Final = 10_000


Elsewhere = Callable[[Heard, Accept], Awaitable[bool]]
"""Whoever hears what comes in by this door and is no bell."""


class WecomKf:
    """All service desks of one company."""

    name = NAME
    slots = 16
    patience = timedelta(seconds=15)
    abilities = ABILITIES
    repeatable = True
    """A message bears an id of ours, which WeCom takes once (send_msg: it has to be unique in the account)."""

    def __init__(
        self,
        client: Client,
        crypt: Crypt,
        files: Files,
        *,
        elsewhere: Elsewhere | None = None,
        pace: Pace | None = None,
        lease: timedelta = LEASE,
        again: timedelta = LOOK_AGAIN,
    ) -> None:
        self.pace = pace or Pace(per_second=30, burst=10, reply_window=WINDOW)
        self._client, self._crypt, self._files = client, crypt, files
        self._elsewhere = elsewhere
        self._lease, self._again = lease, again
        self._desks: dict[str, Desk] = {}
        self._names: dict[str, str] = {}
        self._watching: dict[str, asyncio.Task[None]] = {}
        self._found = asyncio.Event()
        self._doubtful: set[str] = set()
        self._accept: Accept | None = None
        self._welcome = Welcome(self._once)

    def doors(self, accept: Accept) -> APIRouter:
        """Give the door of the bell."""

        async def hear(heard: Heard) -> None:
            if heard.get("Event") == BELL and heard.get("OpenKfId"):
                await self._desk(heard["OpenKfId"]).note(heard.get("Token", ""), accept)
            elif self._elsewhere is not None:
                await self._elsewhere(heard, accept)

        return router(DOOR, self._crypt, hear)

    async def listen(self, accept: Accept) -> None:
        """Watch every desk until cancelled; new ones are found by their bell, or by asking now and then.

        Raises:
            WontWork: the token is refused.
        """
        self._accept = accept
        self._client.tokens.kept_by(accept)
        try:
            while True:
                await self._learn_desks()
                self._found.clear()
                for id_, desk in self._desks.items():
                    if id_ in self._watching and self._watching[id_].done():
                        self._watching[id_].result()  # ended by a refused token, which is nobody's own trouble
                    if id_ not in self._watching:
                        self._watching[id_] = asyncio.create_task(desk.watch(accept))
                        self._watching[id_].add_done_callback(lambda _: self._found.set())
                await self._until_found()
        finally:
            watching, self._watching = list(self._watching.values()), {}
            for task in watching:
                task.cancel()
            await asyncio.gather(*watching, return_exceptions=True)

    async def close(self) -> None:
        """Let go of the connections."""
        await self._client.close()

    async def fetch(self, ref: str, most: int) -> bytes:
        """Give a file that a customer sent; WeCom keeps it for three days."""
        return (await self._client.download(ref, most))[1]

    async def send(self, outgoing: Outgoing) -> Receipt:
        """Say the next message of a card; what stands cannot be changed, so of a changed card what is new."""
        if outgoing.card.hands_to:
            return await self._hand_over(outgoing)
        card, stood = outgoing.card, outgoing.replaces if outgoing.edits else None
        bodies = render(card, stood)
        files = [file for file in card.files if stood is None or file not in stood.files]
        count = len(bodies) + len(files)
        if count == 0:
            return Receipt(outgoing.edits)
        index = min(len(card.said), count - 1)
        body = bodies[index] if index < len(bodies) else await self._file(files[index - len(bodies)])
        id_ = await self._say(outgoing, body, index)
        return Receipt(id_, more=index + 1 < count)

    async def _hand_over(self, outgoing: Outgoing) -> Receipt:
        """Give a session to a colleague, who goes on in the customer service app; giving it twice changes nothing.

        Source: developer.work.weixin.qq.com/document/path/94669 (from new, bot, queue or person to a person).
        """
        address, servicer = outgoing.message.address, outgoing.card.hands_to
        desk, _, customer = address.partition(":")
        body = {"open_kfid": desk, "external_userid": customer, "service_state": WITH_PERSON}
        await self._once("kf/service_state/trans", body | {"servicer_userid": servicer})
        if self._accept is not None:
            await self._desk(desk).hand_over(mark_of(address), servicer, self._accept)
        return Receipt(answers=(handed_over(address, servicer, outgoing.message.key),))

    async def _file(self, file: Attachment) -> Body:
        return await shown_as(file, self._files, self._client)

    async def _say(self, outgoing: Outgoing, body: Body, index: int) -> str:
        """Say one message under an id that follows from what it is, so that it is shown once however often it is sent."""
        desk, _, customer = outgoing.message.address.partition(":")
        id_ = message_id(outgoing, index)
        try:
            await self._once("kf/send_msg", {"touser": customer, "open_kfid": desk, "msgid": id_, **body})
        except Refused as refusal:
            if refusal.errcode in SHUT:
                raise WindowShut from None
            if refusal.errcode in NO_CUSTOMER:
                raise WontWork(f"errcode {refusal.errcode}", "gone") from None
            if not self._stood_already(outgoing, id_, refusal):
                raise
        except (TryLater, Unheard):
            self._doubt(id_)
            raise
        self._doubtful.discard(id_)
        return id_

    def _doubt(self, id_: str) -> None:
        """Remember that this may have arrived: a gateway that gave up does not know either."""
        if len(self._doubtful) > DOUBTS:
            self._doubtful.clear()  # of what is forgotten the outbox still knows the most
        self._doubtful.add(id_)

    def _stood_already(self, outgoing: Outgoing, id_: str, refusal: Refused) -> bool:
        """Tell whether a refused repetition means that the first one arrived: nothing else is wrong with it."""
        doubtful = id_ in self._doubtful or (outgoing.message.error or "").startswith("unknown")
        return doubtful and refusal.kind in ("other", "content") and refusal.errcode not in STATED

    async def _once(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        return await self._client.ask(path, body, repeatable=path == "kf/sync_msg")

    def _desk(self, id_: str) -> Desk:
        if id_ not in self._desks:

            async def greet(messages: Sequence[Said]) -> None:
                await self._welcome.greet(id_, self._names.get(id_, ""), messages)

            self._desks[id_] = Desk(id_, self._once, greet, lease=self._lease, again=self._again)
            self._found.set()
        return self._desks[id_]

    async def _learn_desks(self) -> None:
        """Ask which desks there are; without an answer those are watched whose bells ring."""
        offset = 0
        try:
            while True:
                page = await self._client.ask("kf/account/list", {"offset": offset, "limit": DESKS})
                found = page.get("account_list") or []
                for account in found:
                    self._names[account["open_kfid"]] = str(account.get("name") or "")
                    self._desk(account["open_kfid"])
                if len(found) < DESKS:
                    return
                offset += DESKS
        except (NotSent, TryLater, WontWork, Unheard) as trouble:
            if isinstance(trouble, WontWork) and trouble.kind == "auth":
                raise
            log.warning("desks not known", channel=NAME, why=str(trouble) or type(trouble).__name__)

    async def _until_found(self) -> None:
        try:
            async with asyncio.timeout(DESKS_ANEW.total_seconds() if self._desks else 5):
                await self._found.wait()
        except TimeoutError:
            return


def message_id(outgoing: Outgoing, index: int) -> str:
    """Name a message by 32 characters that say nothing; the plain form of a refused one is another message."""
    what = f"{outgoing.message.key}|{index}|{'plain' if outgoing.card.plain else ''}"
    return hashlib.sha256(what.encode()).hexdigest()[:32]
