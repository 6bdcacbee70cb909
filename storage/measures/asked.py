"""Measures asked for: a number, its parts, and the cases behind it."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from typing import Final, Literal

from sqlalchemy import bindparam, func, select

from storage.measures import promises, relations
from storage.measures.cases import Case, Measure, Measured
from storage.measures.window import Sight, Window
from storage.rows import Query, Rows
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
_zones = select(staff.c.zone).distinct().order_by(staff.c.zone)


class Measures(Rows):
    """Numbers with their definitions; each costs what happened in its period, not what ever did."""

    def window(self, scope: Scope, since: datetime, until: datetime, now: datetime, zone: str) -> Window:
        """Look at a period from `since` on and until before `until`, in a company whose zone this is."""
        zones = self._once(staff, "zones", lambda: tuple(row.zone for row in self._select(_zones, staff)))
        return Window(scope, since, until, now, zone, zones)

    def of(self, name: str, window: Window) -> Measured:
        """Give a number with its sample size.

        Raises:
            KeyError: there is no such measure.
        """
        (row,) = self._select(_number(name, window.sight), **window.values)
        return Measured(MEASURES[name].unit, int(row[0]), row[1])

    def by(self, name: str, sorting: Sorting, window: Window) -> dict[str | None, Measured]:
        """Give a number for each label (tier, topic, type, what became of it) or each person, the biggest first."""
        found = self._select(_parts(name, sorting, window.sight), **window.values)
        return {row[0]: Measured(MEASURES[name].unit, int(row[1]), row[2]) for row in found}

    def cases(self, name: str, window: Window, limit: int = 50, owner_id: str | None = None) -> list[Case]:
        """List what a number counts, of everybody or of one person: what failed first, the newest on top."""
        statement = _list(name, window.sight, ones=owner_id is not None)
        values = {"most": limit} | ({"one": owner_id} if owner_id else {})
        return self._all(Case, statement, **window.values, **values)


@lru_cache(maxsize=256)
def _number(name: str, sight: Sight) -> Query:
    cases = MEASURES[name].cases(sight).subquery()
    return select(func.coalesce(func.sum(cases.c.score), 0), func.count()).select_from(cases)


@lru_cache(maxsize=256)
def _parts(name: str, sorting: Sorting, sight: Sight) -> Query:
    cases = MEASURES[name].cases(sight).subquery()
    sort = cases.c[sorting]
    parts = select(sort, func.coalesce(func.sum(cases.c.score), 0), func.count()).group_by(sort)
    return parts.order_by(func.count().desc(), sort)


@lru_cache(maxsize=256)
def _list(name: str, sight: Sight, *, ones: bool) -> Query:
    cases = MEASURES[name].cases(sight).subquery()
    listed = select(*(cases.c[field] for field in Case.__dataclass_fields__)).limit(bindparam("most"))
    listed = listed.order_by(cases.c.score, cases.c.at.desc(), cases.c.subject)
    return listed.where(cases.c.owner_id == bindparam("one")) if ones else listed
