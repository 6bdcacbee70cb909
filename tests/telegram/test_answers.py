"""What Telegram answers to one message, and what that means to us."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from telegram.error import NetworkError

from bot.channels.port import NotSent, Outgoing, WontWork
from bot.channels.telegram import TelegramChannel
from handlers.cards import Button, Card
from storage.messages import Kind, Message
from tests.emulators.telegram import TOKEN, Fault, Params
from tests.telegram.stage import Client, Stage

SECRET = TOKEN.partition(":")[2]


def outgoing(to: Client, card: Card | None = None, edits: str | None = None) -> Outgoing:
    card = card or Card(text="hello")
    return Outgoing(Message("k", "telegram", str(to.id), card.kept(), Kind.REPLY), card, edits)


def test_a_platform_that_is_not_there_took_nothing(stage: Stage) -> None:
    someone = stage.someone()
    away = TelegramChannel(TOKEN, "http://127.0.0.1:9")
    with pytest.raises(NotSent):
        stage.run(away.send(outgoing(someone)))
    stage.run(away.close())


@pytest.mark.parametrize(
    ("prepare", "kind"),
    [
        (lambda stage, someone: stage.telegram.blocked.add(someone.id), "gone"),
        (lambda stage, someone: stage.telegram.chats.pop(someone.id), "gone"),
        (lambda stage, _: setattr(stage.telegram, "fault", lambda *_: "unauthorized"), "auth"),
    ],
)
def test_refusals_say_what_they_mean(stage: Stage, prepare: Callable[[Stage, Client], Any], kind: str) -> None:
    someone = stage.someone()
    someone.opens()
    prepare(stage, someone)
    with pytest.raises(WontWork) as refusal:
        stage.run(stage.channel.send(outgoing(someone)))
    assert refusal.value.kind == kind
    assert SECRET not in str(refusal.value)


def test_an_edit_that_changes_nothing_is_done(stage: Stage) -> None:
    someone = stage.someone()
    someone.opens()
    card = Card(text="hello", buttons=(Button(label="Status", command="status"),))
    first = stage.run(stage.channel.send(outgoing(someone, card)))
    again = stage.run(stage.channel.send(outgoing(someone, card, first.provider_id)))
    assert again.provider_id == first.provider_id
    assert len(someone.bubbles) == 1


def test_a_message_that_was_deleted_is_said_anew(stage: Stage) -> None:
    someone = stage.someone()
    someone.opens()
    receipt = stage.run(stage.channel.send(outgoing(someone, edits="999999")))
    assert [str(bubble.id) for bubble in someone.bubbles] == [receipt.provider_id]


def test_a_form_that_telegram_refuses_is_said_in_plain_words(stage: Stage) -> None:
    """A 400 must not come back for ever: the second attempt has no tags at all."""
    someone = stage.someone()
    someone.opens()
    stage.say("<b>half", someone, title="Title")

    def refuse_tags(method: str, params: Params) -> Fault:
        if method == "sendMessage" and params.get("parse_mode"):
            params["text"] += "<b>"
        return "ok"

    stage.telegram.fault = refuse_tags
    stage.settle()
    assert stage.state("<b>half") == "sent"
    assert someone.bubbles[-1].text == "Title\n<b>half"


def test_an_unknown_error_stays_unknown() -> None:
    from bot.channels.telegram.wire import verdict

    error = NetworkError("Bad Gateway")
    assert verdict(error) is error


def test_tags_that_telegram_cannot_read_cost_neither_words_nor_buttons(stage: Stage) -> None:
    someone = stage.someone()
    someone.opens()

    def refuse_tags(_: str, params: Params) -> Fault:
        if params.get("parse_mode"):
            params["text"] += "<b>"
        return "ok"

    stage.telegram.fault = refuse_tags
    button = Button(label="Status", command="status")
    stage.say("one", someone, title="<Title>", buttons=[button.model_dump()])
    stage.settle()
    (bubble,) = someone.bubbles
    assert (bubble.text, bubble.parts, bubble.buttons) == ("<Title>\none", [], ["Status"])
