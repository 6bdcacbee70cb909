"""Presence of WeCom: what has to be set for the app of colleagues and for the group's robot."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bot.channels.port import Channel
from bot.config import Config, HalfSet, said

if TYPE_CHECKING:
    from bot.channels.present import Ground


def app_settings(config: Config) -> dict[str, str]:
    """Give what the app of colleagues needs, by the names of the variables; the company's id is shared with others."""
    return {
        "WECOM_CORP_ID": (config.wecom_corp_id or "").strip(),
        "WECOM_AGENT_ID": (config.wecom_agent_id or "").strip(),
        "WECOM_SECRET": said(config.wecom_secret),
        "WECOM_TOKEN": said(config.wecom_token),
        "WECOM_AES_KEY": said(config.wecom_aes_key),
    }


def app_lacks(config: Config) -> list[str] | None:
    """Name what the app still lacks; None if nobody wants it."""
    given = app_settings(config)
    customers = any(map(said, (config.wecom_kf_secret, config.wecom_kf_token, config.wecom_kf_aes_key)))
    own = [value for name, value in given.items() if name != "WECOM_CORP_ID"]
    if not any(own) and (customers or not given["WECOM_CORP_ID"]):
        return None
    return [name for name, value in given.items() if not value]


def app(ground: Ground) -> Iterator[Channel]:
    """Make the channel of colleagues.

    Raises:
        HalfSet: it could not speak, or not hear.
    """
    lacks = app_lacks(ground.config)
    if lacks is None:
        return
    if lacks:
        raise HalfSet("wecom", *lacks)
    from bot.channels.wecom.channel import App, WeComChannel
    from bot.channels.wecom.client import Client
    from bot.channels.wecom.crypto import AES_KEY, Crypt

    corp, agent, secret, token, aes_key = app_settings(ground.config).values()
    wrong = [
        name
        for name, good in (("WECOM_AGENT_ID", agent.isdecimal()), ("WECOM_AES_KEY", AES_KEY.fullmatch(aes_key)))
        if not good
    ]
    if wrong:
        raise HalfSet("wecom", *wrong)
    made = App(int(agent), Client(corp, secret, ground.config.wecom_api_url), Crypt(token, aes_key, corp))
    yield WeComChannel(made, ground.database, ground.files)


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
        raise HalfSet("wecom-robot", "WECOM_ROBOT_URL")
    yield RobotChannel(url)
