"""The server: REST and gateway on a free port of this machine."""

import asyncio
import json
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, Self

from aiohttp import web, web_app

from tests.stand_ins.discord.administration import Administration
from tests.stand_ins.discord.errors import Failure, Json
from tests.stand_ins.discord.faults import Fault
from tests.stand_ins.discord.recording import Request
from tests.stand_ins.discord.registry import Asked, Route, found

BASE = "/api/v10"
LARGEST = 10 * 1024 * 1024


def real_time() -> datetime:
    """Return this instant."""
    return datetime.now(UTC)


class Discord(Administration):
    """Discord, as one app sees it and as the people of its servers do. Use it as an async context manager."""

    def __init__(
        self,
        now: Callable[[], datetime] = real_time,
        *,
        name: str = "Helper",
        privileged: Iterable[str] = (),
        patience: float = 5.0,
        within: float = 3.0,
    ) -> None:
        """Make an app.

        In real seconds, `patience` is how long a person waits to see an answer, and `within` how long Discord waits for
        a first one, besides three seconds of its own clock.
        """
        super().__init__(now, name=name, privileged=privileged, patience=patience)
        self.interactions.within = within
        self.download: asyncio.Event | None = None  # for which files wait that are fetched

    async def __aenter__(self) -> Self:
        """Serve."""
        application = web.Application(client_max_size=2**30)
        application.router.add_get("/gateway/", self.gateway.serve)
        application.router.add_get("/gateway/resume", self.gateway.serve)
        application.router.add_get("/attachments/{channel}/{id}/{name}", self._download)
        application.router.add_route("*", "/{path:.*}", self._request)
        self._runner = web.AppRunner(application, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.address = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop."""
        await self.gateway.close()
        await self._runner.cleanup()
        # aiohttp remembers the handlers of a thousand applications.
        web_app._cached_build_middleware.cache_clear()  # noqa: SLF001

    @property
    def api_url(self) -> str:
        """The base address of REST, as discord.http.Route.BASE has it."""
        return self.address + BASE

    @property
    def gateway_url(self) -> str:
        """The address of the gateway, as DiscordWebSocket.DEFAULT_GATEWAY has it."""
        return self.gateway.url()

    async def connected(self, number: int = 1, seconds: float = 30.0) -> bool:
        """Wait until so many sessions of the app are connected."""

        def enough() -> bool:
            return sum(one.connection is not None for one in self.gateway.sessions.values()) >= number

        return await self.changes.until(enough, seconds)

    async def settled(self, seconds: float = 30.0) -> bool:
        """Wait until the app has everything that it was told."""
        return await self.gateway.settled(seconds)

    async def revoke(self) -> None:
        """Give the app a new token, as its owner does: the old one holds no longer."""
        self.app.token = f"new-{self.app.token}"
        await self.gateway.drop(code=4004, forget=True)

    async def _request(self, request: web.Request) -> web.StreamResponse:
        path = request.path.removeprefix(BASE)
        match = found(request.method, path) if request.path.startswith(BASE) else None
        name = match[0].name.partition(" ")[2] if match else path
        seen = Request(request.method, name, path, query=dict(request.query))
        self.requests.append(seen)
        if match is None:
            self.complaints.append(f"there is no {request.method} {request.path}")
            return _json(seen, 404, {"message": "404: Not Found", "code": 0})
        route, ids = match
        seen.token = "Authorization" in request.headers
        try:
            asked = await self._read(request, seen, ids)
        except Failure as failure:
            return _json(seen, failure.status, failure.body)
        self.changes.tell()

        async def work() -> web.StreamResponse:
            response = self._answer(request, seen, route, asked)
            self.changes.tell()
            return response

        return await self.faults.around(
            route.name, ids.get("channel_id"), work=work, broken=lambda fault: _broken(fault, request, seen)
        )

    async def _read(self, request: web.Request, seen: Request, ids: dict[str, str]) -> Asked:
        asked = Asked(ids, seen.query)
        seen.kind = request.content_type if request.can_read_body else ""
        if seen.kind == "application/json":
            asked.body = _parsed(await request.text())
        elif seen.kind == "multipart/form-data":
            for name, part in (await request.post()).items():
                if name == "payload_json":
                    asked.body = _parsed(str(part))
                elif isinstance(part, web.FileField):
                    number = name.removeprefix("files[").removesuffix("]")
                    asked.files[number] = (part.filename, part.file.read(), part.content_type)
            if sum(len(content) for _, content, _ in asked.files.values()) > LARGEST:
                raise Failure(413, 40005, "Request entity too large")
        seen.body, seen.files = asked.body, tuple(file[0] for file in asked.files.values())
        return asked

    def _answer(self, request: web.Request, seen: Request, route: Route, asked: Asked) -> web.Response:
        if route.token and request.headers.get("Authorization") != f"Bot {self.app.token}":
            return _json(seen, 401, {"message": "401: Unauthorized", "code": 0})
        self.tidy()
        try:
            answer = route.call(self, asked)
        except Failure as failure:
            return _json(seen, failure.status, failure.body)
        except Exception as error:  # noqa: BLE001
            self.complaints.append(f"{seen.name} is more than the stand-in can do: {error!r}")
            return _json(seen, 400, {"message": "400: Bad Request", "code": 0})
        return _json(seen, route.status if answer is not None else 204, answer)

    async def _download(self, request: web.Request) -> web.StreamResponse:
        if self.download is not None:
            await self.download.wait()
        channel = self.channels.get(request.match_info["channel"])
        places = [channel.messages] if channel else []
        for message in (one for rows in [*places, *self.ephemerals.values()] for one in rows):
            for file in message.files:
                if file.id == request.match_info["id"]:
                    return web.Response(body=file.content, content_type=file.type)
        uploaded = self.interactions.uploads.get(request.match_info["id"])
        return web.Response(body=uploaded.content) if uploaded else web.Response(status=404)


def _parsed(text: str) -> Any:  # noqa: ANN401
    try:
        return json.loads(text)
    except ValueError:
        raise Failure(400, 50109, "The request body contains invalid JSON.") from None


def _json(seen: Request, status: int, answer: Json | list[Any] | None) -> web.Response:
    """Answer, with the type that Discord gives: without a character set."""
    seen.status, seen.answer = status, answer
    headers = {"Via": "1.1 google", "X-RateLimit-Limit": "50", "X-RateLimit-Remaining": "49"}
    headers |= {"X-RateLimit-Reset-After": "1.000", "X-RateLimit-Bucket": str(abs(hash(seen.name)))}
    if answer is None:
        return web.Response(status=status, headers=headers)
    headers["Content-Type"] = "application/json"
    return web.Response(status=status, body=json.dumps(answer).encode(), headers=headers)


def _broken(fault: Fault, request: web.Request, seen: Request) -> web.StreamResponse:
    seen.status = fault.status
    if fault.status == 429 and fault.via:
        told = {"message": "You are being rate limited.", "retry_after": fault.retry_after, "global": fault.everywhere}
        headers = {"Via": "1.1 google", "Retry-After": str(fault.retry_after), "Content-Type": "application/json"}
        headers |= {"X-RateLimit-Global": "true"} if fault.everywhere else {}
        headers["X-RateLimit-Scope"] = "global" if fault.everywhere else "user"
        return web.Response(status=429, body=json.dumps(told).encode(), headers=headers)
    if fault.status:
        headers = {"Retry-After": str(fault.retry_after)} if fault.retry_after else {}
        return web.Response(status=fault.status, text="<html>trouble</html>", content_type="text/html", headers=headers)
    if request.transport is not None:
        request.transport.abort()
    return web.Response()
