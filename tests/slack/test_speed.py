"""How fast Slack is answered: an event is on disk before its acknowledgement, well within the three seconds."""

from __future__ import annotations

import asyncio
import os

from tests.slack.office import Office
from tests.slack.test_scenes import a_complaint

PER_SECOND = 50


def test_events_at_fifty_a_second_are_acknowledged_in_time_and_kept_once_each(office: Office) -> None:
    li, _chen, card = a_complaint(office)
    count = int(os.environ.get("EVENTS", "100"))

    async def rush() -> list[float]:
        sendings = []
        for number in range(count):
            sendings.append(asyncio.create_task(office.slack.event(li.reply(card, f"note {number}"))))
            await asyncio.sleep(1 / PER_SECOND)
        done = await asyncio.gather(*sendings)
        assert all(sending.acked and sending.attempts == 1 for sending in done)
        return sorted(sending.seconds for sending in done)

    seconds = office.run(rush())
    office.settle()
    p50, p99 = seconds[len(seconds) // 2], seconds[int(len(seconds) * 0.99) - 1]
    print(f"acknowledged in p50 {p50 * 1000:.0f} ms, p99 {p99 * 1000:.0f} ms of {count} at {PER_SECOND}/s")
    assert p99 < 1.5
    number = office.ticket.number
    kept = [
        e.words for e in office.ask(lambda s: s.entries.of_ticket(number, limit=count + 10)) if e.flow == "internal"
    ]
    assert sorted(kept) == sorted(f"note {n}" for n in range(count))
