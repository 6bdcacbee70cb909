"""A small company of handlers, enough to see every part of a page work: words make a card, presses and forms change it."""

from __future__ import annotations

from typing import Any

from handlers import contents
from handlers.arguments import Args, Line, Priority, Words
from handlers.cards import Ask, Button, Card, Field, Form, Quote, Row
from handlers.context import Context, Place
from handlers.routing import EVERYONE, STAFF, Router, Routes
from storage.messages import Kind

router = Router("small")
TEAM = Place("web", "#service")


class Note(Args):
    """A note to write down."""

    customer: Line
    words: Words
    priority: Priority = "normal"


class Slot(Args):
    """A card to change."""

    number: Line


class Answer(Args):
    """Words for a customer."""

    number: Line
    words: Words


@router.on("customer words")
def hear(ctx: Context, facts: Any) -> None:
    slot = f"ticket:T-{ctx.event.id}"
    ctx.say(TEAM, _card(str(facts["text"]), slot, "warn"), Kind.CARD, slot=slot)
    ctx.reply(f"{facts['language'] or '-'}: {facts['text'][:20]}")


def _card(words: str, slot: str, tone: Any, taken: str = "") -> Card:
    args = {"number": slot}
    question = Ask(name="words", label="Words", kind="words", hint="The customer reads exactly this.")
    asked = Form(title="Reply to customer", command="answer", asks=(question,), submit="Send", fixed=args)
    buttons = (
        Button(label="Take it", command="take", args=args, style="primary"),
        Button(label="Reply to customer", command="answer", args=args, form=asked),
        Button(label="Close without solution", command="take", args=args | {"number": slot + " "}, style="danger"),
    )
    return Card(
        title=f"{slot.removeprefix('ticket:')} · Device fault",
        tone=tone,
        fields=(
            Field(label="Customer", value="Acme Ltd · strategic"),
            Field(label="Contact", value="Chen Wei · web chat"),
            Field(label="Status", value=taken or "new"),
            Field(label="First reply due", value="today 14:20"),
            Field(label="Owner", value=taken or "nobody yet"),
            Field(label="Fix due", value="Thu 18:00"),
        ),
        quote=Quote(who="Chen Wei", words=words),
        lines=("Why: strategic × fault = 1 h working time; lunch 12:00-13:00 not counted",),
        buttons=() if taken else buttons,
        footer=f"Taken by {taken}" if taken else "The thread is internal. Only “Reply to customer” is sent out.",
    )


@router.command("take", Slot)
def take(ctx: Context, args: Slot) -> None:
    slot = args.number.strip()
    post = ctx.store.posts.get("web", TEAM.address, slot)
    words = Card.model_validate(post.card).quote if post else None
    ctx.say(TEAM, _card(words.words if words else "", slot, "good", ctx.me.name), Kind.CARD, slot=slot)
    ctx.reply(f"{slot} is yours now.")


@router.command("answer", Answer)
def answer(ctx: Context, args: Answer) -> None:
    ctx.say(TEAM, Card(text=args.words, from_person=ctx.me.name), Kind.CARD, thread=args.number)


@router.command("log", Note, who=STAFF)
def log(ctx: Context, args: Note) -> None:
    ctx.reply(Card(title=args.customer, text=args.words, tone="good", footer=args.priority))


@router.command("list", who=STAFF)
def show_list(ctx: Context, _args: Args) -> None:
    ctx.reply(Card(title="Due today", rows=tuple(_row(name) for name in ("Acme Ltd", "Galaxy Ltd"))))


def _row(name: str) -> Row:
    args = {"customer": name, "words": "called"}
    buttons = tuple(
        Button(label=label, command="log", args=args | {"priority": priority})
        for label, priority in (("Log", "normal"), ("Snooze", "low"), ("Draft", "high"))
    )
    return Row(text=f"{name} (strategic, every 12 days) · 2 days overdue\nlast contact: 13 Nov", buttons=buttons)


@router.command("help", who=EVERYONE)
def help_(ctx: Context, _args: Args) -> None:
    ctx.reply(Card(title="What you can do", lines=tuple(command.name for command in ctx.around.routes.allowed("rep"))))


@router.on("thread words")
def overhear(ctx: Context, facts: Any) -> None:
    ctx.say(TEAM, Card(text=f"noted: {facts['text'][:40]}"), Kind.CARD, thread=str(facts["thread"]))


@router.on("delivery news")
@router.on("dead letter")
def ignore(ctx: Context, facts: Any) -> None:
    """Nobody waits for these here."""


def _deaf() -> Router:
    """Answer what the rules leave, of which so small a company makes nothing."""
    rest = Router("deaf")
    for kind in Routes(contents.ROUTERS).answers.keys() - router.answers.keys():
        rest.on(kind)(ignore)
    return rest


ROUTERS = (router, _deaf())
