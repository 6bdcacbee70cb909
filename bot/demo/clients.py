"""Clients of the sample company: some three hundred companies and their people, half of them Chinese."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import cycle
from random import Random

from bot.demo.buying import deck
from bot.demo.chance import new_id
from bot.demo.material import European, Known, Names, Region, cast, names
from storage.contacts import Contact
from storage.customers import Customer
from storage.staff import Person

SECOND_CONTACT = 0.4
"""Share of customers of whom we know two people."""


@dataclass(frozen=True)
class Client:
    """A customer as it will be written, its people, how it buys, and how colleagues call the first of them."""

    customer: Customer
    contacts: tuple[Contact, ...]
    buys: str
    called: str
    face: Known | None = None


def clients_of(staff: Mapping[str, Person], chance: Random) -> list[Client]:
    """Make all customers: first those with a face, then as many others as there are kinds of buying to give out."""
    owners = {office: cycle(cast().keys("rep", office)) for office in cast().offices}
    numbers = iter(range(10_001, 20_000))
    made = [_known(face, staff, f"C-{next(numbers)}", chance) for face in cast().guests]
    buying = deck(chance)
    chinese, european = _chinese(chance), _european(chance)
    for turn, buys in enumerate(buying):
        region, name, trade, place = next(european if turn % 2 else chinese)
        owner = staff[next(owners["berlin" if isinstance(region, European) else "shanghai"])]
        customer = Customer(
            id=new_id(chance),
            name=name,
            reference=f"C-{next(numbers)}",
            language=region.language,
            zone=region.zone,
            industry=trade,
            region=place,
            owner_id=owner.id,
        )
        people, called = _people(customer, region, chance)
        made.append(Client(customer, people, buys, called))
    return made


def _known(face: Known, staff: Mapping[str, Person], reference: str, chance: Random) -> Client:
    region = _region_at(names(), face.zone)
    customer = Customer(
        id=new_id(chance),
        name=face.company,
        reference=reference,
        language=region.language,
        zone=face.zone,
        industry=face.industry,
        region=face.region,
        owner_id=staff[face.owner].id,
    )
    contact = _contact(customer, face.name, region, chance)
    return Client(customer, (contact,), face.buys, face.title or face.name.split()[0], face)


def _region_at(known: Names, zone: str) -> Region:
    return next(region for region in (known.chinese, *known.european) if region.zone == zone)


def _chinese(chance: Random) -> Iterator[tuple[Region, str, str, str]]:
    region = names().chinese
    brands = [*chance.sample(region.brands, len(region.brands)), *chance.sample(region.brands, len(region.brands))]
    return _companies(cycle([region]), {region.zone: brands}, chance)


def _european(chance: Random) -> Iterator[tuple[Region, str, str, str]]:
    regions = names().european
    order = [region for region in regions for _ in range(region.weight)]
    brands = {region.zone: chance.sample(region.brands * 4, len(region.brands) * 4) for region in regions}
    return _companies(cycle(chance.sample(order, len(order))), brands, chance)


def _companies(
    regions: Iterator[Region], brands: dict[str, list[str]], chance: Random
) -> Iterator[tuple[Region, str, str, str]]:
    """Name companies without end: region, name, industry and place; no brand twice in a trade."""
    seen: set[tuple[str, str]] = set()
    for region in regions:
        brand = brands[region.zone].pop()
        trade = chance.choice([trade for trade in region.trades if (brand, trade.industry) not in seen])
        seen.add((brand, trade.industry))
        place = chance.choice(region.places)
        name = chance.choice(region.shapes).format(brand=brand, trade=chance.choice(trade.names), place=place)
        yield region, name, trade.industry, place


def _people(customer: Customer, region: Region, chance: Random) -> tuple[tuple[Contact, ...], str]:
    """Give the people we know at a customer, and how colleagues call the first."""
    named = [_name(region, chance) for _ in range(2 if chance.random() < SECOND_CONTACT else 1)]
    contacts = tuple(_contact(customer, name, region, chance) for name, _ in named)
    return contacts, named[0][1]


def _name(region: Region, chance: Random) -> tuple[str, str]:
    if isinstance(region, European):
        first = chance.choice(region.first)
        return f"{first} {chance.choice(region.last)}", first
    chinese = names().chinese
    surname = chance.choice(chinese.surnames)
    return surname + chance.choice(chinese.given), surname + chance.choice(chinese.titles)


def _contact(customer: Customer, name: str, region: Region, chance: Random) -> Contact:
    return Contact(
        id=new_id(chance),
        customer_id=customer.id,
        name=name,
        phone=region.phone.format(number=chance.randrange(1000)),
        language=region.language,
        zone=region.zone,
    )
