"""The channel of colleagues in WeCom: hears the app's callbacks, says messages, one attempt on the wire each."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final, TypeVar

import structlog

from bot.channels.files import LARGEST, Files
from bot.channels.lateness import with_lateness
from bot.channels.port import Accept, Outgoing, Pace, Receipt, Signs, TryLater, WontWork
from bot.channels.wecom.callbacks import Heard, router
from bot.channels.wecom.client import Client
from bot.channels.wecom.contact_events import Contacts
from bot.channels.wecom.crypto import Crypt
from bot.channels.wecom.events import NAME, event_of, task_of
from bot.channels.wecom.paces import APP
from bot.channels.wecom.places import receiver
from bot.channels.wecom.rendering import ABILITIES, Said, after, marked, render
from bot.channels.wecom.showing import Showing
from bot.channels.wecom.standing import Cards
from bot.channels.wecom.tongues import Tongues
from storage.database import Database
from storage.inbox import Event
from storage.store import Store
from storage.wecom_cards import Standing

if TYPE_CHECKING:
    from fastapi import APIRouter

log = structlog.get_logger()
T = TypeVar("T")
DOOR: Final = "/wecom/app"
TWICE: Final = {"enable_duplicate_check": 1, "duplicate_check_interval": 14400}
"""WeCom shows the same message once within four hours, which is the longest there is (document/path/90236)."""
SOON: Final = timedelta(seconds=1)
LONGEST_TIME: Final = 12
"""Digits of a time in seconds; more are none."""
TIDYING: Final = timedelta(hours=6)


@dataclass(frozen=True)
class App:
    """One self-built app of one company."""

    agent: int
    client: Client
    crypt: Crypt = field(repr=False)


class WeComChannel:
    """Colleagues' WeCom; customers are reached through 微信客服."""

    name = NAME
    slots = 8
    patience = timedelta(seconds=20)
    abilities = ABILITIES
    repeatable = True
    """By `enable_duplicate_check`, for what is said again within four hours; a file that is handed over anew in between
    may stand twice."""

    def __init__(self, app: App, database: Database, files: Files | None = None, *, pace: Pace = APP) -> None:
        self.pace = pace
        self._app, self._database = app, database
        self.skew = app.client.skew
        self._cards = Cards()
        self._contacts = Contacts(app.client, Tongues(database))
        self._showing = Showing(app.client, files or Files())

    async def listen(self, accept: Accept, signs: Signs) -> None:
        """Ask once whether the app is ours, then keep what is kept, until cancelled; news come through the door.

        Raises:
            Deaf: company, secret, number or our address is refused.
        """
        self._open(accept)
        await self._app.client.ask_first("agent/get", agentid=str(self._app.agent))
        signs.well()
        while True:
            await self._cards.tidy()
            await asyncio.sleep(TIDYING.total_seconds())

    def doors(self, accept: Accept) -> APIRouter:
        """Give the door of the app's callbacks."""

        async def hear(heard: Heard) -> None:
            await self._hear(heard, accept)

        self._open(accept)
        return router(DOOR, self._app.crypt, hear, self.skew)

    async def close(self) -> None:
        """Let go of the connections."""
        await self._app.client.close()

    def _open(self, accept: Accept) -> None:
        self._app.client.tokens.kept_by(accept)
        self._cards.kept_by(accept)

    async def _hear(self, heard: Heard, accept: Accept) -> None:
        """Store what happened, and the code that a press brings, in one transaction."""
        agent = heard.get("AgentID", "")
        if agent and agent != str(self._app.agent):
            return
        if await self._contacts.hear(heard, accept):
            return
        user, task = heard.get("FromUserName", ""), task_of(heard)
        standing, language = await asyncio.to_thread(self._read, lambda store: _known(store, user, task))
        try:
            event = event_of(heard, standing, language)
            event = event and with_lateness(event, _wrote(heard), self.skew)
        except Exception:
            log.exception("unreadable callback", channel=NAME)
            event = Event(NAME, f"unreadable:{_digest(repr(sorted(heard.items())))}", "unreadable update", body={})
        code = heard.get("ResponseCode", "") if task else ""

        def keep(store: Store) -> None:
            if code:
                store.wecom_cards.give_code(task, code[:200], store.machine_now())

        if event is not None:
            await accept([event], along=keep)

    def _read(self, question: Callable[[Store], T]) -> T:
        with self._database.reading() as connection:
            return question(Store(connection))

    async def fetch(self, ref: str, most: int) -> bytes:
        """Give a file that a colleague sent; WeCom keeps it for three days."""
        return (await self._app.client.download(ref, min(most, LARGEST)))[1]

    async def send(self, outgoing: Outgoing) -> Receipt:
        """Say the next message of a card, or change the one that shows it; one that cannot be changed is said anew."""
        if outgoing.card.menu is not None:
            return Receipt()  # commands are typed here; there is no menu of a chat's own
        if not self._cards.ready:
            raise TryLater(SOON)
        to = receiver(outgoing.message.address)
        messages = await self._messages(outgoing)
        said = len(outgoing.card.said)
        if outgoing.edits and not said:
            changed = await self._change(outgoing, messages)
            if changed is not None:
                return changed
        stands = await self._say(outgoing, to, messages[min(said, len(messages) - 1)], said)
        more = said + 1 < len(messages)
        if outgoing.edits and not more and outgoing.edits not in outgoing.card.said:
            await self._take_away(*(await self._cards.messages(outgoing.edits) or (outgoing.edits,)))
        return Receipt(stands, more=more)

    async def _messages(self, outgoing: Outgoing) -> list[Said | Any]:
        """Give what a card fills: its picture, its words and deeds, its files."""
        card, pictures = outgoing.card, self._showing.pictures(outgoing.card)
        if pictures:  # what they show is said too, for whoever cannot see it
            card = card.model_copy(update={"lines": (*card.lines, *(picture.alt for picture in pictures))})
        return [*pictures, *render(card, heading(outgoing)), *card.files]

    async def _change(self, outgoing: Outgoing, messages: list[Any]) -> Receipt | None:
        """Change what stands there; None if it cannot be changed any more, which leaves everything as it was."""
        standing = outgoing.edits or ""
        before = replace(outgoing, card=outgoing.replaces) if outgoing.replaces else None
        stood = await self._messages(before) if before else []
        if stood == messages:
            return Receipt(standing)
        code = await self._cards.code(standing)
        if code is None or outgoing.card.is_drawn:
            return None
        shown = after(outgoing.card, heading(outgoing))
        body: Said = {"atall": 1, "agentid": self._app.agent, "response_code": code}
        try:
            await self._app.client.ask(
                "message/update_template_card", body | {"template_card": shown[0]["template_card"]}, repeatable=False
            )
        except WontWork as refusal:
            if refusal.kind == "auth":
                raise
            return None
        following = [*shown[1:], *outgoing.card.files]
        if following == stood[1:]:
            return Receipt(standing)
        await self._take_away(*await self._cards.followed_no_more(standing))
        return Receipt(standing, more=bool(following))

    async def _say(self, outgoing: Outgoing, to: Said, message: Any, number: int) -> str:
        key = _digest(f"{outgoing.message.key}:{number}")
        made = marked(await self._showing.made(message, key), key)
        task = ""
        if made["msgtype"] == "template_card":
            task = f"t{key[:31]}"
            made["template_card"]["task_id"] = task
            await self._cards.stands(task, Standing(outgoing.message.address, outgoing.message.slot))
        body = {**to, **made, "agentid": self._app.agent, **TWICE}
        answer = await self._app.client.ask("message/send", body)
        if to.get("touser") and to["touser"].casefold() in str(answer.get("invaliduser", "")).casefold().split("|"):
            raise WontWork("invaliduser", "gone")
        id_ = str(answer.get("msgid", ""))
        if task:
            standing = Standing(outgoing.message.address, outgoing.message.slot, id_)
            await self._cards.stands(task, standing, str(answer.get("response_code", "")))
        elif number:
            await self._cards.follows(outgoing.card.said[0], id_)
        return task or id_

    async def _take_away(self, *messages: str) -> None:
        """Take messages away for which newer ones stand; where that fails, both stand."""
        for message in filter(None, messages):
            try:
                await self._app.client.ask("message/recall", {"msgid": message})
            except Exception as error:  # noqa: BLE001 - the newer one stands, and that is what was asked for
                log.warning("old message stays", channel=NAME, why=type(error).__name__)


def heading(outgoing: Outgoing) -> str:
    """Name the thing whose thread a message belongs to, as WeCom has no threads: `ticket:T-7K4M2` is T-7K4M2.

    What names it itself needs no heading.
    """
    name = (outgoing.message.thread or "").rpartition(":")[2]
    return "" if name and name in f"{outgoing.card.title} {outgoing.card.text}" else name


def _known(store: Store, user: str, task: str) -> tuple[Standing | None, str | None]:
    person = store.staff.at(NAME, user)
    return store.wecom_cards.get(task) if task else None, person.language if person else None


def _wrote(heard: Heard) -> float | None:
    """Read when a message was written, as WeCom says it."""
    said = heard.get("CreateTime", "")
    return float(said) if said.isascii() and said.isdigit() and len(said) <= LONGEST_TIME else None


def _digest(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()
