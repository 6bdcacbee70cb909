"""Followings: which colleague has which customer among their contacts in WeCom, and how each of them stands there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Final

from sqlalchemy import Column, Index, String, Table, func, select, update

from storage.columns import Id, Name, Short, metadata
from storage.identities import identities, identity_of
from storage.rows import Rows
from storage.vault import SealedJson

CHANNEL: Final = "wecom-contact"
"""Where the id of an external contact belongs."""
FOLLOWS, LEFT = "follows", "left"

followings = Table(
    "wecom_followings",
    metadata,
    Column("blind", String(32), primary_key=True),
    Column("userid", Name, primary_key=True),
    Column("about", SealedJson, nullable=False),
    Column("state", Short, nullable=False),
    Column("seen", Id),
    Column("claimed", Id),
)
Index("ix_wecom_followings_userid", followings.c.userid, followings.c.seen)
Index("ix_wecom_followings_claimed", followings.c.claimed)


@dataclass(frozen=True, slots=True)
class Following:
    """One colleague (`userid`) and one customer (`external`) who have each other in WeChat.

    `remark` and `description` are what stands in WeCom, `wrote` and `described` what we wrote there last; `tags` are
    those that people set, `marked` is ours. `claimed` is the customer they may be of, until a person says so.
    """

    external: str
    userid: str
    name: str = ""
    remark: str = ""
    wrote: str = ""
    description: str = ""
    described: str = ""
    tags: tuple[str, ...] = field(default=())
    marked: str = ""
    state: str = FOLLOWS
    seen: str | None = None
    claimed: str | None = None

    @property
    def is_named_by_hand(self) -> bool:
        """Tell whether the colleague typed a name of their own: neither ours nor the one that the customer goes by."""
        return self.remark not in ("", self.wrote, self.name)


_COLUMNS: Final = ("userid", "state", "seen", "claimed")


class Followings(Rows):
    """Who has whom."""

    def put(self, one: Following) -> None:
        values = asdict(one)
        about = {name: value for name, value in values.items() if name not in _COLUMNS}
        row = {name: values[name] for name in _COLUMNS} | {"blind": identity_of(CHANNEL, one.external), "about": about}
        statement = self._insert(followings).values(row)
        changed = {name: statement.excluded[name] for name in ("about", "state", "seen", "claimed")}
        self._execute(statement.on_conflict_do_update(index_elements=["blind", "userid"], set_=changed), followings)

    def get(self, external: str, userid: str) -> Following | None:
        where = (followings.c.blind == identity_of(CHANNEL, external), followings.c.userid == userid)
        return next(self._read(*where), None)

    def of(self, external: str) -> list[Following]:
        """List who has this customer now."""
        where = (followings.c.blind == identity_of(CHANNEL, external), followings.c.state == FOLLOWS)
        return sorted(self._read(*where), key=lambda one: one.userid)

    def of_contacts(self, contact_ids: Sequence[str]) -> list[Following]:
        """List who has these contacts now, by whichever of their ids in WeCom."""
        theirs = select(identities.c.blind).where(
            identities.c.channel == CHANNEL, identities.c.contact_id.in_(contact_ids)
        )
        return list(self._read(followings.c.blind.in_(theirs), followings.c.state == FOLLOWS))

    def leave_unseen(self, userid: str, seen: str, most: int) -> list[Following]:
        """Note of those who were not seen when a colleague's whole list was read that they are gone; give them."""
        gone = (followings.c.userid == userid, followings.c.state == FOLLOWS)
        unseen = followings.c.seen.is_distinct_from(seen)
        found = [replace(one, state=LEFT) for one in list(self._read(*gone, unseen))[:most]]
        for one in found:
            self.put(one)
        return found

    def settle(self, external: str) -> None:
        """Note that it is known whose customer somebody is: nobody is asked any more."""
        here = followings.c.blind == identity_of(CHANNEL, external)
        self._execute(update(followings).where(here).values(claimed=None), followings)

    def waiting(self) -> int:
        """Count the people of whom somebody has yet to say whose customer they are."""
        counted = select(func.count(func.distinct(followings.c.blind))).where(followings.c.claimed.is_not(None))
        return int(self._select(counted, followings)[0][0])

    def _read(self, *where: Any) -> Iterator[Following]:
        columns = (followings.c.about, *(followings.c[name] for name in _COLUMNS))
        for row in self._select(select(*columns).where(*where), followings):
            about = row.about | {"tags": tuple(row.about["tags"])}
            yield Following(**about, **{name: getattr(row, name) for name in _COLUMNS})
