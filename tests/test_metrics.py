"""What whoever watches the process may ask: the figures are right, nobody's name is in them, strangers see nothing."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families
from starlette.requests import Request

from bot.metrics import exposition, may_look
from bot.tally import Tally
from bot.web import make_app
from storage.inbox import Event
from storage.messages import Message
from storage.outbox import outbox
from tests.world import World

Figures = dict[tuple[str, tuple[tuple[str, str], ...]], float]


def figures(world: World) -> Figures:
    """Read the page as Prometheus would."""
    text = exposition(world.bot)
    samples = [sample for family in text_string_to_metric_families(text) for sample in family.samples]
    return {(sample.name, tuple(sorted(sample.labels.items()))): sample.value for sample in samples}


def figure(world: World, name: str, **labels: str) -> float:
    return figures(world)["rapport_" + name, tuple(sorted(labels.items()))]


def test_a_quiet_house_shows_zeros_rather_than_nothing(world: World) -> None:
    assert figure(world, "inbox_waiting") == 0
    assert figure(world, "inbox_oldest_seconds") == 0
    assert figure(world, "inbox_dead") == 0
    assert {state for (name, ((_, state),)) in [k for k in figures(world) if k[0] == "rapport_outbox_messages"]} == {
        "pending",
        "sending",
        "unknown",
        "failed",
        "dead",
    }


def test_deeds_are_counted(world: World) -> None:
    guest = world.customer("Acme Ltd")
    guest.writes("Where is my order?")
    assert figure(world, "events_handled_total") >= 1
    assert figure(world, "commits_total") >= 1
    assert figure(world, "deliveries_total", channel="web", outcome="sent") == len(
        world.ask(lambda store: store.outbox.in_state("sent"))
    )
    assert figure(world, "turn_seconds_count") == figure(world, "turn_seconds_bucket", le="+Inf") >= 1


def test_what_waits_is_counted_with_its_age(world: World) -> None:
    event = Event("web", "x1", "no such kind")
    world.change(lambda store: store.inbox.add([event], world.now))
    world.change(lambda store: store.outbox.say(Message("m1", "fax", "555", {"text": "hello"}), world.now))
    later = world.now + timedelta(hours=2)
    world.change(
        lambda store: store.outbox.say(Message("m2", "fax", "556", {"text": "x"}, not_before=later), world.now)
    )
    world.clock.moment += timedelta(seconds=90)
    assert figure(world, "inbox_waiting") == 1
    assert figure(world, "inbox_oldest_seconds") == 90
    assert figure(world, "outbox_messages", state="pending") == 1, "what is for later does not wait yet"
    assert figure(world, "outbox_oldest_seconds", state="pending") == 90


def test_what_ended_badly_is_counted(world: World) -> None:
    world.change(lambda store: store.outbox.say(Message("m1", "fax", "555", {"text": "hello"}), world.now))
    world.change(lambda store: store.connection.execute(outbox.update().values(state="dead")))
    assert figure(world, "outbox_messages", state="dead") == 1
    assert figure(world, "outbox_messages", state="pending") == 0


def test_nothing_about_a_customer_is_on_the_page(world: World) -> None:
    li = world.colleague("Li Na")
    chen = world.customer("Acme Ltd", contact="Chen Wei", owner=li)
    chen.writes("My order is broken, I want to complain, call 13812345678")
    world.beat()
    text = exposition(world.bot)
    assert "rapport_deliveries_total" in text
    for secret in ("Acme", "Chen", "Li Na", "13812345678", chen.address, li.address, "broken"):
        assert secret not in text


def test_turns_are_counted_up_to_and_with_their_bound() -> None:
    tally = Tally()
    for seconds in (0.05, 0.0500001, 99):
        tally.turned(seconds, 1)
    assert (tally.turns[3], tally.turns[4], tally.turns[-1]) == (1, 1, 1)
    assert tally.events == 3


def test_a_beat_makes_its_age_small_again(world: World) -> None:
    world.bot.pump.tally.beaten -= 100
    assert figure(world, "beat_age_seconds") >= 100
    world.beat()
    assert figure(world, "beat_age_seconds") < 100


WHO = {
    "this machine": ("127.0.0.1", {}, None, True),
    "this machine, by IPv6": ("::1", {}, None, True),
    "another machine": ("10.0.0.7", {}, None, False),
    "nobody knows who": ("", {}, None, False),
    "a proxy on this machine": ("127.0.0.1", {"x-forwarded-for": "1.2.3.4"}, None, False),
    "another kind of proxy": ("127.0.0.1", {"forwarded": "for=1.2.3.4"}, None, False),
    "another machine with the token": ("10.0.0.7", {"authorization": "Bearer s3cret"}, "s3cret", True),
    "a wrong token": ("10.0.0.7", {"authorization": "Bearer s3cre"}, "s3cret", False),
    "no token where one is set": ("127.0.0.1", {}, "s3cret", False),
    "a token where none is set": ("10.0.0.7", {"authorization": "Bearer "}, None, False),
}


@pytest.mark.parametrize("who", WHO)
def test_who_may_look(who: str) -> None:
    host, headers, token, may = WHO[who]
    raw = [(name.encode(), value.encode()) for name, value in headers.items()]
    scope = {"type": "http", "method": "GET", "path": "/metrics", "headers": raw, "client": (host, 1) if host else None}
    assert may_look(Request(scope), token) is may


def test_the_page_is_served_and_refused(world: World) -> None:
    app = make_app(world.bot, console=False)

    async def get(host: str) -> httpx.Response:
        transport = httpx.ASGITransport(app=app, client=(host, 1))
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
            return await client.get("/metrics")

    seen, refused = asyncio.run(get("127.0.0.1")), asyncio.run(get("10.0.0.7"))
    assert (seen.status_code, refused.status_code) == (200, 403)
    assert "rapport_inbox_waiting 0.0" in seen.text
    assert refused.text == ""
