"""Public holidays of a country and year, from the `holidays` library, kept once read."""

from datetime import date
from functools import lru_cache
from typing import NamedTuple


class Year(NamedTuple):
    """The free days of a year, and the weekend days that a country works to make up for others."""

    free: frozenset[date]
    makeup: frozenset[date]


@lru_cache(maxsize=512)
def year_of(country: str, subdivision: str | None, year: int) -> Year:
    """Return a country's public holidays in a year, as far as the library knows them.

    Chinese make-up workdays are known from the State Council's notice of the year on; until the library carries it,
    a company writes them as `extra_workdays`.
    """
    import holidays

    known = holidays.country_holidays(country, subdiv=subdivision, years=(year, year + 1))
    makeup: frozenset[date] = frozenset(getattr(known, "weekend_workdays", ()))
    return Year(
        frozenset(day for day in known if day.year == year),
        frozenset(day for day in makeup if day.year == year),
    )


@lru_cache(maxsize=64)
def knows(country: str | None, subdivision: str | None) -> bool:
    """Tell whether the library has holidays for that country, and for that part of it if one is given."""
    import holidays
    from holidays.registry import EntityLoader

    if country is None or country not in EntityLoader.get_country_codes():
        return False
    return subdivision is None or subdivision in getattr(holidays, country).subdivisions


@lru_cache(maxsize=512)
def festival_day(country: str, holiday: str, year: int) -> date | None:
    """Return the first day of a holiday in a year, by its English name in the library; None if there is none."""
    import holidays

    known = holidays.country_holidays(country, years=year, language=_english(country))
    named = (day for day, names in known.items() if holiday in names.split("; ") and day.year == year)
    return min(named, default=None)


@lru_cache(maxsize=64)
def _english(country: str) -> str | None:
    """Return the library's English for a country; None where it speaks English of itself."""
    import holidays

    spoken = getattr(holidays.country_holidays(country), "supported_languages", ())
    return next((language for language in ("en_US", "en_GB", "en") if language in spoken), None)
