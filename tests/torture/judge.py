"""What must hold after every run, whatever happened in it; each complaint is a line."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from bot.calls import Deleted, Posted
from storage.audit import Audit
from tests.torture.look import Look, Row
from tests.torture.pretended import Pretended
from tests.torture.result import Result, moment
from tests.torture.script import Script

# A message is seen at most this long after it was written: three steps late, and the step in which it is.
UNSEEN = timedelta(hours=5)
# A reminder that was held up may be needless by the time at which it could go: so long after its time.
HELD_UP = timedelta(days=3)
LATER = "nudges.later:"


def complaints(result: Result, platform: Pretended, script: Script, log: Path) -> Iterator[str]:
    """Yield what is wrong in a run by itself: unheard, dead, not noted, not sent, twice, or needless."""
    yield from _unheard(result, script)
    yield from (f"dead: {line}" for line in result.lines["outbox"] if " is dead" in line)
    yield from _noted(result, platform)
    yield from _twice(result, platform)
    yield from _needless(result, platform)
    if aside := log.read_text().count("was set aside"):
        yield f"set aside: {aside} observations"


def _unheard(result: Result, script: Script) -> Iterator[str]:
    told = (what for step in script.week for what in step.told)
    written = {(what.place.channel, what.message) for what in told if isinstance(what, Posted | Deleted)}
    known = {(result.names.value(row, "space"), row["external"]) for row in result.rows["message"]}
    yield from (f"unheard: {message}" for message in sorted(written - known))


def _noted(result: Result, platform: Pretended) -> Iterator[str]:
    """Compare what the platform took with what the bot takes for sent: the same messages."""
    taken = {one.id: (one.user, one.key) for one in platform.accepted}
    noted = {row["message"] for row in result.rows["delivery"] if row["sent_at"] is not None}
    known = {taken.get(id_) for id_ in noted}
    yield from (f"noted and not sent: {id_}" for id_ in sorted(noted - taken.keys()))
    yield from (f"sent and not noted: {key} to {user}" for user, key in sorted({*taken.values()} - known))


def _twice(result: Result, platform: Pretended) -> Iterator[str]:
    """Count the reminders of each message that waits: those that came, and those that are noted as sent."""
    shown = Counter(
        action.removeprefix(LATER)
        for one in platform.once()
        for action in one.first.actions
        if action.startswith(LATER)
    )
    noted = Counter(f"{row['turn_id']}:{row['reopened']}" for row in result.rows["nudge"] if row["sent_at"] is not None)
    for turn in sorted(shown.keys() | noted.keys()):
        if shown[turn] != noted[turn]:
            what = result.names.turn(int(turn.split(":")[0]))
            yield f"{what} was reminded of {shown[turn]} times, and {noted[turn]} reminders are noted"


def _needless(result: Result, platform: Pretended) -> Iterator[str]:
    """Yield reminders of what was settled, and known to be."""
    turns = {row["id"]: row for row in result.rows["turn"]}
    for one in platform.once():
        for action in one.first.actions:
            if action.startswith(LATER):
                turn, reopened = map(int, action.removeprefix(LATER).split(":"))
                if turn in turns and _was_over(turns[turn], reopened, one.at):
                    yield f"needless: {one.user} was reminded of {result.names.turn(turn)} at {one.at}"


def _was_over(turn: Row, reopened: int, at: datetime) -> bool:
    closed = turn["closed_at"]
    return closed is not None and turn["reopened"] == reopened and moment(closed) + UNSEEN < at


def lost(expected: Result, got: Result) -> Iterator[str]:
    """Yield the reminders that an undisturbed run sent and this one didn't, though there was time."""
    closed = {got.names.turn(row["id"]): row["closed_at"] for row in got.rows["turn"]}
    there = _sent(got)
    for (turn, what), at in sorted(_sent(expected).items()):
        end = closed.get(turn)
        if (turn, what) not in there and (end is None or moment(end) > at + HELD_UP):
            yield f"lost: {what} of {turn}, sent at {at} in the undisturbed run"


def _sent(result: Result) -> dict[tuple[tuple[str, str], str], datetime]:
    """Return what was sent of each turn, and when."""
    deliveries = {row["id"]: row["sent_at"] for row in result.rows["delivery"]}
    found: dict[tuple[tuple[str, str], str], datetime] = {}
    for row in result.rows["outbox"]:
        if row["effect"] == "send" and row["state"] == "sent":
            turn, *more = map(int, row["args"].split(":"))
            found[result.names.turn(turn), f"{row['kind']} {more}"] = moment(deliveries[row["delivery_id"]])
    return found


async def chain(look: Look, result: Result, key: bytes) -> list[str]:
    """Return what is wrong with the audit log's chain: a seal that doesn't fit, a row without one."""
    found = []
    async with look.connected() as conn:
        for program in {row["program_id"] for row in result.rows["audit"]}:
            chain = await Audit(conn, program, moment(0)).verify(key)
            found += [f"the audit chain is broken at seal {chain.broken}"] if chain.broken is not None else []
            found += [f"{chain.unsealed} lines of the audit log have no seal"] if chain.unsealed else []
    return found
