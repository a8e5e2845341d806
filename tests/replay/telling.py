"""A small replay to tell of."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

from adapters.replay.export import read
from adapters.replay.report import Report, Used, build
from bot.nudges.telling import Story
from tests.replay.building import DAY, FILES, Json, folder, said

OPENED = datetime(2017, 12, 1, 1, 47, 31, 108, tzinfo=UTC)
HOUR = timedelta(hours=1)
USED = Used("default", {"nudges.first_after": "12h"}, days_from_activity=True)


def turn(after: float, took: float | None, *nudges: float, of: str = "UA", by: str = "UB") -> Story:
    """Return a turn that was opened so many hours after the first one; nudges are given in hours after it."""
    opened = OPENED + after * HOUR
    answered = None if took is None else opened + took * HOUR
    outcome = "open" if took is None else "answered"
    return Story("G1", by, of, opened, answered, outcome, tuple(opened + n * HOUR for n in nudges))


TURNS = (turn(100, 30, 24), turn(0, 2), turn(300, None, 24, 96, 192), turn(50, 5, of="UB", by="UA"))
RATES = {"UA": 2 / 3, "UB": None}


def report(path: Path, *turns: Story, names: Mapping[str, str] | None = None) -> Report:
    """Return a report of `turns`, or of the four above, in an export whose people have these names."""
    users: Json = [{**user, "real_name": (names or {}).get(user["id"], user["id"])} for user in FILES["users.json"]]
    join = said(1, "UA", subtype="channel_join")
    reacted = said(9, "UA", reactions=[{"name": "tada", "users": ["UB"]}])
    export = read(folder(path, {"users.json": users, DAY: [*FILES[DAY], join, reacted]}))
    return build(export, turns or TURNS, RATES, USED)
