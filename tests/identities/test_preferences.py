"""Where and when somebody likes to hear from us: said, learned, shown with its source, and used."""

from __future__ import annotations

import pytest

from tests.test_strangers import company
from tests.world import World, all_words


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("Chen Wei web chat 9-12", "web chat (as noted), 09:00-12:00 (as noted)"),
        ("Galaxy Chen Wei 9:30 - 11", "09:30-11:00 (as noted)"),
        ("Chen web", "web chat (as noted)"),
        ("Chen 21-24", "21:00-24:00 (as noted)"),
    ],
)
def test_what_a_colleague_notes_is_shown_with_its_source(world: World, line: str, said: str) -> None:
    _, li, _ = company(world)
    li.types(f"/crm contact prefer {line}")
    li.hears(f"Best reached: {said}")
    li.types("/crm who Galaxy")
    li.hears("Chen Wei · web chat", f"Best reached: {said}")
    li.types("/crm contact prefer Chen none")
    li.types("/crm who Galaxy")
    assert "Best reached" not in all_words(li.cards()[-1])


@pytest.mark.parametrize("line", ["Chen", "Chen 12-9", "Chen 9-25", "Chen 9"])
def test_what_says_nothing_is_asked_back(world: World, line: str) -> None:
    _, li, _ = company(world)
    li.types(f"/crm contact prefer {line}")
    said = all_words(li.cards()[-1])
    assert "like to hear from us?" in said or "can't find a contact" in said
    assert "Best reached" not in said


def test_a_chat_they_are_not_in_cannot_be_preferred(world: World) -> None:
    _, li, chen = company(world)
    world.change(lambda s: s.contacts.set_reachable("web", chen.address, reachable=False))
    li.types("/crm contact prefer Chen web")
    li.hears("not in a chat with us on web chat")


def test_hours_are_learned_from_five_messages_and_said_to_be_learned(world: World) -> None:
    _, li, chen = company(world)
    for _ in range(4):
        chen.writes("thanks")
        world.wait(minutes=1)
    li.types("/crm who Galaxy")
    assert "Best reached" not in all_words(li.cards()[-1])
    chen.writes("thanks")
    li.types("/crm who Galaxy")
    li.hears("Best reached: web chat (learned), 10:00-11:00 (learned)")
