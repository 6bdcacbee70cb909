"""The console shows nobody more than their commands do: foreign tickets stand in no room."""

from __future__ import annotations

from bot.console.looking import Look, Seen, see
from bot.console.rooms import rooms_of
from bot.console.staff_sessions import Seat
from handlers.cards import Card
from handlers.ticket_cards import slot_of
from prompts.phrases import phrases
from tests.world import Colleague, World, all_words

SECRET = "three secret drawings"


def looks(world: World, who: Colleague, *, thread: str | None = None) -> Seen:
    t, bot = phrases("en"), world.bot
    rooms = bot.read(lambda store: rooms_of(store, bot.policies.current, bot.channels, who.person, t))
    (service,) = (room for room in rooms if room.title == "#service")
    seen = bot.read(lambda store: see(bot, store, Seat(who.person), Look(service, thread), t))
    assert seen is not None
    return seen


def read(seen: Seen) -> str:
    return "\n".join(all_words(Card.model_validate(post.card)) for post in (*seen.posts, *seen.thread))


def test_a_room_shows_a_ticket_to_its_people_and_to_no_foreign_rep(world: World) -> None:
    wang = world.colleague("Wang Qiang", "manager")
    li, sun = world.colleague("Li Na", manager_id=wang.person.id), world.colleague("Sun Bo")
    service = world.colleague("Xu Jia", "service")
    chen = world.customer("Galaxy Ltd", contact="Chen Wei", owner=li, tier="growth")
    chen.writes(f"My order arrived damaged, I want to complain! It had {SECRET}.")
    thread = slot_of(world.ticket.number)
    chen.writes("The courier dropped it")
    for insider in (li, wang, service):
        seen = looks(world, insider, thread=thread)
        assert SECRET in read(seen)
        assert "The courier dropped it" in read(seen)
        assert seen.sizes[thread] >= 1
    outside = looks(world, sun, thread=thread)
    assert not outside.posts
    assert not outside.thread
    assert not outside.sizes


def test_a_stranger_s_ticket_is_everybody_s_until_it_is_known_whose_it_is(world: World) -> None:
    sun = world.colleague("Sun Bo")
    world.stranger().writes("My order arrived damaged, I want to complain!")
    assert "damaged" in read(looks(world, sun))
