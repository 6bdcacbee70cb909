"""What fills the sheets of the small company: its team's cards, and how two people kept their contacts."""

from __future__ import annotations

from collections.abc import Iterable

from handlers.cards import Button, Row
from handlers.context import Context
from handlers.digest_numbers import Numbers
from handlers.parts import Part, Span
from handlers.pictures import CadenceRow
from handlers.routing import Router
from tests.webchat.small import TEAM

router = Router("sheets")
KEPT = (CadenceRow("Tom Becker", 3, 9), CadenceRow("李娜", 11, 12), CadenceRow("欧阳珺祎", 0, 0))


def _cards(ctx: Context) -> int:
    return len([post for post in ctx.store.posts.of(TEAM.channel, TEAM.address) if post.thread is None])


@router.part("day", 20)
def mine(ctx: Context, _: Span) -> Iterable[Part]:
    rest = Button(label="All", command="list")
    yield Part("tickets", 1 + _cards(ctx), (Row(text="T-7K4M2 · Acme Ltd"),), rest=rest)


@router.part("digest", 10)
def needs(ctx: Context, _: Span) -> Iterable[Part]:
    args = {"customer": "Acme Ltd", "words": "seen"}
    rows = (Row(text="Acme Ltd\nTom Becker", buttons=(Button(label="Seen", command="log", args=args),)),)
    yield Part("needs", 1 + _cards(ctx), rows, rest=Button(label="All", command="list"), tone="alarm")


@router.part("digest", 40)
def cadence(_: Context, __: Span) -> Iterable[Part]:
    rows = (Row(text="66% (14)"),)
    yield Numbers("cadence", 1, rows, rest=Button(label="Show", command="list"), tone="warn", people=KEPT)
