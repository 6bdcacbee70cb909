"""The channel to customers in WeChat (微信客服): a bell rings, the desks are read, at most five answers a question."""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from typing import Any, Final

from fastapi import APIRouter

from bot.channels.files import Files
from bot.channels.port import Accept, ChatTaken, NotSent, Outgoing, Pace, Receipt, Signs, TryLater, WindowShut, WontWork
from bot.channels.wecom.callbacks import Heard, router
from bot.channels.wecom.client import Client, Refused, Unheard
from bot.channels.wecom.codes import spent
from bot.channels.wecom.crypto import Crypt
from bot.channels.wecom.faults import deaf
from bot.channels.wecom.kf_desks import LIST_AT_MOST, Desks
from bot.channels.wecom.kf_files import shown_as
from bot.channels.wecom.kf_messages import NAME, Said, given_back, handed_over, mark_of
from bot.channels.wecom.kf_pull import LEASE, LOOK_AGAIN, Desk
from bot.channels.wecom.kf_rendering import ABILITIES, Body, render
from bot.channels.wecom.kf_welcome import PATIENCE, Welcome
from bot.channels.wecom.paces import DESK
from bot.channels.wecom.tongues import Tongues
from handlers.cards import Attachment

DOOR: Final = "/wecom/kf"
BELL: Final = "kf_msg_or_event"
SHUT: Final = frozenset({95001, 95002})
"""Too many, too late: nothing is taken until the customer writes again."""
OVER: Final = 95013
NOT_OURS: Final = 95018
"""A person has the session, or it waits for one, or it has ended: nothing is taken from the interface."""
NO_CUSTOMER: Final = frozenset({40096, 84061})
STATED: Final = range(95000, 95030)
"""Errors of 微信客服 that say what is wrong; a message id that was used before is refused with none of them."""
QUEUED, WITH_PERSON, ENDED = 2, 3, 4
"""States of a session (developer.work.weixin.qq.com/document/path/94669); in 0, new, and 1, ours, we may speak."""
NO_SUCH_STEP: Final = 95016
A_MOMENT: Final = timedelta(seconds=2)
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
        tongues: Tongues,
        *,
        elsewhere: Elsewhere | None = None,
        pace: Pace | None = None,
        lease: timedelta = LEASE,
        again: timedelta = LOOK_AGAIN,
        list_at_most: timedelta = LIST_AT_MOST,
    ) -> None:
        self.pace = pace or DESK
        self._client, self._crypt, self._files = client, crypt, files
        self._elsewhere, self.skew = elsewhere, client.skew
        self._lease, self._again = lease, again
        self._desks = Desks(self._once, self._make_desk, at_most=list_at_most)
        self._doubtful: set[str] = set()
        self._accept: Accept | None = None
        self._welcome = Welcome(self._once, tongues)

    def doors(self, accept: Accept) -> APIRouter:
        """Give the door of the bell."""

        async def hear(heard: Heard) -> None:
            if heard.get("Event") == BELL and heard.get("OpenKfId"):
                await self._desks.ring(heard["OpenKfId"], heard.get("Token", ""), accept)
            elif self._elsewhere is not None:
                await self._elsewhere(heard, accept)

        return router(DOOR, self._crypt, hear, self.skew)

    async def listen(self, accept: Accept, signs: Signs) -> None:
        """Watch every desk until cancelled; new ones are found by their bell, or by asking now and then.

        Raises:
            Deaf: company, secret or our address is refused, or the interface is not open to this app.
        """
        self._accept = accept
        self._client.tokens.kept_by(accept)
        try:
            await self._desks.watch(accept, signs)
        except Refused as refusal:
            raise deaf(refusal) from None

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
        if outgoing.card.hands_back:
            return await self._give_back(outgoing)
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
        told = await self._pass_on(outgoing, {"service_state": WITH_PERSON, "servicer_userid": servicer})
        if self._accept is not None:
            await self._desks.get(address.partition(":")[0]).hand_over(mark_of(address), servicer, self._accept)
        return Receipt(answers=(handed_over(address, servicer, outgoing.message.key, told=told),))

    async def _give_back(self, outgoing: Outgoing) -> Receipt:
        """End the session that a colleague has; the bot goes on with what the customer writes next."""
        address, told = outgoing.message.address, False
        try:
            told = await self._pass_on(outgoing, {"service_state": ENDED})
        except Refused as refusal:
            if refusal.errcode != NO_SUCH_STEP:  # nobody has it any more, which is what was asked for
                raise
        if self._accept is not None:
            await self._desks.get(address.partition(":")[0]).give_back(mark_of(address), self._accept)
        return Receipt(answers=(given_back(address, outgoing.message.key, told=told),))

    async def _pass_on(self, outgoing: Outgoing, to: dict[str, Any]) -> bool:
        """Change who has a session, and say so by the code that WeCom gives for that: it costs none of the five answers.

        The code comes with the first change and is good for seconds; without one nothing is said, as it would be false
        by the time at which it could be.
        """
        desk, _, customer = outgoing.message.address.partition(":")
        body = {"open_kfid": desk, "external_userid": customer}
        code = (await self._once("kf/service_state/trans", body | to)).get("msg_code")
        words = render(outgoing.card)
        if not (code and words):
            return False
        said = {"code": code, "msgid": message_id(outgoing, 0), **words[0]}
        return await spent(self._once("kf/send_msg_on_event", said), PATIENCE) == "said"

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
            if refusal.errcode in (OVER, NOT_OURS):
                raise await self._found_taken(desk, customer) from None
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

    def _make_desk(self, id_: str, _name: str) -> Desk:
        async def greet(messages: Sequence[Said]) -> None:
            await self._welcome.greet(id_, self._desks.name(id_), messages)

        return Desk(id_, self._once, greet, lease=self._lease, again=self._again, skew=self.skew)

    async def _found_taken(self, desk: str, customer: str) -> ChatTaken | TryLater | NotSent:
        """Find out why nothing is taken: who has the session now."""
        try:
            found = await self._once("kf/service_state/get", {"open_kfid": desk, "external_userid": customer})
        except Unheard as failure:
            return NotSent(str(failure))
        state, servicer = found.get("service_state"), str(found.get("servicer_userid") or "")
        if state == QUEUED:
            return ChatTaken("queue")
        if state == ENDED:
            return ChatTaken("ended")
        if state != WITH_PERSON:
            return TryLater(A_MOMENT)  # it has come back to us meanwhile
        if self._accept is not None:
            await self._desks.get(desk).hand_over(mark_of(f"{desk}:{customer}"), servicer, self._accept)
        return ChatTaken("person", servicer)


def message_id(outgoing: Outgoing, index: int) -> str:
    """Name a message by 32 characters that say nothing; the plain form of a refused one is another message."""
    what = f"{outgoing.message.key}|{index}|{'plain' if outgoing.card.plain else ''}"
    return hashlib.sha256(what.encode()).hexdigest()[:32]
