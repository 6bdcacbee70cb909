"""Digest items: what wants a manager's decision, how bad it is, and how it looks once somebody saw to it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from handlers.arguments import Args, form
from handlers.cards import Button, Card, Form, Row
from handlers.context import Context, Place

Marks = dict[str, str]


@dataclass(frozen=True)
class Item:
    """One thing that wants a decision; only what is shown is put into words.

    `severity` is a small number that grows only when it gets noticeably worse: somebody who took note of it hears of
    it again then, and not before. `row` says it: the first line names it, the second gives the reason.
    """

    key: str
    severity: int
    row: Callable[[Marks], Row]

    @property
    def marks(self) -> Marks:
        """Give what a deed carries so that it settles this item."""
        return {"item": self.key, "severity": str(self.severity)}


def still_open(ctx: Context, items: Sequence[Item]) -> list[Item]:
    """Leave out what the person who acts has taken note of, unless it got worse since."""
    seen = ctx.store.acknowledgements.of(ctx.me.id, [item.key for item in items])
    return [item for item in items if item.severity > seen.get(item.key, -1)]


def by_turns(kinds: Iterable[Sequence[Item]]) -> list[Item]:
    """Put the worst of every kind ahead of the second worst of any, so that no kind crowds out another."""
    return [item for row in zip_longest(*kinds) for item in row if item is not None]


def row_of(ctx: Context, item: Item) -> Row:
    """Show an item with its deeds; that it was seen is always one of them."""
    seen = Button(label=ctx.t("digest-seen"), command="digest done", args=item.marks)
    row = item.row(item.marks)
    return row.model_copy(update={"buttons": (*row.buttons, seen)})


def choosing(ctx: Context, model: type[Args], command: str, fixed: dict[str, str]) -> Form:
    """Ask for the colleague whom a deed needs, and for nothing else."""
    asked = form(model, command, ctx.t, {}, fixed)
    return asked.model_copy(update={"asks": tuple(ask for ask in asked.asks if ask.among)})


def settle(ctx: Context, item: str, severity: int, said: str) -> None:
    """Take note of an item for the person who acts; on the card that was pressed its deeds give way to what was done."""
    ctx.store.acknowledgements.note(ctx.me.id, item, severity, ctx.now)
    place, slot = str(ctx.event.body.get("place") or ""), str(ctx.event.body.get("slot") or "")
    post = ctx.store.posts.get(ctx.event.channel, place, slot) if slot else None
    if post is None:
        ctx.reply(said)
        return
    card = Card.model_validate(post.card)
    rows = tuple(_settled(row, item, said) for row in card.rows)
    card = card.model_copy(update={"rows": rows})
    ctx.say(Place(post.channel, post.address), card, slot=post.slot, thread=post.thread)


def _settled(row: Row, item: str, said: str) -> Row:
    if not any(button.args.get("item") == item for button in row.buttons):
        return row
    return Row(text=f"✓ {row.text.partition(chr(10))[0]}\n{said}")
