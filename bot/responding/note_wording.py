"""What a lock screen may show of a report."""

from bot.language import t
from bot.views import Actions, Block, Button, Text


def private_note(opens: str) -> tuple[Block, ...]:
    """Say that there is something to read, and nothing else; `opens` is where that is found."""
    return Text(t("You have a private note.")), Actions((Button(t("Open"), opens),))
