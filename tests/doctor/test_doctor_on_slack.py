"""`mentorbot doctor` on Slack: each thing that is broken, and what is said of it."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from adapters.slack import limits
from storage.contacts import Contacts
from storage.members import Members
from storage.programs import State
from storage.settings import Settings
from tests.doctor.practice import APP_TOKEN, BOT_TOKEN, PRIVATE, Practice
from tests.stand_ins.slack import check_against_wire, described
from tests.storage.tables import every_row

LOOKS = {"auth.test", "apps.connections.open", "bots.info", "conversations.info", "users.conversations"}
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
    "✓ Permissions: The app has all 12 that it needs.",
    EVENTS_FINE,
    "✓ Workspace: Riverside is that of the program Riverside.",
    "✓ Pairs' channels: The bot is in it, and it is open (1 channel).",
    "✓ Contact for worries: The one of Riverside has answered.",
    "✓ Coordinators: Riverside has one.",
    "✓ State of the program: Riverside is running.",
]
DEAF = (
    "✗ Events: Without those permissions Slack doesn't tell the bot of message.im, reaction_added, reaction_removed. "
)
FIRST, SECOND = "First token (SLACK_BOT_TOKEN)", "Second token (SLACK_APP_TOKEN)"
AFTER_TOKENS = "Permissions, Events, Workspace, Pairs' channels"
OF_PROGRAMS = "Contact for worries, Coordinators, State of the program"

Break = Callable[[Practice], Awaitable[None] | None]


def wrong(lines: list[str]) -> list[str]:
    """Return the lines that are no ticks."""
    return [line for line in lines if not line.startswith("✓ ")]


def checked(practice: Practice, lines: list[str]) -> None:
    """Hold against all that the doctor promises, whatever it found."""
    said = "\n".join(lines)
    for secret in (BOT_TOKEN, APP_TOKEN, BOT_TOKEN[5:], APP_TOKEN[-32:], PRIVATE):
        assert secret not in said
    assert [] == [token for token in practice.environ.values() if token[:3] in ("xox", "xap") and token in said]
    assert {request.method for request in practice.slack.requests} <= LOOKS
    assert [] == (check_against_wire(practice.slack.requests) if described() else [])


async def test_all_is_well(healthy: Practice) -> None:
    """A tick for each thing, in the order in which they are needed."""
    lines = await healthy.looks()
    assert FINE == lines
    checked(healthy, lines)


def token(name: str, value: str | None) -> Break:
    """Let a token be another one, or missing."""

    def change(practice: Practice) -> None:
        practice.environ |= {f"SLACK_{name}_TOKEN": value or ""}

    return change


def clock(**ahead: float) -> Break:
    """Let the machine's clock be wrong."""

    def change(practice: Practice) -> None:
        practice.ahead = timedelta(**ahead)

    return change


def lacks(*scopes: str) -> Break:
    """Let the app be installed from an older manifest."""

    def change(practice: Practice) -> None:
        practice.slack.app.scopes -= set(scopes)

    return change


def app(**about: object) -> Break:
    """Let the app be another one than it was."""

    def change(practice: Practice) -> None:
        for name, value in about.items():
            setattr(practice.slack.app, name, value)

    return change


def channel(**about: object) -> Break:
    """Let the pair's channel be another one than it was."""

    def change(practice: Practice) -> None:
        for name, value in about.items():
            setattr(practice.channel, name, value)

    return change


def bot_left(practice: Practice) -> None:
    """Take the bot out of the pair's channel."""
    practice.channel.members.remove(practice.slack.app.bot_user)


def untold(practice: Practice) -> None:
    """Let Slack not say why the bot isn't in the channel."""
    bot_left(practice)
    practice.slack.faults.limits("conversations.info", 30)


def fails(method: str, code: str) -> Break:
    """Let Slack refuse something."""

    def change(practice: Practice) -> None:
        practice.slack.faults.fails(method, code, times=9)

    return change


def limits_it(method: str) -> Break:
    """Let Slack ask for a pause."""

    def change(practice: Practice) -> None:
        practice.slack.faults.limits(method, 30, times=9)

    return change


def breaks(method: str) -> Break:
    """Let Slack have a trouble of its own."""

    def change(practice: Practice) -> None:
        practice.slack.faults.breaks(method, 503, times=9)

    return change


def unreachable(practice: Practice) -> None:
    """Let nobody answer."""
    practice.environ["MENTORBOT_SLACK__API_URL"] = "http://127.0.0.1:9/api/"


def sql(statement: str) -> Break:
    """Change what is remembered."""

    async def change(practice: Practice) -> None:
        async with practice.opened() as database, database.connect() as conn:
            await conn.execute(text(statement))

    return change


def state(now: State, *, ever: bool = False) -> Break:
    """Let the program be in a state."""

    async def change(practice: Practice) -> None:
        async with practice.opened() as database, database.work(practice.program) as work:
            since = (await work.of(Settings).get()).since if ever else None
            await work.of(Settings).put(state=now, since=since)

    return change


async def unproven(practice: Practice) -> None:
    """Let the contact be somebody who hasn't answered."""
    async with practice.opened() as database, database.work(practice.program) as work:
        await work.of(Contacts).put(member_id=practice.members["Lena Vogt"])


async def unproven_address(practice: Practice) -> None:
    """Let the contact be an address from which nothing came back."""
    async with practice.opened() as database, database.work(practice.program) as work:
        await work.of(Contacts).put(address="help@example.org")


async def nobody_coordinates(practice: Practice) -> None:
    """Let the only coordinator, who is the contact as well, have left."""
    async with practice.opened() as database, database.work(practice.program) as work:
        await work.of(Members).change(practice.members["Rosa Delgado"], active=False)


async def many_gone(practice: Practice) -> None:
    """Let there be more channels without the bot than anybody wants to read of."""
    await practice.pairs_in(practice.slack.workspace.team, *(f"CGONE{n}" for n in range(limits.ASKED_SINGLY + 2)))


async def another_workspace(practice: Practice) -> None:
    """Let a channel be where the bot isn't."""
    await practice.pairs_in("T999", "C999")


async def another_platform(practice: Practice) -> None:
    """Let the pair have a space that is none of Slack's."""
    await practice.pairs_in("riverside", "amara-lena", platform="playground")


def other_team(practice: Practice) -> None:
    """Let the tokens be those of another workspace."""
    practice.slack.workspace.team, practice.slack.workspace.name = "T00000002", "Hillside"


INSTALL = 'the page "Install App" of the app'
MANIFEST = 'Print the manifest again (mentorbot slack manifest), paste it under "App Manifest"'
# What is broken; then each line that is no tick: how it begins, and what stands in it.
BROKEN: Mapping[str, tuple[Break, tuple[tuple[str, str], ...]]] = {
    "the clock is ahead": (clock(minutes=5), (("✗ Clock: ", "is 5m ahead of Slack's"),)),
    "the clock is behind": (clock(hours=-2), (("✗ Clock: ", "is 2h behind Slack's"),)),
    "the clock is hardly behind": (clock(seconds=-55), ()),
    "no first token": (
        token("BOT", None),
        ((f"✗ {FIRST}: It is missing. ", INSTALL), ("○ ", f": {AFTER_TOKENS}")),
    ),
    "no second token": (token("APP", None), ((f"✗ {SECOND}: It is missing. ", "App-Level Token"),)),
    "the second token twice": (
        token("BOT", APP_TOKEN),
        ((f"✗ {FIRST}: The other token stands in its place. ", INSTALL), ("○ ", f": {AFTER_TOKENS}")),
    ),
    "the first token twice": (
        token("APP", BOT_TOKEN),
        ((f"✗ {SECOND}: The other token stands in its place. ", '"Basic Information"'),),
    ),
    "a person's token": (
        token("BOT", "xoxp-27182-81828-45904-5235"),
        ((f"✗ {FIRST}: It is a person's token", INSTALL), ("○ ", f": {AFTER_TOKENS}")),
    ),
    "a token that ends": (
        token("BOT", "xoxe.xoxb-27182-81828-45904-5235"),
        ((f"✗ {FIRST}: It is one that ends after some hours", INSTALL), ("○ ", f": {AFTER_TOKENS}")),
    ),
    "half a token": (
        token("BOT", "4159265358-Zq8WvN2kLmB7rT4yHc6DxPaS"),
        ((f"✗ {FIRST}: What stands there isn't such a token", INSTALL), ("○ ", f": {AFTER_TOKENS}")),
    ),
    "a token of which the end is missing": (
        token("BOT", BOT_TOKEN[:-3]),
        ((f"✗ {FIRST}: Slack doesn't know it", INSTALL), ("○ ", f": {AFTER_TOKENS}")),
    ),
    "a second token that nobody knows": (token("APP", APP_TOKEN[:-3]), ((f"✗ {SECOND}: Slack doesn't know it", ""),)),
    "a person's token that looks like the bot's": (
        app(bot_id=""),
        ((f"✗ {FIRST}: It is a person's token", INSTALL), ("○ ", f": {AFTER_TOKENS}")),
    ),
    "the token was revoked": (
        app(revoked="token_revoked"),
        ((f"✗ {FIRST}: Slack no longer accepts it", "install it again"), ("○ ", f": {AFTER_TOKENS}")),
    ),
    "the app was taken out": (
        app(revoked="account_inactive"),
        ((f"✗ {FIRST}: Slack no longer accepts it", "install it again"), ("○ ", f": {AFTER_TOKENS}")),
    ),
    "another refusal": (
        fails("auth.test", "ekm_access_denied"),
        ((f"✗ {FIRST}: Slack refuses it (ekm_access_denied)", ""), ("○ ", f": {AFTER_TOKENS}")),
    ),
    "no connections:write": (
        app(app_scopes={"authorizations:read"}),
        ((f"✗ {SECOND}: It lacks the permission connections:write", "make another one with that scope"),),
    ),
    "no Socket Mode": (app(socket_mode=False), ((f"✗ {SECOND}: ", 'switch on "Enable Socket Mode"'),)),
    "tokens of two apps": (app(id="A00000002"), ((f"✗ {SECOND}: The two tokens belong to two different apps", ""),)),
    "a scope without events": (
        lacks("files:write"),
        (
            ("✗ Permissions: The app lacks files:write. ", MANIFEST),
            ("✗ Events: As the app's manifest is an old one, some may be missing too. ", MANIFEST),
        ),
    ),
    "scopes with events": (
        lacks("reactions:read", "im:history"),
        (
            ("✗ Permissions: The app lacks im:history, reactions:read. ", MANIFEST),
            (DEAF, MANIFEST),
        ),
    ),
    "the scope for channels": (
        lacks("groups:read"),
        (
            ("✗ Permissions: The app lacks groups:read. ", MANIFEST),
            ("✗ Events: ", MANIFEST),
            ("○ ", ": Pairs' channels"),
        ),
    ),
    "another workspace's tokens": (
        other_team,
        (
            ("✗ Workspace: The tokens are for Hillside, but the database has", "(Riverside)"),
            ("○ ", ": Pairs' channels"),
        ),
    ),
    "the channel is archived": (
        channel(archived=True),
        (("✗ Pairs' channels: The one of Amara Okafor and Lena Vogt is archived", "Unarchive it in Slack"),),
    ),
    "the bot was taken out": (
        bot_left,
        (("✗ Pairs' channels: The bot isn't in the one of Amara Okafor and Lena Vogt", "/invite @mentorbot"),),
    ),
    "the channel is public": (
        channel(kind="channel"),
        (("✗ Pairs' channels: The one of Amara Okafor and Lena Vogt is a public channel", "make it private"),),
    ),
    "many channels are gone": (
        many_gone,
        (
            *((("✗ Pairs' channels: The bot isn't in the one of", "/invite @mentorbot"),) * limits.ASKED_SINGLY),
            ("✗ Pairs' channels: The bot isn't in 2 more, or they are archived. ", "then ask again"),
        ),
    ),
    "a channel in another workspace": (another_workspace, (("✗ Pairs' channels: 1 of them ", "another workspace"),)),
    "a space on another platform": (another_platform, ()),
    "Slack doesn't tell of channels": (
        limits_it("users.conversations"),
        (("✗ Pairs' channels: Slack asks for a pause. ", "in a minute"),),
    ),
    "Slack refuses to tell of channels": (
        fails("users.conversations", "access_denied"),
        (("✗ Pairs' channels: Slack doesn't say in which channels the bot is (access_denied)", ""),),
    ),
    "Slack doesn't tell of one": (
        untold,
        (("✗ Pairs' channels: Slack doesn't say how the one of Amara Okafor and Lena Vogt is", "in a minute"),),
    ),
    "Slack asks for a pause": (
        limits_it("*"),
        (
            (f"✗ {FIRST}: Slack asks for a pause. ", "in a minute"),
            (f"✗ {SECOND}: Slack asks for a pause. ", "in a minute"),
            ("○ ", f": {AFTER_TOKENS}"),
        ),
    ),
    "Slack has a trouble": (
        breaks("*"),
        ((f"✗ {FIRST}: Slack has a trouble of its own just now (503)", ""), ("○ ", f": {SECOND}, {AFTER_TOKENS}")),
    ),
    "Slack has a trouble with the second": (
        breaks("apps.connections.open"),
        ((f"✗ {SECOND}: Slack has a trouble of its own just now (503)", ""),),
    ),
    "no connection": (
        unreachable,
        (
            (f"✗ {FIRST}: Slack can't be reached at http://127.0.0.1:9/api/ ", "connected to the internet?"),
            ("○ ", f": Clock, {SECOND}, {AFTER_TOKENS}"),
        ),
    ),
    "no contact": (sql("DELETE FROM contact"), (("✗ Contact for worries: Riverside has none. ", "contact @name"),)),
    "a contact who hasn't answered": (
        unproven,
        (("✗ Contact for worries: Riverside has one, who hasn't answered yet. ", "press the button"),),
    ),
    "an address that isn't proven": (
        unproven_address,
        (("✗ Contact for worries: Riverside has an address, but nobody ", "/mentor-admin contact CODE"),),
    ),
    "no coordinator": (
        nobody_coordinates,
        (
            ("✗ Contact for worries: Riverside has none. ", "contact @name"),
            ("✗ Coordinators: Riverside has none yet. ", "/mentor-admin setup"),
        ),
    ),
    "figures that there are not": (
        sql("UPDATE program SET policy = 'elsewhere'"),
        (("✗ State of the program: ", "elsewhere"),),
    ),
    "no program": (
        sql("DELETE FROM workspace"),
        (
            ("✗ Workspace: In Riverside mentorbot hasn't been started yet. ", "make run"),
            ("○ ", f": Pairs' channels, {OF_PROGRAMS}"),
        ),
    ),
    "a database of an older version": (
        sql("UPDATE alembic_version SET version_num = '0001'"),
        (
            ("✗ Database: This database is older than this mentorbot. ", "start mentorbot on it once"),
            ("○ ", f": Workspace, Pairs' channels, {OF_PROGRAMS}"),
        ),
    ),
    "a database of a newer version": (
        sql("UPDATE alembic_version SET version_num = '9999'"),
        (
            ("✗ Database: This database was written by a newer mentorbot. ", "start that version"),
            ("○ ", f": Workspace, Pairs' channels, {OF_PROGRAMS}"),
        ),
    ),
}


@pytest.mark.parametrize("case", BROKEN)
async def test_each_thing_that_is_broken_is_told(well: Practice, case: str) -> None:
    """In a line of its own, with what mends it; nothing else is taken for wrong."""
    change, expected = BROKEN[case]
    if (changing := change(well)) is not None:
        await changing
    lines = await well.looks()
    found = wrong(lines)
    assert len(expected) == len(found), lines
    for (beginning, part), line in zip(expected, found, strict=True):
        assert line.startswith(beginning), line
        assert part in line
    checked(well, lines)


STATES: Mapping[str, tuple[Break, str]] = {
    "never started": (state(State.SET_UP), "Riverside hasn't been started yet, so members get nothing. A coordinator "),
    "stopped": (state(State.SET_UP, ever=True), "Riverside is stopped, so members get nothing. A coordinator "),
    "tried out": (
        state(State.SHADOW, ever=True),
        "Riverside is being tried out, so members get nothing. A coordinator",
    ),
}


@pytest.mark.parametrize("case", STATES)
async def test_the_state_is_told_and_is_nothing_wrong(well: Practice, case: str) -> None:
    """When a program starts is for its coordinators to say."""
    change, expected = STATES[case]
    if (changing := change(well)) is not None:
        await changing
    lines = await well.looks()
    assert [] == wrong(lines)
    assert lines[-1].startswith(f"✓ State of the program: {expected}")


async def test_what_start_waits_for_is_told(well: Practice) -> None:
    """As /mentor-admin setup says it."""
    for statement in ("UPDATE program SET state = 'set_up'", "UPDATE pairing SET ended_at = '2026-01-01 00:00:00'"):
        await sql(statement)(well)  # type: ignore[misc]
    await unproven(well)
    expected = "Start, in /mentor-admin setup, waits for: at least one pairing, a contact for worries who has answered."
    assert (await well.looks())[-1].endswith(expected)


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
