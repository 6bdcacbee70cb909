"""What stands with buttons, kept through the bot's own writer: a code is taken before it is used, so never used twice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from bot.channels.port import Accept, NotSent
from storage.store import Store
from storage.wecom_cards import Standing

T = TypeVar("T")


class Cards:
    """The cards of one app; ready once it is known where they are kept."""

    def __init__(self) -> None:
        self._accept: Accept | None = None

    @property
    def ready(self) -> bool:
        return self._accept is not None

    def kept_by(self, accept: Accept) -> None:
        self._accept = accept

    async def stands(self, task: str, standing: Standing, code: str = "") -> None:
        """Write down where a card stands, and the code by which it may be changed."""

        def write(store: Store) -> None:
            now = store.machine_now()
            store.wecom_cards.put(task, standing, now)
            if code:
                store.wecom_cards.give_code(task, code[:200], now)

        await self._do(write)

    async def code(self, task: str) -> str | None:
        """Take a code by which a card may be changed; None if there is none."""
        return await self._do(lambda store: store.wecom_cards.take_code(task, store.machine_now()))

    async def follows(self, task: str, message: str) -> None:
        """Write down what followed a card."""

        def write(store: Store) -> None:
            known = store.wecom_cards.get(task)
            if known:
                more = (*known.more, message)
                store.wecom_cards.put(task, replace(known, more=more), store.machine_now())

        await self._do(write)

    async def messages(self, task: str) -> tuple[str, ...]:
        """Give WeCom's ids of all that shows a card: its own first, empty if it is not known."""
        known = await self._do(lambda store: store.wecom_cards.get(task))
        return (known.message, *known.more) if known else ()

    async def followed_no_more(self, task: str) -> tuple[str, ...]:
        """Forget what followed a card, and give it."""

        def take(store: Store) -> tuple[str, ...]:
            known = store.wecom_cards.get(task)
            if known is None:
                return ()
            store.wecom_cards.put(task, replace(known, more=()), store.machine_now())
            return known.more

        return await self._do(take)

    async def tidy(self) -> None:
        """Forget what nobody can press or change any more."""
        await self._do(lambda store: store.wecom_cards.forget(store.machine_now()))

    async def _do(self, work: Callable[[Store], T]) -> T:
        """Do something in a turn of the bot's.

        Raises:
            NotSent: it cannot be written down, so it must not be said.
        """
        found: list[T] = []

        def along(store: Store) -> None:
            found[:] = [work(store)]  # a turn may run twice

        if self._accept is None:
            raise NotSent("nowhere to keep it")
        try:
            await self._accept([], along=along)
        except Exception as error:
            raise NotSent(type(error).__name__) from error
        return found[0]
