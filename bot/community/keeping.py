"""A list between its dry run and its import: sealed, with the key in the button alone."""

import json
import re
import zlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any

from cryptography.fernet import Fernet, InvalidToken

from bot.community.columns import Column
from bot.community.lines import Line
from bot.community.planning import Found

KEPT = timedelta(days=1)
_KEY = re.compile(r"[A-Za-z0-9_-]{43}=")


def key(text: str) -> str:
    """Read a button's argument: the key of a draft. Raises ValueError for anything else."""
    if not _KEY.fullmatch(text):
        raise ValueError
    return text


def new_key() -> str:
    """Return a key that nobody has had."""
    return Fernet.generate_key().decode()


def seal(content: object, with_key: str) -> str:
    """Return what can be read with the key alone."""
    return Fernet(with_key).encrypt(zlib.compress(json.dumps(content).encode())).decode()


def unseal(sealed: str, with_key: str) -> Any:  # noqa: ANN401 - whatever was sealed
    """Return what was sealed with the key. Raises ValueError for another key."""
    try:
        return json.loads(zlib.decompress(Fernet(with_key).decrypt(sealed.encode())))
    except InvalidToken:
        raise ValueError from None


@dataclass(frozen=True, slots=True)
class Kept:
    """A list as it was read, whom the platform knew, and the digest of what was said that it would do."""

    lines: tuple[Line, ...]
    called: Mapping[Column, str]
    found: Mapping[str, Found]
    digest: str

    def as_plain(self) -> dict[str, Any]:
        """Return it as JSON can hold it."""
        return {
            "lines": [line.as_plain() for line in self.lines],
            "called": dict(self.called),
            "found": {word: asdict(found) for word, found in self.found.items()},
            "digest": self.digest,
        }

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> "Kept":
        """Read that again."""
        return cls(
            tuple(Line.from_plain(line) for line in plain["lines"]),
            {Column(name): called for name, called in plain["called"].items()},
            {word: Found(**found) for word, found in plain["found"].items()},
            plain["digest"],
        )
