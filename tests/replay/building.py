"""Small exports for the tests."""

import json
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from adapters.replay.archive import Limits

Json = Any
DAY = "pair/2024-03-04.json"
FILES: Mapping[str, Json] = {
    "users.json": [
        {"id": "UA", "team_id": "T1", "real_name": "Ann", "tz": "Europe/Berlin", "profile": {}},
        {"id": "UB", "team_id": "T1", "name": "ben", "tz": "America/Chicago", "deleted": True},
        {"id": "UC", "team_id": "T1", "name": "cat"},
        {"id": "BOT", "team_id": "T1", "name": "builder", "is_bot": True},
    ],
    "groups.json": [{"id": "G1", "name": "pair", "members": ["UA", "UB", "BOT"]}],
    DAY: [
        {"type": "message", "ts": "1709550000.000100", "user": "UA", "text": "Hello"},
        {"type": "message", "ts": "1709553600.000200", "user": "UB", "text": "Hi <@UA>"},
    ],
}


def said(seconds: int, user: str, text: Json = "", **more: Json) -> Json:
    """Return a message of Slack's, `seconds` after the export's first one."""
    return {"type": "message", "ts": stamp(seconds), "user": user, "text": text, **more}


def stamp(seconds: int) -> str:
    """Return Slack's id of a message that was written `seconds` after the export's first one."""
    return f"{1709550000 + seconds}.000100"


def folder(path: Path, changes: Mapping[str, Json] | None = None) -> Path:
    """Write an export as a folder; a file that is changed to None isn't there, bytes are written as they are."""
    for name, content in {**FILES, **(changes or {})}.items():
        if content is not None:
            file = path / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(as_bytes(content))
    return path


def zipped(path: Path, changes: Mapping[str, Json] | None = None, top: str = "") -> Path:
    """Write an export as a zip, below the folder `top`."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {**FILES, **(changes or {})}.items():
            if content is not None:
                archive.writestr(f"{top}{name}", as_bytes(content))
    return path


def as_bytes(content: Json) -> bytes:
    """Return what stands in a file: bytes as they are, anything else as JSON."""
    return content if isinstance(content, bytes) else json.dumps(content).encode()


SMALL = Limits(file=5_000, total=6_000, entries=5, directory=2_000, ratio=10, ratio_from=1_000)
SPACES = b" " * 4_000
