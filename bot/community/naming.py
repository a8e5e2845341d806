"""How what somebody typed is said back amid a sentence."""

from bot.language import isolated

SHORT = 40  # characters of what somebody typed that are said back


def shown(text: str) -> str:
    """Return what somebody typed, shortened, as it can be said back amid a sentence."""
    return isolated(text if len(text) <= SHORT else f"{text[: SHORT - 1]}…")
