"""The page's files on `/` and its socket on `/ws` (talk.py), for this machine alone."""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from importlib.resources import files
from ipaddress import ip_address

from aiohttp import web
from aiohttp.typedefs import Handler

from adapters.playground.talk import Talk
from bot.errors import UserError

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-cache",
}
TYPES = {"html": "text/html", "css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}

Close = Callable[[], Awaitable[None]]


def application(talk: Talk) -> web.Application:
    """Return the page and the socket as one application."""
    app = web.Application(middlewares=[_this_machine_only])
    app.on_response_prepare.append(_add_headers)
    app.on_shutdown.append(talk.end)
    app.router.add_get("/ws", talk.handler)
    for file in files(__package__).joinpath("page").iterdir():
        type_ = TYPES.get(file.name.rpartition(".")[2])
        if type_:
            path = "/" if file.name == "index.html" else f"/{file.name}"
            app.router.add_get(path, _file(file.read_bytes(), type_))
    return app


async def start(app: web.Application, host: str, port: int) -> tuple[str, Close]:
    """Serve an application; return its address and how it is closed. Raises UserError if it can't be."""
    if not is_this_machine(host):
        raise UserError(f"The playground asks for no password, so it can't be served on {host}: use 127.0.0.1.")
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
    except OSError as error:
        await runner.cleanup()
        raise UserError(_not_served(host, port, error)) from None
    name = f"[{host}]" if ":" in host else host
    return f"http://{name}:{runner.addresses[0][1]}/", runner.cleanup


def is_this_machine(host: str) -> bool:
    """Say whether a host's name or address can only mean this machine."""
    with suppress(ValueError):
        return ip_address(host.strip("[]")).is_loopback
    return host == "localhost"


def _not_served(host: str, port: int, error: OSError) -> str:
    return (
        f"The playground can't be served on {host}, port {port}: {error.strerror}. If another program uses "
        "this port, choose another one ([playground] port in config.toml), or 0 for any that is free."
    )


@web.middleware
async def _this_machine_only(request: web.Request, handler: Handler) -> web.StreamResponse:
    # Another site in the same browser can send requests here: under its own Origin, or under its own name,
    # which it lets point at this machine (DNS rebinding).
    host, origin = request.headers.get("Host", ""), request.headers.get("Origin")
    name, _, port = host.rpartition(":")
    if not is_this_machine(name if port.isdigit() else host) or origin not in (None, f"http://{host}"):
        text = "The playground can be used from its own page on this machine only.\n"
        return web.Response(status=403, text=text)
    return await handler(request)


async def _add_headers(_request: web.Request, response: web.StreamResponse) -> None:
    response.headers.update(HEADERS)


def _file(content: bytes, type_: str) -> Handler:
    async def handler(_request: web.Request) -> web.Response:
        return web.Response(body=content, content_type=type_, charset="utf-8")

    return handler
