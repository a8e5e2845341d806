"""What is to be done in and with places: pairings' spaces are made, spoken in and closed, and all are told something.

Each is done at least once, and found again under its key after a crash: it is there once.
"""

from collections.abc import Mapping, Sequence

from bot.context import Context
from bot.core import Core
from bot.deliveries.reasons import Reason
from bot.errors import Refused
from bot.facts import Delivered, SpaceOpened
from bot.people import Place
from bot.ports import Platform
from bot.views import Message
from scheduler.trying import in_each
from storage.channels import Channels
from storage.outbox import Effect, OutboxRow
from storage.pairings import Pairings
from storage.programs import Program


class Places:
    """Carries rows of the outbox that are for pairings, or for all in the program's channels."""

    def __init__(self, core: Core, platforms: Mapping[str, Platform]) -> None:
        """Carry for `core` over `platforms`, by name."""
        self._core = core
        self._platforms = platforms

    async def carry(self, program: Program, rows: Sequence[OutboxRow]) -> None:
        """Do what rows of one pairing, or one announcement, ask for. Raises Busy, Gone and Refused."""
        for row in rows:
            if row.effect is Effect.OPEN:
                await self._open(program, row)
            elif row.effect is Effect.POST:
                await self._post(program, row)
            elif row.effect is Effect.ANNOUNCE:
                await self._announce(program, row)
            else:
                await self._close(program, row)

    async def _open(self, program: Program, row: OutboxRow) -> None:
        async with self._core.at_work(program) as context:
            space = await self._core.outgoing.space(context, row)
            if space is None:
                await context.work.outbox.drop([row])
                return
        platform = self._platform(space.people[0].platform)
        place = await platform.open_space(space.people[0].workspace, space, row.key)
        async with self._core.at_work(program) as context:
            await self._done(context, row)
            await context.tell(SpaceOpened(row.pairing_id or 0, place))

    async def _post(self, program: Program, row: OutboxRow) -> None:
        async with self._core.at_work(program) as context:
            message = await self._core.outgoing.post(context, row)
            places = await _places(context, row)
            if message is None:
                await context.work.outbox.drop([row])
                return
        await self._say(places, message, row.key)
        async with self._core.at_work(program) as context:
            await self._done(context, row)

    async def _announce(self, program: Program, row: OutboxRow) -> None:
        async with self._core.at_work(program) as context:
            message = await self._core.outgoing.announcement(context, row)
            channels = await context.work.of(Channels).every()
            if message is None:
                await context.work.outbox.drop([row])
                return
        if self._core.outgoing.is_shown(program, [row]):
            if not channels:
                raise Refused(Reason.NO_CHANNEL)
            await self._say(channels, message, row.key)
        async with self._core.at_work(program) as context:
            await self._done(context, row)

    async def _say(self, places: Sequence[Place], message: Message, key: str) -> None:
        """Say something in each place, where it wasn't said before."""

        async def say(place: Place) -> None:
            platform = self._platform(place.platform)
            if await platform.find(place, key) is None:
                with self._core.telemetry.delivering(place.platform, "sent"):
                    await platform.send(place, self._core.leading(message, place.platform), key)

        await in_each(places, say)

    async def _close(self, program: Program, row: OutboxRow) -> None:
        async with self._core.at_work(program) as context:
            places = await _to_close(context, row)
        for place in places:
            await self._platform(place.platform).close_space(place)
        async with self._core.at_work(program) as context:
            await self._done(context, row)

    async def _done(self, context: Context, row: OutboxRow) -> None:
        await context.work.outbox.close([row])
        await context.tell(Delivered((row,)))

    def _platform(self, name: str) -> Platform:
        if name not in self._platforms:
            raise Refused(Reason.NO_PLACE)
        return self._platforms[name]


async def _places(context: Context, row: OutboxRow) -> list[Place]:
    return [space.place for space in await context.work.of(Pairings).open_spaces([row.pairing_id or 0])]


async def _to_close(context: Context, row: OutboxRow) -> list[Place]:
    """Return the spaces that a row is about: never one in which a pairing goes on, maybe because it was taken up again.

    Those that the row names behind its first argument are closed even where they count as closed: it is tried again.
    """
    store = context.work.of(Pairings)
    pairing = (await store.get([row.pairing_id or 0])).get(row.pairing_id or 0)
    still_open = await store.open_spaces([row.pairing_id or 0])
    live = still_open if pairing is not None and pairing.ended_at is None else []
    about = [space for space in await store.spaces_of([row.pairing_id or 0]) if space.id in row.args[1:]]
    return [space.place for space in (about or still_open) if space not in live]
