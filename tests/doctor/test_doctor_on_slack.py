"""`mentorbot doctor` on Slack: all that it says when all is well, and what it never does."""

from pathlib import Path

from storage.members import Members
from tests.doctor.breaking import bot_left, checked, wrong
from tests.doctor.practice import BOT_TOKEN, Practice
from tests.storage.tables import every_row

EVENTS_FINE = (
    "✓ Events: Nothing speaks against them, but Slack doesn't tell which ones the app gets. If the bot doesn't notice "
    "messages, paste the manifest anew (docs/slack.md, Later on)."
)
FINE = [
    "✓ Settings: They can be read.",
    "✓ Database: It opens, its tables are up to date, and it can be written to.",
    "✓ Clock: This computer's and Slack's are the same, give or take a minute.",
    "✓ First token (SLACK_BOT_TOKEN): Slack accepts it.",
    "✓ Second token (SLACK_APP_TOKEN): Slack accepts it.",
    "✓ Permissions: The app has all 13 that it needs.",
    EVENTS_FINE,
    "✓ Workspace: Riverside is that of the program Riverside.",
    "✓ Pairs' channels: The bot is in it, and it is open (1 channel).",
    "✓ Contact for worries: The one of Riverside has answered.",
    "✓ Coordinators: Riverside has one.",
    "✓ State of the program: Riverside is running.",
]


async def test_all_is_well(healthy: Practice) -> None:
    """A tick for each thing, in the order in which they are needed."""
    lines = await healthy.looks()
    assert FINE == lines
    checked(healthy, lines)


async def test_names_cannot_write_lines_of_their_own(well: Practice) -> None:
    """Whatever somebody called themself, it stays one line, and a token in it stays unsaid."""
    name = f"Eve\n✓ Database: all good \x1b[2J\u202e{BOT_TOKEN}"
    async with well.opened() as database, database.work(well.program) as work:
        await work.of(Members).change(well.members["Amara Okafor"], name=name)
    bot_left(well)
    lines = await well.looks()
    (line,) = wrong(lines)
    assert line.startswith("✗ Pairs' channels: The bot isn't in the one of Eve ✓ Database: all good")
    assert line.isprintable()
    checked(well, lines)


def contents(folder: Path) -> dict[str, bytes]:
    """Return what is in a folder's files; SQLite makes two beside its own to read it, with nothing in them."""
    found = {file.name: file.read_bytes() for file in folder.iterdir() if not file.name.endswith("-shm")}
    return {name: content for name, content in found.items() if content or not name.endswith("-wal")}


async def test_nothing_is_changed(healthy: Practice) -> None:
    """Not a row, not a file; nor is anybody written to."""
    async with healthy.opened() as database:
        before = await every_row(database, noted=True)
    files = contents(healthy.folder)
    await healthy.looks()
    assert files == contents(healthy.folder)
    async with healthy.opened() as database:
        assert before == await every_row(database, noted=True)
    assert [] == [message for one in healthy.slack.workspace.channels.values() for message in one.messages]
    assert [] == list(healthy.slack.sockets.open)
