"""The sample company: Lanchuan Flow (澜川流体) sells pumps, filters and service from Shanghai and Berlin.

Only starting facts are written here. Tiers, due days, tickets, cards and reminders are the bot's own doing, from the
facts and from ordinary events that it hears again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Final, TypeVar

from bot.app import Bot
from bot.channels.webchat.deeds import NAME
from bot.demo.agreed import keep_agreed
from bot.demo.buying import orders_of
from bot.demo.chance import guest_address, new_id
from bot.demo.clients import Client, clients_of
from bot.demo.keeping import keep_opinions, keep_touches
from bot.demo.material import cast
from bot.demo.replay import Players, past
from prompts.phrases import phrases
from scheduler.tiering import retier
from storage.rows import in_chunks
from storage.staff import Person
from storage.store import Store

T = TypeVar("T")
FACES: Final = "demo guests"
"""The setting that names the contacts whose chats a visitor may use."""
AGREED: Final = 0.6
"""Share of contacts who agreed to hear from us unasked."""


class AlreadyFounded(RuntimeError):
    """There are customers already: a sample company is only founded in an empty database."""


@dataclass(frozen=True)
class Player:
    """Somebody whom a visitor may be; `about` is a colleague's role and office, or a guest's company."""

    address: str
    name: str
    about: str
    language: str

    @property
    def staff_id(self) -> str:
        return self.address.removeprefix("staff:")


async def found(bot: Bot, *, seed: int = 7) -> None:
    """Fill an empty database with the sample company as of the bot's clock; call it before the bot starts.

    The same seed at the same moment makes the same company. Some seconds of work that holds the event loop.

    Raises:
        AlreadyFounded: there are customers; nothing was changed.
    """
    if bot.read(is_founded):
        raise AlreadyFounded
    chance = Random(seed)
    staff = {one.key: Person(new_id(chance), one.name, one.role) for one in cast().colleagues}
    clients = clients_of(staff, chance)
    faces = {client.face.key: guest_address(chance) for client in clients if client.face}
    _write_facts(bot, staff, clients, faces, chance)
    players = Players(_write(bot, lambda store: _colleagues(store, staff)), faces, guest_address(chance))
    async with past(bot, players, chance) as replay:
        await replay.all(bot.clock.now())


def is_founded(store: Store) -> bool:
    return bool(store.customers.ids("", 1))


def people(store: Store) -> Sequence[Player]:
    """Name the colleagues as the cast lists them, the most interesting first."""
    order = [colleague.name for colleague in cast().colleagues]
    known = [person for person in store.staff.everyone() if person.name in order]
    return [_player(person) for person in sorted(known, key=lambda person: order.index(person.name))]


def guests(store: Store) -> Sequence[Player]:
    """Name the sample customers' contacts whose chats may be used, the most interesting first."""
    ids: list[str] = store.settings.get(FACES) or []
    contacts = store.contacts.many(ids)
    found: list[Player] = []
    for contact in (contacts[id_] for id_ in ids if id_ in contacts):
        customer = store.customers.get(contact.customer_id)
        address = store.contacts.address(contact.id, NAME)
        if customer and address:
            found.append(Player(address, contact.name or "", customer.name, contact.language))
    return found


def _player(person: Person) -> Player:
    office = next((office.name for office in cast().offices.values() if office.zone == person.zone), "")
    about = f"{phrases(person.language)(f'role-{person.role}')} · {office}"
    return Player(f"staff:{person.id}", person.name, about, person.language)


def _write_facts(
    bot: Bot, staff: Mapping[str, Person], clients: Sequence[Client], faces: Mapping[str, str], chance: Random
) -> None:
    """Write who works here, who buys what, and what was noted; the tiers in between are the bot's own doing."""
    now, policy = bot.clock.now(), bot.policies.current
    orders = orders_of(clients, now, chance)
    _write(bot, lambda store: _hire(store, staff))
    for chunk in in_chunks(clients, 100):
        _write(bot, lambda store, chunk=chunk: _add(store, chunk, bot, chance))  # type: ignore[misc]
    _write(bot, lambda store: _seat(store, clients, faces))
    _write(bot, lambda store: store.orders.put(orders))
    today = now.astimezone(policy.company.zone).date()
    retier(bot.read, lambda work: _write(bot, work), policy=policy, as_of=today, now=now)
    _write(bot, lambda store: _serve(store, staff, clients))
    _write(bot, lambda store: keep_touches(store, policy, clients, now, chance))
    _write(bot, lambda store: keep_agreed(store, policy, clients, now))
    _write(bot, lambda store: keep_opinions(store, bot.pump.dispatch.around.reader, clients, now, chance))


def _write(bot: Bot, work: Callable[[Store], T]) -> T:
    """Write in a transaction of its own: the bot has not started, so nobody else does."""
    with bot.database.writing() as connection:
        store = Store(connection)
        result = work(store)
        store.flush()
    return result


def _hire(store: Store, staff: Mapping[str, Person]) -> None:
    """Write down who works here; managers first, because others name them."""
    for one in sorted(cast().colleagues, key=lambda one: one.manager is not None):
        office = cast().offices[one.office]
        manager = staff[one.manager].id if one.manager else None
        person = replace(staff[one.key], language=office.language, zone=office.zone, manager_id=manager)
        store.staff.add(person, {NAME: f"staff:{person.id}"})
    for one in cast().colleagues:
        if one.deputy:
            store.staff.change(staff[one.key].id, deputy_id=staff[one.deputy].id)


def _colleagues(store: Store, staff: Mapping[str, Person]) -> dict[str, Person]:
    return {key: store.staff.get(person.id) or person for key, person in staff.items()}


def _add(store: Store, clients: Sequence[Client], bot: Bot, chance: Random) -> None:
    """Write customers with their people, and who of them agreed to hear from us."""
    now = bot.clock.now()
    for client in clients:
        store.customers.add(client.customer)
        for contact in client.contacts:
            store.contacts.add(contact, now)
    for client in clients:
        for contact in client.contacts:
            if client.face or chance.random() < AGREED:
                store.contacts.consent(contact.id, "proactive", "contract", now, given=True)


def _seat(store: Store, clients: Sequence[Client], faces: Mapping[str, str]) -> None:
    """Give customers with a face their place in the web chat."""
    known = {client.face.key: client.contacts[0].id for client in clients if client.face}
    for key, contact_id in known.items():
        store.contacts.bind(contact_id, NAME, faces[key])
    store.settings.set(FACES, list(known.values()))


def _serve(store: Store, staff: Mapping[str, Person], clients: Sequence[Client]) -> None:
    """Give every strategic customer the service group of its owner's office."""
    offices = {staff[one.key].id: one.office for one in cast().colleagues}
    experts = {
        office: [staff[one.key].id for one in cast().colleagues if one.group and one.office == office]
        for office in cast().offices
    }
    groups = {office: store.staff.add_group(cast().company.groups[office], who) for office, who in experts.items()}
    for customer in store.customers.by_ids([client.customer.id for client in clients]):
        if customer.tier == "strategic" and customer.owner_id:
            store.customers.change(customer, group_id=groups[offices[customer.owner_id]])
