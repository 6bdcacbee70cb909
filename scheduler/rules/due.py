"""A due moment, as it is left in the inbox."""

from __future__ import annotations

from typing import Any

from storage.inbox import Event

AT_ONCE = 500
"""A beat takes so much of each kind; what is left is found by the next one."""


def due(kind: str, key: str, *, one_after_another: str | None = None, **facts: Any) -> Event:
    """Make the event of a due moment; its key makes it happen once, however many beats or replicas run.

    A bundle that is found again until it was said names itself in `one_after_another`: the second finds nothing left.
    """
    return Event("clock", f"{kind}:{key}", kind, body=facts, conversation=one_after_another)
