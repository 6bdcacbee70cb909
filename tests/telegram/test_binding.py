"""A code connects a chat once and for a week; whatever else is tried with it tells nothing about whose it was."""

from __future__ import annotations

import pytest

from prompts.phrases import phrases
from storage.invitations import INVITATION_LASTS, invitations
from tests.telegram.stage import Client, Stage


def invited(stage: Stage, language: str = "en") -> tuple[Client, Client, str]:
    li = stage.worker("Li Na", language=language)
    chen = stage.known("Acme", "Chen Wei", owner=li.person, language=language)
    li.writes("/customer invite Acme")
    return li, chen, li.hears("?start=").text.partition("?start=")[2].split()[0]


def contact_at(stage: Stage, who: Client) -> str:
    found = stage.ask(lambda store: store.contacts.at("telegram", str(who.id)))
    return found.id if found and found.customer_id else ""


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("state", ["used", "stale", "made up"])
def test_a_code_that_is_good_no_more_reads_like_one_that_never_was(stage: Stage, state: str, language: str) -> None:
    _, _, code = invited(stage)
    if state == "used":
        stage.someone("Chen").starts(code)
    if state == "stale":
        stage.clock.moment += INVITATION_LASTS
    thief = stage.someone("Thief", language)
    thief.starts("x" * 22 if state == "made up" else code)
    said = phrases("en" if language == "en" else "zh-CN")("code-unknown")
    assert [bubble.text for bubble in thief.bubbles] == [said]
    assert contact_at(stage, thief) == ""
    assert not any(words in bubble.text for bubble in thief.bubbles for words in ("Chen", "Acme", "Li Na"))


def test_only_the_hash_of_a_code_is_kept(stage: Stage) -> None:
    _, _, code = invited(stage)
    with stage.bot.database.reading() as connection:
        kept = str(connection.execute(invitations.select()).all())
    assert code not in kept


def test_the_week_ends_on_its_last_moment(stage: Stage) -> None:
    _, chen, code = invited(stage)
    stage.clock.moment += INVITATION_LASTS - stage.clock.moment.resolution
    phone = stage.someone("Chen")
    phone.starts(code)
    assert contact_at(stage, phone) == contact_at(stage, chen) != ""


def test_messages_go_to_the_chat_that_was_proven_last(stage: Stage) -> None:
    li, chen, code = invited(stage)
    chen.writes("I want to complain, my order arrived damaged!")
    phone = stage.someone("Chen")
    phone.starts(code)
    chen.hears("connected to another chat")
    before = len(chen.bubbles)
    li.writes(f"/ticket reply {stage.ticket.number} We are on it.")
    stage.wait(seconds=11)
    phone.hears("We are on it.")
    assert len(chen.bubbles) == before


def test_the_maker_hears_once_of_a_code_that_is_tried_again(stage: Stage) -> None:
    li, _, code = invited(stage)
    stage.someone("Chen").starts(code)
    thief = stage.someone("Thief")
    for _ in range(3):
        thief.starts(code)
    assert li.count("used again", "Chen Wei") == 1
