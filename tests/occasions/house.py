"""A house over a year: its clock stands on any day, and it tells every occasion that there is."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select

from storage.contacts import birthday_values
from storage.database import Database
from storage.drafts import Draft
from storage.occasions import Occasion, occasions
from storage.store import Store
from tests.world import Colleague, Guest, World

SHANGHAI = ZoneInfo("Asia/Shanghai")
HOUR = timedelta(hours=1)


def at(day: str, clock: str = "10:00") -> datetime:
    """A moment in Shanghai."""
    return datetime.combine(date.fromisoformat(day), time.fromisoformat(clock), SHANGHAI).astimezone(UTC)


class House:
    """A manager, a rep and her deputy."""

    def __init__(self, database: Database) -> None:
        self.world = World(database)
        self.wang = self.world.colleague("Wang Qiang", "manager")
        self.sun = self.world.colleague("Sun Bo", manager_id=self.wang.person.id)
        self.li = self.world.colleague("Li Na", manager_id=self.wang.person.id, deputy_id=self.sun.person.id)

    def begin(self, day: str, clock: str = "00:05") -> None:
        """Put the clock on a day, before anything has happened."""
        self.world.clock.moment = at(day, clock)

    def until(self, day: str, clock: str = "10:00") -> None:
        """Let time pass, with a beat every hour."""
        self.world.until(at(day, clock), step=HOUR)

    def asleep_until(self, day: str, clock: str = "10:00") -> None:
        """Let time pass while the process is down."""
        self.world.clock.moment = at(day, clock)
        for _ in range(5):  # what one beat leaves behind, the next one finds
            self.world.beat()

    def customer(self, name: str = "Galaxy Ltd", contact: str = "Chen Wei", **more: str) -> Guest:
        return self.world.customer(name, contact=contact, owner=self.li, zone="Asia/Shanghai", **more)

    def born(self, guest: Guest, birthday: str) -> None:
        self.world.change(lambda store: store.contacts.change(guest.contact_id, **birthday_values(birthday)))

    def knows(self, guest: Guest, **values: object) -> None:
        self.world.change(lambda store: store.contacts.change(guest.contact_id, **values))

    def occasions(self, *kinds: str) -> list[Occasion]:
        """Every occasion there is, by day."""
        columns = [occasions.c[name] for name in Occasion.__dataclass_fields__]

        def read(store: Store) -> list[Occasion]:
            rows = store.connection.execute(select(*columns).order_by(occasions.c.day, occasions.c.key)).all()
            return [Occasion(*row) for row in rows]

        return [one for one in self.world.ask(read) if not kinds or one.kind in kinds]

    def draft(self, occasion: Occasion) -> Draft:
        found = self.world.ask(lambda store: store.drafts.get(occasion.draft_id or ""))
        assert found is not None, occasion
        return found

    def leave(self, person: Colleague, until: str) -> None:
        self.world.change(lambda store: store.staff.change(person.person.id, away_until=at(until, "00:00")))
