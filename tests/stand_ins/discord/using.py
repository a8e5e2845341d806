"""What a person does with the app in Discord's client: commands, buttons, forms, and what they see then."""

from typing import TYPE_CHECKING

from tests.stand_ins.discord.community import Channel

if TYPE_CHECKING:
    from tests.stand_ins.discord.server import Discord


class User:
    """One who uses the app."""

    def __init__(self, discord: "Discord", id_: str) -> None:
        """Be the user of this id."""
        self.discord = discord
        self.id = id_

    @property
    def dm(self) -> Channel:
        """Their conversation with the bot."""
        return self.discord.dm(self.id)

    async def _told(self, *, wait: bool = True) -> None:
        if wait:
            await self.discord.settled()
