"""My day: all that waits for one person on one card, asked for by a word or seen on a channel's home."""

from __future__ import annotations

from typing import Final

from handlers.cards import Button, Card
from handlers.context import Context, Place
from handlers.day_pages import DayPage, page_of
from handlers.day_touches import called, touches
from handlers.my_day_cards import day_card, my_tickets, team
from handlers.parts import Span
from handlers.routing import Router
from handlers.settings_forms import whole

router = Router("my day")
for _place, _make in ((10, touches), (15, called), (20, my_tickets), (90, team)):
    router.part("day", _place)(_make)
HOME: Final = "home"
"""The slot of the day that stands at a channel's home; everybody has one."""


@router.command("day")
def show_day(ctx: Context, _: object) -> None:
    """Show what waits for me."""
    ctx.reply(day_card(ctx, Span(ctx.now)))


@router.command("day again", DayPage, hidden=True)
def look_again(ctx: Context, args: DayPage) -> None:
    """Say the day anew, or another page of it, on the card that was pressed.

    A home is said anew by its channel after every press.
    """
    slot = str(ctx.event.body.get("slot") or "")
    if slot != HOME:
        card = day_card(ctx, Span(ctx.now), args.page)
        ctx.say(Place(ctx.event.channel, ctx.event.address), card, slot=slot)


@router.on("home opened")
def fill_home(ctx: Context, _: object) -> None:
    """Say the day at somebody's home, after a press there the page that was read; a stranger is told whom to ask."""
    card = day_card(ctx, Span(ctx.now), _page(ctx), _beside(ctx)) if ctx.staff else _greeting(ctx)
    ctx.say(Place(ctx.event.channel, ctx.event.address), card, slot=HOME)


def _beside(ctx: Context) -> tuple[Button, ...]:
    """Offer beside a day how its reader wants to be spoken to, and everything else that they may do."""
    return (whole(ctx), Button(label=ctx.t("commands-button"), command="commands"))


def _page(ctx: Context) -> int:
    pressed = ctx.event.body.get("pressed")
    post = ctx.store.posts.get(ctx.event.channel, ctx.event.address, HOME) if pressed is not None else None
    return page_of(Card.model_validate(post.card), str(pressed)) if post else 1


def _greeting(ctx: Context) -> Card:
    return Card(
        title=ctx.t("home-welcome"),
        text=ctx.t("staff-unknown"),
        lines=(ctx.t("home-your-id", channel=ctx.t(f"channel-{ctx.event.channel}"), id=ctx.event.sender),),
    )
