"""Reactions by the short names that policies know (`thumbsup`, `eyes`), where Discord tells them as characters."""

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

# Characters whose short name isn't what Unicode calls them.
NAMES = {
    "👍": "thumbsup",
    "👎": "thumbsdown",
    "⏳": "hourglass_flowing_sand",
    "❤": "heart",
    "🎉": "tada",
    "🙏": "pray",
    "👏": "clap",
    "🙌": "raised_hands",
    "👋": "wave",
    "💯": "100",
    "🔥": "fire",
    "😂": "joy",
    "😊": "blush",
    "🙂": "slightly_smiling_face",
    "✅": "white_check_mark",
}
CHARACTERS = {name: character for character, name in NAMES.items()}
_SHADES = re.compile("[\ufe0e\ufe0f\U0001f3fb-\U0001f3ff]")  # as text or picture, and tones of skin


def name_of(emoji: Mapping[str, Any]) -> str:
    """Return a reaction's short name. A server's own emoji has one already."""
    given = str(emoji.get("name") or "")
    if emoji.get("id"):
        return given or str(emoji["id"])
    plain = _SHADES.sub("", given)
    return NAMES.get(plain) or "_".join(_called(char) for char in plain if char != "\u200d") or "unknown"


def written(emoji: Mapping[str, Any]) -> str:
    """Return a reaction as it stands in an address."""
    return f"{emoji.get('name')}:{emoji['id']}" if emoji.get("id") else str(emoji.get("name") or "")


def _called(character: str) -> str:
    return unicodedata.name(character, f"U{ord(character):x}").lower().replace(" ", "_").replace("-", "_")
