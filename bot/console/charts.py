"""Charts: a picture as the page draws it itself; its colours are the style sheet's, so that it follows the theme."""

from __future__ import annotations

from typing import Any, Final

from nicegui import ui

from handlers.pictures import Picture, Series, Target

Options = dict[str, Any]
BAR: Final = 30
"""Pixels a bar takes with its gap."""
DAYS: Final = 260
FONT: Final = (
    "-apple-system, BlinkMacSystemFont, 'Segoe UI', Roboto, 'PingFang SC', 'HarmonyOS Sans SC', 'MiSans', "
    "'Microsoft YaHei', 'Noto Sans CJK SC', 'Source Han Sans SC', sans-serif"
)
"""As in the style sheet: the widths of words are measured before they are drawn."""
INK, SOFT, LINE, WEEK = "var(--ink)", "var(--soft)", "var(--target)", "var(--week)"
GOOD, SHORT = "var(--accent)", "var(--short)"


class Chart:
    """A picture on a page, with its title and note; who cannot see it hears its sentence."""

    def __init__(self, picture: Picture) -> None:
        looks = f'lang="{picture.language}"'
        with ui.element("figure").classes("rp-figure").props(looks) as self.figure:
            with ui.element("figcaption"):
                ui.label(picture.title).classes("rp-figure-title")
                ui.label(picture.note).classes("rp-figure-note")
            drawing = ui.echart(options(picture), renderer="svg").classes("rp-chart")
            drawing.style(f"height: {height(picture)}px")
            drawing.props["role"], drawing.props["aria-label"] = "img", picture.alt


def height(picture: Picture) -> int:
    return 36 + BAR * len(picture.categories) if picture.kind == "people" else DAYS


def options(picture: Picture) -> Options:
    """Give what the chart component draws: nothing moves, and nothing is said only when pointed at."""
    quiet: Options = {"animation": False, "backgroundColor": "transparent", "tooltip": {"show": False}}
    return quiet | {"textStyle": {"fontFamily": FONT}} | (_people if picture.kind == "people" else _days)(picture)


def _people(picture: Picture) -> Options:
    shares = picture.series[0]
    samples = picture.samples or ("",) * len(picture.categories)
    labels = [f"{label}  {sample}".rstrip() for label, sample in zip(shares.labels, samples, strict=True)]
    names = {"color": INK, "fontSize": 13, "width": 112, "overflow": "truncate"}
    bars = _bars(shares, labels, picture.target, "right")
    if picture.target:
        bars |= _target(picture.target, {"xAxis": picture.target.value}, "start")
    return {
        "grid": {"left": 8, "right": 104, "top": 26, "bottom": 4, "containLabel": True},
        "xAxis": {"type": "value", "min": 0, "max": _top(picture), "show": False},
        "yAxis": _axis(picture.categories, names) | {"inverse": True},
        "series": [bars],
    }


def _days(picture: Picture) -> Options:
    columns, *before = picture.series
    samples = picture.samples or ("",) * len(picture.categories)
    days = [f"{day}\n{sample}" for day, sample in zip(picture.categories, samples, strict=True)]
    bars = _bars(columns, list(columns.labels), picture.target, "top")
    if picture.target:
        bars |= _target(picture.target, {"yAxis": picture.target.value}, "insideStartTop")
    return {
        "grid": {"left": 4, "right": 8, "top": 34, "bottom": 4, "containLabel": True},
        "legend": {"show": True, "right": 0, "top": 0, "textStyle": {"color": SOFT}, "data": [s.name for s in before]},
        "xAxis": _axis(tuple(days), {"color": INK, "fontSize": 11, "lineHeight": 15, "hideOverlap": True}),
        "yAxis": {"type": "value", "min": 0, "max": _top(picture), "show": False},
        "series": [bars, *(_line(series) for series in before)],
    }


def _axis(names: tuple[str, ...], label: Options) -> Options:
    bare = {"show": False}
    return {"type": "category", "data": list(names), "axisLine": bare, "axisTick": bare, "axisLabel": label}


def _bars(series: Series, labels: list[str], target: Target | None, place: str) -> Options:
    """Draw bars with their figures beside them; those below the target in another colour."""
    least = target.value if target else 0
    data = [
        {
            "value": value or 0,
            "itemStyle": {"color": GOOD if value is None or value >= least else SHORT},
            "label": {"formatter": label},
        }
        for value, label in zip(series.values, labels, strict=True)
    ]
    label = {"show": True, "position": place, "color": INK, "fontSize": 12}
    return {"type": "bar", "name": series.name, "data": data, "label": label, "barWidth": "58%", "silent": True}


def _target(target: Target, at: Options, place: str) -> Options:
    """Draw the target as a line with its name."""
    label = {"formatter": target.name, "position": place, "color": LINE, "fontSize": 12}
    style = {"color": LINE, "width": 1.5, "type": "dashed"}
    return {"markLine": {"silent": True, "symbol": "none", "data": [at], "label": label, "lineStyle": style}}


def _line(series: Series) -> Options:
    style = {"lineStyle": {"color": WEEK, "width": 2}, "itemStyle": {"color": WEEK}}
    return {"type": "line", "name": series.name, "data": list(series.values), "symbolSize": 6, "silent": True} | style


def _top(picture: Picture) -> float:
    known = [value for series in picture.series for value in series.values if value is not None]
    most = max([*known, picture.target.value if picture.target else 0, 1])
    return max(100.0, most) if picture.unit == "percent" else most
