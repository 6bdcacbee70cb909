"""Metrics: how the process and its queues fare, in Prometheus' text; numbers and our own words only, never a customer."""

from __future__ import annotations

import asyncio
import hmac
import ipaddress
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from bot.app import Bot
from bot.health import Health
from bot.tally import BOUNDS, Tally
from storage.store import Store

if TYPE_CHECKING:
    from prometheus_client.metrics_core import Metric

FORWARDED: Final = ("forwarded", "x-forwarded-for", "x-real-ip", "via")
"""Headers of a proxy: behind one, everybody seems to be on this machine."""


@dataclass(frozen=True)
class Queues:
    """How much waits, and since when, at one moment."""

    now: datetime
    waiting: int
    oldest: datetime | None
    dead: int
    outbox: dict[str, tuple[int, datetime | None]]

    @classmethod
    def read(cls, store: Store, now: datetime) -> Queues:
        inbox = store.inbox
        return cls(now, inbox.count("new"), inbox.oldest(), inbox.count("dead"), store.outbox.standing(now))

    def age(self, since: datetime | None) -> float:
        return max(0.0, (self.now - since).total_seconds()) if since else 0.0


def exposition(bot: Bot) -> str:
    """Give everything that is measured, in Prometheus' text; asks the database, so call it from a thread."""
    from prometheus_client import CollectorRegistry, generate_latest
    from prometheus_client.registry import Collector

    queues = bot.read(lambda store: Queues.read(store, bot.clock.now()))

    class Measured(Collector):
        def collect(self) -> Iterator[Metric]:
            yield from _queues(queues)
            yield from _channels(bot.health)
            yield from _deeds(bot.pump.tally, bot.writer.commits)

    registry = CollectorRegistry()
    registry.register(Measured())
    return generate_latest(registry).decode()


def _queues(queues: Queues) -> Iterator[Metric]:
    from prometheus_client.core import GaugeMetricFamily

    yield GaugeMetricFamily("rapport_inbox_waiting", "Events that wait to be handled.", queues.waiting)
    age = queues.age(queues.oldest)
    yield GaugeMetricFamily("rapport_inbox_oldest_seconds", "How long the oldest of them waits.", age)
    yield GaugeMetricFamily("rapport_inbox_dead", "Events that could not be handled.", queues.dead)
    count = GaugeMetricFamily("rapport_outbox_messages", "Messages due or ended badly, by state.", labels=["state"])
    oldest = GaugeMetricFamily("rapport_outbox_oldest_seconds", "How long the oldest is due.", labels=["state"])
    for state, (messages, since) in queues.outbox.items():
        count.add_metric([state], messages)
        oldest.add_metric([state], queues.age(since))
    yield count
    yield oldest


def _channels(health: Health) -> Iterator[Metric]:
    from prometheus_client.core import GaugeMetricFamily

    up = GaugeMetricFamily("rapport_channel_up", "Whether a channel hears and speaks.", labels=["channel"])
    for channel, how in health.channels.items():
        up.add_metric([channel], float(how == "up"))
    yield up


def _deeds(tally: Tally, commits: int) -> Iterator[Metric]:
    from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily

    yield CounterMetricFamily("rapport_events_handled", "Events given to their handlers.", tally.events)
    yield CounterMetricFamily("rapport_commits", "Transactions of the writer.", commits)
    turns = HistogramMetricFamily("rapport_turn_seconds", "How long the pump's turns took that moved something.")
    turns.add_metric([], _cumulative(tally), tally.seconds)
    yield turns
    deliveries = CounterMetricFamily(
        "rapport_deliveries", "Sendings by channel and outcome.", labels=["channel", "outcome"]
    )
    for (channel, outcome), times in sorted(tally.deliveries.items()):
        deliveries.add_metric([channel, outcome], times)
    yield deliveries
    yield GaugeMetricFamily(
        "rapport_beat_age_seconds", "Since the rules were last asked what is due.", tally.beat_age()
    )


def _cumulative(tally: Tally) -> list[tuple[str, float]]:
    bounds = [*(str(bound) for bound in BOUNDS), "+Inf"]
    return [(bound, float(sum(tally.turns[: n + 1]))) for n, bound in enumerate(bounds)]


def door(bot: Bot, token: str | None = None) -> Callable[[Request], Awaitable[Response]]:
    """Make the page; whoever does not ask from this machine itself needs the token."""

    async def metrics(request: Request) -> Response:
        if not may_look(request, token):
            return PlainTextResponse("", 403)
        text = await asyncio.to_thread(exposition, bot)
        return PlainTextResponse(text, media_type="text/plain; version=0.0.4; charset=utf-8")

    return metrics


def may_look(request: Request, token: str | None) -> bool:
    """Let in who brings the token, or, where there is none, who asks from this machine without a proxy between."""
    if token:
        given = request.headers.get("authorization", "").removeprefix("Bearer ")
        return hmac.compare_digest(given.encode(), token.encode())
    return not any(name in request.headers for name in FORWARDED) and _is_here(request)


def _is_here(request: Request) -> bool:
    try:
        return ipaddress.ip_address(request.client.host if request.client else "").is_loopback
    except ValueError:
        return False
