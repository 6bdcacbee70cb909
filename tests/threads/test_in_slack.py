"""The same over Slack's wire: a sign takes a ticket, a thread set to reply speaks to the customer, edits follow."""

from __future__ import annotations

from tests.emulators.slack_rules import Piece
from tests.slack.conftest import no_proxy, office
from tests.slack.office import SERVICE, Mate, Office, words
from tests.slack.test_scenes import a_complaint

__all__ = ["no_proxy", "office"]


def sign(mate: Mate, card: Piece, name: str) -> Piece:
    return {
        "type": "reaction_added",
        "user": mate.user,
        "reaction": name,
        "item": {"type": "message", "channel": SERVICE, "ts": card["ts"]},
        "item_user": "U0BOT",
        "event_ts": "1.5",
    }


def edited(before: Piece, text: str) -> Piece:
    kept = {name: part for name, part in before.items() if name not in ("channel", "channel_type")}
    now = kept | {"text": text, "edited": {"user": before["user"], "ts": "1.6"}}
    event = {"type": "message", "subtype": "message_changed", "channel": SERVICE, "hidden": True}
    return event | {"message": now, "previous_message": kept, "ts": "1.7", "event_ts": "1.7"}


def test_a_ticket_is_worked_on_in_its_thread_alone(office: Office) -> None:
    li, chen, card = a_complaint(office)
    office.happens(sign(li, card, "eyes"))
    assert office.ticket.status == "taken"
    li.presses("Reply from this thread", card)
    assert "everything in this thread goes to Chen Wei" in words(card)
    said = li.reply(card, "Tommorow you have a new one")
    office.happens(said)
    office.happens(edited(said, "Tomorrow you have a new one"))
    office.pause(seconds=11)
    chen.hears("Tomorrow you have a new one", "Li Na")
    chen.hears_nothing("Tommorow")
    assert any("✓ Delivered · ✎ edited" in words(message) for message in office.thread(card))
    chen.writes("Thank you, and please send the bill")
    assert any("Chen Wei · web chat" in words(message) for message in office.thread(card))
