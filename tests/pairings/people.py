"""What the tests of pairings do to people, and how they look at spaces."""

from bot.facts import CalendarChanged, ProgramChanged
from storage.members import Members
from storage.programs import State
from storage.settings import Settings
from tests.drivers.driver import Seen
from tests.world import LENA, NOOR, World

PEOPLE = ("amara", "lena", "noor", "ravi", "rosa")
WELCOME = "Welcome, Amara Okafor and Ravi Menon!"


async def change(riverside: World, user: str, **values: object) -> int:
    """Change what is known of somebody; return their id."""
    async with riverside.database.work(1) as work:
        member = await work.of(Members).by_account(riverside.account(user))
        assert member is not None
        await work.of(Members).change(member.id, **values)
        return member.id


async def moves_to(riverside: World, state: State) -> None:
    """Let the program be in another state, as a coordinator would."""
    (before,) = await riverside.core.programs()
    async with riverside.core.at_work(before) as context:
        settings = context.work.of(Settings)
        await settings.put(state=state, since=context.now)
        fresh = await riverside.core.context(context.work, await settings.lock())
        await fresh.tell(ProgramChanged(before))


async def told_of(riverside: World, member_id: int) -> None:
    """Tell that somebody left or came back."""
    (program,) = await riverside.core.programs()
    async with riverside.core.at_work(program) as context:
        await context.tell(CalendarChanged([member_id]))


async def spaces(riverside: World) -> dict[str, list[str]]:
    """Return the conversations that aren't somebody's own with the bot, each with who is in it."""
    await riverside.jobs.round()
    theirs = [await riverside.driver.spaces(user) for user in PEOPLE]
    users = {riverside.account(user).user: user for user in PEOPLE}
    names = {riverside.place(name).channel: name for name in (LENA, NOOR)}
    return {
        names.get(space, space): [users[user] for user in there]
        for spaces_ in theirs
        for space, there in spaces_.items()
    }


async def made(riverside: World) -> str:
    """Return the conversation that was made since the beginning, and is the only one."""
    (space,) = set(await spaces(riverside)) - {LENA, NOOR}
    return space


async def inbox(riverside: World, user: str) -> list[Seen]:
    """Return what the bot wrote to somebody, but for the questions that it asks at joining."""
    return [seen for seen in await riverside.inbox(user) if "Welcome to Riverside Mentoring" not in seen.text]


async def said_in(riverside: World, space: str) -> list[Seen]:
    """Return what the bot said in a space, oldest first."""
    (somebody, *_) = (await spaces(riverside))[space]
    return await riverside.driver.posts(somebody, space)


async def everything_for(riverside: World, user: str) -> str:
    """Return all that somebody can read of what the bot wrote: to them, and in the spaces that they are in."""
    there = [space for space, users in (await spaces(riverside)).items() if user in users]
    seen = await riverside.inbox(user)
    for space in there:
        seen += await said_in(riverside, space)
    return "\n".join([one.text + repr(one.buttons) for one in seen])
