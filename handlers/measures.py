"""Measures: every number by its definition, and the customers and tickets behind it."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Annotated, Any, Final, Literal, get_args

from pydantic import AwareDatetime, StringConstraints

from handlers.arguments import Args, Line
from handlers.cards import Button, Card, Field, Row
from handlers.context import Context, Refused
from handlers.measure_words import behind, compared, dashed, label_of, looking, named, said, sort_of
from handlers.routing import MANAGERS, Router
from prompts.phrases import LANGUAGES, phrases, zone_named
from scheduler.policy.calendars import moment
from storage.customers import Customer
from storage.measures import MEASURES, Case, Measured, Window

router = Router("measures")
SHOWN: Final = 15
"""So many cases fit on a card; the first ones are those that failed."""
SORTS: Final = 6
DAYS: Final = {"today": 0, "yesterday": 1, "week": 7, "month": 30, "quarter": 91}
PeriodName = Literal["today", "yesterday", "week", "month", "quarter"]


class OneMeasure(Args):
    name: Line
    period: PeriodName = "week"


class Behind(Args):
    name: Line
    since: AwareDatetime
    until: AwareDatetime
    owner: Annotated[str, StringConstraints(max_length=32)] = ""


@router.command("measures", who=MANAGERS)
def list_all(ctx: Context, _: object) -> None:
    """List every number with its definition and where it stands in the last seven days."""
    window = _period(ctx, "week")
    fields = tuple(
        Field(label=_headed(ctx, name, ctx.store.measures.of(name, window)), value=_defined(ctx, name))
        for name in MEASURES
    )
    buttons = tuple(behind(name, window, label_of(ctx.t, name)) for name in MEASURES)
    ctx.reply(Card(title=ctx.t("measures-title"), fields=fields, buttons=buttons))


def _headed(ctx: Context, name: str, measured: Measured) -> str:
    return ctx.t("measure-headed", name=label_of(ctx.t, name), said=said(ctx.t, measured))


def _defined(ctx: Context, name: str) -> str:
    return ctx.t(f"measure-{dashed(name)}.definition")


@router.command("measure", OneMeasure, who=MANAGERS)
def show(ctx: Context, args: OneMeasure) -> None:
    """Show one number of a period, and the cases behind it, those that failed first."""
    words, period = _split(args.name)
    name = named(words)
    if name is None:
        known = ctx.t("names-separator").strip("|").join(label_of(ctx.t, known) for known in MEASURES)
        raise Refused("measure-unknown", name=args.name[:40], known=known)
    _show(ctx, name, _period(ctx, period or args.period))


def _split(line: str) -> tuple[str, PeriodName | None]:
    """Read the name of a period off the end of a line: `csat week`, `满意度 昨天`."""
    for period in get_args(PeriodName):
        for ending in (period, *(phrases(language)(f"period-{period}") for language in LANGUAGES)):
            if line.casefold().endswith(ending.casefold()) and line[: -len(ending)].strip():
                return line[: -len(ending)].strip(), period
    return line, None


@router.command("measure cases", Behind, who=MANAGERS, hidden=True)
def show_cases(ctx: Context, args: Behind) -> None:
    """Show the cases behind a number that somebody has read, over just the period that it covered."""
    if args.name not in MEASURES:
        raise Refused("measure-unknown", name=args.name[:40], known="")
    _show(ctx, args.name, looking(ctx, args.since, args.until), args.owner)


def _period(ctx: Context, period: PeriodName) -> Window:
    """Give a period in the days of the person who acts: today until now, the others until this morning's midnight."""
    zone = zone_named(ctx.me.zone)
    today = ctx.now.astimezone(zone).date()
    midnight = moment(zone, today, time())
    if period == "today":
        return looking(ctx, midnight, ctx.now)
    return looking(ctx, moment(zone, today - timedelta(days=DAYS[period]), time()), midnight)


def _show(ctx: Context, name: str, window: Window, owner: str = "") -> None:
    store = ctx.store.measures
    parts = store.by(name, "owner_id", window) if owner else {}
    measured = parts.get(owner) if owner else store.of(name, window)
    measured = measured or Measured(MEASURES[name].unit, 0, 0)
    cases = store.cases(name, window, SHOWN, owner or None)
    who = ctx.store.staff.get(owner)
    title = label_of(ctx.t, name)
    card = Card(
        title=ctx.t("measure-of", name=title, who=who.name) if who else title,
        text=_summed(ctx, name, measured, None if owner else store.of(name, window.before), window),
        fields=() if owner else _sorted(ctx, name, store.by(name, "label", window)),
        rows=_rows(ctx, name, cases),
        lines=(ctx.t("measure-more", count=measured.count - len(cases)),) if measured.count > len(cases) else (),
        footer=_defined(ctx, name),
    )
    ctx.reply(card)


def _summed(ctx: Context, name: str, measured: Measured, before: Measured | None, window: Window) -> str:
    number = compared(ctx, name, measured, before, window.weeks)
    since, until = (ctx.t.exact(at, ctx.zone) for at in (window.since, window.until))
    return "\n".join([number, ctx.t("measure-period", since=since, until=until)])


def _sorted(ctx: Context, name: str, parts: dict[str | None, Measured]) -> tuple[Field, ...]:
    """Say how a number divides, where it does."""
    if len(parts) < 2:  # noqa: PLR2004 - one part is the whole
        return ()
    first = list(parts.items())[:SORTS]
    return tuple(Field(label=sort_of(ctx, name, label), value=said(ctx.t, part)) for label, part in first)


def _rows(ctx: Context, name: str, cases: list[Case]) -> tuple[Row, ...]:
    ids = [case.customer_id for case in cases if case.customer_id]
    known = {customer.id: customer for customer in ctx.store.customers.by_ids(ids)} if ids else {}
    return tuple(_row(ctx, name, case, known.get(case.customer_id or "")) for case in cases)


def _row(ctx: Context, name: str, case: Case, customer: Customer | None) -> Row:
    """Say one case: whose it is and how it went; its ticket, or else its customer, is one press away."""
    owner = ctx.store.staff.get(case.owner_id)
    head = [customer.name if customer else ctx.t("contact-unknown"), case.ticket or "", sort_of(ctx, name, case.label)]
    went = {"kept": "yes" if case.score else "no", "percent": case.score}
    rest = [
        ctx.t(f"measure-{dashed(name)}.case", **went) if MEASURES[name].unit != "count" else "",
        owner.name if owner else ctx.t("ticket-nobody"),
        _moment(ctx, case.at),
    ]
    text = "\n".join(" · ".join(part for part in parts if part) for parts in (head, rest))
    return Row(text=text, buttons=_opening(ctx, case))


def _moment(ctx: Context, at: datetime) -> str:
    return ctx.t.moment(at, ctx.zone, ctx.now)


def _opening(ctx: Context, case: Case) -> tuple[Button, ...]:
    label = ctx.t("row-show")
    deed: Any = ("ticket show", {"number": case.ticket}) if case.ticket else ("who", {"customer": case.customer_id})
    command, args = deed
    return (Button(label=label, command=command, args=args),) if all(args.values()) else ()
