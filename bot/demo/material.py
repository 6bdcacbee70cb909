"""The material of the sample company: the files beside this module, read once and checked."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, TypeAdapter
from ruamel.yaml import YAML

from scheduler.policy.units import Span, TimeOfDay

Language = Literal["en", "zh-CN"]
HOME = "Asia/Shanghai"


class _Piece(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Firm(_Piece):
    name: str
    groups: dict[str, str]


class Office(_Piece):
    zone: str
    language: Language
    name: str


class Colleague(_Piece):
    key: str
    name: str
    role: str
    office: str
    manager: str | None = None
    deputy: str | None = None
    group: bool = False


class Known(_Piece):
    """A customer with a face: their contact writes in the web chat."""

    key: str
    name: str
    title: str = ""
    company: str
    industry: str
    region: str
    zone: str
    owner: str
    buys: str
    due: int


class Cast(_Piece):
    """Who works in the sample company, and whose chats a visitor may use."""

    company: Firm
    offices: dict[str, Office]
    colleagues: tuple[Colleague, ...]
    guests: tuple[Known, ...]

    def keys(self, role: str, office: str) -> list[str]:
        return [one.key for one in self.colleagues if (one.role, one.office) == (role, office)]


class Trade(_Piece):
    names: tuple[str, ...]
    industry: str


class Region(_Piece):
    """What companies of a region are called, and where they are."""

    zone: str
    weight: int = 1
    phone: str
    shapes: tuple[str, ...]
    places: tuple[str, ...]
    brands: tuple[str, ...]
    trades: tuple[Trade, ...]

    @property
    def language(self) -> Language:
        return language_of(self.zone)


class Chinese(Region):
    surnames: tuple[str, ...]
    given: tuple[str, ...]
    titles: tuple[str, ...]


class European(Region):
    first: tuple[str, ...]
    last: tuple[str, ...]


class Names(_Piece):
    chinese: Chinese
    european: tuple[European, ...]


class Opinion(_Piece):
    kind: str
    words: str


class Sayings(_Piece):
    goods: dict[Language, tuple[str, ...]]
    notes: dict[Language, dict[str, tuple[str, ...]]]
    feedback: dict[Language, tuple[Opinion, ...]]


class Step(_Piece):
    """One thing that somebody did; without `by` it was the guest of the scene."""

    ago: Span | None = None
    day: int = 0
    at: TimeOfDay | None = None
    by: str | None = None
    says: str = ""
    talks: str = ""
    types: str = ""
    runs: str = ""
    words: str = ""
    to: str | None = None
    rates: int = 0


class Scene(_Piece):
    """What happened to one request; without a guest somebody unknown wrote."""

    name: str
    guest: str | None = None
    steps: tuple[Step, ...]


def language_of(zone: str) -> Language:
    return "zh-CN" if zone == HOME else "en"


@cache
def cast() -> Cast:
    return Cast.model_validate(_read("cast"))


@cache
def names() -> Names:
    return Names.model_validate(_read("names"))


@cache
def sayings() -> Sayings:
    return Sayings.model_validate(_read("sayings"))


@cache
def scenes() -> tuple[Scene, ...]:
    return TypeAdapter(tuple[Scene, ...]).validate_python(_read("scenes"))


def _read(name: str) -> Any:
    return YAML(typ="safe").load(Path(__file__).with_name(f"{name}.yaml"))
