"""Measures asked for: a number, its parts, and the cases behind it."""

from __future__ import annotations

from datetime import datetime
from typing import Final, Literal

from sqlalchemy import func, select

from storage.measures import promises, relations
from storage.measures.cases import Case, Measure, Measured
from storage.measures.window import Window
from storage.rows import Rows
from storage.staff import Scope, staff

MEASURES: Final = {
    measure.name: measure
    for measure in (
        Measure("first_response", "share", promises.first_response),
        Measure("under_way", "share", promises.under_way),
        Measure("resolution", "share", promises.resolution),
        Measure("csat", "share", promises.csat),
        Measure("cadence", "share", relations.cadence),
        Measure("opened", "count", promises.opened),
        Measure("reopened", "count", promises.reopened),
        Measure("complaints", "count", relations.complaints),
        Measure("praise", "count", relations.praise),
        Measure("moves", "count", relations.moves),
        Measure("drafts_sent", "share", relations.drafts_sent),
        Measure("words_kept", "mean", relations.words_kept),
    )
}
"""Every number that people are shown, by name; its definition is the docstring of the question."""
Sorting = Literal["label", "owner_id"]


class Measures(Rows):
    """Numbers with their definitions; each costs what happened in its period, not what ever did."""

    def window(self, scope: Scope, since: datetime, until: datetime, now: datetime, zone: str) -> Window:
        """Look at a period from `since` on and until before `until`, in a company whose zone this is."""
        zones = [row.zone for row in self._select(select(staff.c.zone).distinct().order_by(staff.c.zone), staff)]
        return Window(scope, since, until, now, zone, tuple(zones))

    def of(self, name: str, window: Window) -> Measured:
        """Give a number with its sample size.

        Raises:
            KeyError: there is no such measure.
        """
        measure = MEASURES[name]
        cases = measure.cases(window).subquery()
        (row,) = self._select(select(func.coalesce(func.sum(cases.c.score), 0), func.count()).select_from(cases))
        return Measured(measure.unit, int(row[0]), row[1])

    def by(self, name: str, sorting: Sorting, window: Window) -> dict[str | None, Measured]:
        """Give a number for each label (tier, topic, type, what became of it) or each person, the biggest first."""
        measure = MEASURES[name]
        cases = measure.cases(window).subquery()
        sort = cases.c[sorting]
        statement = select(sort, func.coalesce(func.sum(cases.c.score), 0), func.count()).group_by(sort)
        found = self._select(statement.order_by(func.count().desc(), sort))
        return {row[0]: Measured(measure.unit, int(row[1]), row[2]) for row in found}

    def cases(self, name: str, window: Window, limit: int = 50, owner_id: str | None = None) -> list[Case]:
        """List what a number counts, of everybody or of one person: what failed first, the newest on top."""
        cases = MEASURES[name].cases(window).subquery()
        columns = [cases.c[field] for field in Case.__dataclass_fields__]
        statement = select(*columns).order_by(cases.c.score, cases.c.at.desc(), cases.c.subject).limit(limit)
        if owner_id:
            statement = statement.where(cases.c.owner_id == owner_id)
        return self._all(Case, statement)
