"""Pictures: what a drawing shows, as plain data; each channel draws it, and where nobody can see it its words are read.

Everything that is written on a picture stands here in the reader's language, so that whoever draws it needs no phrases.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING, Annotated, Final, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

if TYPE_CHECKING:
    from prompts.phrases import Phrases

MOST_PEOPLE: Final = 20
"""So many bars are read at a glance; who has most to do comes first, and a note tells of the others."""
NAME: Final = 24
"""Characters of a person's name; a longer one is cut, so that the bars keep their room."""
NAMED: Final = 3
"""So many people below the target are named in the sentence that stands for the picture."""

Mark = Annotated[str, StringConstraints(max_length=60)]
Caption = Annotated[str, StringConstraints(max_length=160)]
Value = Annotated[float, Field(ge=0, le=1e9, allow_inf_nan=False)]


class _Piece(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Series(_Piece):
    """Values of one kind, one a category; None where there is none, which is not 0. `labels` are how they are read."""

    name: Mark
    values: tuple[Value | None, ...]
    labels: tuple[Mark, ...]


class Target(_Piece):
    """What was agreed on: a line across the picture, with its name."""

    name: Mark
    value: Value


class Picture(_Piece):
    """A drawing as data: `people` is a bar a person, `days` a column a day with what was a week before as a line.

    `alt` says in one sentence what there is to see, for those who hear a page and for channels that show no pictures.
    `samples` tell how many cases stand behind each value.
    """

    kind: Literal["people"]
    title: Caption
    alt: Annotated[str, StringConstraints(min_length=1, max_length=600)]
    categories: Annotated[tuple[Mark, ...], Field(min_length=1, max_length=MOST_PEOPLE)]
    series: Annotated[tuple[Series, ...], Field(min_length=1, max_length=2)]
    samples: tuple[Mark, ...] = ()
    target: Target | None = None
    unit: Literal["percent", "count", "minutes"] = "percent"
    note: Caption = ""
    language: Literal["en", "zh-CN"] = "en"

    @model_validator(mode="after")
    def _fits(self) -> Self:
        """Refuse values that belong to no category, and categories without one."""
        sizes = {len(part) for one in self.series for part in (one.values, one.labels)}
        if self.samples:
            sizes.add(len(self.samples))
        if sizes != {len(self.categories)}:
            raise ValueError("there has to be one value, one label and one sample for each category")
        return self

    @property
    def words(self) -> str:
        """Give everything that is written on the picture."""
        shown = (label for one in self.series for label in (one.name, *one.labels))
        target = self.target.name if self.target else ""
        return "\n".join((self.title, self.note, target, *self.categories, *self.samples, *shown))


@dataclass(frozen=True)
class CadenceRow:
    """How one person kept the cadence: of the touches that were due, how many were made in time."""

    name: str
    kept: int
    due: int

    @property
    def percent(self) -> float | None:
        """Give the share that was kept; where nothing was due there is none."""
        return 100 * self.kept / self.due if self.due else None


def cadence_picture(t: Phrases, rows: Sequence[CadenceRow], *, target: float | None = None, days: int = 7) -> Picture:
    """Show who kept the cadence in so many days, a bar a person in the order given; `target` in percent draws a line.

    Raises:
        ValueError: there is nobody to show.
    """
    shown = rows[:MOST_PEOPLE]
    return Picture(
        kind="people",
        title=t("picture-cadence"),
        alt=_cadence_said(t, rows, target),
        categories=tuple(_short(row.name) for row in shown),
        series=(_shares(t, shown),),
        samples=tuple(t("picture-kept-of", kept=row.kept, due=row.due) if row.due else "" for row in shown),
        target=Target(name=t("picture-target", percent=_percent(t, target)), value=target) if target else None,
        language=_language(t),
        note=_cadence_note(t, days, len(shown), len(rows)),
    )


def _language(t: Phrases) -> Literal["en", "zh-CN"]:
    return "zh-CN" if t.language == "zh-CN" else "en"


def _shares(t: Phrases, rows: Sequence[CadenceRow]) -> Series:
    labels = tuple(_said(t, row.percent) if row.due else t("picture-nothing-due") for row in rows)
    return Series(name=t("picture-cadence"), values=tuple(row.percent for row in rows), labels=labels)


def _cadence_note(t: Phrases, days: int, shown: int, known: int) -> str:
    if shown == known:
        return t("picture-cadence-note", days=days)
    return t("picture-cadence-cut", days=days, shown=shown, left=known - shown)


def _cadence_said(t: Phrases, rows: Sequence[CadenceRow], target: float | None) -> str:
    """Say the picture in one sentence: the whole, and who is below the target."""
    kept, due = sum(row.kept for row in rows), sum(row.due for row in rows)
    whole = {"people": len(rows), "kept": kept, "due": due}
    if not due:
        return t("picture-cadence-alt-none", people=len(rows))
    percent = _percent(t, 100 * kept / due)
    if target is None:
        return t("picture-cadence-alt", percent=percent, **whole)
    known = [(row.percent, row) for row in rows if row.percent is not None]
    below = [row for percent, row in sorted(known, key=itemgetter(0)) if percent < target]
    named = _joined(t, [_named(t, row) for row in below[:NAMED]])
    values = whole | {"percent": percent, "target": _percent(t, target), "below": len(below), "named": named}
    return t("picture-cadence-alt-target", **values)


def _named(t: Phrases, row: CadenceRow) -> str:
    return t("picture-person", name=_short(row.name), percent=_said(t, row.percent))


def _said(t: Phrases, value: float | None) -> str:
    return t("picture-no-value") if value is None else _percent(t, value)


def _percent(t: Phrases, value: float) -> str:
    """Say a share in whole percent, rounded down: nobody reads 100 % where a case was missed."""
    return t("picture-percent", percent=int(value + 1e-9))


def _joined(t: Phrases, parts: Sequence[str]) -> str:
    return t("picture-and").strip("|").join(parts)


def _short(name: str) -> str:
    return name if len(name) <= NAME else name[: NAME - 1] + "…"
