"""Presence of 微信客服: what has to be set for customers in WeChat."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bot.channels.port import Channel
from bot.config import Config, HalfSet, said

if TYPE_CHECKING:
    from bot.channels.present import Ground

NAME = "wecom-kf"


def settings(config: Config) -> dict[str, str]:
    """Give what customers' WeChat needs, by the names of the variables; the company's id is shared with the app."""
    return {
        "WECOM_CORP_ID": (config.wecom_corp_id or "").strip(),
        "WECOM_KF_SECRET": said(config.wecom_kf_secret),
        "WECOM_KF_TOKEN": said(config.wecom_kf_token),
        "WECOM_KF_AES_KEY": said(config.wecom_kf_aes_key),
    }


def lacks(config: Config) -> list[str] | None:
    """Name what is still lacking; None if nobody wants it."""
    given = settings(config)
    if not any(value for name, value in given.items() if name != "WECOM_CORP_ID"):
        return None
    return [name for name, value in given.items() if not value]


def customers(ground: Ground) -> Iterator[Channel]:
    """Make the channel of customers.

    Raises:
        HalfSet: it could not speak, or not hear.
    """
    missing = lacks(ground.config)
    if missing is None:
        return
    if missing:
        raise HalfSet(NAME, *missing)
    from bot.channels.wecom.client import Client
    from bot.channels.wecom.contact_events import Contacts
    from bot.channels.wecom.crypto import AES_KEY, Crypt
    from bot.channels.wecom.kf import WecomKf

    corp, secret, token, aes_key = settings(ground.config).values()
    if not AES_KEY.fullmatch(aes_key):
        raise HalfSet(NAME, "WECOM_KF_AES_KEY")
    client = Client(corp, secret, ground.config.wecom_api_url)
    yield WecomKf(client, Crypt(token, aes_key, corp), ground.files, elsewhere=Contacts(client).hear)
