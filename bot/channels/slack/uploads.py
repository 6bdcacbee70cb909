"""Uploads: bytes become a file that nobody sees yet, and only then it is shared; and the bytes of files that are there.

The three steps of an upload, and addresses of files: docs.slack.dev, “Working with files”.
"""

from __future__ import annotations

import io
from typing import Any, Final
from urllib.parse import urlsplit

from aiohttp import ClientError, ClientSession, ClientTimeout
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.channels.port import NotSent, TryLater, WontWork
from bot.channels.slack.refusals import code_of, judged

SECONDS: Final = 9.0
"""To hand bytes over or fetch them; less than a message may take, so that it is certain that nobody saw anything."""
DONE: Final = 200
AT_ONCE: Final = 64 * 1024
"""Bytes of a file that are read at a time."""


class Uploads:
    """One app's way to put files where they can be shared."""

    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client

    async def hand_over(self, name: str, content: bytes, alt: str = "") -> str:
        """Give bytes to Slack, where nobody sees them yet; give the file's id.

        Raises:
            SlackApiError, ClientError, OSError, TimeoutError: Slack did not take them.
        """
        asked: dict[str, Any] = {"filename": name, "length": len(content)} | ({"alt_txt": alt} if alt else {})
        place = await self._client.files_getUploadURLExternal(**asked)
        limit = ClientTimeout(total=SECONDS)
        async with (
            ClientSession(timeout=limit, trust_env=True) as session,
            session.post(str(place["upload_url"]), data=io.BytesIO(content)) as answer,
        ):
            if answer.status != DONE:
                raise ClientError(f"upload refused: {answer.status}")
        return str(place["file_id"])

    async def share(self, file: str, title: str | None, talk: str, thread: str, words: str = "") -> None:
        """Show what was handed over, with words above it.

        Raises:
            SlackApiError: Slack refuses.
            Exception: nobody knows whether it is shown.
        """
        how: dict[str, Any] = {name: said for name, said in (("initial_comment", words), ("thread_ts", thread)) if said}
        await self._client.files_completeUploadExternal(files=[{"id": file, "title": title}], channel_id=talk, **how)


class Shelf:
    """Files that colleagues shared, fetched by their ids and from Slack's own house alone."""

    def __init__(self, client: AsyncWebClient, token: str) -> None:
        self._client, self._token = client, token

    async def fetch(self, ref: str, most: int) -> bytes:
        """Give a file's bytes.

        Raises:
            TryLater: Slack asks for patience.
            NotSent: Slack does not answer.
            WontWork: there is no such file, it may not be read, or it has more than `most` bytes.
        """
        try:
            file = (await self._client.files_info(file=ref))["file"]
            address = str(file.get("url_private_download") or file.get("url_private") or "")
            if not self._is_slacks(address):
                raise WontWork("not kept by Slack", "content")
            return await self._read(address, most, wants_page=str(file.get("mimetype")) == "text/html")
        except SlackApiError as error:
            raise _cannot(error) from error
        except (ClientError, OSError, TimeoutError) as error:
            raise NotSent(type(error).__name__) from error

    def _is_slacks(self, address: str) -> bool:
        """Tell whether an address is in Slack's house, so that the token is shown to nobody else."""
        there, api = urlsplit(address), urlsplit(self._client.base_url)
        if (there.scheme, there.netloc) == (api.scheme, api.netloc):
            return True
        house = f".{(api.hostname or '').removeprefix('www.')}"
        return there.scheme == "https" and there.port in (None, 443) and (there.hostname or "").endswith(house)

    async def _read(self, address: str, most: int, *, wants_page: bool) -> bytes:
        headers, limit = {"Authorization": f"Bearer {self._token}"}, ClientTimeout(total=SECONDS)
        async with (
            ClientSession(timeout=limit, trust_env=True) as session,
            session.get(address, headers=headers, allow_redirects=False) as answer,
        ):
            if answer.status >= 500:  # noqa: PLR2004 - Slack is in trouble, the file is not
                raise ClientError(f"not read: {answer.status}")
            if answer.status != DONE or (answer.content_type == "text/html" and not wants_page):
                raise WontWork("not to be read", "content")  # Slack shows its front page to whom it does not let in
            content = bytearray()
            async for part in answer.content.iter_chunked(AT_ONCE):
                content += part
                if len(content) > most:
                    raise WontWork("too large", "content")
            return bytes(content)


def _cannot(error: SlackApiError) -> Exception:
    """Say what a refusal to name a file means to a channel that wanted to show it: never that its own account is bad."""
    found = judged(error)
    if isinstance(found, TryLater):
        return found
    return WontWork(code_of(error), "content") if isinstance(found, WontWork) else NotSent(code_of(error))
