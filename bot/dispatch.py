"""Dispatch: gives each stored event to its handler, in one transaction with all that it changes and says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from bot.at_work import at_work
from handlers.arguments import NoArgs, Unclear, build, form, read_line, usage
from handlers.cards import Button, Card
from handlers.context import Context, Place, Refused, Surroundings
from handlers.routing import Command, Guess
from handlers.server_words import TYPED_ON_THE_SERVER, told_where
from storage.inbox import Event
from storage.posts import Post
from storage.store import Store
from storage.vault import BadKey
from storage.windows import HELD, TAKEN

NUMBER: Final = re.compile(r"\s*(?:number[:：]\s*)?T-[0-9A-Z]{5}\b", re.IGNORECASE)
SPOKEN: Final = frozenset({"words", "command", "press", "chat started", "unknown kind"})
"""By these somebody shows where they are to be answered."""


LONGEST_LABEL: Final = 60
"""Characters of a button that says a whole line again; Slack shows 75."""


class Entangled(Exception):
    """A handler refused after it had changed something: it has to run alone, so that nothing half-done remains."""


@dataclass(frozen=True)
class Dispatch:
    """The way from an event to its handler."""

    around: Surroundings

    def handle_all(self, store: Store, events: Sequence[Event], now: datetime) -> None:
        """Handle events of different conversations one after another.

        Raises:
            Exception: whatever a handler raised; nothing of the whole batch may be kept then.
        """
        for event in events:
            self.handle(store, event, now)
        store.inbox.done([event.id for event in events], now)

    def handle(self, store: Store, event: Event, now: datetime) -> None:
        context = self._begin(store, event, now)
        before = store.changes
        try:
            self._answer(context)
            self._recognise(context)
        except Refused as refusal:
            if store.changes != before:
                raise Entangled from refusal
            self.refuse(context, refusal)

    def refuse_alone(self, store: Store, event: Event, refusal: Refused, now: datetime) -> None:
        """Say a refusal in a transaction of its own, after all else of the event was rolled back."""
        self.refuse(self._begin(store, event, now), refusal)
        store.inbox.done([event.id], now)

    def _begin(self, store: Store, event: Event, now: datetime) -> Context:
        """Find out who acts, and note what is so whatever comes of it: who wrote may be answered, be it refused."""
        context = Context(store, now, event, self.around)
        self._meet(context)
        _notice_window(context)
        return context

    def refuse(self, context: Context, refusal: Refused) -> None:
        context.reply(Card(text=context.t(refusal.key, **refusal.values), tone="warn"))

    def _answer(self, context: Context) -> None:
        kind = context.event.kind
        if not context.event.readable:
            raise BadKey("an event was sealed with a key that is not here")
        if kind in ("words", "command", "press") and context.event.body.get("side") == "staff" and not context.staff:
            raise Refused("staff-unknown")
        _notice_open_chat(context)
        if kind == "words":
            self._hear(context)
        elif kind == "command":
            self._command(context, str(context.event.body["command"]), dict(context.event.body["args"]))
        elif kind == "press":
            self._press(context)
        else:
            self._run(context, kind, context.event.body)

    def _meet(self, context: Context) -> None:
        """Find out who acts, by the address that the channel verified; never by anything that was written."""
        at_work(context)
        event = context.event
        side = event.body.get("side")
        if side in ("staff", "either"):
            context.staff = context.store.staff.at(event.channel, event.sender)
        if context.staff is None and side != "staff" and event.sender:
            contacts, here = context.store.contacts, (event.channel, event.sender)
            context.contact = contacts.speaking(*here, context.now) if event.kind in SPOKEN else contacts.at(*here)

    def _recognise(self, context: Context) -> None:
        """Let it be asked who this is, once a channel says where else its platform knows whoever acts (`also`)."""
        event, contacts = context.event, context.store.contacts
        also = event.body.get("also")
        if also and context.contact is not None and contacts.learn(event.channel, event.sender, tuple(also)):
            here = contacts.at(event.channel, event.sender)
            self._run(context, "known elsewhere", {"contact": here, "also": also})

    def _hear(self, context: Context) -> None:
        text = str(context.event.body["text"])
        if context.staff is None:
            self._hear_customer(context, text)
        elif text.lstrip().startswith("/"):
            self._line(context, text.strip().removeprefix("/crm").strip().removeprefix("/"))
        elif context.event.body.get("thread"):
            self._run(context, "thread words", context.event.body)
        else:
            self._line(context, text.strip())

    def _hear_customer(self, context: Context, text: str) -> None:
        """Hear a customer: what is no command from end to end is words, whatever it begins with; a code is what it is."""
        if context.store.invitations.is_live(text, context.now):
            self._command(context, "start", {"code": text.strip()})
            return
        found = self.around.routes.find(text.strip().removeprefix("/")) if text.lstrip().startswith("/") else None
        if found and _is_meant(*found):
            command, rest = found
            self._command(context, command.name, dict(read_line(command.args, rest)))
        else:
            self._run(context, "customer words", context.event.body)

    def _line(self, context: Context, line: str) -> None:
        """Answer one typed command; what is none is done on the server, or gets the nearest that exist."""
        if not line:
            self._wordless(context)
            return
        line = line[len(TYPED_ON_THE_SERVER) :] if line.casefold().startswith(TYPED_ON_THE_SERVER) else line
        found = self.around.routes.find(line)
        if found is None and (elsewhere := told_where(context, line)):
            context.reply(elsewhere)
            return
        if found is None:
            guesses = self.around.routes.guesses(line, context.me.role)
            if not guesses:
                raise Refused("command-unknown", line=line[:40])
            context.reply(_did_you_mean(context, line, guesses))
            return
        command, rest = found
        self._command(context, command.name, dict(read_line(command.args, about_this(context.event, command, rest))))

    def _wordless(self, context: Context) -> None:
        """Answer a colleague who wrote nothing: with help, or with the question what their files are for."""
        if context.event.body.get("files"):
            self._run(context, "files handed over", context.event.body)
        else:
            self._command(context, "help", {})

    def _command(self, context: Context, name: str, given: dict[str, Any]) -> None:
        command = self.around.routes.commands.get(name)
        if command is None:
            raise Refused("command-unknown", line=name[:40])
        if context.role not in command.who:
            raise Refused(f"command-not-for-{'role' if context.staff else 'customer'}", command=command.name)
        try:
            args = build(command.args, given, files=bool(context.event.body.get("files")))
        except Unclear as unclear:
            self._ask_back(context, command, unclear)
            return
        command.answer(context, args)
        self._answer_notes(context)

    def _ask_back(self, context: Context, command: Command, unclear: Unclear) -> None:
        """Say what is missing or wrong, and offer the form with everything that was given."""
        t, role = context.t, context.role
        asked = form(command.args, command.name, t, unclear.given, {}, role)
        text = "\n".join([*unclear.said(t).values(), t("usage", line=usage(command.args, command.name, t, role))])
        context.reply(Card(text=text, tone="warn", form=asked if asked.asks else None))

    def _press(self, context: Context) -> None:
        """Run the deed of a button, as the card stands now: a card that moved on offers its old deeds no more."""
        body = context.event.body
        if context.staff is None and body["place"] != context.event.address:
            raise Refused("card-moved-on")  # customers press in their own chat only, whatever the wire says
        post = pressed_post(context)
        button = Card.model_validate(post.card).button(str(body["button"])) if post else None
        if post is None or button is None:
            raise Refused("card-moved-on")
        if "message" in body:
            context.event = replace(context.event, body=body | {"slot": post.slot})
            _spend(context, post)
        self._command(context, button.command, dict(button.args))

    def _run(self, context: Context, kind: str, facts: Any) -> None:
        self.around.routes.answers[kind](context, facts)
        self._answer_notes(context)

    def _answer_notes(self, context: Context) -> None:
        while context.notes:
            kind, facts = context.notes.pop(0)
            self.around.routes.answers[kind](context, facts)


def about_this(event: Event, command: Command, rest: str) -> str:
    """Let a command that is typed in a ticket's thread and names no ticket be about that one."""
    kind, _, number = str(event.body.get("thread") or "").partition(":")
    if kind != "ticket" or "number" not in command.args.model_fields or NUMBER.match(rest):
        return rest
    return f"{number} {rest}".strip()


def _did_you_mean(context: Context, line: str, guesses: Sequence[Guess]) -> Card:
    """Offer what may have been meant, each a press away with all that was typed after the command."""
    near = ", ".join(f"/crm {guess.spelling}" for guess in guesses)
    text = context.t("command-unknown-near", line=line[:40], near=near)
    return Card(text=text, tone="warn", buttons=tuple(_meant(context, guess) for guess in guesses))


def _meant(context: Context, guess: Guess) -> Button:
    """Make the button that runs a guess; where something is missing or wrong it opens the form, with what was typed."""
    command, t = guess.command, context.t
    given = dict(read_line(command.args, about_this(context.event, command, guess.rest)))
    rest = guess.rest if given else ""
    label = f"{guess.spelling} {rest}".strip()
    label = label if len(label) <= LONGEST_LABEL else f"{label[: LONGEST_LABEL - 1]}…"
    try:
        build(command.args, given)
    except Unclear as unclear:
        asked = form(command.args, command.name, t, unclear.given, {}, context.role)
        return Button(label=label, command=command.name, form=asked)
    return Button(label=label, command=command.name, args=given)


def _is_meant(command: Command, rest: str) -> bool:
    """Tell whether a customer means a command: it stands alone, or it is theirs and takes what follows."""
    if not rest:
        return True
    if "customer" not in command.who or command.args is NoArgs:
        return False
    try:
        build(command.args, read_line(command.args, rest))
    except Unclear:
        return False
    return True


def pressed_post(context: Context) -> Post | None:
    """Find the card that was pressed, by its slot or by the platform's id of the message that shows it.

    A message whose sending was cut off stands under an id that we never heard; the newest card of this chat with the
    same deed speaks for it.
    """
    event, posts = context.event, context.store.posts
    place = str(event.body["place"])
    if "slot" in event.body:
        return posts.get(event.channel, place, str(event.body["slot"]))
    known = posts.by_provider(event.channel, place, str(event.body["message"]))
    if known is not None:
        return known
    pressed = str(event.body["button"])
    offers = (
        post for post in reversed(posts.of(event.channel, place)) if Card.model_validate(post.card).button(pressed)
    )
    return next(offers, None)


def _spend(context: Context, post: Post) -> None:
    """Take the buttons off a customer's message once one is used; a deed that says more to the card overtakes this."""
    if context.staff is None:
        card = Card.model_validate(post.card).model_copy(update={"buttons": ()})
        context.say(Place(post.channel, post.address), card, slot=post.slot, thread=post.thread)


def _notice_window(context: Context) -> None:
    """Where only answers are taken, whoever writes opens the window for them, and what waited for that may leave."""
    event, store = context.event, context.store
    if context.staff is None and event.kind in SPOKEN and event.channel in context.around.windows:
        store.windows.open(event.channel, event.address, context.now)
        store.outbox.let_go(event.channel, event.address, (HELD, TAKEN), context.now)


def _notice_open_chat(context: Context) -> None:
    """Whoever writes in a chat has it open, whatever we were told about it before; a shared account alone tells."""
    event = context.event
    if context.contact is None or event.body.get("side") != "either" or event.kind == "chat closed":
        return
    if context.store.contacts.is_closed(event.channel, event.sender):
        context.note("chat opened")
