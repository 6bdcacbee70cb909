"""Two hundred commands and thread notes at once from one colleague in Slack: all kept, in order, and nobody else waits."""

from __future__ import annotations

import asyncio
from typing import Any

from tests.emulators.slack_rules import Piece
from tests.emulators.slack_web import TEAM
from tests.slack.office import SERVICE, Mate, Office, words
from tests.slack.test_scenes import a_complaint

FLOOD = 100
"""So many notes and as many commands: two hundred messages."""
A_FEW = 3
"""Turns that the taking in itself may need; behind the flooder it would be two hundred."""


def line(mate: Mate, text: str) -> Piece:
    return {
        "command": "/crm", "text": text, "user_id": mate.user, "channel_id": SERVICE, "team_id": TEAM,
        "trigger_id": mate.office.slack.trigger(mate.user),
    }  # fmt: skip


def event(mate: Mate, card: Piece, n: int) -> Piece:
    said = mate.reply(card, f"note {n:03}")
    return {"type": "event_callback", "team_id": TEAM, "event_id": f"EvF{n}", "event": {"event_ts": said["ts"], **said}}


async def at_once(office: Office, payloads: list[Piece]) -> None:
    """Hand payloads to the channel's ears side by side, as fifty envelopes are under way on one line."""
    slack: Any = office.bot.channels["slack"]
    ears = slack._ears(office.bot.pump.accept)
    await asyncio.gather(*(ears.hear(payload) for payload in payloads))


async def turns_until_answered(office: Office, payloads: list[Piece], other: Mate) -> int:
    """Take everything in at once; count the turns that begin before somebody else was answered."""
    pump, turns = office.bot.pump, 0
    turn = pump.turn

    async def counted(**how: bool) -> Any:
        nonlocal turns
        turns += not other.whispers()
        return await turn(**how)

    vars(pump)["turn"] = counted
    await at_once(office, payloads)
    await pump.settled()
    del vars(pump)["turn"]
    assert other.whispers()
    return turns


def test_a_flood_of_notes_and_commands_is_kept_in_order_and_others_are_answered_as_soon(office: Office) -> None:
    li, _chen, card = a_complaint(office)
    zoe, mo = (office.mate(f"U0{name.upper()}", name, "rep") for name in ("Zoe", "Mo"))
    alone = office.run(turns_until_answered(office, [line(zoe, "drafts")], zoe))
    notes = [event(li, card, n) for n in range(FLOOD)]
    typed = [line(li, "drafts") for _ in range(FLOOD)]
    flood = [payload for pair in zip(notes, typed, strict=True) for payload in pair]
    assert office.run(turns_until_answered(office, [*flood, line(mo, "drafts")], mo)) <= alone + A_FEW
    office.settle()
    kept = office.ask(lambda store: store.entries.of_ticket(office.ticket.number, 500))
    assert [entry.words for entry in kept if entry.flow == "internal"] == [f"note {n:03}" for n in range(FLOOD)]
    assert sum("Nothing to decide" in words(said) for said in li.whispers()) == FLOOD
