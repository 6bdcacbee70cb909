"""Patience: how both queues treat what does not work at once, and how long they remember what is done."""

from datetime import timedelta
from typing import Final

PAUSES: Final = (timedelta(seconds=2), timedelta(seconds=10), timedelta(seconds=45), timedelta(minutes=3))
"""Growing pauses between attempts; after the fifth attempt an event or a message is a dead letter."""
BLOCKED_AT_MOST: Final = timedelta(minutes=15)
"""How long a failing event or message may hold up those behind it."""
KEPT: Final = timedelta(days=7)
"""How long what is done is remembered: longer than any platform repeats itself."""
FORGOTTEN_AT_ONCE: Final = 500
"""So few rows that forgetting them holds nobody up."""
