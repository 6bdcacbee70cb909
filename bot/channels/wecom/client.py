"""The client: questions to WeCom's API, one attempt on the wire each; addresses hold the token, so none is ever said."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from email.message import Message
from typing import Any, Final

from aiohttp import ClientConnectorError, ClientError, ClientResponse, ClientSession, ClientTimeout, FormData
from tenacity import AsyncRetrying, retry_if_exception_type, stop_after_attempt, wait_exponential_jitter

from bot.channels.port import NotSent, TryLater, WontWork
from bot.channels.skew import Skew
from bot.channels.wecom.faults import BUSY, DOWN, OK, STALE_TOKEN, Refused, Unheard, deaf, judged
from bot.channels.wecom.tokens import Fresh, Tokens

Said = dict[str, Any]
API: Final = "https://qyapi.weixin.qq.com"
PATIENCE: Final = timedelta(seconds=8)
BUSY_TRIES: Final = 3
"""WeCom's own advice for errcode -1: again, three times at most."""
SHORTEST: Final = timedelta(minutes=6)
"""A token said to last less is asked for anew soon enough by being refused."""
SERVER_ERROR: Final = 500
CHUNK: Final = 64 * 1024
_NAME: Final = re.compile(r"[\x00-\x1f\x7f\"\\/]")


class _Busy(Exception):
    """errcode -1: nothing was done."""


class Client:
    """One app of one company: asks with its token, and asks for a new one when the old is refused."""

    def __init__(
        self,
        corp: str,
        secret: str,
        url: str = API,
        tokens: Tokens | None = None,
        *,
        patience: timedelta = PATIENCE,
        skew: Skew | None = None,
    ) -> None:
        self._corp, self._secret = corp, secret
        self._url = url.rstrip("/")
        self.tokens = tokens or Tokens(corp, secret)
        self._patience = patience
        self.skew = skew or Skew()
        """What time WeCom has, as every answer says."""
        self._session: ClientSession | None = None

    async def close(self) -> None:
        """Let go of the connections."""
        if self._session is not None:
            await self._session.close()

    async def ask(self, path: str, body: Said | None = None, *, repeatable: bool = True, **query: str) -> Said:
        """Ask one question: with a body by POST, without by GET; give the answer, whose errcode is 0.

        Only where asking twice does no harm (`repeatable`) it is asked again while WeCom says that it is busy.

        Raises:
            NotSent: it has certainly not arrived.
            TryLater: WeCom asks for patience, or its servers are down.
            Refused: WeCom answered with an error number (a `WontWork`).
            Unheard: nobody knows whether it was done.
        """
        payload = None if body is None else json.dumps(body, ensure_ascii=False).encode()

        async def once(token: str) -> Said:
            return await self._answer(path, {"access_token": token, **query}, payload)

        tries = AsyncRetrying(
            stop=stop_after_attempt(BUSY_TRIES if repeatable else 1),
            wait=wait_exponential_jitter(max=1, multiplier=0.1, jitter=0.2),
            retry=retry_if_exception_type(_Busy),
            reraise=True,
        )
        try:
            async for attempt in tries:
                with attempt:
                    return await self._with_token(once)
        except _Busy:
            raise NotSent("busy") from None
        raise AssertionError("unreachable")

    async def ask_first(self, path: str, **query: str) -> None:
        """Ask something before anything else, to learn whether we may; any answer but a refusal of us is good.

        Raises:
            Deaf: company, app, its rights or our address are refused.
            NotSent, TryLater, Unheard: as `ask`.
        """
        try:
            await self.ask(path, None, repeatable=True, **query)
        except Refused as refusal:
            if refusal.kind == "auth":
                raise deaf(refusal) from None

    async def upload(self, kind: str, name: str, content: bytes) -> str:
        """Hand a file over for three days (`kind` image, voice, video or file); give its media id.

        Raises:
            as `ask`; a lost answer is `NotSent`, as nobody saw anything.
        """

        async def once(token: str) -> Said:
            form = FormData()
            form.add_field("media", content, filename=_safe(name), content_type="application/octet-stream")
            return await self._answer("media/upload", {"access_token": token, "type": kind}, form)

        try:
            return str((await self._with_token(once))["media_id"])
        except (Unheard, _Busy, KeyError) as error:
            raise NotSent(f"not handed over: {type(error).__name__}") from None

    async def download(self, media_id: str, most: int) -> tuple[str, bytes]:
        """Give a file's name and bytes.

        Raises:
            as `ask`; `WontWork` of kind content if it has more than `most` bytes.
        """
        found: list[tuple[str, bytes]] = []

        async def once(token: str) -> Said:
            try:
                query = {"access_token": token, "media_id": media_id}
                async with self._open().get(f"{self._url}/cgi-bin/media/get", params=query) as answer:
                    if "json" in answer.content_type or answer.status >= SERVER_ERROR:
                        return await _read(answer)
                    found.append((_name_of(answer), await _body(answer, most)))
            except (ClientError, TimeoutError, OSError) as error:
                raise NotSent(type(error).__name__) from None
            return {"errcode": OK}

        await self._with_token(once)
        if not found:
            raise WontWork("no such file", "content")
        return found[-1]

    async def _with_token(self, once: Any) -> Said:
        """Ask with the token; with a new one, once, if that is refused."""
        token = await self.tokens.get(self._new_token)
        answer: Said = await once(token)
        if answer.get("errcode") in STALE_TOKEN:
            answer = await once(await self.tokens.get(self._new_token, refused=token))
        errcode = answer.get("errcode", OK)
        if errcode == BUSY:
            raise _Busy
        if errcode != OK:
            raise judged(errcode)
        return answer

    async def _new_token(self) -> Fresh:
        """Ask for a token; whatever goes wrong, no message has left.

        Raises:
            NotSent: it did not work this time.
            TryLater: WeCom asks for patience.
            Refused: company, secret or our own address is refused.
        """
        try:
            answer = await self._answer("gettoken", {"corpid": self._corp, "corpsecret": self._secret}, None)
        except Unheard as error:
            raise NotSent(str(error)) from None
        if answer.get("errcode", OK) != OK:
            raise judged(int(answer["errcode"]))
        if not (isinstance(answer.get("access_token"), str) and isinstance(answer.get("expires_in"), int)):
            raise NotSent("no token in the answer")
        return Fresh(answer["access_token"], max(SHORTEST, timedelta(seconds=answer["expires_in"])))

    async def _answer(self, path: str, query: dict[str, str], payload: bytes | FormData | None) -> Said:
        """Make one attempt on the wire."""
        session, address = self._open(), f"{self._url}/cgi-bin/{path}"
        plain = {"Content-Type": "application/json; charset=utf-8"} if isinstance(payload, bytes) else None
        asked = session.get(address, params=query) if payload is None else None
        asked = asked or session.post(address, params=query, data=payload, headers=plain)
        try:
            async with asked as answer:
                self.skew.answered(answer.headers.get("Date", ""))
                return await _read(answer)
        except ClientConnectorError as error:
            raise NotSent(type(error).__name__) from None
        except (ClientError, TimeoutError, OSError, ValueError) as error:
            raise Unheard(type(error).__name__) from None

    def _open(self) -> ClientSession:
        if self._session is None or self._session.closed:
            self._session = ClientSession(timeout=ClientTimeout(total=self._patience.total_seconds()), trust_env=True)
        return self._session


async def _read(answer: ClientResponse) -> Said:
    """Read an answer: JSON, whatever its type says; WeCom's own errors come with status 200."""
    if answer.status >= SERVER_ERROR:
        raise TryLater(DOWN, "account")
    read = json.loads(await answer.read())
    if not isinstance(read, dict) or not isinstance(read.get("errcode", OK), int):
        raise Unheard("no answer of WeCom's")
    return read


async def _body(answer: ClientResponse, most: int) -> bytes:
    """Read a file, and no more of it than is wanted."""
    content = bytearray()
    async for chunk in answer.content.iter_chunked(CHUNK):
        content += chunk
        if len(content) > most:
            raise WontWork("too large", "content")
    return bytes(content)


def _name_of(answer: ClientResponse) -> str:
    """Read a file's name, without a path or anything that hides."""
    header = Message()
    header["content-disposition"] = answer.headers.get("Content-Disposition", "")
    return _safe(header.get_filename() or "").strip(". ")


def _safe(name: str) -> str:
    return _NAME.sub("_", name)[-120:]


__all__ = ["Client", "Refused", "Unheard"]
