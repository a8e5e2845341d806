"""Whatever watches over mentorbot, as it does: with requests over a real socket."""

import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from aiohttp import ClientSession
from prometheus_client.parser import text_string_to_metric_families
from prometheus_client.samples import Sample
from sqlalchemy.ext.asyncio import create_async_engine

from adapters import web
from bot.clock import Clock, SetClock
from bot.core import Core
from bot.health import Health
from bot.ports import Platform
from tests.world import MONDAY, World

EVERY = timedelta(seconds=5)
PATIENCE = timedelta(seconds=30)  # more than any machine is busy for
HURRY = timedelta(seconds=1.5)  # where the database hangs
ADDRESSES = ("/healthz", "/readyz", "/metrics")
HOLD = {
    "sqlite": "BEGIN EXCLUSIVE",
    "postgresql": "LOCK TABLE outbox IN ACCESS EXCLUSIVE MODE",
}


@dataclass
class Watch:
    """A bot that is watched. `machine` is the clock that tells when rounds end; the bot has its own."""

    core: Core
    machine: SetClock
    health: Health
    session: ClientSession

    async def get(self, path: str) -> tuple[int, str]:
        """Return an address's status and text."""
        async with self.session.get(path) as response:
            return response.status, await response.text()

    async def unwell(self) -> dict[str, str]:
        """Return what `/readyz` says of the checks that aren't well."""
        status, text = await self.get("/readyz")
        told: dict[str, Any] = json.loads(text)
        bad = {name: check["is"] for name, check in told.items() if name != "ready" and not check["ready"]}
        assert (status, told["ready"]) == ((503, False) if bad else (200, True))
        return bad

    async def samples(self) -> list[Sample]:
        """Return every figure of `/metrics`."""
        status, text = await self.get("/metrics")
        assert status == 200
        return [sample for family in text_string_to_metric_families(text) for sample in family.samples]

    async def figures(self, name: str) -> dict[str, float]:
        """Return the figures of one name, without its `mentorbot_`, by their labels' values."""
        found = [sample for sample in await self.samples() if sample.name == f"mentorbot_{name}"]
        return {" ".join(sample.labels.values()): sample.value for sample in found}


@asynccontextmanager
async def watched(
    core: Core, clock: Clock, platforms: Mapping[str, Platform], every: timedelta = EVERY
) -> AsyncIterator[Watch]:
    """Watch a core on a free port; a look at its database may take long."""
    machine = SetClock(MONDAY)
    core.telemetry.clock = machine
    health = Health(core, clock, platforms, every, PATIENCE)
    served = await web.connect(health, core.telemetry, host="127.0.0.1", port=0)
    try:
        async with ClientSession(served.address) as session:
            yield Watch(core, machine, health, session)
    finally:
        await served.close()


@asynccontextmanager
async def over(world: World, every: timedelta = EVERY) -> AsyncIterator[Watch]:
    """Watch a program of the dialogue tests, after its first round."""
    async with watched(world.core, world.clock, {world.platform.name: world.platform}, every) as watch:
        await world.jobs.round()
        yield watch


@asynccontextmanager
async def in_a_hurry(watch: Watch) -> AsyncIterator[None]:
    """Wait for the database for a short while only."""
    watch.health.patience = HURRY
    yield
    watch.health.patience = PATIENCE


@asynccontextmanager
async def held(url: str) -> AsyncIterator[None]:
    """Let another connection hold the database, so that nobody gets an answer."""
    engine = create_async_engine(url)
    async with engine.connect() as conn:
        await conn.exec_driver_sql(HOLD[engine.dialect.name])
        yield
        await conn.rollback()
    await engine.dispose()
