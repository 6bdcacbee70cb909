"""Colleagues and customers who add each other in WeChat: on record at once, greeted within the twenty seconds."""

from __future__ import annotations

from typing import Any

import pytest

from bot.channels.wecom.client import Client
from bot.channels.wecom.contact_events import Contacts
from storage.followings import CHANNEL
from tests.emulators.wecom import CORP
from tests.emulators.wecom_contacts import External
from tests.emulators.wecom_kf import KF_SECRET
from tests.wecom_kf.stage import Stage


class Telling:
    """What WeCom tells, brought to whoever hears it."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.external = External(stage.wecom)
        self.contacts = Contacts(Client(CORP, KF_SECRET, stage.wecom.url), stage.tongues)

    def tells(self, heard: dict[str, str]) -> None:
        assert self.stage.run(self.contacts.hear(heard, self.stage.bot.pump.accept))
        self.stage.run(self.contacts._client.close())
        self.stage.settle()

    def record(self) -> Any:
        contact = self.stage.ask(lambda store: store.contacts.at(CHANNEL, "wmExternal1"))
        assert contact is not None
        return contact, self.stage.ask(lambda store: store.customers.get(contact.customer_id))


@pytest.fixture
def telling(stage: Stage) -> Telling:
    return Telling(stage)


def test_whom_a_colleague_adds_is_their_customer_and_is_greeted_once(telling: Telling) -> None:
    stage = telling.stage
    li = stage.servicer("李娜", "lina")
    heard = telling.external.adds("lina", "wmExternal1", "陈伟", "星河科技")
    for _ in range(2):
        telling.tells(heard)
    contact, customer = telling.record()
    assert (contact.name, customer.name, customer.owner_id) == ("陈伟", "星河科技", li.id)
    assert customer.touch_due_at is not None
    assert telling.external.welcomed == ["wmExternal1"]
    assert len(stage.ask(lambda store: store.customers.by_names(["星河科技"]))["星河科技"]) == 1


def test_who_is_known_already_stays_whose_they_are(telling: Telling) -> None:
    stage = telling.stage
    first, _ = stage.servicer("李娜", "lina"), stage.servicer("王芳", "wangfang")
    telling.tells(telling.external.adds("lina", "wmExternal1", "陈伟", "星河科技"))
    telling.tells(telling.external.adds("wangfang", "wmExternal1", "陈伟", "星河科技"))
    assert telling.record()[1].owner_id == first.id


def test_details_that_cannot_be_had_and_a_code_that_is_used_up_stop_nothing(telling: Telling) -> None:
    telling.stage.servicer("李娜", "lina")
    heard = telling.external.adds("lina", "wmExternal1", "陈伟", "星河科技")
    telling.external.codes.clear()
    with telling.stage.breaks("error", "externalcontact/get"):
        telling.tells(heard)
    contact, customer = telling.record()
    assert contact.name == customer.name


def test_what_is_about_something_else_is_left_to_others(telling: Telling) -> None:
    hear = telling.contacts.hear({"Event": "enter_agent"}, telling.stage.bot.pump.accept)
    assert telling.stage.run(hear) is False
