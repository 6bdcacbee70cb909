"""Outages: a platform that answers nobody is no message's fault; what is for it waits in order until it is back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from bot.channels.port import Channel, Outgoing
from bot.clock import Clock
from bot.delivery import deliver
from storage.messages import Settlement
from storage.paces import ban_scope

AWAY: Final = "away"
STRIKES: Final = 3
"""So many sendings in a row without any answer, of whichever messages, and the platform counts as away."""
PAUSES: Final = tuple(timedelta(seconds=seconds) for seconds in (5, 10, 20, 40, 80, 160, 300))
"""How long an account rests between two looks whether its platform is back; the last one from then on."""
CERTAINLY_UNSENT_FOR: Final = timedelta(days=1)
PERHAPS_SENT_FOR: Final = timedelta(hours=1)
"""So long messages wait for a platform, before they are dead letters. Where each try may leave a copy it is shorter."""


@dataclass
class _Silence:
    """How often nobody answered since somebody did, and when we look again."""

    strikes: int = 0
    looks: int = 0
    until: datetime | None = None


class Outages:
    """What this process knows of the platforms that do not answer; whatever a platform does answer ends its silence.

    A message that alone meets silence, while others get through, is tried five times as any other; else it may hold
    nobody up and dies of its own. As long as nobody gets through, nobody's attempts are counted.
    """

    def __init__(self) -> None:
        self._silences: dict[str, _Silence] = {}

    async def deliver(self, channel: Channel, outgoing: Outgoing, clock: Clock) -> Settlement:
        """Send one message and say what became of it; never raises."""
        settlement = await deliver(channel, outgoing, clock)
        return self.judged(settlement, clock.now(), repeatable=channel.repeatable)

    def judged(self, settlement: Settlement, now: datetime, *, repeatable: bool) -> Settlement:
        """Let what met silence wait for its platform, if that is away; give everything else as it is."""
        channel = settlement.message.channel
        if not settlement.silent:
            self._silences.pop(channel, None)
            return settlement
        silence = self._silences.setdefault(channel, _Silence())
        silence.strikes += 1
        held = settlement.state == "unknown"  # until a person decides
        if held or silence.strikes < STRIKES or _too_old(settlement, now, repeatable=repeatable):
            return settlement
        until = _next_look(silence, now, settlement.message.expires_at)
        rest = {ban_scope(channel): until}
        own = max(until, settlement.next_at or until)  # others may find out meanwhile
        return replace(settlement, state="pending", error=AWAY, next_at=own, throttled=True, free_at=rest)


def _next_look(silence: _Silence, now: datetime, deadline: datetime | None) -> datetime:
    """Tell when to look again, at the latest when somebody's deadline is over: they hear that it came to nothing.

    Those who left together and came back together count as one look.
    """
    if silence.until is None or now >= silence.until:
        silence.until = now + PAUSES[min(silence.looks, len(PAUSES) - 1)]
        silence.looks += 1
    if deadline is not None and now < deadline < silence.until:
        silence.until = deadline
    return silence.until


def _too_old(settlement: Settlement, now: datetime, *, repeatable: bool) -> bool:
    longest = CERTAINLY_UNSENT_FOR if settlement.unsent or repeatable else PERHAPS_SENT_FOR
    message = settlement.message
    since = message.not_before or message.created_at
    return since is not None and now - since > longest
