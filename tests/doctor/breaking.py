"""One thing after the other that can be broken in a deployment on Slack, and how it is held against what is said."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

from sqlalchemy import text

from tests.doctor.practice import APP_TOKEN, BOT_TOKEN, PRIVATE, Practice
from tests.stand_ins.slack import check_against_wire, described

LOOKS = {"auth.test", "apps.connections.open", "bots.info", "conversations.info", "users.conversations"}

# How checks are called.
FIRST, SECOND = "First token (SLACK_BOT_TOKEN)", "Second token (SLACK_APP_TOKEN)"
AFTER_TOKENS = "Permissions, Events, Workspace, Pairs' channels"
OF_PROGRAMS = "Contact for worries, Coordinators, State of the program"

Break = Callable[[Practice], Awaitable[None] | None]
# What is broken; then each line that is no tick: how it begins, and what stands in it.
Case = tuple[Break, tuple[tuple[str, str], ...]]


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


def sql(statement: str) -> Break:
    """Change what is remembered."""

    async def change(practice: Practice) -> None:
        async with practice.opened() as database, database.connect() as conn:
            await conn.execute(text(statement))

    return change


async def is_told(practice: Practice, case: Case) -> None:
    """Break something: it gets a line of its own, with what mends it, and nothing else is taken for wrong."""
    change, expected = case
    if (changing := change(practice)) is not None:
        await changing
    lines = await practice.looks()
    found = wrong(lines)
    assert len(expected) == len(found), lines
    for (beginning, part), line in zip(expected, found, strict=True):
        assert line.startswith(beginning), line
        assert part in line
    checked(practice, lines)
