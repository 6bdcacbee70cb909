"""The policy in force: taken from the file when that is valid, kept as a versioned row, read by every replica."""

from __future__ import annotations

import structlog

from bot.clock import Clock
from scheduler.policy.document import BadPolicy, Policy, default_text, parse, parse_accepted
from storage.database import Database
from storage.store import Store

log = structlog.get_logger()


class PolicyKeeper:
    """Holds the accepted policy; a broken file leaves the last accepted one in force and says so."""

    def __init__(self, database: Database, text: str | None, clock: Clock) -> None:
        self._database = database
        self.problem: BadPolicy | None = None
        self.version, self.current = self._take(text, clock)

    def _take(self, text: str | None, clock: Clock) -> tuple[int, Policy]:
        with self._database.writing() as connection:
            store = Store(connection)
            known = store.policies.newest()
            offered = text if text is not None else (known.text if known else default_text())
            try:
                policy = parse(offered) if text is not None else parse_accepted(offered)
            except BadPolicy as problem:
                if known is None:
                    raise
                log.error("policy refused, the last accepted one stays in force", version=known.version)  # noqa: TRY400
                self.problem = problem
                return known.version, parse_accepted(known.text)
            return store.policies.accept(offered, "file", clock.now()), policy

    def refresh(self) -> bool:
        """Take a policy that another replica accepted; tell whether there was one."""
        with self._database.reading() as connection:
            store = Store(connection)
            if store.policies.newest_version() == self.version:
                return False
            newest = store.policies.newest()
        assert newest is not None  # noqa: S101 - versions only grow
        self.version, self.current = newest.version, parse_accepted(newest.text)
        return True
