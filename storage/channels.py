"""A program's channel on each of its workspaces: where the bot speaks to all."""

from typing import Any

from sqlalchemy import Column, ForeignKey, String, Table, select

from storage.pairings import Place
from storage.schema import Instant, metadata
from storage.store import Store

channels = Table(
    "channel",
    metadata,
    Column("program_id", ForeignKey("program.id"), primary_key=True),
    Column("platform", String, primary_key=True),
    Column("workspace", String, primary_key=True),
    Column("channel", String, nullable=False),
    Column("set_at", Instant, nullable=False),
)


class Channels(Store):
    """The channels of one program, at most one a workspace."""

    async def every(self) -> list[Place]:
        """Return the channels."""
        columns = (channels.c.platform, channels.c.workspace, channels.c.channel)
        query = select(*columns).where(channels.c.program_id == self.program).order_by(*columns)
        return [Place(*row) for row in await self.conn.execute(query)]

    async def put(self, place: Place) -> None:
        """Let a place be the channel of its workspace."""
        here = (channels.c.platform == place.platform) & (channels.c.workspace == place.workspace)
        await self.delete(channels, here)
        row = {"platform": place.platform, "workspace": place.workspace, "channel": place.channel}
        await self.conn.execute(channels.insert().values(program_id=self.program, set_at=self.now, **row))

    async def of(self, member_id: int) -> dict[str, list[dict[str, Any]]]:
        """Return nothing: a channel is nobody's own."""
        return {}

    async def forget(self, member_id: int) -> None:
        """Delete nothing."""
