"""The language model as a channel: a question goes out as a message, its answer comes back as an event."""

from __future__ import annotations

import asyncio
import re
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any, Final

from bot.channels.fitting import EVERYTHING
from bot.channels.port import Accept, Limit, NotSent, Outgoing, Pace, Receipt, Signs, TryLater, WontWork
from bot.clock import Clock, WallClock
from bot.config import Config
from storage.inbox import Event
from storage.messages import Message

if TYPE_CHECKING:
    from openai import APIStatusError, AsyncOpenAI
    from openai.types.chat import ChatCompletion

NAME: Final = "model"
WHOLE_ANSWER: Final = timedelta(seconds=20)
"""How long one question may take in all: a reader waits for it."""
CONNECT_SECONDS: Final = 3.0
ASKED_TO_WAIT: Final = timedelta(seconds=20)
"""How long we wait where a server says “too many” without saying how long."""
SHORTEST_WAIT: Final = timedelta(seconds=5)
"""A server that is down and asks for a second each time is not asked ninety times for one draft."""
TOO_MANY: Final = 429
OVERLOADED: Final = 503
OURS_TO_MEND: Final = range(400, 500)
WORTH_ANOTHER_TRY: Final = frozenset({408, 409, 425})
_CODE: Final = re.compile(r"[a-z0-9_]{1,40}")


class NoAnswer(Exception):
    """The server said something that is no answer; another attempt may get one."""


class ModelChannel:
    """Asks one model of a server that speaks Chat Completions; asking twice is the same answer by the message's key."""

    name = NAME
    pace = Pace((Limit(60, timedelta(minutes=1), "account", "our own: servers name no common number", at_once=5),))
    slots = 4
    abilities = EVERYTHING
    repeatable = True

    def __init__(
        self,
        key: str,
        model: str,
        base_url: str | None = None,
        *,
        clock: Clock | None = None,
        whole_answer: timedelta = WHOLE_ANSWER,
    ) -> None:
        self._key, self._model, self._base_url = key, model, base_url
        self._clock = clock or WallClock()
        self._whole_answer = whole_answer
        self.patience = whole_answer + timedelta(seconds=5)

    async def listen(self, accept: Accept, signs: Signs) -> None:
        """Wait: a model says nothing by itself."""
        signs.well()
        await asyncio.Event().wait()

    async def send(self, outgoing: Outgoing) -> Receipt:
        """Ask once; the answer is stored with the receipt, in the same transaction."""
        message = outgoing.message
        words = await self.ask(outgoing.card.title, outgoing.card.text, deadline=message.expires_at)
        return Receipt(answers=(_answered(message, words),))

    async def ask(self, rules: str, case: str, *, deadline: datetime | None = None) -> str:
        """Give the model's whole answer.

        Raises:
            TryLater: the server asks for patience that somebody still has.
            NotSent: nobody was reached.
            WontWork: the server refuses, the model does, or its answer is not whole.
            Exception: anything else: it may have been asked.
        """
        import openai

        try:
            async with asyncio.timeout(self._whole_answer.total_seconds()):
                completion = await self._complete(rules, case)
        except openai.APIStatusError as refusal:
            raise self._understood(refusal, deadline) from None
        except openai.APIConnectionError as failure:
            if _nobody_reached(failure):
                raise NotSent("no connection") from None
            raise
        return _content(completion)

    async def _complete(self, rules: str, case: str) -> ChatCompletion:
        """Try again only where nothing has left yet; whatever takes longer is the outbox's to repeat."""
        from tenacity import AsyncRetrying, retry_if_exception, stop_after_attempt, wait_random_exponential

        attempts = AsyncRetrying(
            stop=stop_after_attempt(2),
            wait=wait_random_exponential(max=1),
            retry=retry_if_exception(_nobody_reached),
            reraise=True,
        )
        async with await asyncio.to_thread(self._client) as client:
            return await attempts(self._once, client, rules, case)

    async def _once(self, client: AsyncOpenAI, rules: str, case: str) -> ChatCompletion:
        return await client.chat.completions.create(
            model=self._model,
            messages=[{"role": "system", "content": rules}, {"role": "user", "content": case}],
        )

    def _client(self) -> AsyncOpenAI:
        """Open a client; loading its library and the certificates takes a second the first time, hence in a thread."""
        from openai import AsyncOpenAI, Timeout

        patience = Timeout(self._whole_answer.total_seconds(), connect=CONNECT_SECONDS)
        return AsyncOpenAI(api_key=self._key, base_url=self._base_url, max_retries=0, timeout=patience)

    def _understood(self, refusal: APIStatusError, deadline: datetime | None) -> Exception:
        """Say what a server's refusal means for us; its words stay out, they may repeat what it was asked."""
        status, code = refusal.status_code, _code(refusal)
        if status in (TOO_MANY, OVERLOADED) and code != "insufficient_quota":
            after = max(SHORTEST_WAIT, _asked_patience(refusal, self._clock.now()))
            if deadline is not None and self._clock.now() + after >= deadline:
                return WontWork(f"{status} for longer than anybody waits")
            return TryLater(after, scope="account")
        if status in OURS_TO_MEND and status not in WORTH_ANOTHER_TRY:
            return WontWork(f"{status} {code}".strip())
        return NoAnswer(f"{status} {code}".strip())


def _answered(message: Message, words: str) -> Event:
    return Event(NAME, message.key, "model answered", body={"about": message.address, "words": words})


def _nobody_reached(error: BaseException) -> bool:
    """Tell whether a failure came before anything had left this machine."""
    import httpx2

    return isinstance(error.__cause__, httpx2.ConnectError | httpx2.ConnectTimeout)


def _code(refusal: APIStatusError) -> str:
    """Give the server's own name for the trouble, if it is a name and not a sentence."""
    code = str(refusal.code or "")
    return code if _CODE.fullmatch(code) else ""


def _asked_patience(refusal: APIStatusError, now: datetime) -> timedelta:
    said = refusal.response.headers.get("retry-after", "")
    try:
        return timedelta(seconds=max(0.0, float(said)))
    except (ValueError, OverflowError):
        pass
    try:
        return max(parsedate_to_datetime(said) - now, timedelta(0))
    except (ValueError, TypeError):
        return ASKED_TO_WAIT


def _content(completion: Any) -> str:
    """Give the words of a whole answer; a server may say 200 and still have none.

    Raises:
        NoAnswer: there is none, or it breaks off without saying so.
        WontWork: the model refuses, or its answer was cut or held back.
    """
    choices = getattr(completion, "choices", None)
    if not choices:
        raise NoAnswer("no choices")
    choice = choices[0]
    if choice.finish_reason is None:
        raise NoAnswer("broken off")
    message = choice.message
    if choice.finish_reason != "stop" or message is None or getattr(message, "refusal", None):
        raise WontWork(f"ended by {choice.finish_reason}" if choice.finish_reason != "stop" else "the model refuses")
    if not isinstance(message.content, str) or not message.content.strip():
        raise NoAnswer("empty")
    return message.content


def from_settings(config: Config) -> list[ModelChannel]:
    """Give the model that the environment names, if it names one."""
    if config.openai_api_key is None or not config.openai_model:
        return []
    key = config.openai_api_key.get_secret_value()
    return [ModelChannel(key, config.openai_model, config.openai_base_url or None)] if key else []
