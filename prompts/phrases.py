"""Phrases: every sentence for people, by key and language, from the Fluent files beside this module."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from prompts.sentences import sentences

if TYPE_CHECKING:
    from babel import Locale

LANGUAGES: Final = ("en", "zh-CN")


class MissingPhrase(KeyError):
    """No language has a phrase of this key, or an argument of it is not given."""


class Phrases:
    """Says things in one language: `t("ticket-taken", name="Li Na")`."""

    def __init__(self, language: str) -> None:
        self.language = language if language in LANGUAGES else "en"
        self._sentences = sentences(self.language)

    def __call__(self, key: str, /, **values: Any) -> str:
        """Give the phrase of a key, or of a key's attribute as in `command-log.help`.

        Raises:
            MissingPhrase: there is no such phrase, or an argument is missing.
        """
        name, _, attribute = key.partition(".")
        message = self._sentences.get(name)
        if message is None:
            raise MissingPhrase(key)
        pattern = message.attributes.get(attribute) if attribute else message.value
        if pattern is None:
            raise MissingPhrase(key)
        said, errors = self._sentences.say(pattern, values)
        if errors:
            raise MissingPhrase(f"{key}: {errors[0]}")
        return said

    def maybe(self, key: str, /, **values: Any) -> str | None:
        """Give the phrase if there is one."""
        try:
            return self(key, **values)
        except MissingPhrase:
            return None

    def moment(self, at: datetime, zone: str, now: datetime) -> str:
        """Say a moment as a person in this zone would: today and tomorrow by name, another year with its number."""
        from babel.dates import format_datetime

        local, today = at.astimezone(zone_named(zone)), now.astimezone(zone_named(zone)).date()
        days = (local.date() - today).days
        clock = f"{local:%H:%M}"
        if days in (-1, 0, 1):
            return self(("moment-yesterday", "moment-today", "moment-tomorrow")[days + 1], clock=clock)
        pattern = self("moment-pattern" if local.year == today.year else "moment-pattern-year")
        return str(format_datetime(local, pattern, locale=_locale(self.language)))

    def exact(self, at: datetime, zone: str) -> str:
        """Say a moment so that it stays true on a card that is read next week."""
        from babel.dates import format_datetime

        local = at.astimezone(zone_named(zone))
        return str(format_datetime(local, self("moment-pattern"), locale=_locale(self.language)))

    def day(self, at: datetime, zone: str, now: datetime | None = None) -> str:
        """Say a day; with `now` the year is left out while it is this one."""
        from babel.dates import format_date

        local = at.astimezone(zone_named(zone)).date()
        this_year = now is not None and now.astimezone(zone_named(zone)).year == local.year
        pattern = self("day-pattern-this-year" if this_year else "day-pattern")
        return str(format_date(local, pattern, locale=_locale(self.language)))

    def span(self, length: timedelta) -> str:
        """Say how long, in the two largest units that matter."""
        minutes = max(0, round(length.total_seconds() / 60))
        days, rest = divmod(minutes, 24 * 60)
        hours, minutes = divmod(rest, 60)
        parts = [("span-days", days), ("span-hours", hours), ("span-minutes", minutes)]
        said = [self(key, count=count) for key, count in parts if count][:2]
        return self("span-joined", parts=self("span-space").strip("|").join(said)) if said else self("span-none")

    def money(self, amount: Decimal | None, currency: str | None) -> str:
        """Say an amount; a whole one without decimals."""
        from babel.numbers import format_currency

        if amount is None:
            return self("money-none")
        locale, currency = _locale(self.language), currency or "CNY"
        if amount != amount.to_integral_value():
            return str(format_currency(amount, currency, locale=locale))
        pattern = locale.currency_formats["standard"].pattern.replace("0.00", "0")
        return str(format_currency(amount, currency, pattern, locale=locale, currency_digits=False))


@cache
def phrases(language: str) -> Phrases:
    """Give the phrases of a language; an unknown one falls back to English."""
    return Phrases(language)


@cache
def zone_named(name: str | None) -> ZoneInfo:
    """Give a time zone; one that nobody knows is UTC, so that a typo on record silences no customer."""
    try:
        return ZoneInfo(name or "UTC")
    except (KeyError, ValueError, OSError):
        return ZoneInfo("UTC")


@cache
def _locale(language: str) -> Locale:
    """Babel's own name of a language; reading it from text each time costs more than what it is for."""
    from babel import Locale

    return Locale.parse(language.replace("-", "_"))
