"""Where the time goes: the CPU of one event of measure 1, layer by layer, each without the layers inside it."""

from __future__ import annotations

import asyncio
import inspect
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import wraps
from pathlib import Path
from typing import Any, Final
from unittest.mock import patch

from sqlalchemy.engine.default import DefaultDialect

from bot import delivery, pump
from bot.channels.telegram import TelegramChannel, channel
from bot.channels.telegram.ears import Ears
from bot.dispatch import Dispatch
from handlers.routing import Answer
from storage.inbox import Inbox
from storage.rows import Buffer
from storage.settings import Settings
from tests.bench.figures import rounded
from tests.bench.whole import answer_thinly, ours

LAYERS: Final[tuple[tuple[str, Any, str], ...]] = (
    ("front: JSON to event", Ears, "event"),
    ("front: whose seat, how far read", Settings, "lease"),
    ("front: whose seat, how far read", Settings, "set"),
    ("store: event into the inbox", pump, "store_arrival"),
    ("dispatch: find what is due", Inbox, "heads"),
    ("dispatch: find out who acts", Dispatch, "_meet"),
    ("handler: the rest of it, with its reads", Dispatch, "handle"),
    ("dispatch: done", Inbox, "done"),
    ("handler: its rows written", Buffer, "flush"),
    ("delivery: claim", delivery, "claim"),
    ("delivery: render", channel, "render"),
    ("delivery: send, in the library", TelegramChannel, "send"),
    ("delivery: mark", delivery, "settle"),
    ("commit", DefaultDialect, "do_commit"),
)
REST: Final = "rest: event loop, transactions, threads"


class Layers:
    """Adds up the CPU time of layers, thread by thread; what a layer calls is taken off it."""

    def __init__(self) -> None:
        self.seconds: Counter[str] = Counter()
        self._inside = threading.local()

    @contextmanager
    def within(self, name: str) -> Iterator[None]:
        outer: list[float] | None = getattr(self._inside, "inner", None)
        inner = self._inside.inner = [0.0]
        start = time.thread_time()
        try:
            yield
        finally:
            spent = time.thread_time() - start
            self.seconds[name] += spent - inner[0]
            self._inside.inner = outer
            if outer is not None:
                outer[0] += spent

    def around(self, name: str, work: Callable[..., Any]) -> Callable[..., Any]:
        """Time a function; one that awaits is taken to the end at once, as the wire answers in memory."""

        @wraps(work)
        def plain(*args: Any, **kwargs: Any) -> Any:
            with self.within(name):
                return work(*args, **kwargs)

        @wraps(work)
        async def awaited(*args: Any, **kwargs: Any) -> Any:
            with self.within(name):
                return await work(*args, **kwargs)

        return awaited if inspect.iscoroutinefunction(work) else plain


def table(events: int = 640, in_flight: int = 64, answer: Answer | None = answer_thinly) -> dict[str, float]:
    """Run our whole way once with timers around its layers; give microseconds of CPU an event."""
    layers = Layers()
    with ExitStack() as patches, tempfile.TemporaryDirectory() as folder:
        for name, owner, function in LAYERS:
            patches.enter_context(patch.object(owner, function, layers.around(name, getattr(owner, function))))
        run = asyncio.run(
            ours(f"sqlite:///{Path(folder) / 'layers.db'}", events, in_flight, answer, begin=layers.seconds.clear)
        )
    spent = {name: layers.seconds[name] / events * 1e6 for name, _, _ in LAYERS}
    spent[REST] = run.cpu_us - sum(spent.values())
    return {name: rounded(us) for name, us in spent.items()} | {"all": rounded(run.cpu_us)}
