"""Settings: in which language, zone and hours, and on which channel, somebody wants to hear from us."""

from __future__ import annotations

from dataclasses import replace
from datetime import time
from typing import Annotated, Any, Final, Literal

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from handlers.arguments import Args, form
from handlers.cards import Button, Card, Row
from handlers.cards import Field as Shown
from handlers.context import Context, Refused
from handlers.routing import Router
from handlers.zones import Zone
from scheduler.cadence import Diary
from scheduler.policy.units import read_clock

router = Router("settings")
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


class SpeakTo(Args):
    language: Literal["en", "zh-CN"]


class LiveIn(Args):
    zone: Zone


class BeginAt(Args):
    morning: Annotated[time, BeforeValidator(read_morning), Field(examples=["07:30", "9:15"])]


class FindMeOn(Args):
    channel: Literal["slack", "telegram", "wecom", "web"]


FORMS: Final[dict[str, type[Args]]] = {"language": SpeakTo, "zone": LiveIn, "morning": BeginAt, "channel": FindMeOn}


@router.command("settings")
def show(ctx: Context, _: object) -> None:
    """Show how somebody wants to be spoken to, each thing with the form that changes it."""
    fields = tuple(Shown(label=ctx.t(f"arg-{name}"), value=said) for name, said in _said(ctx).items())
    ctx.reply(Card(title=ctx.t("settings-title"), fields=fields, buttons=_changes(ctx)))


def settings_rows(ctx: Context) -> tuple[Row, ...]:
    """Say the settings in a few lines of a sheet that is about more than them."""
    values = _said(ctx)
    return (
        Row(text=ctx.t("settings-title"), heading=True),
        Row(text=ctx.t("settings-line", **values), buttons=_changes(ctx)),
    )


def _said(ctx: Context) -> dict[str, str]:
    place = ctx.place_of(ctx.me)
    return {
        "language": ctx.t(f"language-{ctx.me.language}"),
        "zone": ctx.me.zone,
        "morning": _morning(ctx),
        "channel": ctx.t(f"channel-{place.channel}") if place else ctx.t("settings-nowhere"),
    }


def _morning(ctx: Context) -> str:
    return ctx.me.begins or f"{ctx.policy.reminders.morning:%H:%M}"


def _changes(ctx: Context) -> tuple[Button, ...]:
    """Make a button for each setting, with a form that holds what is set now; one without a choice has none."""
    place = ctx.place_of(ctx.me)
    now = {"language": ctx.me.language, "zone": ctx.me.zone, "morning": _morning(ctx)}
    now["channel"] = place.channel if place else ""
    names = [name for name in FORMS if name != "channel" or len(_channels(ctx)) > 1]
    return tuple(_change(ctx, name, now[name]) for name in names)


def _change(ctx: Context, name: str, value: str) -> Button:
    command = f"settings {name}"
    asked = form(FORMS[name], command, ctx.t, {name: value}, {})
    if name == "channel":
        (ask,) = asked.asks
        here = tuple(choice for choice in ask.choices if choice.value in _channels(ctx))
        asked = asked.model_copy(update={"asks": (ask.model_copy(update={"choices": here}),)})
    return Button(label=ctx.t(f"arg-{name}"), command=command, form=asked)


def _channels(ctx: Context) -> frozenset[str]:
    """Name the channels that run here and on which the person who acts is known."""
    return ctx.around.channels & ctx.store.staff.addresses(ctx.me.id).keys()


@router.command("settings language", SpeakTo)
def speak(ctx: Context, args: SpeakTo) -> None:
    """Speak another language with somebody, from this answer on."""
    now = _set(ctx, language=args.language)
    now.reply(now.t("settings-language-kept"))
    ctx.note("language learned", language=args.language)


@router.command("settings zone", LiveIn)
def move(ctx: Context, args: LiveIn) -> None:
    """Go by the clocks of another place."""
    now = _set(ctx, zone=args.zone)
    _plan_morning(now)
    now.reply(now.t("settings-zone-kept", zone=args.zone, clock=now.t.moment(ctx.now, args.zone, ctx.now)))


@router.command("settings morning", BeginAt)
def begin(ctx: Context, args: BeginAt) -> None:
    """Let somebody's mornings begin at another time; at the company's own, they follow the company again."""
    company = args.morning == ctx.policy.reminders.morning
    now = _set(ctx, begins=None if company else f"{args.morning:%H:%M}")
    next_at = _plan_morning(now)
    now.reply(now.t("settings-morning-kept", clock=_morning(now), next=now.t.moment(next_at, now.zone, now.now)))


@router.command("settings channel", FindMeOn)
def settle(ctx: Context, args: FindMeOn) -> None:
    """Say what is for somebody on another channel, once they are known there."""
    channel = ctx.t(f"channel-{args.channel}")
    if args.channel not in _channels(ctx):
        raise Refused("settings-unknown-there", channel=channel)
    _set(ctx, spoken_to_on=args.channel)
    ctx.reply(ctx.t("settings-channel-kept", channel=channel))


def _set(ctx: Context, **values: Any) -> Context:
    """Write a setting down; give the context of the same event with it in force."""
    ctx.store.staff.change(ctx.me.id, **values)
    return replace(ctx, staff=replace(ctx.me, **values))


def _plan_morning(ctx: Context) -> Any:
    """Plan the next morning of the person who acts: today's, unless it was said or is over."""
    diary = Diary.of(ctx.policy, ctx.me)
    before = ctx.store.mornings.latest(ctx.me.id)
    is_said = before is not None and before.day >= diary.day(ctx.now)
    at = diary.next_morning(ctx.now) if is_said else diary.speaks_at(ctx.now)
    ctx.store.staff.wakes_at(ctx.me.id, at)
    return at
