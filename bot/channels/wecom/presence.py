"""Presence of WeCom: what has to be set for the app of colleagues, for customers in WeChat, for the group's robot."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final

from bot.channels.port import Channel
from bot.config import BAD, Config, HalfSet, said

if TYPE_CHECKING:
    from bot.channels.present import Ground
    from bot.channels.wecom.client import Client
    from bot.channels.wecom.crypto import Crypt

APP: Final = "wecom"
CUSTOMERS: Final = "wecom-kf"
CONTACTS: Final = "wecom-contact"
COMPANY: Final = "WECOM_CORP_ID"
"""Shared by the app and by customers' WeChat; alone it stands for the app."""


AGENT: Final = "WECOM_AGENT_ID"


def app_settings(config: Config) -> dict[str, str]:
    """Give what the app of colleagues needs, by the names of the variables."""
    return {
        COMPANY: (config.wecom_corp_id or "").strip(),
        AGENT: (config.wecom_agent_id or "").strip(),
        "WECOM_SECRET": said(config.wecom_secret),
        "WECOM_TOKEN": said(config.wecom_token),
        "WECOM_AES_KEY": said(config.wecom_aes_key),
    }


def kf_settings(config: Config) -> dict[str, str]:
    """Give what customers' WeChat needs, by the names of the variables."""
    return {
        COMPANY: (config.wecom_corp_id or "").strip(),
        "WECOM_KF_SECRET": said(config.wecom_kf_secret),
        "WECOM_KF_TOKEN": said(config.wecom_kf_token),
        "WECOM_KF_AES_KEY": said(config.wecom_kf_aes_key),
    }


def app_lacks(config: Config) -> list[str] | None:
    """Name what the app still lacks; None if nobody wants it."""
    given = app_settings(config)
    for_customers = kf_lacks(config) is not None
    return _lacks(given, wanted=_has_own(given) or (bool(given[COMPANY]) and not for_customers))


def kf_lacks(config: Config) -> list[str] | None:
    """Name what customers' WeChat still lacks; None if nobody wants it."""
    given = kf_settings(config)
    return _lacks(given, wanted=_has_own(given))


def _has_own(given: Mapping[str, str]) -> bool:
    return any(value for name, value in given.items() if name != COMPANY)


def _lacks(given: Mapping[str, str], *, wanted: bool) -> list[str] | None:
    return [name for name, value in given.items() if not value] if wanted else None


def app(ground: Ground) -> Iterator[Channel]:
    """Make the channel of colleagues.

    Raises:
        HalfSet: it could not speak, or not hear.
    """
    given = app_settings(ground.config)
    if not _is_whole(APP, app_lacks(ground.config), given):
        return
    from bot.channels.wecom.channel import App, WeComChannel
    from bot.channels.wecom.contacts import ContactsChannel

    made = App(int(given[AGENT]), *_connection(ground, given, ""))
    yield WeComChannel(made, ground.database, ground.files)
    yield ContactsChannel(made.client)


def customers(ground: Ground) -> Iterator[Channel]:
    """Make the channel of customers.

    Raises:
        HalfSet: it could not speak, or not hear.
    """
    given = kf_settings(ground.config)
    if not _is_whole(CUSTOMERS, kf_lacks(ground.config), given):
        return
    from bot.channels.wecom.contact_events import Contacts
    from bot.channels.wecom.contacts import ContactsChannel
    from bot.channels.wecom.kf import WecomKf
    from bot.channels.wecom.tongues import Tongues

    client, crypt = _connection(ground, given, "KF_")
    tongues = Tongues(ground.database)
    yield WecomKf(client, crypt, ground.files, tongues, elsewhere=Contacts(client, tongues).hear)
    if app_lacks(ground.config) != []:  # else the app of colleagues asks for contacts
        yield ContactsChannel(client)


def _is_whole(channel: str, lacks: list[str] | None, given: Mapping[str, str]) -> bool:
    """Tell whether a channel is wanted and has all it needs.

    Raises:
        HalfSet: it is wanted, and something is missing or cannot be right.
    """
    if lacks is None:
        return False
    from bot.channels.wecom.crypto import AES_KEY

    if lacks:
        raise HalfSet(channel, *lacks)
    wrong = [name for name, value in given.items() if name.endswith("AES_KEY") and not AES_KEY.fullmatch(value)]
    wrong += [name for name in (AGENT,) if name in given and not is_number(given[name])]
    if wrong:
        raise HalfSet(channel, *wrong, why=BAD)
    return True


def is_number(said: str) -> bool:
    """Tell whether this can be an AgentId."""
    return said.isascii() and said.isdecimal()


def _connection(ground: Ground, given: Mapping[str, str], which: str) -> tuple[Client, Crypt]:
    from bot.channels.wecom.client import Client
    from bot.channels.wecom.crypto import Crypt

    corp, secret, token, aes_key = (
        given[name] for name in (COMPANY, f"WECOM_{which}SECRET", f"WECOM_{which}TOKEN", f"WECOM_{which}AES_KEY")
    )
    return Client(corp, secret, ground.config.wecom_api_url, skew=ground.clocks[APP]), Crypt(token, aes_key, corp)


def robot(ground: Ground) -> Iterator[Channel]:
    """Make the channel of the group's robot.

    Raises:
        HalfSet: its address is not whole.
    """
    url = said(ground.config.wecom_robot_url)
    if not url:
        return
    from bot.channels.wecom.robot import RobotChannel, is_robot_url

    if not is_robot_url(url):
        raise HalfSet("wecom-robot", "WECOM_ROBOT_URL", why=BAD)
    yield RobotChannel(url)
