"""What the bot counts while it works, for Prometheus: how much and how long, never who or where.

Labels are words that stand in the code (a platform's name, a kind, an outcome), so there are only so many series.
Each core has a registry of its own: several in one process don't mix.
"""

from collections import Counter as Tally
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

from bot.calls import Call, Observation
from bot.clock import Clock, MovableClock
from bot.errors import Busy, Gone, Refused, UserError
from bot.views import Errors, Reply

# Upper bounds in seconds. Slack and Discord wait three for an answer; a round that carries much may take minutes.
ANSWER = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3, 5, 10)
BATCH = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
ROUND = (0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 15, 30, 60, 120, 300)


@dataclass(slots=True)
class Answer:
    """What a call is answered; it stays None for a call that came before."""

    reply: Reply | None = None

    @property
    def outcome(self) -> str:
        """How the call ended, if it ended without an error."""
        if self.reply is None:
            return "repeated"
        return "refused" if isinstance(self.reply, Errors) else "answered"


class Telemetry:
    """The counters of one core, in `registry`."""

    def __init__(self, clock: Clock | None = None) -> None:
        """Tell when a round ended by `clock`: the machine's, even where the bot's own has been moved."""
        self.registry = CollectorRegistry()
        self.clock = clock or MovableClock()
        self._last_round: datetime | None = None
        told = "Messages, deletions and reactions taken in, whether they were known already or not."
        self._events = self._counter("events", told, "platform", "kind")
        self._set_aside = self._counter("events_set_aside", "Events that could not be digested.")
        self._batch = self._histogram("batch_seconds", "How long it took to take in a batch of events.", BATCH)
        self._calls = self._counter("calls", "Commands, presses, forms and shortcuts.", "kind", "outcome")
        self._answer = self._histogram("answer_seconds", "How long it took to answer a call.", ANSWER, "kind")
        self._rung = self._counter("alarms_rung", "Alarms that rang.")
        told = "Messages that a platform was asked for, by what came of it."
        self._deliveries = self._counter("deliveries", told, "platform", "outcome")
        self._round = self._histogram("round_seconds", "How long it took to ring and deliver, once each.", ROUND)
        told = "When the last round ended, in seconds since 1970; 0 if none has yet."
        self._ended = Gauge("mentorbot_last_round_timestamp_seconds", told, registry=self.registry)

    @contextmanager
    def taking_in(self, batch: Sequence[Observation]) -> Iterator[None]:
        """Time how a batch of one platform is taken in, and count its events once that is committed."""
        with self._batch.time():
            yield
        for kind, count in Tally(map(type, batch)).items():
            self._events.labels(batch[0].place.platform, kind.__name__.lower()).inc(count)

    def set_aside(self) -> None:
        """Count an event that could not be digested."""
        self._set_aside.inc()

    @contextmanager
    def answering(self, call: Call) -> Iterator[Answer]:
        """Time the answer to a call and count how it ended: answered, refused, failed or repeated. Errors pass on."""
        kind, answer, outcome = type(call).__name__.lower(), Answer(), "failed"
        try:
            with self._answer.labels(kind).time():
                yield answer
            outcome = answer.outcome
        except UserError:
            outcome = "refused"
            raise
        finally:
            self._calls.labels(kind, outcome).inc()

    def rang(self, count: int) -> None:
        """Count alarms that rang."""
        self._rung.inc(count)

    @contextmanager
    def delivering(self, platform: str, done: Literal["sent", "edited"]) -> Iterator[None]:
        """Count what came of a delivery: `done`, waited (Busy), dead (Gone, Refused) or failed. Errors pass on."""
        outcome = "failed"
        try:
            yield
            outcome = done
        except Busy:
            outcome = "waited"
            raise
        except (Gone, Refused):
            outcome = "dead"
            raise
        finally:
            self._deliveries.labels(platform, outcome).inc()

    @contextmanager
    def one_round(self) -> Iterator[None]:
        """Time a round, and note that it ended; one that fails has not."""
        with self._round.time():
            yield
        self._last_round = self.clock.now()
        self._ended.set(self._last_round.timestamp())

    def since_round(self) -> timedelta | None:
        """Return how long ago the last round ended; None if none has yet."""
        return None if self._last_round is None else self.clock.now() - self._last_round

    def _counter(self, name: str, told: str, *labels: str) -> Counter:
        return Counter(f"mentorbot_{name}", told, labels, registry=self.registry)

    def _histogram(self, name: str, told: str, buckets: Sequence[float], *labels: str) -> Histogram:
        return Histogram(f"mentorbot_{name}", told, labels, registry=self.registry, buckets=buckets)
