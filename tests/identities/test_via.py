"""A reply goes where the customer last wrote, unless its author names another of their channels."""

from __future__ import annotations

import pytest

from handlers.arguments import read_line
from handlers.ticket_words import TicketReply
from tests.test_chats import COMPLAINT, time_to_think
from tests.test_strangers import company
from tests.world import World


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("T-22222 We ship via: DHL", {"words": "We ship via: DHL"}),
        ("T-22222 Tomorrow via:telegram", {"words": "Tomorrow", "via": "telegram"}),
        ("T-22222 via:web Tomorrow, via:truck", {"words": "Tomorrow, via:truck", "via": "web"}),
    ],
)
def test_via_is_meant_only_before_a_channel(line: str, read: dict[str, str]) -> None:
    assert read_line(TicketReply, line) == {"number": "T-22222"} | read


def test_a_reply_can_be_sent_by_way_of_another_channel_of_theirs_and_of_no_other(world: World) -> None:
    _, li, chen = company(world)
    chen.writes(COMPLAINT)
    number = world.ticket.number
    li.types(f"/crm ticket reply {number} via:telegram Tomorrow")
    li.hears("Chen Wei is not in a chat with us on Telegram")
    world.change(lambda s: s.contacts.bind(chen.contact_id, "telegram", "4711", world.now))
    li.types(f"/crm ticket reply {number} via:web Tomorrow")
    time_to_think(world)
    chen.hears("Tomorrow")
