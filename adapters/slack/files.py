"""Pictures and files on their way to Slack and from it.

Source: https://docs.slack.dev/messaging/working-with-files
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack import limits
from adapters.slack.failures import SHORTLY, Api
from bot.calls import Upload
from bot.errors import Busy, Gone, Refused
from bot.views import File, Image

PAGE = b"<!DOCTYPE html"  # how what Slack gives to whoever may not see a file begins


@dataclass(frozen=True, slots=True)
class Files:
    """Shares files in channels, and fetches what people added."""

    client: AsyncWebClient
    api: Api

    async def share(self, channel: str, files: Sequence[Image | File]) -> None:
        """Upload files and show them in a channel. Raises Busy, Gone and Refused."""
        if not files:
            return
        uploaded: list[dict[str, str | None]] = [{"id": await self._upload(file), "title": file.name} for file in files]
        await self.api.ask(self.client.files_completeUploadExternal(files=uploaded, channel_id=channel))

    async def fetch(self, added: Mapping[str, str]) -> dict[str, Upload]:
        """Return files by field name, given their ids. Raises Busy, Gone and Refused."""
        return {name: await self._download(file) for name, file in added.items()}

    async def _upload(self, file: Image | File) -> str:
        alternative = file.text[: limits.ALTERNATIVE] if isinstance(file, Image) else None
        place = await self.api.ask(
            self.client.files_getUploadURLExternal(filename=file.name, length=len(file.content), alt_txt=alternative)
        )
        await self._transfer("POST", place["upload_url"], file.content)
        return str(place["file_id"])

    async def _download(self, file: str) -> Upload:
        about = (await self.api.ask(self.client.files_info(file=file)))["file"]
        headers = {"Authorization": f"Bearer {self.client.token}"}
        content = await self._transfer("GET", about["url_private_download"], headers=headers)
        if content.startswith(PAGE) and about.get("mimetype") != "text/html":
            raise Refused("Slack asks to sign in instead of giving the file: files:read is missing")
        return Upload(about.get("name") or "file", content)

    async def _transfer(
        self, verb: str, url: str, content: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> bytes:
        session = self.client.session
        if session is None:
            raise RuntimeError("the client needs a session")
        try:
            proxy = self.client.proxy
            async with session.request(verb, url, data=content, headers=headers, proxy=proxy) as answer:
                if answer.status == HTTPStatus.NOT_FOUND:
                    raise Gone("the file is gone")
                if answer.status != HTTPStatus.OK:
                    raise Busy(SHORTLY)
                return await answer.read()
        except (aiohttp.ClientError, TimeoutError):
            raise Busy(SHORTLY) from None
