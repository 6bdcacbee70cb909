"""The check-up of 客户联系: may this app ask for contacts, and which colleagues may have any?"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from bot.channels.port import NotSent, TryLater
from bot.channels.wecom.client import Client, Refused, Unheard
from bot.channels.wecom.contacts import NOT_ALLOWED
from bot.channels.wecom.presence import APP, COMPANY, app_lacks, app_settings, kf_lacks, kf_settings
from bot.findings import Finding, Patient, good, warn
from storage.store import Store

PATIENCE: Final = timedelta(seconds=8)
NOBODY: Final = frozenset({84061, 84074})
SHOWN: Final = 5


def contacts_work(patient: Patient) -> Iterator[Finding]:
    """Ask who may use 客户联系; what else is wrong with company, secret or network others have said already."""
    secret = _secret(patient)
    if not secret:
        return
    try:
        may = set(asyncio.run(_followers(patient, secret)))
    except Refused as refusal:
        if refusal.errcode in NOT_ALLOWED:
            yield warn("doctor-contacts-not-callable", code=refusal.errcode)
        elif refusal.errcode in NOBODY:
            yield warn("doctor-contacts-nobody")
        return
    except (TryLater, NotSent, Unheard):
        return
    if not may:
        yield warn("doctor-contacts-nobody")
        return
    yield good("doctor-contacts", count=len(may))
    without = patient.ask(lambda store: _without(store, may)) if patient.database else []
    if without:
        names = patient.t("names-separator").strip("|").join(without[:SHOWN])
        yield warn("doctor-contacts-without", names=names, count=len(without))


def _secret(patient: Patient) -> str:
    """Give the secret of the app that asks for contacts; empty if none does."""
    if app_lacks(patient.config) == []:
        return app_settings(patient.config)["WECOM_SECRET"]
    return kf_settings(patient.config)["WECOM_KF_SECRET"] if kf_lacks(patient.config) == [] else ""


def _without(store: Store, may: set[str]) -> list[str]:
    """Name the colleagues who work in WeCom and may not have customers there."""
    people = [person for person in store.staff.everyone() if person.active and person.role != "admin"]
    known = [(person.name, store.staff.addresses(person.id).get(APP)) for person in people]
    return [name for name, userid in known if userid and userid not in may]


async def _followers(patient: Patient, secret: str) -> list[str]:
    client = Client(app_settings(patient.config)[COMPANY], secret, patient.config.wecom_api_url, patience=PATIENCE)
    try:
        found = await client.ask("externalcontact/get_follow_user_list")
    finally:
        await client.close()
    return [str(userid) for userid in found.get("follow_user") or []]
