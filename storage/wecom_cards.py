"""Cards with buttons in WeCom: where each stands, and the codes by which it may still be changed.

WeCom gives a code when it takes a card and another with each press; each is good for one change, for 72 hours
(developer.work.weixin.qq.com/document/path/94945).
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Column, Index, Table, delete, select

from storage.columns import Moment, Name, metadata
from storage.rows import Rows
from storage.vault import SealedJson

KEPT: Final = timedelta(days=30)
"""A press on a card so old finds the one that stands in its place no more."""
GOOD_FOR: Final = timedelta(hours=71)
"""An hour before WeCom's own end, as its clock is not ours."""

wecom_cards = Table(
    "wecom_cards",
    metadata,
    Column("task", Name, primary_key=True),
    Column("about", SealedJson, nullable=False),
    Column("at", Moment, nullable=False),
)
wecom_codes = Table(
    "wecom_codes",
    metadata,
    Column("code", Name, primary_key=True),
    Column("task", Name, nullable=False),
    Column("until", Moment, nullable=False),
)
Index("ix_wecom_cards_at", wecom_cards.c.at)
Index("ix_wecom_codes_task", wecom_codes.c.task, wecom_codes.c.until)


@dataclass(frozen=True, slots=True)
class Standing:
    """A card that was said: its place, its slot there, and WeCom's id of the message."""

    place: str
    slot: str
    message: str = ""
    more: tuple[str, ...] = ()
    """WeCom's ids of what followed it, as the card had no room for it."""


class WeComCards(Rows):
    """What stands in WeCom with buttons. All times are the machine's."""

    def put(self, task: str, standing: Standing, now: datetime) -> None:
        """Write down a card before it is said, and again once its message is known."""
        about = asdict(standing)
        statement = self._insert(wecom_cards).values(task=task, about=about, at=now)
        changed = {"about": statement.excluded.about}
        self._execute(statement.on_conflict_do_update(index_elements=["task"], set_=changed))

    def get(self, task: str) -> Standing | None:
        for row in self._select(select(wecom_cards.c.about).where(wecom_cards.c.task == task)):
            about = row.about
            return Standing(about["place"], about["slot"], about["message"], tuple(about["more"]))
        return None

    def give_code(self, task: str, code: str, now: datetime) -> None:
        """Keep a code by which a card may be changed once."""
        statement = self._insert(wecom_codes).values(code=code, task=task, until=now + GOOD_FOR)
        self._execute(statement.on_conflict_do_nothing(index_elements=["code"]))

    def take_code(self, task: str, now: datetime) -> str | None:
        """Give the newest code of a card and forget it, so that it is used once; None if there is none that holds."""
        mine = (wecom_codes.c.task == task, wecom_codes.c.until > now)
        newest = select(wecom_codes.c.code).where(*mine).order_by(wecom_codes.c.until.desc(), wecom_codes.c.code)
        statement = delete(wecom_codes).where(wecom_codes.c.code.in_(newest.limit(1))).returning(wecom_codes.c.code)
        for row in self._execute(statement):
            return str(row.code)
        return None

    def forget(self, now: datetime) -> None:
        """Forget what is too old to be pressed or changed."""
        self._execute(delete(wecom_cards).where(wecom_cards.c.at < now - KEPT))
        self._execute(delete(wecom_codes).where(wecom_codes.c.until < now))
