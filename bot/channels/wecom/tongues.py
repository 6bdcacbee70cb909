"""Tongues: the language in which somebody is greeted at once: theirs, if we know them; else the company's."""

from __future__ import annotations

import asyncio
from typing import Final

import structlog

from scheduler.policy.document import parse_accepted
from storage.database import Database
from storage.store import Store

log = structlog.get_logger()
ANYWAY: Final = "zh-CN"
"""The language of the app, where the database does not answer in time."""


class Tongues:
    """Knows who speaks what, by reading alone; never raises, as a greeting has seconds and is better than none."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._company: tuple[int, str] = (0, ANYWAY)

    async def of(self, channel: str, address: str) -> str:
        """Tell the language of whoever writes from this address."""
        try:
            return await asyncio.to_thread(self._look, channel, address)
        except Exception as error:  # noqa: BLE001 - whatever it is, the greeting goes on
            log.warning("language not known", channel=channel, why=type(error).__name__)
            return ANYWAY

    def _look(self, channel: str, address: str) -> str:
        with self._database.reading() as connection:
            store = Store(connection)
            contact = store.contacts.at(channel, address)
            return contact.language if contact else self._of_the_company(store)

    def _of_the_company(self, store: Store) -> str:
        version = store.policies.newest_version()
        if version != self._company[0] and (policy := store.policies.newest()):
            self._company = (version, parse_accepted(policy.text).company.language)
        return self._company[1]
