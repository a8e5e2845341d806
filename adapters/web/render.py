"""A report as JSON for people and probes, and as figures for Prometheus."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from prometheus_client import generate_latest
from prometheus_client.metrics_core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from bot.health import Backlog, Check, Report


def report(found: Report) -> str:
    """Return a report as JSON, a check a line: {"ready": …, "database": {"ready": …, "is": …, "seconds"?: …}, …}."""
    lines = {"ready": json.dumps(found.ready)} | {check.name: json.dumps(_shown(check)) for check in found.checks}
    return "{\n" + ",\n".join(f" {json.dumps(name)}: {line}" for name, line in lines.items()) + "\n}\n"


def _shown(check: Check) -> dict[str, object]:
    seconds = {} if check.seconds is None else {"seconds": round(check.seconds, 1)}
    return {"ready": check.well, "is": check.told, **seconds}


@dataclass(frozen=True)
class Now(Collector):
    """What is known at the moment of a scrape alone; without the database, its figures are left out."""

    found: Report

    def collect(self) -> Iterator[Metric]:
        """Yield the figures."""
        checks = GaugeMetricFamily("mentorbot_check", "Whether a check of /readyz is well.", labels=["check"])
        for check in self.found.checks:
            checks.add_metric([check.name], check.well)
        yield checks
        if self.found.backlog is not None:
            yield from _backlog(self.found.backlog)


def _backlog(found: Backlog) -> Iterator[Metric]:
    for name, told, value in (
        ("outbox_waiting", "Messages that are still to go out.", found.waiting),
        ("outbox_due", "Messages that could go out by now.", found.due),
        ("outbox_dead", "Messages that can't be sent.", found.dead),
        ("outbox_oldest_due_seconds", "For how long the oldest due message has waited.", found.oldest.total_seconds()),
        ("alarms_due", "Alarms that could ring by now.", found.alarms),
    ):
        yield GaugeMetricFamily(f"mentorbot_{name}", told, value=value)


@dataclass(frozen=True)
class _Together(Collector):
    parts: tuple[Collector, ...]

    def collect(self) -> Iterator[Metric]:
        for part in self.parts:
            yield from part.collect()


def figures(*parts: Collector) -> bytes:
    """Return what collectors hold in Prometheus' text format."""
    return generate_latest(_Together(parts))
