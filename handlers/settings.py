"""Settings: in which language, zone and hours, and on which channel, somebody wants to hear from us."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from handlers.cards import Button, Card
from handlers.cards import Field as Shown
from handlers.context import Context, Refused
from handlers.routing import Router
from handlers.settings_forms import (
    ALL,
    FORMS,
    AllAtOnce,
    BeginAt,
    FindMeOn,
    LiveIn,
    SpeakTo,
    asked,
    channels_of,
    morning_of,
    set_now,
)
from scheduler.cadence import Diary

router = Router("settings")


@router.command("settings")
def show(ctx: Context, _: object) -> None:
    """Show how somebody wants to be spoken to, each thing with the form that changes it."""
    fields = tuple(Shown(label=ctx.t(f"arg-{name}"), value=said) for name, said in _said(ctx).items())
    ctx.reply(Card(title=ctx.t("settings-title"), fields=fields, buttons=_changes(ctx)))


def _said(ctx: Context) -> dict[str, str]:
    place = ctx.place_of(ctx.me)
    return {
        "language": ctx.t(f"language-{ctx.me.language}"),
        "zone": ctx.me.zone,
        "morning": morning_of(ctx),
        "channel": ctx.t(f"channel-{place.channel}") if place else ctx.t("settings-nowhere"),
    }


def _changes(ctx: Context) -> tuple[Button, ...]:
    """Make a button for each setting, with a form that holds what is set now; one without a choice has none."""
    names = [name for name in FORMS if name != "channel" or len(channels_of(ctx)) > 1]
    commands = {name: f"settings {name}" for name in names}
    return tuple(
        Button(label=ctx.t(f"arg-{name}"), command=command, form=asked(ctx, FORMS[name], command))
        for name, command in commands.items()
    )


@router.command(ALL, AllAtOnce, hidden=True)
def set_all(ctx: Context, args: AllAtOnce) -> None:
    """Set what differs from what is set now, and say how it stands."""
    before = set_now(ctx)
    morning = f"{args.morning:%H:%M}" if args.morning else None
    wanted = {"language": args.language, "zone": args.zone, "morning": morning, "channel": args.channel}
    new = {name: value for name, value in wanted.items() if value and value != before[name]}
    if "channel" in new and new["channel"] not in channels_of(ctx):
        raise Refused("settings-unknown-there", channel=ctx.t(f"channel-{new['channel']}"))
    now = _set(ctx, **_columns(ctx, new)) if new else ctx
    if new.keys() & {"zone", "morning"}:
        _plan_morning(now)
    if "language" in new:
        ctx.note("language learned", language=new["language"])
    text = now.t("settings-kept" if new else "settings-same")
    fields = tuple(Shown(label=now.t(f"arg-{name}"), value=said) for name, said in _said(now).items())
    now.reply(Card(text=text, tone="good" if new else "plain", fields=fields))


def _columns(ctx: Context, new: Mapping[str, str]) -> dict[str, str | None]:
    """Name settings as they are kept; who wants the company's morning follows the company."""
    company = f"{ctx.policy.reminders.morning:%H:%M}"
    kept = {"language": "language", "zone": "zone", "morning": "begins", "channel": "spoken_to_on"}
    return {kept[name]: None if (name, value) == ("morning", company) else value for name, value in new.items()}


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
    now.reply(now.t("settings-morning-kept", clock=morning_of(now), next=now.t.moment(next_at, now.zone, now.now)))


@router.command("settings channel", FindMeOn)
def settle(ctx: Context, args: FindMeOn) -> None:
    """Say what is for somebody on another channel, once they are known there."""
    channel = ctx.t(f"channel-{args.channel}")
    if args.channel not in channels_of(ctx):
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
