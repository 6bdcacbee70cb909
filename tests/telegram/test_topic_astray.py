"""A bot that dies after Telegram opened a topic and before that is on record: the ticket has one topic that works.

Nobody can list topics, so the one that was opened first is lost; whoever writes there hears where the ticket goes on.
"""

from __future__ import annotations

import asyncio

import pytest

from bot.app import Bot
from bot.channels.webchat.channel import WebChat
from storage.posts import topic_of
from tests.telegram.breaking import breaks
from tests.telegram.stage import Stage
from tests.telegram.team import DAMAGED, TEAM, Team


@pytest.fixture
def team(stage: Stage) -> Team:
    return Team(stage)


def dies(stage: Stage) -> None:
    """End the process in the middle of whatever it does: nothing is settled, nothing is written down."""

    async def cut() -> None:
        tasks = [*stage.running, *stage.bot.pump._deliveries]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    stage.run(cut())
    stage.bot.writer.stop()


def starts_again(stage: Stage) -> None:
    """Start a process that takes over what the other one left; on PostgreSQL it would wait for leases to end."""

    async def start() -> None:
        stage.channel = stage.connection()
        stage.bot = Bot(stage.bot.database, [WebChat(), stage.channel], None, stage.clock)
        await stage.bot.refresh()
        await stage.bot.pump.recover(everything=True)
        await stage.bot.pump.retrace()
        stage.running = [
            asyncio.create_task(stage.bot.pump.run()),
            asyncio.create_task(stage.listen(stage.bot)),
        ]

    stage.run(start())


@pytest.fixture
def number(team: Team) -> str:
    """Kill the bot once a ticket's topic was opened and before its id is kept; give the ticket's number."""

    async def opened() -> None:
        async with asyncio.timeout(20):
            while not team.group.opened:  # noqa: ASYNC110 - seen from outside
                await asyncio.sleep(0.01)

    with breaks(team.stage, "stall", method="createForumTopic"):
        team.chen.writes(DAMAGED, settle=False)
        team.stage.run(opened())
        dies(team.stage)
    assert team.bubbles == []
    starts_again(team.stage)
    team.pause(seconds=15)
    return team.stage.ticket.number


def test_after_a_restart_the_ticket_has_one_topic_that_works(team: Team, number: str) -> None:
    stray = min(team.group.topics)
    assert team.group.opened == 2
    assert team.inside(stray) == []
    assert number in team.inside()[0].text
    post = team.stage.ask(lambda store: store.posts.get("telegram", str(TEAM), topic_of(f"ticket:{number}")))
    assert post is not None
    assert post.provider_id == str(team.topic_id)
    team.chen.writes("And the box was open.")
    team.pause(seconds=3)
    team.hears("And the box was open.")
    team.presses(team.li, "Take it")
    team.pause(seconds=40)
    assert team.topic.name == f"{number} Acme - waiting on us"
    team.writes(team.li, "The courier again.")
    assert [entry.words for entry in team.stage.ask(lambda s: s.entries.of_ticket(number))][-1] == "The courier again."
    assert team.inside(stray) == team.general == []


def test_who_writes_in_the_stray_topic_hears_where_the_ticket_goes_on_and_it_is_closed(team: Team, number: str) -> None:
    stray, kept = min(team.group.topics), len(team.stage.ask(lambda store: store.entries.of_ticket(number)))
    for _ in range(2):
        team.writes(team.li, "The courier again.", topic=stray)
        team.li.hears(f"“{number} Acme - new”", f"{number} goes on in the topic that shows its card")
    team.pause(seconds=10)
    assert (team.group.topics[stray].name, team.group.topics[stray].closed) == (f"{number} - not in use", True)
    assert (team.topic.name, team.topic.closed) == (f"{number} Acme - new", False)
    assert len(team.stage.ask(lambda store: store.entries.of_ticket(number))) == kept
    assert len(team.stage.telegram.said("closeForumTopic")) == 1
    assert team.general == []


def test_a_topic_that_people_opened_is_theirs(team: Team, number: str) -> None:
    own = team.stage.telegram.next_id()
    opener = {"message_id": own, "date": 0, "chat": team.chat, "from": team.wang.user}
    root = opener | {"forum_topic_created": {"name": f"{number} lunch", "icon_color": 0x6FB9F0}}
    told = len(team.li.bubbles)
    team.writes(team.li, "Pizza?", topic=own, reply_to_message=root)
    assert len(team.li.bubbles) == told
    assert team.stage.telegram.said("closeForumTopic") == []
