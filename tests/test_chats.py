"""Several chats of one person: what we say goes to the one where they are now."""

from __future__ import annotations

from datetime import timedelta

from tests.world import Colleague, Guest, World

COMPLAINT = "My order arrived damaged, I want to complain!"
UNDO_OVER = timedelta(seconds=11)


def company(world: World) -> tuple[Colleague, Guest]:
    li = world.colleague("Li Na")
    return li, world.customer("Galaxy Ltd", contact="Chen Wei", owner=li, tier="growth")


def code_from(who: Colleague, customer: str = "Galaxy") -> str:
    """Ask for a one-time code and read it off the card."""
    who.types(f"/crm customer invite {customer}")
    return next(field.value for card in reversed(who.cards()) for field in card.fields if field.label == "/start")


def moved(world: World, li: Colleague) -> Guest:
    """Let Chen Wei go on in another browser."""
    laptop = world.stranger()
    laptop.writes(f"/start {code_from(li)}")
    return laptop


def time_to_think(world: World) -> None:
    world.wait(seconds=UNDO_OVER.seconds, step=UNDO_OVER)


def test_who_goes_on_in_another_browser_is_answered_there(world: World) -> None:
    li, phone = company(world)
    laptop = moved(world, li)
    laptop.writes(COMPLAINT)
    laptop.hears(world.ticket.number)
    li.runs("ticket reply", number=world.ticket.number, words="A new one leaves today")
    time_to_think(world)
    laptop.hears("A new one leaves today")
    phone.hears_nothing("A new one leaves today")


def test_who_comes_back_to_the_first_browser_is_answered_there_again(world: World) -> None:
    li, phone = company(world)
    laptop = moved(world, li)
    laptop.writes(COMPLAINT)
    world.wait(minutes=20)
    phone.writes("Any news about my order?")
    li.runs("ticket reply", number=world.ticket.number, words="A new one leaves today")
    time_to_think(world)
    phone.hears("A new one leaves today")
    laptop.hears_nothing("A new one leaves today")


def test_a_draft_goes_to_the_chat_that_is_used_now(world: World) -> None:
    li, phone = company(world)
    laptop = moved(world, li)
    li.types("/crm log Galaxy called, wants a quote")
    li.types("/crm draft Galaxy follow_up")
    before = len(phone.cards())
    li.presses("Send")
    time_to_think(world)
    assert laptop.cards()[-1].from_person == "Li Na"
    assert len(phone.cards()) == before


def test_who_has_one_chat_costs_no_change_for_what_they_write(world: World) -> None:
    _, phone = company(world)
    assert world.change(lambda s: (s.contacts.speaking("web", phone.address, world.now), s.changes))[1] == 0
