"""The Slack channel: Socket Mode or HTTP brings payloads in, the Web API says messages, one attempt each."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

import structlog
from aiohttp import ClientConnectorError
from fastapi import APIRouter
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.response import BoltResponse
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.channels.port import Accept, NotSent, Outgoing, Pace, Receipt, WontWork
from bot.channels.slack.asking import Asking
from bot.channels.slack.blocks import ABILITIES, home, shown
from bot.channels.slack.door import Door
from bot.channels.slack.ears import Ears, NotYet
from bot.channels.slack.looking import Looking
from bot.channels.slack.pictures import NotAllowed, Pictures, in_words, shares
from bot.channels.slack.refusals import UNHEARD, WENT, code_of, judged
from bot.channels.slack.seats import NAME, NoSeat, Seat, is_file, provider_id, split_id
from handlers.routing import Routes

log = structlog.get_logger()
Said = dict[str, Any]
METADATA = "rapport_message"
PING = 2.0
"""Seconds between pings: a line that broke without a word is found within two or three of them."""
LOOK_BACK = 100
QUIETLY: Said = {"unfurl_links": False, "unfurl_media": False, "link_names": False, "parse": "none", "mrkdwn": False}
"""Nothing in our messages opens a preview, calls anybody or is read as markup."""


@dataclass(frozen=True)
class Tokens:
    """What Slack knows the app by: the bot's token for saying; for hearing the app's token, else what signs requests.

    With an app's token the app listens by Socket Mode, whatever else is there.
    """

    bot: str = field(repr=False)
    app: str = field(repr=False)
    url: str = "https://slack.com/api/"
    secret: str = field(default="", repr=False)


class SlackChannel:
    """Colleagues' Slack; customers are never reached through it."""

    name = NAME
    slots = 8
    patience = timedelta(seconds=10)
    abilities = ABILITIES
    repeatable = False

    def __init__(self, tokens: Tokens, routes: Routes, look: Looking, pace: Pace | None = None) -> None:
        self.pace = pace or Pace(chat_gap=timedelta(seconds=1))
        self._tokens, self._routes, self._look = tokens, routes, look
        self._client = AsyncWebClient(
            token=tokens.bot, base_url=tokens.url, timeout=8, retry_handlers=[], logger=_quiet_logger()
        )
        self._pictures = Pictures(self._client)
        self._direct: dict[str, str] = {}
        self.filling: set[asyncio.Task[None]] = set()
        """Forms that stand open and are being filled."""

    async def listen(self, accept: Accept) -> None:
        """Hold a socket open until cancelled, if there is to be one; what comes over HTTP comes through the doors."""
        try:
            await (self._hold_line(accept) if self._tokens.app else asyncio.Event().wait())
        finally:
            await self._leave_forms()

    async def _hold_line(self, accept: Accept) -> None:
        """Hold a socket open; Slack's disconnects and broken lines are mended inside."""
        app = hearing(self._client, self._ears(accept).hear)
        handler = AsyncSocketModeHandler(app, self._tokens.app, ping_interval=PING)
        try:
            await handler.connect_async()  # type: ignore[no-untyped-call]
            await asyncio.Event().wait()
        finally:
            await handler.close_async()  # type: ignore[no-untyped-call]

    def doors(self, accept: Accept) -> APIRouter:
        """Open the path for Slack's requests where it is to call us; with a line of our own there is none."""
        if self._tokens.app or not self._tokens.secret:
            return APIRouter()
        return Door(self._tokens.secret, self._ears(accept).hear).router()

    def _ears(self, accept: Accept) -> Ears:
        asking = Asking(accept, self._client, self._routes, self._look, self.filling)
        return Ears(accept, asking, self._routes, self._look)

    async def _leave_forms(self) -> None:
        """End what is still being filled; who waits for it presses again."""
        for task in self.filling:
            task.cancel()
        await asyncio.gather(*self.filling, return_exceptions=True)

    async def send(self, outgoing: Outgoing) -> Receipt:
        """Say one message; one whose outcome is unknown is looked for before it is said again."""
        try:
            seat = await self._seat(outgoing.message.address)
            if outgoing.card.is_drawn and not (seat.is_whisper or seat.home):
                return await self._show(seat, outgoing)
            outgoing = replace(outgoing, card=in_words(outgoing.card))
            found = await self._standing(seat, outgoing) if outgoing.message.attempts > 1 else None
            return Receipt(found or await self._say(seat, outgoing))
        except SlackApiError as error:
            raise judged(error) from error
        except ClientConnectorError as error:
            raise NotSent(type(error).__name__) from error
        except NoSeat as error:
            raise WontWork("not an id of Slack's", "gone") from error

    async def _seat(self, address: str) -> Seat:
        """Find the conversation of an address; a person's direct messages are opened once."""
        seat = Seat.read(address)
        return seat if seat.talk or seat.home else Seat(await self._direct_talk(seat.person))

    async def _direct_talk(self, person: str) -> str:
        if person not in self._direct:
            opened = await self._before(self._client.conversations_open(users=person))
            self._direct[person] = str(opened["channel"]["id"])
        return self._direct[person]

    async def _before(self, asking: Awaitable[Any]) -> Any:
        """Ask Slack something ahead of a message; if that stays open, the message has certainly not been sent."""
        try:
            return await asking
        except SlackApiError as error:
            verdict = judged(error)
            raise (NotSent(code_of(error)) if verdict is error else verdict) from error
        except Exception as error:
            raise NotSent(type(error).__name__) from error

    async def _standing(self, seat: Seat, outgoing: Outgoing) -> str | None:
        """Find a message that an earlier attempt may have left, by the key in its metadata."""
        if seat.is_whisper or seat.home or outgoing.edits:
            return None  # whispers leave no trace; an edit or a home may be said twice
        for message in await self._lately(seat, split_id(outgoing.under or "")[1]):
            if message.get("metadata", {}).get("event_payload", {}).get("key") == outgoing.message.key:
                return provider_id(seat.talk, message["ts"])
        return None

    async def _lately(self, seat: Seat, thread: str) -> list[Said]:
        """Read what was said last in a conversation, or in a thread of it."""
        ask = self._client.conversations_replies if thread else self._client.conversations_history
        where: Said = {"channel": seat.talk, "limit": LOOK_BACK, "include_all_metadata": True}
        where |= {"ts": thread} if thread else {}
        return list((await self._before(ask(**where)))["messages"])

    async def _show(self, seat: Seat, outgoing: Outgoing) -> Receipt:
        """Hand a picture over, or share the one that was; where that is not allowed, say what it shows."""
        under = split_id(outgoing.under or "")[1]
        if not outgoing.card.said:
            try:
                return Receipt(provider_id(seat.talk, await self._pictures.hand_over(outgoing)), more=True)
            except NotAllowed:
                words = replace(outgoing, card=self._pictures.excused(outgoing.card))
                found = await self._standing(seat, words) if words.message.attempts > 1 else None
                return Receipt(found or await self._say(seat, words))
        file = split_id(outgoing.card.said[0])[1]
        again = outgoing.message.attempts > 1
        if not (again and any(shares(message, file) for message in await self._lately(seat, under))):
            await self._pictures.share(file, seat.talk, under, outgoing)
        if outgoing.edits and is_file(outgoing.edits):
            await self._pictures.take_away(split_id(outgoing.edits)[1])
        return Receipt(provider_id(seat.talk, file))

    async def _say(self, seat: Seat, outgoing: Outgoing) -> str:
        message = outgoing.message
        if seat.home:
            view = home(outgoing.card, message.address, message.slot)
            await self._client.views_publish(user_id=seat.home, view=view)
            return message.address
        said = shown(outgoing.card, message.address, message.slot)
        said["metadata"] = {"event_type": METADATA, "event_payload": {"key": message.key}}
        if seat.is_whisper:
            return await self._whisper(seat, said)
        if outgoing.edits and not is_file(outgoing.edits):
            return await self._edit(seat, outgoing.edits, said)
        return await self._post(seat.talk, said, split_id(outgoing.under or "")[1])

    async def _post(self, talk: str, said: Said, thread: str = "") -> str:
        under: Said = {"thread_ts": thread} if thread else {}
        answer = await self._client.chat_postMessage(channel=talk, **under, **QUIETLY, **said)
        return provider_id(str(answer["channel"]), str(answer["ts"]))

    async def _edit(self, seat: Seat, standing: str, said: Said) -> str:
        """Edit a card in place; where somebody took it away it is said anew."""
        talk, ts = split_id(standing)
        quiet = {name: QUIETLY[name] for name in ("link_names", "parse")}
        said.setdefault("blocks", [])  # plain words in place of a card leave no old buttons behind
        try:
            await self._client.chat_update(channel=talk, ts=ts, **quiet, **said)
        except SlackApiError as error:
            if code_of(error) not in WENT:
                raise
            return await self._post(seat.talk, said)
        return standing

    async def _whisper(self, seat: Seat, said: Said) -> str:
        """Say something that one person sees; where it cannot be heard, by direct message."""
        quiet = {name: QUIETLY[name] for name in ("link_names", "parse")}
        where: Said = {"channel": seat.talk, "user": seat.person}
        where |= {"thread_ts": seat.thread} if seat.thread else {}
        whispered = {name: part for name, part in said.items() if name != "metadata"}
        try:
            answer = await self._client.chat_postEphemeral(**where, **quiet, **whispered)
        except SlackApiError as error:
            if code_of(error) not in UNHEARD:
                raise
            return await self._post(await self._direct_talk(seat.person), said)
        return provider_id(seat.talk, str(answer["message_ts"]))


def hearing(client: AsyncWebClient, hear: Callable[[Said], Awaitable[Said | None]]) -> AsyncApp:
    """Make the app whose only listener is asked before anything is acknowledged; what it raises stays unacknowledged.

    It is asked before Bolt asks Slack who we are, too: where Slack refuses that question, Bolt would acknowledge with
    an excuse what nobody has stored.
    """

    async def store(body: Said) -> BoltResponse:
        try:
            answer = await hear(body)
        except NotYet:
            return BoltResponse(status=503)
        if answer is None:
            return BoltResponse(status=200)
        return BoltResponse(status=200, body=json.dumps(answer), headers={"content-type": "application/json"})

    return AsyncApp(client=client, logger=_quiet_logger(), before_authorize=store)


def _quiet_logger() -> logging.Logger:
    """Give the library a log of its own: below a warning it would name what people said."""
    logger = logging.getLogger("rapport.slack")
    logger.setLevel(logging.WARNING)
    return logger
