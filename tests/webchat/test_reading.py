"""What a page makes of posts, rooms and times."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.channels.webchat.showing import showable
from bot.console.playground import until_morning
from bot.console.reading import Reader
from bot.console.rooms import offers, rooms_of, team_addresses
from handlers.cards import Ask, Button, Card, Field, Form, Quote, Row
from handlers.routing import Routes
from prompts.phrases import phrases
from storage.posts import Post
from tests.webchat import small
from tests.webchat.conftest import LINA, House

NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
"""12:00 in Shanghai."""


def _post(card: Card, *, after: float = 0, flow: str = "out", author: str = "", slot: str = "s") -> Post:
    at = NOON + timedelta(minutes=after)
    return Post("web", "staff:lina", slot, card.kept(), at, at, author=author, flow=flow)


def _reader(now: datetime = NOON, language: str = "en") -> Reader:
    return Reader(phrases(language), "Asia/Shanghai", now, "staff:lina", "Rapport", {"staff:lina": "李娜"})


def test_who_said_it_and_when() -> None:
    said, answered = _reader().read(
        [
            _post(Card(text="due"), flow="in", author="staff:lina"),
            _post(Card(text="Nothing is due.", from_person="Tom"), after=1),
        ]
    )
    assert (said["who"], said["initial"], said["mine"], said["clock"]) == ("李娜", "娜", True, "12:00")
    assert (answered["who"], answered["initial"], answered["mine"], answered["kind"]) == ("Tom", "T", False, "person")


@pytest.mark.parametrize(("minutes", "again"), [(4.9, True), (5, False)])
def test_lines_within_five_minutes_share_a_heading(minutes: float, *, again: bool) -> None:
    posts = [_post(Card(text="a")), _post(Card(text="b"), after=minutes)]
    assert [post["again"] for post in _reader().read(posts)] == [False, again]


def test_a_card_has_a_heading_of_its_own() -> None:
    posts = [_post(Card(text="a")), _post(Card(title="T-7K4M2"), after=1)]
    assert _reader().read(posts)[1]["again"] is False


def test_days_are_told_apart_in_the_readers_zone() -> None:
    posts = [_post(Card(text="a"), after=-13 * 60), _post(Card(text="b"), after=-12 * 60), _post(Card(text="c"))]
    assert [bool(post["day"]) for post in _reader().read(posts)] == [True, True, False]
    assert _reader().read(posts)[1]["day"] == "Today"


def test_tricks_in_any_part_of_a_card_are_left_out_and_counted() -> None:
    trick = "a\u202eb"
    card = Card(
        title=trick, text=trick, fields=(Field(label=trick, value=trick),), quote=Quote(who=trick, words=trick),
        rows=(Row(text=trick, buttons=(Button(label=trick, command="x"),)),), lines=(trick,), footer=trick, from_person=trick, buttons=(Button(label=trick, command="x"),),
    )  # fmt: skip
    found = showable(_post(card))
    assert "\u202e" not in str(found)
    assert found["left_out"] == 12
    assert "12" in _reader().read([_post(card)])[0]["left_out"]
    assert "\u202e" not in str(_reader().read([_post(card)]))


def test_a_browser_hears_nothing_of_what_a_button_runs() -> None:
    form = Form(title="t", command="answer", asks=(Ask(name="words", label="w"),), submit="go", fixed={"number": "T"})
    plain = Button(label="Take", command="ticket take", args={"number": "T-7K4M2"})
    found = showable(_post(Card(buttons=(plain, Button(label="Say", command="answer", form=form)))))
    assert found["card"]["buttons"][0] == {"id": plain.id, "label": "Take", "style": "plain", "form": None}
    assert found["card"]["buttons"][1]["form"]["asks"][0]["name"] == "words"


def test_rooms_are_ones_own_the_teams_and_ones_tickets(house: House) -> None:
    policy = house.bot.policies.current
    rooms = house.bot.read(lambda store: rooms_of(store, policy, {"web"}, LINA, phrases("en")))
    assert [room.title for room in rooms if room.kind == "own"] == ["Rapport"]
    assert "#service" in [room.title for room in rooms if room.kind == "team"]
    assert len({room.key for room in rooms}) == len(rooms)


def test_a_team_whose_own_platform_runs_is_not_in_the_console(house: House) -> None:
    policy = house.bot.policies.current
    fallback = policy.routes.fallback.partition(":")[0]
    channels = {"web", fallback} if fallback != "web" else {"web"}
    elsewhere = team_addresses(policy, channels)
    assert elsewhere if fallback == "web" else not elsewhere


def test_the_composer_offers_what_a_role_may_do() -> None:
    routes = Routes((small.router,))
    assert {offer["name"] for offer in offers(routes, "rep", phrases("en"))} == {
        "take",
        "answer",
        "log",
        "list",
        "help",
    }
    assert {offer["name"] for offer in offers(routes, "customer", phrases("en"))} == {"help"}


@pytest.mark.parametrize(
    ("local", "hours"),
    [
        ("2026-11-23T08:29:59", 1 / 3600),
        ("2026-11-23T08:30:00", 24),
        ("2026-11-23T20:30:00", 12),
        ("2026-11-23T00:00:00", 8.5),
    ],
)
def test_the_next_morning(local: str, hours: float) -> None:
    from zoneinfo import ZoneInfo

    now = datetime.fromisoformat(local).replace(tzinfo=ZoneInfo("Asia/Shanghai"))
    assert until_morning(now, "Asia/Shanghai").total_seconds() == pytest.approx(hours * 3600)


def test_the_next_morning_after_a_night_of_25_hours_is_a_morning() -> None:
    now = datetime(2026, 10, 24, 18, 0, tzinfo=UTC)  # 20:00 in Berlin, before the clocks go back
    assert until_morning(now, "Europe/Berlin") == timedelta(hours=13, minutes=30)
