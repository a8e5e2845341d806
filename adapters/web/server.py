"""One application for all that is served over HTTP, and the address that it listens on."""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass

from aiohttp import web

from bot.errors import UserError


@dataclass(frozen=True, slots=True)
class Web:
    """A running server: where it is found (ending in a stroke), and how it is closed."""

    address: str
    close: Callable[[], Awaitable[None]]


def application(routes: Iterable[web.RouteDef]) -> web.Application:
    """Return an application of these routes, whose answers nobody keeps."""
    app = web.Application()
    app.add_routes(routes)
    app.on_response_prepare.append(_add_headers)
    return app


async def start(app: web.Application, host: str, port: int) -> Web:
    """Serve an application. Raises UserError if the address can't be used."""
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
    except (OSError, UnicodeError) as error:
        await runner.cleanup()
        raise UserError(_not_served(host, port, error)) from None
    name = f"[{host}]" if ":" in host else host
    return Web(f"http://{name}:{runner.addresses[0][1]}/", runner.cleanup)


def _not_served(host: str, port: int, error: Exception) -> str:
    return (
        f"Health and metrics can't be served on {host}, port {port}: {getattr(error, 'strerror', None) or error}. "
        "If another program uses this port, choose another one ([web] port in config.toml), or 0 for any that is "
        "free; [web] host should be an address of this machine."
    )


async def _add_headers(_request: web.Request, response: web.StreamResponse) -> None:
    response.headers.update({"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"})
