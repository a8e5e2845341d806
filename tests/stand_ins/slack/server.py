"""The server: HTTP and WebSocket on a free port of this machine."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from types import TracebackType
from typing import Self

from aiohttp import web, web_app

from tests.stand_ins.slack import methods_files, responses, showing
from tests.stand_ins.slack.arguments import Arguments, read
from tests.stand_ins.slack.auth import authorized
from tests.stand_ins.slack.errors import Failure, Json, invalid_arguments
from tests.stand_ins.slack.faults import Fault
from tests.stand_ins.slack.people import Person
from tests.stand_ins.slack.recording import Request
from tests.stand_ins.slack.registry import METHODS, Method
from tests.stand_ins.slack.state import File, State
from tests.stand_ins.slack.workspace import Channel, User

Do = Callable[[State, web.Request], Awaitable[web.StreamResponse]]


def real_time() -> datetime:
    """Return this instant."""
    return datetime.now(UTC)


class Slack(State):
    """Slack, as one app sees it and as the people of its workspace do. Use it as an async context manager."""

    def __init__(
        self,
        manifest: Json,
        now: Callable[[], datetime] = real_time,
        *,
        ack_within: float = 3.0,
        again: tuple[float, ...] = (0, 60, 300),
        patience: float = 5.0,
    ) -> None:
        """Install an app from its manifest. `patience` is how long a person waits to see an answer, in seconds."""
        super().__init__(manifest, now, ack_within=ack_within, again=again)
        self.patience = patience
        self.people: dict[str, Person] = {}

    async def __aenter__(self) -> Self:
        """Serve."""
        application = web.Application(client_max_size=2**30)
        application.router.add_route("*", "/api/{method}", self._method)
        application.router.add_post("/api/", self._method)
        application.router.add_get("/link/", self.sockets.serve)
        application.router.add_post("/respond/{key}", self._respond)
        application.router.add_post("/upload/v1/{key}", self._upload)
        application.router.add_get("/files-pri/{team}-{id}/{name}", self._download)
        application.router.add_get("/files-pri/{team}-{id}/download/{name}", self._download)
        self._runner = web.AppRunner(application, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        port = self._runner.addresses[0][1]
        self.address = f"http://127.0.0.1:{port}"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop."""
        await self.sockets.close()
        await self._runner.cleanup()
        # aiohttp remembers the handlers of a thousand applications.
        web_app._cached_build_middleware.cache_clear()  # noqa: SLF001

    @property
    def api_url(self) -> str:
        """The base address of the Web API, as slack_sdk's `base_url`."""
        return f"{self.address}/api/"

    def person(self, name: str, **about: object) -> Person:
        """Return somebody by handle or id; who isn't there yet joins the workspace, `about` as in `User`."""
        known = next((user for user in self.workspace.users.values() if name in (user.id, user.name)), None)
        if known is None:
            fields = {"id": self.workspace.new_id("U"), "name": name, **about}
            known = User(**fields)  # type: ignore[arg-type]
            self.workspace.users[known.id] = known
        return self.people.setdefault(known.id, Person(self, known.id))

    @property
    def handles(self) -> dict[str, str]:
        """The user ids, by handle and by id: what can be typed after an @."""
        users = self.workspace.users.values()
        return {user.name: user.id for user in users} | {user.id: user.id for user in users}

    def file_of(self, user: str, name: str, content: bytes) -> File:
        """Return a file that somebody has put into Slack, and that is nowhere to be seen yet."""
        file = File(self.workspace.new_id("F"), name, user, self.workspace.seconds(), len(content), content=content)
        file.complete = True
        self.files[file.id] = file
        return file

    def channel(self, name: str, *people: Person, kind: str = "channel", bot: bool = True) -> Channel:
        """Return a channel of these people, made before the test begins: the app is told nothing of it."""
        members = [person.id for person in people] + ([self.app.bot_user] if bot else [])
        return self.workspace.add_channel(name, kind, members[0] if members else self.app.bot_user, members)

    async def revoke(self) -> None:
        """Take the bot's token away, as an administrator does."""
        self.events.tell({"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [self.app.bot_user]}})
        self.app.revoked = "token_revoked"
        await self.settled()

    async def uninstall(self) -> None:
        """Take the app out of the workspace."""
        self.events.tell({"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [self.app.bot_user]}})
        self.events.tell({"type": "app_uninstalled"})
        self.app.revoked = "account_inactive"
        await self.settled()

    async def changes_user(self, person: Person, **about: object) -> None:
        """Change a user as their profile or an administrator does: `zone`, `deleted`, `is_admin` ..."""
        user = self.workspace.users[person.id]
        for name, value in about.items():
            setattr(user, name, value)
        if user.deleted:
            for channel in person.channels:
                channel.members.remove(user.id)
        self.events.tell({"type": "user_change", "user": showing.user(self, user, locale=True)})
        await self.settled()

    async def settled(self, seconds: float = 30.0) -> bool:
        """Wait until nothing is on its way to the app: all is acknowledged, or waits for a later attempt."""
        return await self.changes.until(lambda: self.sockets.quiet, seconds)

    async def connected(self, number: int = 1, seconds: float = 30.0) -> bool:
        """Wait until the app has so many connections."""
        return await self.changes.until(lambda: len(self.sockets.open) >= number, seconds)

    async def _method(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info.get("method", "")
        try:
            plain, body, kind = await read(request)
        except Failure as failure:
            return web.json_response(failure.body)
        seen = Request(name, {**plain, **body}, kind, "Authorization" in request.headers, frozenset(self.app.scopes))
        seen.arguments.pop("token", None)
        self.requests.append(seen)

        async def work() -> web.StreamResponse:
            seen.answer = self._answer(request, name, plain, body)
            self.changes.tell()
            seen.status = 200
            return web.json_response(seen.answer, headers=self._scopes(name))

        def broken(fault: Fault) -> web.StreamResponse:
            seen.status = fault.status
            return _broken(fault, request)

        about = (seen.arguments.get(name) for name in ("channel", "channel_id", "users"))
        return await self.faults.around(name, *about, work=work, broken=broken)

    def _scopes(self, name: str) -> dict[str, str]:
        """Return the headers that tell the token's scopes, and those that a method accepts."""
        headers = {"x-oauth-scopes": ",".join(sorted(self.app.scopes))}
        if name in METHODS:
            headers["x-accepted-oauth-scopes"] = ",".join(METHODS[name].scopes)
        return headers

    def _answer(self, request: web.Request, name: str, plain: Json, body: Json) -> Json:
        try:
            found = _found(name)
            arguments = Arguments({**plain, **(body if found.json else {})})
            authorized(self, request.headers.get("Authorization", ""), arguments, found)
            missing = [one for one in found.required if one not in arguments]
            if missing:
                raise invalid_arguments(*(f"missing required field: {one}" for one in missing))
            return {"ok": True, **found.call(self, arguments)}
        except Failure as failure:
            return failure.body

    async def _respond(self, request: web.Request) -> web.StreamResponse:
        return await self._around("response_url", responses.respond, request)

    async def _upload(self, request: web.Request) -> web.StreamResponse:
        return await self._around("upload", methods_files.upload, request)

    async def _download(self, request: web.Request) -> web.StreamResponse:
        return await self._around("download", methods_files.download, request)

    async def _around(self, name: str, do: Do, request: web.Request) -> web.StreamResponse:
        return await self.faults.around(
            name, work=lambda: do(self, request), broken=lambda fault: _broken(fault, request)
        )


def _broken(fault: Fault, request: web.Request) -> web.StreamResponse:
    if fault.status == 429:
        headers = {"Retry-After": str(fault.retry_after)}
        return web.json_response({"ok": False, "error": "ratelimited"}, status=429, headers=headers)
    if fault.status:
        return web.Response(status=fault.status, text="<html>upstream trouble</html>", content_type="text/html")
    if fault.code:
        return web.json_response({"ok": False, "error": fault.code})
    if request.transport is not None:
        request.transport.abort()
    return web.Response()


def _found(name: str) -> Method:
    if name not in METHODS:
        raise Failure("unknown_method", req_method=name)
    return METHODS[name]
