"""Asking: a form opens at once as an empty shell, and is filled when the database has said what it asks."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Final

import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.channels.port import Accept
from bot.channels.slack.forms import Block, modal, notice, shell
from bot.channels.slack.looking import Looking
from bot.channels.slack.refusals import code_of
from handlers.cards import Form
from handlers.context import Refused
from handlers.routing import Routes
from prompts.phrases import LANGUAGES, phrases
from storage.inbox import Event
from storage.staff import Person

log = structlog.get_logger()
OPENING: Final = 2.0
"""Seconds that opening a shell may take: the acknowledgement has to be there after three."""
LOOKING: Final = 20.0
"""Seconds for which somebody looks at a shell before it says that the answer comes as a message."""
TRIES: Final = 2
OVER: Final = frozenset({"hash_conflict", "not_found"})
"""The form is filled already by an attempt whose answer was lost, or its reader has closed it."""
FindForm = Callable[[Person], Awaitable[Form]]


@dataclass(frozen=True)
class Question:
    """What somebody wants to be asked: how its form is found, and what is stored if no form can be shown.

    `find` raises Refused where there is nothing to ask any more.
    """

    trigger: str
    events: list[Event]
    find: FindForm
    at_home: bool = False

    @property
    def sender(self) -> str:
        return self.events[0].sender


@dataclass(frozen=True)
class Asking:
    """Opens forms and fills them; `filling` holds those that are being filled."""

    accept: Accept
    client: AsyncWebClient
    routes: Routes
    look: Looking
    filling: set[asyncio.Task[None]]

    async def opened(self, question: Question) -> bool:
        """Open a shell before anything is read, and fill it afterwards; false if Slack did not take it in time."""
        try:
            async with asyncio.timeout(OPENING):
                answer = await self.client.views_open(trigger_id=question.trigger, view=shell())
        except Exception as error:  # noqa: BLE001 - whatever it was, the same can be typed
            log.warning("form not opened", channel="slack", error=code_or_name(error))
            return False
        task = asyncio.create_task(self._fill(answer["view"], question))
        self.filling.add(task)
        task.add_done_callback(self.filling.discard)
        return True

    async def _fill(self, standing: dict[str, Any], question: Question) -> None:
        """Fill a shell; what cannot be asked in it is stored as it was pressed or typed, and answered by a card."""
        try:
            async with asyncio.timeout(LOOKING):
                view, left = await self._view(question)
        except Exception as error:  # noqa: BLE001 - whatever the database has, the person must hear something
            log.warning("form not filled", channel="slack", error=code_or_name(error))
            view, left = notice(*_in_every_language("slack-form-late")), question.events
        shown = await self._update(standing, view)
        await self._store(left if shown else question.events)

    async def _view(self, question: Question) -> tuple[Block, list[Event]]:
        """Make what the shell becomes, and give what is left to be answered elsewhere."""
        person = await self.look.person(question.sender)
        if person is None:
            return notice(*_in_every_language("staff-unknown")), []
        t = phrases(person.language)
        try:
            form = await question.find(person)
            self._refuse_unless_open_to(person.role, form)
            form = await self.look.offering(form, t)
        except Refused as refusal:
            return notice(t(refusal.key, **refusal.values)), question.events[1:]  # a home is said anew
        view = modal(form, t, question.events[0].address, at_home=question.at_home)
        return (view, []) if view else (notice(t("slack-form-too-long")), question.events)

    def _refuse_unless_open_to(self, role: str, form: Form) -> None:
        command = self.routes.commands.get(form.command)
        if command is None or role not in command.who:
            raise Refused("command-not-for-role", command=form.command)

    async def _update(self, standing: dict[str, Any], view: Block) -> bool:
        """Show a view in place of the shell; false if nobody knows whether it is seen."""
        for _ in range(TRIES):
            try:
                await self.client.views_update(view_id=standing["id"], hash=standing["hash"], view=view)
            except SlackApiError as error:
                if code_of(error) in OVER:
                    return True
                log.warning("form not updated", channel="slack", error=code_or_name(error))
            except Exception as error:  # noqa: BLE001 - the line broke; the hash makes a second attempt harmless
                log.warning("form not updated", channel="slack", error=code_or_name(error))
            else:
                return True
        return False

    async def _store(self, events: list[Event]) -> None:
        try:
            if events:
                await self.accept(events)
        except Exception as error:  # noqa: BLE001 - the shell says to press again
            log.warning("press not stored", channel="slack", error=code_or_name(error))


def code_or_name(error: Exception) -> str:
    return (code_of(error) if isinstance(error, SlackApiError) else "") or type(error).__name__


def _in_every_language(key: str) -> list[str]:
    """Say something to a person of whom nothing is known."""
    return [phrases(language)(key) for language in LANGUAGES]
