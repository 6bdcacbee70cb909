"""What the doctor says of customers' WeChat."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest

from bot.channels.wecom.contacts_checkup import contacts_work
from bot.channels.wecom.kf_checkup import kf_works
from bot.config import Config
from bot.findings import Finding, Patient
from prompts.phrases import phrases
from storage.columns import new_id
from storage.database import Database
from storage.staff import Person
from storage.store import Store
from tests.emulators.wecom import WeCom
from tests.emulators.wecom_contacts import External
from tests.emulators.wecom_kf import Kf
from tests.wecom_kf.test_presence import ALL


@contextmanager
def _served(prepare: Callable[[WeCom, Kf], None]) -> Iterator[str]:
    """Serve an emulated WeCom beside us: the doctor has a loop of its own."""
    wecom = WeCom()
    prepare(wecom, Kf(wecom))
    loop = asyncio.new_event_loop()
    loop.run_until_complete(wecom.start())
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    yield wecom.url
    loop.call_soon_threadsafe(loop.stop)
    thread.join()
    loop.run_until_complete(wecom.stop())
    loop.close()


Check = Callable[[Patient], Iterator[Finding]]


def _found(given: dict[str, str], url: str = "http://127.0.0.1:9", check: Check = kf_works) -> list[tuple[str, str]]:
    config = Config(_env_file=None, WECOM_API_URL=url, **given)  # type: ignore[arg-type]
    patient = Patient(config, phrases("zh-CN"), datetime.now(UTC))
    findings = list(check(patient))
    for found in findings:
        for language in ("zh-CN", "en"):
            said = phrases(language)(found.key, **found.values)
            assert not any(secret in said for name, secret in given.items() if name != "WECOM_CORP_ID")
    return [(found.level, found.key) for found in findings]


def _without_desks(_wecom: WeCom, kf: Kf) -> None:
    kf.desks.clear()


def _untrusted(wecom: WeCom, _kf: Kf) -> None:
    wecom.untrusted = True


def _other_secret(wecom: WeCom, _kf: Kf) -> None:
    wecom.secrets.clear()


@pytest.mark.parametrize(
    ("prepare", "findings"),
    [
        (lambda _wecom, _kf: None, [("good", "doctor-kf"), ("good", "doctor-kf-hears")]),
        (_without_desks, [("bad", "doctor-kf-no-desk")]),
        (_untrusted, [("bad", "doctor-kf-ip")]),
        (_other_secret, [("bad", "doctor-kf-refused")]),
    ],
)
def test_the_doctor_says_what_is_wrong_with_customer_service(
    prepare: Callable[[WeCom, Kf], None], findings: list[tuple[str, str]]
) -> None:
    with _served(prepare) as url:
        assert _found(ALL, url) == findings


def _with_contacts(wecom: WeCom, _kf: Kf) -> None:
    External(wecom).has("lina", "wm1", "陈伟")


def _not_callable(wecom: WeCom, _kf: Kf) -> None:
    External(wecom).not_callable = True


@pytest.mark.parametrize(
    ("prepare", "findings"),
    [
        (_with_contacts, [("good", "doctor-contacts")]),
        (lambda wecom, _kf: External(wecom), [("warn", "doctor-contacts-nobody")]),
        (_not_callable, [("warn", "doctor-contacts-not-callable")]),
        (_untrusted, []),
    ],
)
def test_the_doctor_says_whether_contacts_can_be_read(
    prepare: Callable[[WeCom, Kf], None], findings: list[tuple[str, str]]
) -> None:
    with _served(prepare) as url:
        assert _found(ALL, url, contacts_work) == findings


def test_the_doctor_names_colleagues_who_may_have_no_customers(database: Database) -> None:
    with _served(_with_contacts) as url:
        config = Config(_env_file=None, WECOM_API_URL=url, **ALL)  # type: ignore[arg-type]
        patient = Patient(config, phrases("zh-CN"), datetime.now(UTC))
        patient.database = database
        with database.writing() as connection:
            store = Store(connection)
            for name, userid in (("李娜", "lina"), ("王芳", "wangfang")):
                store.staff.add(Person(id=new_id(), name=name, role="rep"), {"wecom": userid})
            store.flush()
        last = list(contacts_work(patient))[-1]
    assert phrases("zh-CN")(last.key, **last.values).startswith("王芳没有客户联系权限")


def test_the_doctor_names_what_is_missing_and_what_cannot_be_reached() -> None:
    assert _found({}) == [("good", "doctor-channel-off")]
    assert _found({"WECOM_KF_SECRET": "x"}) == [("bad", "doctor-kf-half")]
    assert _found(ALL | {"WECOM_KF_AES_KEY": "short"}) == [("bad", "doctor-kf-aes-key")]
    assert _found(ALL) == [("bad", "doctor-wecom-away")]
