"""A deployment of which all is well, on Slack's stand-in: for breaking one thing after the other."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from adapters.slack import doctor as slack_doctor
from adapters.slack.manifest import manifest
from bot import config, doctor
from bot.features import FEATURES
from bot.people import Account, Place, Role
from storage.contacts import Contacts
from storage.engine import Database
from storage.members import Members, NewMember
from storage.opening import open_database
from storage.pairings import Pairings
from storage.programs import State, save_program
from storage.responders import Responders
from storage.settings import Settings
from tests.stand_ins.slack import Channel, Person, Slack

BOT_TOKEN = "xoxb-271828182845-314159265358-Zq8WvN2kLmB7rT4yHc6DxPaS"
APP_TOKEN = "xapp-1-A00000001-161803398874-9f8e7d6c5b4a39281706f5e4d3c2b1a0"
PRIVATE = "Please tell nobody that I lost my job"


def real_time() -> datetime:
    """Return this instant."""
    return datetime.now(UTC)


@dataclass
class Practice:
    """The stand-in, the database, the variables with which mentorbot is started, and how fast its clock is."""

    slack: Slack
    url: str
    folder: Path
    environ: dict[str, str]
    channel: Channel
    ahead: timedelta = timedelta(0)
    members: dict[str, int] = field(default_factory=dict)
    pairing: int = 0
    program: int = 0

    def now(self) -> datetime:
        """Return the time as this machine's clock has it."""
        return real_time() + self.ahead

    async def looks(self) -> list[str]:
        """Return what the doctor says, line by line."""

        def load() -> config.Config:
            return config.load(None, self.environ, self.folder)

        return list(doctor.lines(await doctor.examine(load, self.now, (slack_doctor.examiner,))))

    @asynccontextmanager
    async def opened(self) -> AsyncIterator[Database]:
        """Open the database as the bot does."""
        database = await open_database(self.url, real_time)
        try:
            yield database
        finally:
            await database.close()

    async def pairs_in(self, workspace: str, *channels: str, platform: str = "slack") -> None:
        """Let the pair have further spaces."""
        async with self.opened() as database, database.work(self.program) as work:
            for channel in channels:
                await work.of(Pairings).add_space(self.pairing, Place(platform, workspace, channel))


def variables(url: str, more: Mapping[str, str]) -> dict[str, str]:
    """Return the variables of a deployment."""
    plain = url.replace("+aiosqlite", "").replace("+asyncpg", "")
    return {"MENTORBOT_STORAGE__URL": plain, **more}


@asynccontextmanager
async def practice(url: str, folder: Path) -> AsyncIterator[Practice]:
    """Open a program that runs in a workspace: Amara and Lena have a channel, and Rosa coordinates."""
    async with Slack(manifest(FEATURES)) as slack:
        slack.app.bot_token, slack.app.app_token = BOT_TOKEN, APP_TOKEN
        people = [slack.person(name) for name in ("amara", "lena", "rosa")]
        channel = slack.channel("amara-lena", *people[:2], kind="group")
        channel.topic = channel.purpose = PRIVATE
        tokens = {"SLACK_BOT_TOKEN": BOT_TOKEN, "SLACK_APP_TOKEN": APP_TOKEN, "MENTORBOT_SLACK__API_URL": slack.api_url}
        made = Practice(slack, url, folder, variables(url, tokens), channel)
        async with made.opened() as database:
            await _begin(made, database, dict(zip(("Amara Okafor", "Lena Vogt", "Rosa Delgado"), people, strict=True)))
        yield made


async def _begin(made: Practice, database: Database, people: Mapping[str, Person]) -> None:
    team = made.slack.workspace.team
    async with database.connect() as conn:
        made.program = (await save_program(conn, "Riverside", "default", [("slack", team)])).id
    roles = (Role.MENTOR, Role.MENTEE, Role.COORDINATOR)
    async with database.work(made.program) as work:
        for (name, person), role in zip(people.items(), roles, strict=True):
            account = Account("slack", team, person.id)
            made.members[name] = await work.of(Members).save(NewMember(name, frozenset({role}), (account,)))
        mentor, mentee, coordinator = made.members.values()
        place = Place("slack", team, made.channel.id)
        made.pairing = await work.of(Pairings).save(mentor, mentee, [place])
        await work.of(Contacts).prove(await work.of(Contacts).put(member_id=coordinator))
        await work.of(Responders).put_contact(without=True)
        await work.of(Settings).put(state=State.RUNNING, since=real_time())
