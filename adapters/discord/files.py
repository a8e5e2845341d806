"""Files that people add to forms, on their way from Discord."""

from dataclasses import dataclass

import aiohttp

from adapters.discord import forms, limits
from adapters.discord.text import Json
from bot.calls import Upload
from bot.errors import Busy

CHUNK = 2**16


@dataclass(frozen=True, slots=True)
class Files:
    """Fetches files; their addresses are Discord's own, and need no token."""

    session: aiohttp.ClientSession

    async def fetch(self, submitted: Json) -> dict[str, Upload]:
        """Return the files of a form that was sent off, by field name. Raises Busy.

        People may add half a gigabyte. Of what is that large the beginning is fetched: it is more than any form takes.
        """
        return {name: await self._download(about) for name, about in forms.files(submitted).items()}

    async def _download(self, about: Json) -> Upload:
        try:
            async with self.session.get(about["url"]) as answer:
                answer.raise_for_status()
                content = bytearray()
                async for chunk in answer.content.iter_chunked(CHUNK):
                    content += chunk
                    if len(content) > limits.FILE_BYTES:
                        break
                return Upload(str(about.get("filename") or "file"), bytes(content))
        except (aiohttp.ClientError, TimeoutError, OSError):
            raise Busy from None
