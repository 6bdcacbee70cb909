"""People: who works here, from when somebody is put on record until they leave; an operator's doing."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

from bot.hands import Hands, OperationRefused, day_of, person_named, plain
from prompts.phrases import LANGUAGES
from scheduler.policy.calendars import moment
from scheduler.policy.units import zone_of
from scheduler.rules.due import due
from storage.columns import new_id
from storage.staff import ROLES, Person, Scope
from storage.store import Store


def add_person(
    hands: Hands,
    *,
    name: str,
    role: str,
    addresses: dict[str, str],
    manager: str | None = None,
    language: str | None = None,
    zone: str | None = None,
) -> dict[str, Any]:
    """Put a colleague on record, or change what is given of the one of this name; who had left is back.

    An address takes the place of the one they had on that channel.
    """
    _check(role, language, zone)

    def work(store: Store) -> dict[str, Any]:
        boss_id = person_named(store, manager).id if manager else None
        known = next((person for person in store.staff.ever() if person.name == name), None)
        id_ = known.id if known else _met(hands, store, name, role)
        given = {"language": language, "zone": zone, "manager_id": boss_id}
        store.staff.change(id_, role=role, active=True, **{key: value for key, value in given.items() if value})
        for channel, address in addresses.items():
            store.staff.rebind(id_, channel, address)
        return {"id": id_, "name": name, "new": known is None}

    return hands.write(work)


def _met(hands: Hands, store: Store, name: str, role: str) -> str:
    """Put somebody on record who speaks the company's language in its zone; give their id."""
    company = hands.policy().company
    person = Person(new_id(), name, role, company.language, company.zone.key)
    store.staff.add(person, {"web": f"staff:{person.id}"})
    return person.id


def _check(role: str, language: str | None, zone: str | None) -> None:
    """Refuse what would silence somebody's customers later: every sentence to them needs a language and a zone."""
    if role not in ROLES:
        raise OperationRefused("operator-role", role=role, roles=", ".join(ROLES))
    if language is not None and language not in LANGUAGES:
        raise OperationRefused("operator-language", language=language, languages=", ".join(LANGUAGES))
    if zone is not None and zone_of(zone) is None:
        raise OperationRefused("operator-zone", zone=zone)


def remove_person(hands: Hands, *, name: str) -> dict[str, Any]:
    """Take somebody's access away from this commit on; what is theirs stays, and their manager hears about it.

    Gives how many customers and open tickets wait for a new owner.
    """

    def work(store: Store) -> dict[str, Any]:
        person = person_named(store, name)
        store.staff.change(person.id, active=False)
        _sign_out(store, person)
        _note_gone(hands, store, person)
        return {"name": person.name} | _left_behind(store, person)

    return hands.write(work)


def sign_out(hands: Hands, *, name: str | None) -> dict[str, Any]:
    """End every session of a colleague in the console, or everybody's where nobody is named, and the links to it."""
    from bot.console.doors import withdraw_links

    def work(store: Store) -> dict[str, Any]:
        if name is not None:
            person = person_named(store, name)
            _sign_out(store, person)
            return {"name": person.name}
        store.ended_sessions.end_all(store.machine_now())
        withdraw_links(store, *(person.id for person in store.staff.everyone()))
        return {"name": None}

    return hands.write(work)


def _sign_out(store: Store, person: Person) -> None:
    from bot.console.doors import withdraw_links

    store.ended_sessions.end_of(person.id, store.machine_now())
    withdraw_links(store, person.id)


def _left_behind(store: Store, person: Person) -> dict[str, int]:
    theirs = Scope(replace(person, role="rep"), frozenset({person.id}), frozenset())
    tickets = store.tickets.listed(replace(theirs, everything=True), owner_id=person.id, limit=10_000)
    return {"customers": sum(store.customers.count(theirs).values()), "tickets": len(tickets)}


def send_away(hands: Hands, *, name: str, until: str, deputy: str | None = None) -> dict[str, Any]:
    """Write down that somebody is away up to and including a day of theirs, and who stands in."""
    last = day_of(until)

    def work(store: Store) -> dict[str, Any]:
        person = person_named(store, name)
        standing_in = person_named(store, deputy) if deputy else store.staff.get(person.deputy_id)
        if standing_in is not None and standing_in.id == person.id:
            raise OperationRefused("operator-own-deputy", name=person.name)
        back = _morning_after(last, person, hands)
        if back <= hands.now():
            raise OperationRefused("operator-day-over", day=until)
        store.staff.change(person.id, away_until=back, deputy_id=standing_in.id if standing_in else None)
        _note_gone(hands, store, person)
        here = standing_in is not None and standing_in.active
        return {"name": person.name, "until": until, "deputy": standing_in.name if standing_in and here else None}

    return hands.write(work)


def _note_gone(hands: Hands, store: Store, person: Person) -> None:
    """Leave word that somebody has left or is away from now on: what waits for them goes to who takes their place."""
    now = hands.now()
    store.inbox.add([due("colleague gone", f"{person.id}:{now.timestamp():.6f}", person=person.id)], now)


def _morning_after(last: date, person: Person, hands: Hands) -> datetime:
    zone = zone_of(person.zone) or hands.policy().company.zone
    return moment(zone, last + timedelta(days=1), time())


def bring_back(hands: Hands, *, name: str) -> dict[str, Any]:
    """Write down that somebody who was away is here again."""

    def work(store: Store) -> dict[str, Any]:
        person = person_named(store, name)
        store.staff.change(person.id, away_until=None)
        return {"name": person.name}

    return hands.write(work)


def list_people(hands: Hands) -> list[dict[str, Any]]:
    """Give everybody with every address they are recognized by, and whether they are here, away or have left."""

    def work(store: Store) -> list[dict[str, Any]]:
        return [
            plain(person) | {"state": _state(person, hands.now()), "addresses": _addresses(store, person)}
            for person in store.staff.ever()
        ]

    return hands.read(work)


def _state(person: Person, now: datetime) -> str:
    if not person.active:
        return "left"
    return "away" if person.away_until is not None and person.away_until > now else "here"


def _addresses(store: Store, person: Person) -> dict[str, str]:
    found: dict[str, list[str]] = defaultdict(list)
    for channel, address in store.staff.every_address(person.id):
        found[channel].append(address)
    return {channel: ", ".join(addresses) for channel, addresses in found.items()}
