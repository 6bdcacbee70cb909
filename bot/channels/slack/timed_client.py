"""Timed client: the Web API as the library speaks it; whatever Slack answers also tells Slack's time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.channels.skew import Skew


class TimedClient(AsyncWebClient):
    """Asks Slack, and shows the dates of its answers to whoever compares clocks."""

    def __init__(self, skew: Skew, **how: Any) -> None:
        super().__init__(**how)
        self._skew = skew

    async def api_call(self, *args: Any, **how: Any) -> AsyncSlackResponse:
        try:
            answer = await super().api_call(*args, **how)
        except SlackApiError as error:
            self._read_time(getattr(error.response, "headers", None))
            raise
        self._read_time(answer.headers)
        return answer

    def _read_time(self, headers: Mapping[str, Any] | None) -> None:
        said = {str(name).lower(): value for name, value in (headers or {}).items()}
        if said.get("date"):
            self._skew.answered(str(said["date"]))
