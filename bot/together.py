"""All features together, as one of them sees the others: what one of them asks, each of the others may answer."""

from collections.abc import Collection, Sequence

from bot.context import Asked, Context
from bot.facts import Fact
from bot.feature import Feature
from bot.people import Member, Pairing, Role
from bot.views import Block, Extra


class Together:
    """The features of a bot. The core is one, with a database."""

    def __init__(self, features: Sequence[Feature]) -> None:
        """Ask these features, in this order."""
        self.features = tuple(features)

    async def pass_on(self, context: Context, fact: Fact) -> None:
        """Tell every feature that wants to know."""
        for feature in self.features:
            for kind, run in feature.listeners:
                if isinstance(fact, kind):
                    await run(context, fact)

    async def missing(self, context: Context, member: Member) -> list[str]:
        """Ask every gate what has to be so before a member is paired, and isn't yet."""
        told = [await gate(context, member) for feature in self.features for gate in feature.gates]
        return [text for text in told if text is not None]

    async def held(self, asked: Asked, member: Member, left: Collection[Role]) -> str | None:
        """Ask what a member has to hand over before these roles alone are left to them; None: nothing."""
        told = [await hold(asked, member, left) for feature in self.features for hold in feature.holds]
        return next((text for text in told if text is not None), None)

    async def standing(self, asked: Asked, pairing: Pairing) -> list[str]:
        """Ask every feature what coordinators are told of a pairing."""
        return [line for one in self.features for run in one.standings for line in await run(asked, pairing)]

    async def extras(self, asked: Asked, members: Collection[Member]) -> dict[int, list[Extra]]:
        """Ask every feature what else coordinators are shown of people; each of them has an entry."""
        told = [await run(asked, members) for feature in self.features for run in feature.extras]
        return {one.id: [extras[one.id] for extras in told if one.id in extras] for one in members}

    async def waiting(self, asked: Asked) -> list[Block]:
        """Ask every feature what else waits for whoever asks, beside the messages of their pairings."""
        return [block for feature in self.features for run in feature.waits for block in await run(asked)]
