"""What the doctor says of customers' WeChat."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest

from bot.channels.wecom.kf_checkup import kf_works
from bot.checkups import Patient
from bot.config import Config
from prompts.phrases import phrases
from tests.emulators.wecom import WeCom
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


def _found(given: dict[str, str], url: str = "http://127.0.0.1:9") -> list[tuple[str, str]]:
    config = Config(_env_file=None, WECOM_API_URL=url, **given)  # type: ignore[arg-type]
    patient = Patient(config, phrases("zh-CN"), datetime.now(UTC))
    findings = list(kf_works(patient))
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


def test_the_doctor_names_what_is_missing_and_what_cannot_be_reached() -> None:
    assert _found({}) == [("good", "doctor-channel-off")]
    assert _found({"WECOM_KF_SECRET": "x"}) == [("bad", "doctor-kf-half")]
    assert _found(ALL | {"WECOM_KF_AES_KEY": "short"}) == [("bad", "doctor-kf-aes-key")]
    assert _found(ALL) == [("bad", "doctor-wecom-away")]
