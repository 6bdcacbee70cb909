"""The check-up of 微信客服: is the secret taken, may we serve, which desks are there, when was one read last?"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import timedelta
from typing import Any, Final
from urllib.parse import urlsplit

from bot.channels.port import NotSent, TryLater
from bot.channels.wecom.client import Client, Refused, Unheard
from bot.channels.wecom.crypto import AES_KEY
from bot.channels.wecom.faults import UNTRUSTED_IP
from bot.channels.wecom.presence import kf_lacks, kf_settings
from bot.findings import Finding, Patient, bad, good, warn

PATIENCE: Final = timedelta(seconds=8)
NOT_CALLABLE: Final = frozenset({48002, 60011, 95011, 95012, 95017})
"""The app may not serve customers, or customer service is not switched on for this company."""
SHOWN: Final = 5


def kf_works(patient: Patient) -> Iterator[Finding]:
    """Ask WeCom for the desks; no message leaves, and neither secret nor token is said."""
    missing = kf_lacks(patient.config)
    if missing is None:
        yield good("doctor-channel-off", channel=patient.t("kf-service"))
    elif missing:
        yield bad("doctor-kf-half", missing=", ".join(missing))
    elif not AES_KEY.fullmatch(kf_settings(patient.config)["WECOM_KF_AES_KEY"]):
        yield bad("doctor-kf-aes-key")
    else:
        yield from _asked(patient)


def _asked(patient: Patient) -> Iterator[Finding]:
    try:
        desks = asyncio.run(_desks(patient))
    except Refused as refusal:
        yield _refused(refusal)
        return
    except TryLater:
        yield warn("doctor-wecom-slow")
        return
    except (NotSent, Unheard) as error:
        host = urlsplit(patient.config.wecom_api_url).hostname or ""
        yield bad("doctor-wecom-away", host=host, why=str(error) or type(error).__name__)
        return
    if not desks:
        yield bad("doctor-kf-no-desk")
        return
    names = patient.t("names-separator").strip("|").join(desks[:SHOWN])
    yield good("doctor-kf", names=names, count=len(desks))
    yield good("doctor-kf-hears")


def _refused(refusal: Refused) -> Finding:
    if refusal.errcode == UNTRUSTED_IP:
        return bad("doctor-kf-ip")
    if refusal.errcode in NOT_CALLABLE:
        return bad("doctor-kf-not-callable", code=refusal.errcode)
    return bad("doctor-kf-refused", code=refusal.errcode)


async def _desks(patient: Patient) -> list[str]:
    """Name the desks, on a token of our own: what the bot shares stays as it is."""
    given = kf_settings(patient.config)
    client = Client(given["WECOM_CORP_ID"], given["WECOM_KF_SECRET"], patient.config.wecom_api_url, patience=PATIENCE)
    try:
        found: dict[str, Any] = await client.ask("kf/account/list", {"offset": 0, "limit": 100})
    finally:
        await client.close()
    return [str(account.get("name") or "?")[:40] for account in found.get("account_list") or []]
