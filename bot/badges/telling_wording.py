"""What coordinators are asked about awards by itself."""

from bot.badges.frozen import Words
from bot.language import t
from bot.views import Text


def proposed(name: str, words: Words) -> Text:
    """Ask whether somebody's badge should end."""
    return Text(
        t(
            "Something has been missing for {name}'s {badge} for a while. Please have a look.",
            name=name,
            badge=words.title,
        )
    )
