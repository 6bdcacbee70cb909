"""The list: which venues keep the contract, as a team's and as customers', and in which language their scene is told.

A new channel joins by a line here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from tests.contract.scene import MakeVenue
from tests.contract.topics import InTopics
from tests.contract.venues import InTelegram, InTelegramByWebhook, Slack, SlackOverHttp, Web
from tests.contract.wecom import AtTheDesk, InWeCom


@dataclass(frozen=True)
class Pair:
    """Where the team sits and where the customers do."""

    team: MakeVenue
    guests: MakeVenue
    language: str

    @property
    def id(self) -> str:
        names = [getattr(make, "__name__", "?") for make in (self.team, self.guests)]
        return f"{names[0]}-{names[1]}-{self.language}"


PAIRS: Final = (
    Pair(Web, Web, "zh-CN"),
    Pair(Slack, Web, "en"),
    Pair(SlackOverHttp, InTelegramByWebhook, "zh-CN"),
    Pair(InTelegram, InTelegram, "en"),
    Pair(InTopics, Web, "zh-CN"),
    Pair(InWeCom, Web, "zh-CN"),
    Pair(InWeCom, AtTheDesk, "zh-CN"),
    Pair(Slack, AtTheDesk, "en"),
)
WITHOUT_TALK: Final = {
    "model": "writes drafts and reads words; nobody sits there",
    "wecom-robot": "only speaks, to a group",
    "wecom-contact": "reads lists, writes remarks and tags; nobody is spoken to there",
}
"""Channels in which nobody answers, with the reason; all others have a venue."""
