"""What coordinators are told of private reports: that one is late, or is to be handed on; never whose, or what."""

from bot.language import n, t
from bot.views import Block, Note, Text


def late(count: int) -> tuple[Block, ...]:
    """Say that reports wait longer than they should."""
    line = n(
        "A private report waits longer than it should. Please ask the responders to look.",
        "{n} private reports wait longer than they should. Please ask the responders to look.",
        count,
    )
    return Text(line), Note(t("I can't tell you more about it, and please don't ask whose it is."))


def outside(called: str) -> tuple[Block, ...]:
    """Say that something sealed is to be handed on."""
    who = called or t("the outside contact")
    return (
        Text(t("Something sealed waits for {who}. Please have it handed on today.", who=who)),
        Note(t("Whoever runs me finds it with: mentorbot reports. Nobody but {who} can read it.", who=who)),
    )
