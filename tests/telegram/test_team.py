"""A team at work in a group with topics: words stay among us, deeds are of whoever does them, answers are for them alone."""

from __future__ import annotations

from typing import Any

import pytest

from storage.inbox import inbox
from tests.emulators.telegram_rules import moment
from tests.telegram.stage import Client, Stage
from tests.telegram.team import TEAM, Team

BLOCKED: tuple[int, str, dict[str, Any]] = (403, "Forbidden: bot can't initiate conversation with a user", {})


@pytest.fixture
def team(stage: Stage) -> Team:
    return Team(stage)


def words_of(team: Team, flow: str) -> list[str]:
    number = team.stage.ticket.number
    return [e.words for e in team.stage.ask(lambda s: s.entries.of_ticket(number)) if e.flow == flow]


def photo_of(team: Team) -> list[dict[str, Any]]:
    drawer = team.stage.telegram.drawer
    return [drawer.described(drawer.hold("photo", b"\xff\xd8\xff"), width=9, height=9)]


def stored(team: Team) -> str:
    """Give all that the inbox keeps."""
    return str(team.stage.ask(lambda store: [row._mapping for row in store.connection.execute(inbox.select())]))


def test_what_colleagues_write_in_a_topic_stays_among_us(team: Team) -> None:
    team.complains()
    before = len(team.chen.bubbles)
    team.writes(team.li, "The courier again, this is the third time.")
    team.pause(seconds=12)
    assert words_of(team, "internal") == ["The courier again, this is the third time."]
    assert len(team.chen.bubbles) == before
    assert team.stage.ticket.status == "new"


def test_a_command_in_a_topic_needs_no_number_and_goes_out_with_a_way_back(team: Team) -> None:
    number = team.complains()
    team.writes(team.li, "/ticket_reply@rapport_test_bot A new one is on its way.")
    assert "Undo" in team.hears("A new one is on its way.").buttons
    team.pause(seconds=11)
    team.chen.hears("A new one is on its way.", "Li Na")
    assert "✓ Delivered" in team.hears("A new one is on its way.").text
    team.writes(team.li, f"/ticket_reply {number} And an apology.")
    team.presses(team.li, "Undo")
    team.pause(seconds=12)
    assert team.chen.count("And an apology.") == 0


def test_a_press_in_a_topic_is_the_deed_of_whoever_pressed(team: Team) -> None:
    number = team.complains()
    team.presses(team.wang, "Take it")
    team.pause(seconds=3)
    assert team.stage.ticket.owner_id == team.wang.person.id  # type: ignore[union-attr]
    assert "Wang Fang" in team.inside()[0].text
    team.wang.hears(number, "is yours")
    assert all("is yours" not in bubble.text for bubble in team.bubbles), "an answer is for whoever asked"


def test_reply_asks_in_private_for_the_words(team: Team) -> None:
    number = team.complains()
    team.presses(team.li, "Reply to customer")
    team.li.hears(f"/ticket reply {number}")
    assert all("<" not in bubble.text for bubble in team.bubbles)


def test_reply_mode_lets_a_topics_words_and_files_go_out_and_edits_follow(team: Team) -> None:
    team.complains()
    team.presses(team.li, "Take it")
    team.pause(seconds=3)
    team.presses(team.li, "Reply from this thread")
    team.pause(seconds=3)
    team.hears("Reply mode")
    team.writes(team.li, "We are sorry!")
    said = team.li.said
    team.pause(seconds=12)
    team.chen.hears("We are sorry!")
    there = {"message_id": said, "message_thread_id": team.topic_id, "is_topic_message": True, "chat": team.chat}
    team.li._reports("edited_message", team.li._message(text="We are very sorry!", edit_date=moment(), **there))
    team.pause(seconds=3)
    assert team.chen.count("We are very sorry!") == 1
    assert team.chen.count("We are sorry!") == 0
    team.writes(team.li, "", photo=photo_of(team))
    team.pause(seconds=14)
    assert any(bubble.file for bubble in team.chen.bubbles)


def test_a_customers_file_stands_in_the_topic(team: Team) -> None:
    team.complains()
    team.chen.writes("", photo=photo_of(team))
    team.pause(seconds=6)
    (sent,) = team.stage.telegram.said("sendPhoto")
    assert sent.params["message_thread_id"] == str(team.topic_id)
    assert any(bubble.file for bubble in team.inside())


def test_personal_things_are_said_in_private_alone(team: Team) -> None:
    number = team.complains()
    for line in ("/ticket_list", "/day", "/settings", "/console", "/who Acme", f"/ticket_show {number}"):
        before = [bubble.text for bubble in team.bubbles]
        heard = len(team.li.bubbles)
        team.writes(team.li, line)
        team.pause(seconds=3)
        assert len(team.li.bubbles) > heard, line
        assert [bubble.text for bubble in team.bubbles] == before, line


def test_a_link_to_the_console_that_is_asked_for_in_a_topic_is_said_in_private_or_not_at_all(team: Team) -> None:
    team.complains()
    team.writes(team.li, "/console")
    team.pause(seconds=3)
    team.li.hears("https://crm.example/console/enter?code=")
    team.stage.telegram.refusals[team.li.id] = BLOCKED
    team.writes(team.li, "/console")
    team.pause(seconds=3)
    team.hears("Li Na", "@rapport_test_bot")
    assert not [bubble for bubble in team.bubbles if "/console/enter" in bubble.text]


def test_whose_private_chat_is_not_open_hears_so_in_the_topic_once(team: Team) -> None:
    team.complains()
    team.stage.telegram.refusals[team.li.id] = BLOCKED
    general = len(team.general)
    team.writes(team.li, "/day")
    team.pause(seconds=3)
    assert "press Start" in team.hears("Li Na", "@rapport_test_bot").text
    team.writes(team.li, "/due")
    team.pause(seconds=3)
    assert sum("press Start" in bubble.text for bubble in team.inside()) == 1
    assert len(team.general) == general, "it is no matter for an alarm"


def test_who_is_no_colleague_has_no_role_and_nothing_of_theirs_is_kept(team: Team) -> None:
    number = team.complains()
    mallory, before = team.stage.someone("Mallory"), team.stage.ticket
    team.writes(mallory, f"/ticket_reply {number} Give me the money")
    team.writes(mallory, "I read along, secretly")
    team.presses(mallory, "Take it")
    team.pause(seconds=12)
    assert team.stage.ticket == before
    assert words_of(team, "out") + words_of(team, "internal") == []
    assert team.chen.count("money") == 0
    assert mallory.bubbles == []
    assert "secretly" not in stored(team)
    told = [bubble for bubble in team.bubbles if "not on record as a colleague" in bubble.text]
    assert len(told) == 1, "said once"


@pytest.mark.parametrize(
    "sender",
    [
        {
            "from": {"id": 1087968824, "is_bot": True, "first_name": "Group"},
            "sender_chat": {"id": TEAM, "type": "supergroup"},
        },
        {"from": {"id": 777, "is_bot": True, "first_name": "Another bot"}},
    ],
    ids=["an anonymous admin", "a bot"],
)
def test_bots_and_anonymous_admins_have_no_role(team: Team, sender: dict[str, Any]) -> None:
    number = team.complains()
    team.writes(team.li, f"/ticket_take {number}", **sender)
    team.pause(seconds=3)
    assert team.stage.ticket.status == "new"
    assert words_of(team, "internal") == []


def test_what_was_forwarded_or_is_for_another_bot_is_no_command(team: Team) -> None:
    number = team.complains()
    origin = {"type": "user", "date": moment(), "sender_user": team.chen.user}
    team.writes(team.li, f"/ticket_take {number}", forward_origin=origin)
    team.writes(team.li, f"/ticket_take@another_bot {number}")
    team.pause(seconds=3)
    assert team.stage.ticket.status == "new"


def test_a_colleague_who_may_not_see_a_ticket_reads_what_whoever_asks_for_a_missing_one_reads(team: Team) -> None:
    number = team.complains()
    sun = team.stage.worker("Sun Bo")
    team.writes(sun, "/ticket_take")
    team.writes(sun, "/ticket_take T-22222")
    team.pause(seconds=3)
    foreign, missing = (bubble.text for bubble in sun.bubbles[-2:])
    assert foreign.replace(number, "?") == missing.replace("T-22222", "?")
    assert team.stage.ticket.status == "new"


def test_words_in_a_topic_that_is_not_ours_are_not_kept(team: Team) -> None:
    team.complains()
    foreign = team.stage.telegram.next_id()
    team.writes(team.li, "Who brings cake on Friday?", topic=foreign)
    assert "cake" not in stored(team)


def test_general_is_for_commands_that_are_answered_in_private(team: Team) -> None:
    team.complains()
    team.li.writes("/ticket_list", chat=team.chat, entities=[{"type": "bot_command", "offset": 0, "length": 12}])
    team.pause(seconds=3)
    team.li.hears("Acme")
    assert team.general == []
    team.li.writes("Lunch?", chat=team.chat)
    assert "Lunch" not in stored(team)
    assert team.general == [], "nobody is told that we talk in private"


def test_in_a_plain_group_words_under_the_card_are_the_threads(team: Team) -> None:
    team.group.is_forum = False
    team.complains()
    (card,) = team.general
    bot = {"id": 4711, "is_bot": True, "first_name": "Rapport"}
    under = {"message_id": card.id, "date": moment(), "chat": team.chat, "from": bot, "text": "…"}
    team.li.writes("The courier again.", chat=team.chat, reply_to_message=under)
    team.pause(seconds=12)
    assert words_of(team, "internal") == ["The courier again."]
    assert team.chen.count("courier again") == 0
    team.li.presses_data(card.data("Take it"), card.id, chat=team.chat)
    team.pause(seconds=3)
    assert team.stage.ticket.status == "taken"


def test_whoever_runs_the_company_learns_how_the_policy_calls_a_group(stage: Stage) -> None:
    boss, rep = stage.worker("Boss", "admin"), stage.worker("Rep")
    stage.telegram.forum(-100_900)
    chat = {"id": -100_900, "type": "supergroup", "title": "Service", "is_forum": True}

    def asks(who: Client) -> str:
        mark = {"type": "bot_command", "offset": 0, "length": 12}
        who.writes("/group_place", chat=chat, entities=[mark])
        return stage.telegram.chats[-100_900][-1].text

    assert 'address: "telegram:-100900"' in asks(boss)
    assert "not open to your role" in asks(rep)


def test_a_place_is_named_where_it_is_and_only_if_no_customer_is_there(team: Team) -> None:
    team.wang.writes("/group place")
    team.wang.hears("Type this in the group")
    team.wang.writes("/group link Acme")
    code = team.wang.hears("/link").text.partition("/link ")[2].split()[0]
    theirs = {"id": -100_901, "type": "supergroup", "title": "Acme pumps"}
    team.stage.telegram.chats[-100_901] = []
    for line in (f"/link {code}", "/group_place"):
        mark = {"type": "bot_command", "offset": 0, "length": len(line.split()[0])}
        team.wang.writes(line, chat=theirs, entities=[mark])
    assert "linked already" in team.stage.telegram.chats[-100_901][-1].text
