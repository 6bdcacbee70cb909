"""Ears: every payload is stored, or answered with a form, before it is acknowledged."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

import structlog

from bot.channels.clean import storable
from bot.channels.lateness import with_lateness
from bot.channels.port import Accept
from bot.channels.skew import Skew
from bot.channels.slack.asking import Asking, Question
from bot.channels.slack.blocks import CARD_FORM
from bot.channels.slack.forms import problems
from bot.channels.slack.looking import Looking
from bot.channels.slack.messages import Amended, Reacted, Said
from bot.channels.slack.payloads import Happened, HomeOpened, Line, Pressed, Submitted, read
from bot.channels.slack.seats import split_id
from bot.channels.slack.shortcuts import Wished
from bot.channels.slack.turns import Turns
from handlers.arguments import Unclear, build, form, read_line
from handlers.cards import Form
from handlers.context import Refused
from handlers.routing import Command, Routes
from prompts.phrases import phrases
from storage.inbox import Event
from storage.staff import Person

log = structlog.get_logger()
LOOKS, LOOK_AGAIN = 10, 0.2
"""So often, and after so many seconds, a card is looked for that is just being said; Slack waits three seconds."""


class NotYet(Exception):
    """Nothing was stored, and nothing may be acknowledged: sent again, it can be understood."""


@dataclass(frozen=True)
class Ears:
    """Hears what Slack sends; an error of `accept` leaves the payload unacknowledged, so that Slack sends it again."""

    accept: Accept
    asking: Asking
    routes: Routes
    look: Looking
    home: Callable[[], str] = str
    """Tells which workspace is ours; nothing as long as that is not known."""
    skew: Skew = field(default_factory=Skew)
    turns: Turns = field(default_factory=Turns)

    async def hear(self, body: dict[str, Any]) -> dict[str, Any] | None:
        """Take a payload in; give what its acknowledgement carries."""
        try:
            happened = read(storable(body), self.home())
        except (LookupError, TypeError, ValueError, AttributeError, RecursionError) as error:
            log.warning("payload not understood", channel="slack", kind=body.get("type"), error=type(error).__name__)
            return None
        if isinstance(happened, Submitted):
            return await self._submitted(happened)
        await self._take(happened)
        return None

    async def _take(self, happened: Happened) -> None:
        match happened:
            case Said() | Amended() | Reacted():
                await self._in_turn(happened)
            case Wished():
                await self._wished(happened)
            case HomeOpened():
                await self.accept([happened.event])
            case Line():
                await self._line(happened)
            case Pressed():
                await self._pressed(happened)

    async def _in_turn(self, happened: Said | Amended | Reacted) -> None:
        """Store what was said, changed or marked in a conversation, or leave it; never ahead of what came before."""
        async with self.turns.of(str(happened.event.conversation)) as reached:
            event = await self._told(happened)
            await reached.wait()
            storing = asyncio.ensure_future(self.accept([event])) if event else None
        if storing:
            await storing  # those behind need not wait for the commit: what is handed in keeps its order

    async def _told(self, happened: Said | Amended | Reacted) -> Event | None:
        match happened:
            case Said():
                return await self._said(happened)
            case Amended():
                return await self._said(happened) if await self.look.person(happened.event.sender) else None
            case Reacted():
                return await self._reacted(happened)

    async def _said(self, said: Said | Amended) -> Event | None:
        event = said.event
        if said.under:
            slot = await self._slot(str(event.body["place"]), said.under)
            if slot is None:
                return None  # people talk under something that is not ours
            event = replace(event, body=event.body | {"thread": slot})
        return with_lateness(event, _written(event), self.skew)

    async def _reacted(self, reacted: Reacted) -> Event | None:
        """Give a colleague's sign on a card of ours; everybody else's, our own too, means nothing."""
        place = str(reacted.event.body["place"])
        ours = await self.look.person(reacted.event.sender) and await self._slot(place, reacted.on)
        return reacted.event if ours else None

    async def _wished(self, wished: Wished) -> None:
        """Ask in a form for what a chosen command needs; one that needs nothing is stored."""
        command = self.routes.commands[wished.command]
        if any(field.is_required() for field in command.args.model_fields.values()):
            find = partial(self._form_of_wish, command, wished)
            if await self.asking.opened(Question(wished.trigger, [wished.event], find)):
                return
        await self.accept([wished.event])

    async def _form_of_wish(self, command: Command, wished: Wished, person: Person) -> Form:
        """Fill in the customer about whom the thread is in which it was wished, as far as who wishes may see them."""
        given = dict(wished.given)
        if "customer" in command.args.model_fields and wished.under:
            name = await self.look.customer(wished.event.sender, wished.place, wished.under)
            given |= {"customer": name} if name else {}
        return await _form_of_line(command, given, person)

    async def _slot(self, place: str, under: str) -> str | None:
        """Find the slot of a thread's first message; None if it is not ours.

        A card that is being said, or whose saying was cut off, may stand already under an id that we are yet to hear.

        Raises:
            NotYet: it may be ours; Slack sends the words again, and we know by then.
        """
        for _ in range(LOOKS):
            doubtful = await self.look.doubtful(place)
            slot = await self.look.slot(place, under)
            if slot is not None or not doubtful:
                return slot
            await asyncio.sleep(LOOK_AGAIN)
        raise NotYet

    async def _line(self, line: Line) -> None:
        """Store a complete line; one that lacks something, as its declaration says, is asked for in a form."""
        lacking = self._lacking(str(line.event.body["text"]))
        if lacking is not None:
            question = Question(line.trigger, [line.event], partial(_form_of_line, *lacking))
            if await self.asking.opened(question):
                return
        await self.accept([line.event])

    def _lacking(self, text: str) -> tuple[Command, dict[str, str]] | None:
        """Tell which command of colleagues lacks something, and what was given of it."""
        found = self.routes.find(text)
        if found is None:
            return None
        command, rest = found
        try:
            build(command.args, read_line(command.args, rest))
        except Unclear as unclear:
            return command, unclear.given
        return None

    async def _pressed(self, pressed: Pressed) -> None:
        if pressed.asks:
            find = partial(self._form_of_card, pressed)
            if await self.asking.opened(Question(pressed.trigger, pressed.events, find, at_home=pressed.at_home)):
                return
        await self.accept(pressed.events)

    async def _form_of_card(self, pressed: Pressed, _: Person) -> Form:
        """Find the form of a button, as its card stands now.

        Raises:
            Refused: the card has moved on.
        """
        card = await self.look.card(pressed.place, pressed.slot)
        if card is not None and pressed.deed == CARD_FORM and card.form:
            return card.form
        button = card.button(pressed.deed) if card else None
        if button is None or button.form is None:
            raise Refused("card-moved-on")
        return button.form.model_copy(update={"fixed": {**button.args, **button.form.fixed}})

    async def _submitted(self, submitted: Submitted) -> dict[str, Any] | None:
        wrong = problems(submitted.form, self.routes)
        if wrong:
            return {"response_action": "errors", "errors": wrong}
        await self.accept(submitted.events)
        return None


def _written(event: Event) -> float | None:
    """Read off the id of a message when it was written: Slack's ids are times."""
    try:
        return float(split_id(str(event.body["message"]))[1])
    except ValueError:
        return None


async def _form_of_line(command: Command, given: dict[str, str], person: Person) -> Form:
    return form(command.args, command.name, phrases(person.language), given, {}, person.role)
