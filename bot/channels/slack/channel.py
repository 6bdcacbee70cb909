"""The Slack channel: Socket Mode or HTTP brings payloads in, the Web API says messages, one attempt each."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any, Final, TypeVar

import structlog
from aiohttp import ClientConnectorError
from fastapi import APIRouter
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.response import BoltResponse
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.beside import take_back
from bot.channels.files import Files
from bot.channels.port import Accept, Limit, NotSent, Outgoing, Pace, Receipt, Signs, WontWork
from bot.channels.skew import Skew
from bot.channels.slack.account import Account
from bot.channels.slack.asking import Asking
from bot.channels.slack.blocks import ABILITIES, home, shown
from bot.channels.slack.door import Door
from bot.channels.slack.ears import Ears, NotYet
from bot.channels.slack.enclosures import Enclosures, NotShown, new_files, only_files, reached
from bot.channels.slack.line import Doorbell, Line
from bot.channels.slack.looking import Looking
from bot.channels.slack.marks import Marks
from bot.channels.slack.pictures import NotAllowed, Pictures, in_words, shares
from bot.channels.slack.refusals import judged
from bot.channels.slack.seats import NAME, NoSeat, Seat, is_file, provider_id, split_id
from bot.channels.slack.timed_client import TimedClient
from bot.channels.slack.uploads import Shelf, Uploads
from bot.channels.slack.voice import Voice
from handlers.cards import Attachment, Card
from handlers.routing import Routes

log = structlog.get_logger()
Said = dict[str, Any]
Client = TypeVar("Client", bound=TimedClient)


@dataclass(frozen=True)
class Tokens:
    """What Slack knows the app by: the bot's token for saying; for hearing the app's token, else what signs requests.

    With an app's token the app listens by Socket Mode, whatever else is there.
    """

    bot: str = field(repr=False)
    app: str = field(repr=False)
    url: str = "https://slack.com/api/"
    secret: str = field(default="", repr=False)


PACE: Final = Pace(
    (Limit(1, timedelta(seconds=1), "chat", "docs.slack.dev/apis/web-api/rate-limits: one a second in a conversation"),)
)
"""What the same page limits without a number, or in ways that only Slack can count, it answers with 429, and is believed."""


class SlackChannel:
    """Colleagues' Slack; customers are never reached through it."""

    name = NAME
    slots = 8
    patience = timedelta(seconds=10)
    abilities = ABILITIES
    repeatable = False

    def __init__(
        self, tokens: Tokens, routes: Routes, look: Looking, pace: Pace | None = None, files: Files | None = None
    ) -> None:
        self.pace = pace or PACE
        self._tokens, self._routes, self._look = tokens, routes, look
        self.skew = Skew()
        self._client = self._connection(TimedClient)
        uploads = Uploads(self._client)
        self._voice, self._pictures = Voice(self._client), Pictures(self._client, uploads)
        self._enclosures, self._shelf = Enclosures(uploads, files or Files()), Shelf(self._client, tokens.bot)
        self._marks = Marks(self._client)
        self._accept: Accept | None = None
        self._account = Account(self._client)
        self.filling: set[asyncio.Task[None]] = set()
        """Forms that stand open and are being filled."""

    @property
    def under_way(self) -> set[asyncio.Task[None]]:
        """What is being done beside the messages: forms that are filled, cards that are marked."""
        return self.filling | self._marks.setting

    async def listen(self, accept: Accept, signs: Signs) -> None:
        """Hold a line until cancelled, if there is to be one; what comes over HTTP comes through the doors.

        Raises:
            Deaf: the app's token is refused; that the bot's is, or lacks rights, is only said: what comes in is kept.
        """
        self._accept = accept
        watching = asyncio.create_task(self._account.watch(signs))
        try:
            await self._account.asked.wait()
            if self._tokens.app:
                app = hearing(self._client, self._ears(accept).hear)
                await Line(app, self._tokens.app, self._connection(Doorbell)).hold(signs)
            signs.well()
            await asyncio.Event().wait()
        finally:
            await _ended({watching} | self.under_way)

    def _connection(self, kind: type[Client]) -> Client:
        how = {"token": self._tokens.bot, "base_url": self._tokens.url}
        return kind(self.skew, **how, timeout=8, retry_handlers=[], logger=_quiet_logger())

    def doors(self, accept: Accept) -> APIRouter:
        """Open the path for Slack's requests where it is to call us; with a line of our own there is none."""
        self._accept = accept
        if self._tokens.app or not self._tokens.secret:
            return APIRouter()
        return Door(self._tokens.secret, self._ears(accept).hear, self.skew).router()

    def _ears(self, accept: Accept) -> Ears:
        asking = Asking(accept, self._client, self._routes, self._look, self.filling)
        return Ears(accept, asking, self._routes, self._look, lambda: self._account.home, self.skew)

    async def fetch(self, ref: str, most: int) -> bytes:
        """Give a file that a colleague shared."""
        return await self._shelf.fetch(ref, most)

    async def send(self, outgoing: Outgoing) -> Receipt:
        """Say the next message of a card: its words, what goes on below, then its files one by one."""
        try:
            if outgoing.card.errand:
                await self._marks.keep(outgoing.card.errand["on"], outgoing.card.errand["marks"])
                return Receipt()
            seat = await self._voice.seat(outgoing.message.address)
            is_open = not (seat.is_whisper or seat.home)
            if outgoing.card.is_drawn and is_open:
                return await self._show(seat, outgoing)
            card = in_words(outgoing.card)
            return await self._say(seat, replace(outgoing, card=card if is_open else named(card)))
        except SlackApiError as error:
            verdict = judged(error)
            if isinstance(verdict, WontWork) and verdict.kind == "auth":
                self._account.doubt()
            raise verdict from error
        except ClientConnectorError as error:
            raise NotSent(type(error).__name__) from error
        except NoSeat as error:
            raise WontWork("not an id of Slack's", "gone") from error

    async def _say(self, seat: Seat, outgoing: Outgoing) -> Receipt:
        message, card = outgoing.message, outgoing.card
        if seat.home:
            await self._voice.publish(seat.home, home(card, message.address, message.slot))
            return Receipt(message.address)
        messages = [] if only_files(card) and card.files else shown(card, message.address, message.slot)
        if outgoing.replaces and messages[1:] == shown(outgoing.replaces, message.address, message.slot)[1:]:
            messages = messages[:1]  # what goes on below stands there already
        files, at = new_files(outgoing), len(card.said)
        if at >= len(messages):
            return await self._enclose(seat, outgoing, files, card.said[len(messages) :])
        id_ = await self._say_one(seat, outgoing, messages[at])
        beside = {} if at or seat.is_whisper else self._mark(id_, outgoing)
        return Receipt(id_, more=at + 1 < len(messages) or bool(files), beside=beside)

    def _mark(self, id_: str, outgoing: Outgoing) -> Said:
        """Begin to show on a card how things stand; give the errand that this is, if there is anything to do."""
        errand = {"on": id_, "marks": list(outgoing.card.marks)}
        before = outgoing.replaces.marks if outgoing.replaces else ()

        async def done() -> None:
            if self._accept is not None:
                await self._accept([], along=lambda store: take_back(store, outgoing.message, errand))

        asked = self._marks.show(id_, outgoing.card.marks, before if id_ == outgoing.edits else None, done)
        return errand if asked else {}

    async def _say_one(self, seat: Seat, outgoing: Outgoing, said: Said) -> str:
        """Say one message of a card; the first takes the place of the one that stands."""
        at, edits = len(outgoing.card.said), outgoing.edits
        key = outgoing.message.key + (f"#{at}" if at else "")
        if at == 0 and edits and not seat.is_whisper and await self._voice.edit(edits, said, outgoing.message.key):
            return edits
        return await self._say_once(seat, outgoing, said, key)

    async def _say_once(self, seat: Seat, outgoing: Outgoing, said: Said, key: str) -> str:
        thread = _thread(seat, outgoing)
        found = await self._voice.standing(seat, key, thread) if outgoing.message.attempts > 1 else None
        return found or await self._voice.say(seat, said, key, thread)

    async def _enclose(
        self, seat: Seat, outgoing: Outgoing, files: Sequence[Attachment], done: tuple[str, ...]
    ) -> Receipt:
        """Take the next step with a card's files: hand one over, share it, or name it if that cannot be."""
        index, handed = reached(done)
        file, more = files[index], index + 1 < len(files)
        try:
            if not handed:
                id_ = await self._enclosures.hand_over(file, outgoing)
                return Receipt(provider_id(seat.talk, id_), more=True)
            if not await self._is_shared(seat, outgoing, split_id(handed)[1]):
                await self._enclosures.share(split_id(handed)[1], file, seat.talk, _thread(seat, outgoing), outgoing)
        except NotShown:
            said = shown(Card(text=f"📎 {file.label}"), outgoing.message.address, outgoing.message.slot)[0]
            key = f"{outgoing.message.key}#file{index}"
            return Receipt(await self._say_once(seat, outgoing, said, key), more=more)
        return Receipt(handed, more=more)

    async def _is_shared(self, seat: Seat, outgoing: Outgoing, file: str) -> bool:
        """Tell whether an attempt of which nobody knows how it ended has shown a file."""
        if outgoing.message.attempts == 1:
            return False
        return any(shares(message, file) for message in await self._voice.lately(seat, _thread(seat, outgoing)))

    async def _show(self, seat: Seat, outgoing: Outgoing) -> Receipt:
        """Hand a picture over, or share the one that was; where that is not allowed, say what it shows."""
        if not outgoing.card.said:
            try:
                return Receipt(provider_id(seat.talk, await self._pictures.hand_over(outgoing)), more=True)
            except NotAllowed:
                return await self._say(seat, replace(outgoing, card=self._pictures.excused(outgoing.card)))
        file = split_id(outgoing.card.said[0])[1]
        if not await self._is_shared(seat, outgoing, file):
            await self._pictures.share(file, seat.talk, split_id(outgoing.under or "")[1], outgoing)
        if outgoing.edits and is_file(outgoing.edits):
            await self._pictures.take_away(split_id(outgoing.edits)[1])
        return Receipt(provider_id(seat.talk, file))


def named(card: Card) -> Card:
    """Name a card's files where they cannot be shown."""
    lines = (*card.lines, *(f"📎 {file.label}" for file in card.files))
    return card.model_copy(update={"files": (), "lines": lines}) if card.files else card


def _thread(seat: Seat, outgoing: Outgoing) -> str:
    """Tell under what the next message stands: in a channel what goes on stands under its card."""
    said = outgoing.card.said
    first = next((id_ for id_ in (outgoing.under, *said[:1]) if id_), "")
    goes_below = outgoing.under or not (seat.talk.startswith("D") or is_file(first))
    return split_id(first)[1] if goes_below else ""


async def _ended(tasks: set[asyncio.Task[None]]) -> None:
    """End what is still going on; who waits for a form presses again."""
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


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

    return AsyncApp(name="rapport", client=client, logger=_quiet_logger(), before_authorize=store)


def _quiet_logger() -> logging.Logger:
    """Give the library a log of its own: below a warning it would name what people said."""
    logger = logging.getLogger("rapport.slack")
    logger.setLevel(logging.WARNING)
    return logger
