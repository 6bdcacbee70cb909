"""The voice: one message said, edited or whispered; one whose outcome is unknown is looked for before it is said again."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import Any, Final

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.channels.port import NotSent
from bot.channels.slack.refusals import UNHEARD, WENT, code_of, judged
from bot.channels.slack.seats import Seat, is_file, provider_id

Said = dict[str, Any]
METADATA: Final = "rapport_message"
LOOK_BACK: Final = 100
QUIETLY: Final[Said] = {
    "unfurl_links": False,
    "unfurl_media": False,
    "link_names": False,
    "parse": "none",
    "mrkdwn": False,
}
"""Nothing in our messages opens a preview, calls anybody or is read as markup."""
EDITED: Final[Said] = {name: QUIETLY[name] for name in ("link_names", "parse")}


class Voice:
    """One app's voice."""

    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client
        self._direct: dict[str, str] = {}

    async def seat(self, address: str) -> Seat:
        """Find the conversation of an address; a person's direct messages are opened once."""
        seat = Seat.read(address)
        return seat if seat.talk or seat.home else Seat(await self._direct_talk(seat.person))

    async def _direct_talk(self, person: str) -> str:
        if person not in self._direct:
            opened = await self._before(self._client.conversations_open(users=person))
            self._direct[person] = str(opened["channel"]["id"])
        return self._direct[person]

    async def _before(self, asking: Awaitable[Any]) -> Any:
        """Ask Slack something ahead of a message; if that stays open, the message has certainly not been sent."""
        try:
            return await asking
        except SlackApiError as error:
            verdict = judged(error)
            raise (NotSent(code_of(error)) if verdict is error else verdict) from error
        except Exception as error:
            raise NotSent(type(error).__name__) from error

    async def standing(self, seat: Seat, key: str, thread: str) -> str | None:
        """Find a message that an earlier attempt may have left, by the key in its metadata; whispers leave no trace."""
        if seat.is_whisper or seat.home:
            return None
        for message in await self.lately(seat, thread):
            if message.get("metadata", {}).get("event_payload", {}).get("key") == key:
                return provider_id(seat.talk, message["ts"])
        return None

    async def lately(self, seat: Seat, thread: str) -> list[Said]:
        """Read what was said last in a conversation, or in a thread of it."""
        ask = self._client.conversations_replies if thread else self._client.conversations_history
        where: Said = {"channel": seat.talk, "limit": LOOK_BACK, "include_all_metadata": True}
        where |= {"ts": thread} if thread else {}
        return list((await self._before(ask(**where)))["messages"])

    async def publish(self, person: str, view: Said) -> None:
        await self._client.views_publish(user_id=person, view=view)

    async def say(self, seat: Seat, said: Said, key: str, thread: str = "") -> str:
        """Say a message that can be found by its key; give its id."""
        marked = _marked(said, key)
        return await (self._whisper(seat, marked) if seat.is_whisper else self._post(seat.talk, marked, thread))

    async def _post(self, talk: str, said: Said, thread: str = "") -> str:
        under: Said = {"thread_ts": thread} if thread else {}
        answer = await self._client.chat_postMessage(channel=talk, **under, **QUIETLY, **said)
        return provider_id(str(answer["channel"]), str(answer["ts"]))

    async def edit(self, standing: str, said: Said, key: str) -> bool:
        """Edit a message in place; false if it is not there to be edited any more."""
        talk, _, ts = standing.partition(":")
        if is_file(standing):
            return False
        shown: Said = {"blocks": []} | _marked(said, key)  # plain words in place of a card leave no old buttons behind
        try:
            await self._client.chat_update(channel=talk, ts=ts, **EDITED, **shown)
        except SlackApiError as error:
            if code_of(error) not in WENT:
                raise
            return False
        return True

    async def _whisper(self, seat: Seat, said: Said) -> str:
        """Say something that one person sees; where it cannot be heard, by direct message."""
        where: Said = {"channel": seat.talk, "user": seat.person}
        where |= {"thread_ts": seat.thread} if seat.thread else {}
        whispered = {name: part for name, part in said.items() if name != "metadata"}
        try:
            answer = await self._client.chat_postEphemeral(**where, **EDITED, **whispered)
        except SlackApiError as error:
            if code_of(error) not in UNHEARD:
                raise
            return await self._post(await self._direct_talk(seat.person), said)
        return provider_id(seat.talk, str(answer["message_ts"]))


def _marked(said: Said, key: str) -> Said:
    """Put the key of what is said where only programs look for it."""
    return said | {"metadata": {"event_type": METADATA, "event_payload": {"key": key}}}
