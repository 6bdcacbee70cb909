"""A colleague in WeCom is asked there, by card and buttons, whether who writes to a desk is whom they have in WeCom."""

from __future__ import annotations

import time

from bot.channels.wecom.client import Client
from bot.channels.wecom.contact_events import Contacts
from bot.channels.wecom.kf_messages import events_of
from bot.channels.wecom.tongues import Tongues
from storage.contacts import Contact
from storage.database import Database
from tests.emulators.wecom import CORP, SECRET
from tests.emulators.wecom_contacts import External
from tests.emulators.wecom_kf import DESK
from tests.wecom.stage import Stage


def adds(stage: Stage, database: Database, user: str, who: str, name: str, company: str) -> None:
    contacts = Contacts(Client(CORP, SECRET, stage.wecom.url), Tongues(database))
    heard = External(stage.wecom).adds(user, who, name, company)
    assert stage.run(contacts.hear(heard, stage.bot.pump.accept))
    stage.run(contacts._client.close())
    stage.settle()


def writes(stage: Stage, who: str, words: str) -> None:
    """Let somebody write to a desk, as its channel reads it."""
    said = {"msgid": f"m{time.time_ns()}", "origin": 3, "external_userid": who, "send_time": int(time.time())}
    events = list(events_of(said | {"msgtype": "text", "text": {"content": words}}, DESK, {}))
    assert stage.run(stage.bot.pump.accept(events))
    stage.settle()


def at(stage: Stage, channel: str, address: str) -> Contact:
    found = stage.ask(lambda store: store.contacts.at(channel, address))
    assert isinstance(found, Contact)
    return found


def test_a_colleague_in_wecom_reads_both_sides_and_joins_them_by_a_button(office: Stage, database: Database) -> None:
    t, li, sun = office.t, office.hires("lina", "李娜"), office.hires("sunbo", "孙博")
    adds(office, database, "lina", "wm1", "陈伟", "星河科技")
    writes(office, "wm1", "水泵漏水了，麻烦尽快处理")
    asked = li.hears(t("contact-join-title"), "1. ", office.ticket.number)
    assert li.hears(t("contact-join-title"), t("contact-same-wecom-kf"))
    assert li.hears("2. 陈伟 · 星河科技")
    assert sun.count(t("contact-join-title")) == 0
    li.does("contact-join-yes", asked)
    assert at(office, "wecom-kf", f"{DESK}:wm1") == at(office, "wecom-contact", "wm1")
    assert li.hears(t("contact-joined", name="陈伟"))
