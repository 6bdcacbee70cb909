"""The policy in force: taken from the file when that is valid, kept as a versioned row, read by every replica."""

from __future__ import annotations

from collections.abc import Callable

import structlog

from bot.clock import Clock
from scheduler.policy.document import BadPolicy, Policy, default_text, parse, parse_accepted
from storage.database import Database
from storage.settings import AcceptedPolicy
from storage.store import Store

log = structlog.get_logger()


class PolicyKeeper:
    """Holds the accepted policy; a broken file leaves the last accepted one in force and says so."""

    def __init__(self, database: Database, text: str | None, clock: Clock) -> None:
        self._database = database
        self.problem: BadPolicy | None = None
        self.version, self.current = self._take(text, clock)

    def _take(self, text: str | None, clock: Clock) -> tuple[int, Policy]:
        """Offer the file; what was accepted after it, by whomever, stays in force, as it does where there is no file."""
        with self._database.writing() as connection:
            policies = Store(connection).policies
            if text is not None and self._is_good(text, policies.newest()):
                taken = policies.offer(text, "file", clock.now())
                if taken.text != text:
                    log.warning(
                        "the policy file is an earlier version, a newer one stays in force", version=taken.version
                    )
            else:
                taken = policies.begin(default_text(), "default", clock.now())
            return taken.version, parse_accepted(taken.text)

    def _is_good(self, text: str, known: AcceptedPolicy | None) -> bool:
        try:
            parse(text)
        except BadPolicy as problem:
            if known is None:
                raise
            log.error("policy refused, the last accepted one stays in force", version=known.version)  # noqa: TRY400
            self.problem = problem
            return False
        return True

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


def in_force(store: Store, file: Callable[[], str | None]) -> Policy:
    """Read the policy in force; before the first start, the one that it would take. Accepts nothing."""
    known = store.policies.newest()
    if known is not None:
        return parse_accepted(known.text)
    text = file()
    return parse(default_text() if text is None else text)
