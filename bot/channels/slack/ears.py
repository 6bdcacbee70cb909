"""Ears: every payload is stored, or answered with a form, before it is acknowledged."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from typing import Any

import structlog
from slack_sdk.web.async_client import AsyncWebClient

from bot.channels.port import Accept
from bot.channels.slack.blocks import CARD_FORM
from bot.channels.slack.forms import modal, problems
from bot.channels.slack.looking import Looking
from bot.channels.slack.payloads import Line, Pressed, Said, Submitted, read
from handlers.arguments import Unclear, build, form, read_line
from handlers.cards import Form
from handlers.routing import Routes
from prompts.phrases import Phrases, phrases
from storage.inbox import Event

log = structlog.get_logger()
OPENING = 2.0
"""Seconds that opening a form may take: the acknowledgement has to be there after three."""


@dataclass(frozen=True)
class Ears:
    """Hears what Slack sends; an error of `accept` leaves the payload unacknowledged, so that Slack sends it again."""

    accept: Accept
    client: AsyncWebClient
    routes: Routes
    look: Looking

    async def hear(self, body: dict[str, Any]) -> dict[str, Any] | None:
        """Take a payload in; give what its acknowledgement carries."""
        try:
            happened = read(body)
        except (KeyError, TypeError, ValueError) as error:
            log.warning("payload not understood", channel="slack", kind=body.get("type"), error=type(error).__name__)
            return None
        match happened:
            case Said():
                await self._said(happened)
            case Line():
                await self._line(happened)
            case Pressed():
                await self._pressed(happened)
            case Submitted():
                return await self._submitted(happened)
        return None

    async def _said(self, said: Said) -> None:
        event = said.event
        if said.under:
            slot = await self.look.slot(str(event.body["place"]), said.under)
            if slot is None:
                return  # people talk under something that is not ours
            event = replace(event, body=event.body | {"thread": slot})
        await self.accept([event])

    async def _line(self, line: Line) -> None:
        if not await self._opened(self._form_of_line(line), line.event, line.trigger):
            await self.accept([line.event])

    async def _form_of_line(self, line: Line) -> tuple[Form, Phrases] | None:
        """Make the form for a command that lacks something, from its declaration alone."""
        found = self.routes.find(str(line.event.body["text"]))
        person = await self.look.person(line.event.sender) if found else None
        if found is None or person is None or person.role not in found[0].who:
            return None
        command, rest = found
        try:
            build(command.args, read_line(command.args, rest))
        except Unclear as unclear:
            t = phrases(person.language)
            return form(command.args, command.name, t, unclear.given, {}), t
        return None

    async def _pressed(self, pressed: Pressed) -> None:
        if pressed.asks and await self._opened(self._form_of_card(pressed), pressed.event, pressed.trigger):
            return
        await self.accept([pressed.event])

    async def _form_of_card(self, pressed: Pressed) -> tuple[Form, Phrases] | None:
        """Find the form of a button, as its card stands now; a card that moved on is for dispatch to explain."""
        person = await self.look.person(pressed.event.sender)
        card = await self.look.card(pressed.place, pressed.slot)
        if person is None or card is None:
            return None
        t = phrases(person.language)
        if pressed.deed == CARD_FORM:
            return (card.form, t) if card.form else None
        button = card.button(pressed.deed)
        if button is None or button.form is None:
            return None
        asked = button.form
        return asked.model_copy(update={"fixed": {**button.args, **asked.fixed}}), t

    async def _opened(self, finding: Any, event: Event, trigger: str) -> bool:
        """Open the form if there is one and Slack is quick enough; without it the event says what is missing."""
        try:
            async with asyncio.timeout(OPENING):
                found = await finding
                view = modal(found[0], found[1], event.address) if found else None
                if view is None:
                    return False
                await self.client.views_open(trigger_id=trigger, view=view)
        except Exception as error:  # noqa: BLE001 - whatever it was, the same can be typed
            log.warning("form not opened", channel="slack", error=type(error).__name__)
            return False
        return True

    async def _submitted(self, submitted: Submitted) -> dict[str, Any] | None:
        person = await self.look.person(submitted.event.sender)
        if person is not None:
            wrong = problems(submitted.form, self.routes, phrases(person.language))
            if wrong:
                return {"response_action": "errors", "errors": wrong}
        await self.accept([submitted.event])
        return None
