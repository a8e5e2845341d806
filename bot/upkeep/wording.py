"""What the commands say to whoever runs the bot."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

from bot.upkeep.verifying import Finding, Problem, Verdict

BACKED_UP = (
    "The backup is in {file} ({size}). People's names are in it: keep it where nobody else can read it. "
    "The audit log's key and heads are not: keep copies of {key} and of the .heads file beside it elsewhere."
)
RESTORED = "The database is the backup {file} now. You can start mentorbot."
KEPT = "What was there before is kept as {kept}; delete it once all is well."
AFTER_RESTORING = (
    "What was sent after the backup was taken isn't known any more: a reminder may come once more. Messages that were "
    "written since are read again at the start. Who is away, and what a button was pressed for, may be missing."
)
NO_KEY = "The audit log can't be verified without its key, and there is no {key}. Please put your copy of it there."
NO_COPY = "There is no file {heads}."
KEY_IS_THERE = "The key {key} is there, so nothing has to be started over."
REALLY_START_OVER = (
    "What was sealed until now can't be verified any more, by nobody, and the bot no longer knows who made an open "
    "report with a name. Is the key lost for good?"
)
STARTED_OVER = (
    "There is a new key, {key}: keep a copy of it elsewhere. The whole log is sealed with it once mentorbot runs."
)

_ALL_HOLDS = "{name}: holds. {sealed}."
_FOUND = "{name}: DOES NOT HOLD. {what}"
_BEFORE = " What comes before holds: {sealed}."
_WHAT = {
    Problem.CHANGED: "From seal {seal} on{since}: a row or a seal was changed, removed, added or moved.",
    Problem.SEALED_ANEW: (
        "From seal {seal} on{since}: it fits the key, but not what was noted in {heads}. "
        "Somebody who has the key has sealed it anew."
    ),
    Problem.CUT_OFF: "The end was cut off: seals {seal} to {last}{until} are noted in {heads}, and are gone.",
}
_OR_ANOTHER_KEY = " If {key} isn't the key that it was sealed with, it looks the same."
_UNDONE = (
    "{name}: seals {first} to {last} are left out. They were undone when a backup was restored, or a key made anew."
)
_NO_HEADS = (
    "{heads}, which is made with the first seal, is missing: so it can't be seen whether the end was cut off. "
    "If you have a copy of it: mentorbot audit verify --heads FILE"
)
_NOTHING = "Nothing has been written to the log yet."


def verdicts(found: Sequence[Verdict], heads: Path, key: Path) -> Iterator[str]:
    """Say what is so of each program's log, a line each."""
    for verdict in found:
        yield _verdict(verdict, heads, key)
        if verdict.undone:
            yield _UNDONE.format(name=verdict.name, first=min(verdict.undone), last=max(verdict.undone))
    if not found:
        yield _NOTHING
    if not heads.exists():
        yield _NO_HEADS.format(heads=heads)


def _verdict(verdict: Verdict, heads: Path, key: Path) -> str:
    if verdict.finding is None:
        return _ALL_HOLDS.format(name=verdict.name, sealed=_sealed(verdict))
    text = _FOUND.format(name=verdict.name, what=_finding(verdict.finding, heads, key))
    return text + _BEFORE.format(sealed=_sealed(verdict)) if verdict.chain.heads else text


def _finding(finding: Finding, heads: Path, key: Path) -> str:
    since = f", made {moment(finding.since)}" if finding.since else ""
    until = f", the newest made {moment(finding.until)}," if finding.until else ""
    text = _WHAT[finding.problem].format(seal=finding.seal, last=finding.last, since=since, until=until, heads=heads)
    if finding.problem is Problem.CHANGED and finding.seal == 1:
        text += _OR_ANOTHER_KEY.format(key=key)
    return text


def _sealed(verdict: Verdict) -> str:
    chain = verdict.chain
    if not chain.heads:
        return _unsealed(chain.unsealed, "nothing is sealed yet")
    rows = f"{_count(chain.rows, 'row', 'rows')} under {_count(len(chain.heads), 'seal', 'seals')}"
    until = f", up to {moment(chain.until)}" if chain.until else ""
    return _unsealed(chain.unsealed, rows + until)


def _unsealed(number: int, text: str) -> str:
    return f"{text}; {_count(number, 'row waits', 'rows wait')} for a seal" if number else text


def moment(at: datetime) -> str:
    """Return an instant as operators read it: `2026-03-02 10:00 UTC`."""
    return f"{at:%Y-%m-%d %H:%M} UTC"


def size(number: int) -> str:
    """Return a number of bytes as people read it: `1.2 MB`."""
    return f"{number / 1e6:.1f} MB"


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"
