"""Settings' forms: what somebody may set about how we speak to them, each question holding what is set now."""

from __future__ import annotations

from datetime import time
from typing import Annotated, Final, Literal

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from handlers.arguments import Args, form
from handlers.cards import Button, Form
from handlers.context import Context
from handlers.zones import Zone
from scheduler.policy.units import read_clock

EARLIEST: Final = time(5)
LATEST: Final = time(12)
"""Between these a morning begins; what comes later in a day is no morning."""


def read_morning(value: object) -> time:
    """Read when a morning begins: `7:30`."""
    text = str(value).strip().replace("：", ":")
    try:
        at = read_clock(text)
    except PydanticCustomError:
        at = None
    if at is None or not EARLIEST <= at <= LATEST:
        limits = {"earliest": f"{EARLIEST:%H:%M}", "latest": f"{LATEST:%H:%M}"}
        raise PydanticCustomError("problem-morning", "no morning", limits)
    return at


Language = Literal["en", "zh-CN"]
Morning = Annotated[time, BeforeValidator(read_morning), Field(examples=["07:30", "9:15"])]
Channel = Literal["slack", "telegram", "wecom", "web"]


class SpeakTo(Args):
    language: Language


class LiveIn(Args):
    zone: Zone


class BeginAt(Args):
    morning: Morning


class FindMeOn(Args):
    channel: Channel


class AllAtOnce(Args):
    """Everything in one form; what is left out stays as it is."""

    language: Language | None = None
    zone: Zone | None = None
    morning: Morning | None = None
    channel: Channel | None = None


FORMS: Final[dict[str, type[Args]]] = {"language": SpeakTo, "zone": LiveIn, "morning": BeginAt, "channel": FindMeOn}
ALL: Final = "settings all"


def set_now(ctx: Context) -> dict[str, str]:
    """Give what is set now, as it would be typed."""
    place = ctx.place_of(ctx.me)
    return {
        "language": ctx.me.language,
        "zone": ctx.me.zone,
        "morning": morning_of(ctx),
        "channel": place.channel if place else "",
    }


def morning_of(ctx: Context) -> str:
    return ctx.me.begins or f"{ctx.policy.reminders.morning:%H:%M}"


def channels_of(ctx: Context) -> frozenset[str]:
    """Name the channels that run here and on which the person who acts is known."""
    return ctx.around.channels & ctx.store.staff.addresses(ctx.me.id).keys()


def asked(ctx: Context, model: type[Args], command: str) -> Form:
    """Make a form that holds what is set now; a channel is chosen among those where somebody is known."""
    made, known = form(model, command, ctx.t, set_now(ctx), {}), channels_of(ctx)
    asks = []
    for ask in made.asks:
        if ask.name != "channel":
            asks.append(ask)
        elif len(known) > 1:
            choices = tuple(choice for choice in ask.choices if choice.value in known)
            asks.append(ask.model_copy(update={"choices": choices}))
    return made.model_copy(update={"asks": tuple(asks)})


def whole(ctx: Context) -> Button:
    """Make the button that opens everything there is to set."""
    return Button(label=ctx.t("settings-title"), command=ALL, form=asked(ctx, AllAtOnce, ALL))
