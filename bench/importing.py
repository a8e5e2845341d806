"""Importing a list of people as a coordinator does, against adding them one by one; and what one change moves."""

from time import perf_counter

from sqlalchemy import text

from bench.figures import POSTGRES, SQLITE, Figure, at_least, at_most, span
from bench.ground import SMALL, Bot, Ground, build
from bench.quiet import Quiet
from bench.town import BEYOND, PLATFORM, WORKSPACE
from bot.calls import Press, Submit, Upload
from bot.people import Account, Role
from bot.views import Actions, Button, Form, Message
from storage.members import Members, NewMember
from storage.pairings import Pairings

MEMBERS = 10_000
PAIRINGS = 5_000
ONE_BY_ONE = 500  # people who are added one by one, to be reckoned up: all of them would take minutes
SECONDS = 10.0  # an import may take
COORDINATOR = Account(PLATFORM, WORKSPACE, "rosa")
ZONE = "Asia/Tokyo"

IMPORT = "import of 10,000 people and 5,000 pairings: seconds, file to done"
ZONES = "import that gives 10,000 people another time zone: seconds, file to done"
AGAINST = "import, against adding them one by one"
CHANGED = "alarms written when one of 1,000 mentors moves, of their own"


async def importing(ground: Ground) -> list[Figure]:
    """Measure on each database."""
    figures: list[Figure] = []
    for database in ground.databases:
        built = await build(ground.fresh(database), SMALL)
        async with built.opened() as bot:
            bot.core.platforms[PLATFORM] = Quiet(bot.town)
            one_by_one = await _one_by_one(bot)
            dry, done = await _imported(bot, "Europe/Berlin")
            await _prove(bot)
            zones = await _imported(bot, ZONE)
            theirs, written = await _moved(bot, database)
        figures += _figures(database, dry, done, one_by_one)
        figures.append(Figure(ZONES, database, sum(zones), _halves(*zones), at_most(SECONDS)))
        raw = f"{written:,} rows of {SMALL:,} alarms written; theirs are {theirs}"
        figures.append(Figure(CHANGED, database, written / theirs, raw, at_most(1)))
    return figures


def _figures(database: str, dry: float, done: float, one_by_one: float) -> list[Figure]:
    each = f"{span(done)} against {span(one_by_one)}"
    return [
        Figure(
            IMPORT, database, dry + done, _halves(dry, done), at_most(SECONDS), "one process reads, compares and writes"
        ),
        Figure(AGAINST, database, one_by_one / done, each, at_least(2), "how many statements a database takes"),
    ]


def _halves(dry: float, done: float) -> str:
    return f"dry run {span(dry)}, import {span(done)}"


def _list(zone: str) -> bytes:
    """Return a list of people in a time zone: every second person is a mentee of the one above."""
    rows = [
        f"Newcomer {number},@N{number},{'mentee' if number % 2 else 'mentor'},{zone},"
        f"{f'Newcomer {number - 1}' if number % 2 else ''}"
        for number in range(MEMBERS)
    ]
    return "\n".join(["name,account,role,zone,mentor", *rows]).encode()


async def _imported(bot: Bot, zone: str) -> tuple[float, float]:
    """Import a list through the handlers; return how long the dry run took, and the import."""
    begin = perf_counter()
    files = {"file": Upload("people.csv", _list(zone))}
    looked = await bot.core.handle(Submit(f"look {zone}", COORDINATOR, "community.import", {}, files))
    dry = perf_counter() - begin
    blocks = looked.blocks if isinstance(looked, Message) else ()
    items = [item for block in blocks if isinstance(block, Actions) for item in block.items]
    (button,) = [item for item in items if isinstance(item, Button)]
    begin = perf_counter()
    await bot.core.handle(Press(f"import {zone}", COORDINATOR, button.action))
    return dry, perf_counter() - begin


async def _prove(bot: Bot) -> None:
    async with bot.core.at_work(bot.program) as context:
        people = await context.work.of(Members).every()
        pairings = await context.work.of(Pairings).every()
    if sum(one.name.startswith("Newcomer") for one in people) != MEMBERS:
        raise AssertionError("not everybody was imported")
    if len(pairings) < bot.town.size + PAIRINGS:
        raise AssertionError("not every pairing was made")


async def _one_by_one(bot: Bot) -> float:
    """Add people and pairings as one would write it first; return how long as many as in the list would take."""
    begin = perf_counter()
    async with bot.core.at_work(bot.program) as context:
        members, pairings = context.work.of(Members), context.work.of(Pairings)
        before = 0
        for number in range(ONE_BY_ONE):
            role = Role.MENTEE if number % 2 else Role.MENTOR
            account = Account(PLATFORM, WORKSPACE, f"E{number}")
            one = await members.save(NewMember(f"Early {number}", frozenset({role}), (account,)))
            if number % 2:
                await pairings.save(before, one)
            before = one
    return (perf_counter() - begin) * MEMBERS / ONE_BY_ONE


async def _moved(bot: Bot, database: str) -> tuple[int, int]:
    """Give a mentor another time zone, as a coordinator does; return how many alarms are theirs, and were written."""
    async with bot.core.at_work(bot.program) as context:
        one = (await context.work.of(Members).get([BEYOND]))[BEYOND]
        theirs = len((await context.work.due.of(one.id))["due"])
    async with bot.core.database.connect() as conn:
        for statement in _WATCH[database]:
            await conn.execute(text(statement))
    form = await bot.core.handle(Press("form", COORDINATOR, f"community.change:{one.id}"))
    if not isinstance(form, Form):
        raise TypeError("no form came")
    values = {"name": one.name, "roles": "mentor", "zone": ZONE, "country": ""}
    await bot.core.handle(Submit("change", COORDINATOR, form.action, values))
    async with bot.core.database.connect() as conn:
        written = int(await conn.scalar(text("SELECT count(*) FROM written")) or 0)
    return theirs, written


_FUNCTION = """CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN INSERT INTO written VALUES (NEW.id); RETURN NEW; END $$"""
_TABLE = "CREATE TABLE written (id bigint)"
# SQLite has a trigger for one kind of change each; no alarm is new here.
_WATCH = {
    SQLITE: (_TABLE, "CREATE TRIGGER noted AFTER UPDATE ON due BEGIN INSERT INTO written VALUES (NEW.id); END"),
    POSTGRES: (_TABLE, _FUNCTION, "CREATE TRIGGER noted AFTER UPDATE ON due FOR EACH ROW EXECUTE FUNCTION note()"),
}
