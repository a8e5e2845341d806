"""What mentorbot serves to other machines: whether it is well, and its figures. Nothing of it is about a person."""

from adapters.web.probes import Probes
from adapters.web.server import Web, application, start
from bot.health import Health
from bot.telemetry import Telemetry

__all__ = ["Web", "connect"]


async def connect(health: Health, telemetry: Telemetry, *, host: str, port: int) -> Web:
    """Serve `/healthz`, `/readyz` and `/metrics`; port 0 takes any that is free.

    Raises UserError if the address can't be used.
    """
    return await start(application(Probes(health, telemetry).routes()), host, port)
