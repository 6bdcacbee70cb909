"""A topic a ticket: opened slowly, called as the ticket stands, closed with it, found again; and groups without topics."""

from __future__ import annotations

import itertools
import re
from datetime import timedelta

import pytest

from storage.posts import topic_of
from tests.emulators.telegram import Fault, Params
from tests.telegram.stage import Stage
from tests.telegram.team import DAMAGED, TEAM, Team


@pytest.fixture
def team(stage: Stage) -> Team:
    return Team(stage)


def test_a_tickets_card_opens_its_own_topic_and_all_about_it_stands_there(team: Team) -> None:
    number = team.complains()
    assert team.topic.name == f"{number} Acme - new"
    card = team.inside()[0]
    assert number in card.text
    assert "Take it" in card.buttons
    team.chen.writes("And the box was open.")
    assert "And the box was open." in team.hears("Chen Wei", "box").text
    assert all(bubble.reply_to is None for bubble in team.inside())
    assert team.general == []
    team.li.writes(f"/ticket reply {number} We send a new one.")
    team.pause(seconds=11)
    assert "✓ Delivered" in team.hears("We send a new one.").text
    team.li.writes(f"/ticket note {number} The courier again.")
    team.pause(seconds=3)
    team.hears("Li Na", "The courier again.")
    assert team.inside()[0].id == card.id, "the card is edited in place, and stays the first"
    assert team.inside()[0].edits > 0


def test_a_topic_is_called_as_its_ticket_stands_slowly_and_once_for_several_changes(team: Team) -> None:
    number = team.complains()
    team.li.writes(f"/ticket take {number}")
    team.li.writes(f"/ticket wait {number}")
    assert team.topic.name == f"{number} Acme - new", "not at once"
    team.pause(seconds=31)
    assert team.topic.name == f"{number} Acme - waiting on the customer"
    assert len(team.stage.telegram.said("editForumTopic")) == 1, "what was overtaken costs no call"
    assert team.stage.telegram.said("reopenForumTopic") == [], "it is open"


def test_a_change_that_is_taken_back_in_time_costs_no_call(team: Team) -> None:
    number = team.complains()
    team.li.writes(f"/ticket take {number}")
    team.pause(seconds=31)
    names = len(team.stage.telegram.said("editForumTopic"))
    team.li.writes(f"/ticket wait {number}")
    team.chen.writes("I am here.")
    team.pause(seconds=40)
    assert team.stage.ticket.status == "taken"
    assert len(team.stage.telegram.said("editForumTopic")) == names


def test_a_topic_is_closed_with_its_ticket_and_opened_again_with_it(team: Team) -> None:
    number = team.complains()
    team.li.writes(f"/ticket dismiss {number}")
    team.pause(seconds=40)
    assert (team.topic.name, team.topic.closed) == (f"{number} Acme - not a request", True)
    team.li.writes(f"/ticket reopen {number}")
    team.pause(seconds=40)
    assert (team.topic.name, team.topic.closed) == (f"{number} Acme - waiting on us", False)
    assert team.group.opened == 1


def test_a_topic_says_that_its_customer_blocked_us_and_when_they_are_back(team: Team) -> None:
    number = team.complains()
    team.chen.blocks()
    team.pause(seconds=40)
    assert team.topic.name == f"{number} Acme - blocked us"
    team.chen.unblocks()
    team.pause(seconds=40)
    assert team.topic.name == f"{number} Acme - new"


def test_topics_are_opened_slowly_and_no_customer_waits_for_that(team: Team) -> None:
    """Six customers complain at once: each hears within two seconds, topics open one in six, each has its card."""
    stage = team.stage
    guests = [stage.known(f"Firm {n}", f"Guest {n}", owner=team.li.person) for n in range(6)]
    for guest in guests:
        guest.writes(DAMAGED, settle=False)
    begun = stage.now
    for _ in range(3):  # the account itself says five at once, and 25 a second
        stage.run(stage._calm())
        stage.clock.moment += timedelta(seconds=1)
    assert all(guest.bubbles for guest in guests), "a customer waited"
    assert team.group.opened == 1
    opened = [timedelta(0)]
    while team.group.opened < len(guests):
        before = team.group.opened
        stage.clock.moment += timedelta(seconds=1)
        stage.run(stage._calm())
        opened += [stage.now - begun] * (team.group.opened - before)
        assert stage.now - begun < timedelta(minutes=2), "they never came"
    gaps = [later - earlier for earlier, later in itertools.pairwise(opened)]
    assert min(gaps) >= timedelta(seconds=6)
    team.pause(seconds=10)
    firsts = [next(b.text for b in team.bubbles if b.topic == topic) for topic in team.group.topics]
    numbers = [re.findall(r"T-\w+", text)[0] for text in firsts]
    assert [topic.name.split()[0] for topic in team.group.topics.values()] == numbers
    assert team.general == []


def test_a_topic_that_somebody_deleted_is_opened_once_more_with_the_card_in_it(team: Team) -> None:
    number = team.complains()
    team.stage.telegram.deletes(TEAM, team.topic_id)
    team.chen.writes("Is anybody there?")
    team.pause(seconds=10)
    team.pause(seconds=10)
    assert team.group.opened == 2
    texts = "\n".join(bubble.text for bubble in team.inside())
    assert number in team.inside()[0].text
    assert "Take it" in team.inside()[0].buttons
    assert "Is anybody there?" in texts
    assert team.general == []
    team.chen.writes("Hello?")
    team.pause(seconds=5)
    team.hears("Hello?")
    assert team.group.opened == 2


@pytest.mark.parametrize("lost", ["forum", "rights"])
def test_a_group_without_topics_has_the_thread_under_the_card(team: Team, lost: str) -> None:
    team.group.is_forum = lost != "forum"
    team.group.manages_topics = lost != "rights"
    number = team.complains()
    (card,) = team.general
    assert number in card.text
    team.chen.writes("And the box was open.")
    team.pause(seconds=3)
    assert "box was open" in team.general[-1].text
    assert team.general[-1].reply_to == card.id
    assert len(team.stage.telegram.said("createForumTopic")) == 1, "it is not tried with each message"
    assert team.stage.telegram.said("editForumTopic") == []


def test_a_forum_that_stops_to_be_one_goes_on_as_a_plain_group(team: Team) -> None:
    number = team.complains()
    team.group.is_forum = False
    team.chen.writes("Hello?")
    team.pause(seconds=10)
    team.pause(seconds=10)
    card = next(bubble for bubble in team.general if "Take it" in bubble.buttons)
    assert number in card.text
    assert any("Hello?" in bubble.text for bubble in team.general)
    team.pause(hours=1)
    team.group.is_forum = True
    assert team.complains("Another thing: the invoice is wrong, I complain!")


def test_a_topics_id_is_on_record_with_the_commit_after_it_was_opened(team: Team) -> None:
    """The card breaks off after the topic was opened: the next try stands in the same topic, and none is orphaned."""
    tries = itertools.count()

    def spoil(method: str, params: Params) -> Fault:
        into_the_group = method == "sendMessage" and params["chat_id"] == str(TEAM)
        return "error" if into_the_group and next(tries) == 0 else "ok"

    team.stage.telegram.fault = spoil
    number = team.complains()
    team.pause(seconds=10)
    assert team.group.opened == 1
    assert number in team.inside()[0].text
    post = team.stage.ask(lambda store: store.posts.get("telegram", str(TEAM), topic_of(f"ticket:{number}")))
    assert post is not None
    assert post.provider_id == str(team.topic_id)


def test_a_hostile_name_is_plain_and_fits(team: Team) -> None:
    guest = team.stage.known("<b>@all</b>\n" + "👩‍👩‍👧 Ω" * 20, "Mallory", owner=team.li.person)
    guest.writes(DAMAGED)
    team.pause(seconds=8)
    assert len(team.topic.name.encode("utf-16-le")) // 2 <= 128
    assert "<b>@all</b>" in team.topic.name
    assert "\n" not in team.topic.name


def test_what_is_about_no_ticket_stands_in_the_open(team: Team) -> None:
    stranger = team.stage.someone("Praise")
    stranger.writes("You are great, thank you!")
    team.pause(seconds=3)
    assert team.group.opened == len(team.group.topics)
    assert all(bubble.topic is None or bubble.topic in team.group.topics for bubble in team.bubbles)


def test_telegram_slowing_topics_down_slows_nothing_else(team: Team) -> None:
    wu = team.stage.known("Nova", "Wu Min", owner=team.li.person)
    wu.writes(DAMAGED)
    team.pause(seconds=8)
    tries = len(team.stage.telegram.said("createForumTopic"))
    team.stage.telegram.fault = lambda method, _params: "slow-down" if method == "createForumTopic" else "ok"
    team.chen.writes(DAMAGED)
    assert team.chen.bubbles, "the customer was answered"
    wu.writes("And the box was open.")
    team.pause(seconds=5)
    team.hears("And the box was open.")
    assert len(team.stage.telegram.said("createForumTopic")) == tries + 1, "Telegram asked for half a minute"
    team.stage.telegram.fault = lambda _method, _params: "ok"
    team.pause(seconds=31)
    team.pause(seconds=8)
    assert team.group.opened == 2


def test_a_tick_waits_for_the_topic_in_which_it_belongs(team: Team) -> None:
    """A colleague answers in private before the ticket's turn for a topic has come: nothing of it stands in General."""
    team.stage.telegram.fault = lambda method, _params: "slow-down" if method == "createForumTopic" else "ok"
    team.chen.writes(DAMAGED)
    team.li.writes(f"/ticket reply {team.stage.ticket.number} We send a new one.")
    team.pause(seconds=11)
    team.chen.hears("We send a new one.")
    team.stage.telegram.fault = lambda _method, _params: "ok"
    team.pause(seconds=31)
    team.pause(seconds=8)
    assert team.general == []
    assert "✓ Delivered" in team.hears("We send a new one.").text
