"""The welcome within twenty seconds speaks the language of whom it greets."""

from __future__ import annotations

import pytest

from storage.database import Database
from tests.wecom_kf.stage import Stage
from tests.wecom_kf.test_contacts import Telling

HELLO = {"en": "Hello, this is", "zh-CN": "您好，这里是"}


@pytest.fixture(params=["en", "zh-CN"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_a_stranger_is_greeted_in_the_companys_language(database: Database, language: str) -> None:
    stage = Stage(database, language=language)
    stranger = stage.someone()
    stranger.enters()
    shown = stranger.hears(HELLO[language])
    stranger.taps(next(iter(shown.items)))
    assert stage.ticket.number
    stage.end()


def test_who_comes_back_is_greeted_in_their_own_language(database: Database, language: str) -> None:
    stage = Stage(database, language="zh-CN" if language == "en" else "en")
    known = stage.known("Galaxy", "Chen Wei", "wmChenWei")
    contact = stage.ask(lambda store: store.contacts.at("wecom-kf", known.address))
    assert contact is not None
    stage.change(lambda store: store.contacts.change(contact.id, language=language))
    known.enters()
    known.hears(HELLO[language])
    stage.end()


def test_whom_a_colleague_adds_is_greeted_in_the_companys_language(database: Database, language: str) -> None:
    stage = Stage(database, language=language)
    stage.servicer("李娜", "lina")
    telling = Telling(stage)
    telling.tells(telling.external.adds("lina", "wmExternal1", "陈伟", "星河科技"))
    said = {"en": "good to meet you", "zh-CN": "很高兴认识您"}
    assert said[language] in telling.external.said["wmExternal1"]
    stage.end()
