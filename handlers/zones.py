"""Zones: a time zone as people call it, by its own name or by a city in it, in any language of the house."""

from __future__ import annotations

import difflib
from functools import cache
from typing import Annotated, Final
from zoneinfo import available_timezones

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from prompts.phrases import LANGUAGES

ALSO: Final = {"beijing": "Asia/Shanghai", "北京": "Asia/Shanghai", "北京时间": "Asia/Shanghai"}
"""Cities after which people call a zone that is named after another."""
QUOTED: Final = 40
LIKE: Final = 0.75
"""How alike a name has to be in order to be offered instead; difflib's ratio."""


@cache
def _names() -> dict[str, str]:
    """Give every name with the zone that it means; where cities share a name, the one that Unicode's list has."""
    from babel import Locale

    zones = sorted(zone for zone in available_timezones() if not zone.startswith(("Etc/", "SystemV/")))
    names = {_bare(zone.rpartition("/")[2]): zone for zone in zones if "/" in zone}
    for language in LANGUAGES:
        for zone, said in Locale.parse(language, sep="-").time_zones.items():
            if "city" in said and zone in zones:
                names[_bare(said["city"])] = zone
    return names | {_bare(zone): zone for zone in zones} | ALSO


def _bare(name: str) -> str:
    return " ".join(name.replace("_", " ").casefold().split())


def read_zone(value: object) -> str:
    """Read a time zone: `Asia/Shanghai`, `shanghai`, `上海`; what nobody knows comes back with the one most alike."""
    text = str(value)
    found = _names().get(_bare(text))
    if found is None:
        near = difflib.get_close_matches(_bare(text), _names(), n=1, cutoff=LIKE)
        key = "problem-zone-near" if near else "problem-zone"
        raise PydanticCustomError(key, "no zone", {"got": text[:QUOTED], "near": _names()[near[0]] if near else ""})
    return found


Zone = Annotated[str, BeforeValidator(read_zone), Field(examples=["Asia/Shanghai", "Europe/Berlin"])]
