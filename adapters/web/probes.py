"""Is it alive, is it ready, and what has it done: three addresses for whatever watches over mentorbot."""

from collections.abc import Sequence

from aiohttp import web
from prometheus_client import CONTENT_TYPE_PLAIN_0_0_4, ProcessCollector

from adapters.web import render
from bot.health import Health
from bot.telemetry import Telemetry


class Probes:
    """Answers for one running bot."""

    def __init__(self, health: Health, telemetry: Telemetry) -> None:
        """Ask `health` how it is, and `telemetry` what it has done."""
        self._health = health
        self._telemetry = telemetry
        self._process = ProcessCollector(registry=None)

    def routes(self) -> Sequence[web.RouteDef]:
        """Return the addresses."""
        return [
            web.get("/healthz", self.alive),
            web.get("/readyz", self.ready),
            web.get("/metrics", self.metrics),
        ]

    async def alive(self, _request: web.Request) -> web.Response:
        """Answer as long as the event loop turns."""
        return web.Response(text="alive\n")

    async def ready(self, _request: web.Request) -> web.Response:
        """Tell how everything stands, with 200 if all is well and 503 if not."""
        report = await self._health.report()
        text = render.report(report)
        return web.Response(status=200 if report.ready else 503, text=text, content_type="application/json")

    async def metrics(self, _request: web.Request) -> web.Response:
        """Give the figures as Prometheus reads them."""
        report = await self._health.report()
        body = render.figures(self._telemetry.registry, self._process, render.Now(report))
        return web.Response(body=body, headers={"Content-Type": CONTENT_TYPE_PLAIN_0_0_4})
