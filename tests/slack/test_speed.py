"""How fast Slack is answered: an event is on disk before its acknowledgement, well within the three seconds."""

from __future__ import annotations

import asyncio
import os
import time

from tests.emulators.slack_home import opened
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


def test_homes_and_forms_are_acknowledged_in_time_while_others_write(office: Office) -> None:
    """Print how long a look at home takes to its publishing, and a press to its filled form."""
    li, _chen, card = a_complaint(office)
    count = int(os.environ.get("EVENTS", "100")) // 5
    figures: dict[str, list[float]] = {"home": [], "form": []}

    async def looks(number: int) -> None:
        start = time.perf_counter()
        assert (await office.slack.event(opened(li.user))).attempts == 1
        await office.slack.until(lambda: len(office.slack.made("views.publish")) > number)
        figures["home"].append(time.perf_counter() - start)

    async def presses(number: int) -> None:
        start = time.perf_counter()
        assert (await office.slack.send("interactive", li.press("Reply to customer", card))).acked
        await office.slack.until(lambda: len(office.slack.made("views.update")) > number)
        figures["form"].append(time.perf_counter() - start)

    async def rush() -> None:
        for number in range(count):
            others = [office.slack.event(li.reply(card, f"note {number}.{n}")) for n in range(5)]
            async with asyncio.timeout(60):
                await asyncio.gather(looks(number), presses(number), *others)

    office.run(rush())
    office.settle()
    for name, seconds in figures.items():
        middle, worst = sorted(seconds)[count // 2], max(seconds)
        print(f"{name}: p50 {middle * 1000:.0f} ms, worst {worst * 1000:.0f} ms of {count}")
    assert all(view["blocks"][0]["type"] == "input" for view in office.slack.views.values())
    assert len(office.slack.views) == count
