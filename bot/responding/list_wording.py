"""What a list of reports says: their names, how each stands, its clock, and never what is in one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.language import n, t
from bot.responding import leaving_wording
from bot.responding.clocks import Waits
from bot.responding.key_wording import safety, too_close
from bot.views import Actions, Block, Button, Heading, Message, Note, Text, action
from bot.wording import moment
from storage.cases import Case, State

Listed = Sequence[tuple[Case, Waits | None]]


@dataclass(frozen=True, slots=True)
class Seen:
    """Who looks, and when; `names` are those of whoever has a report, `alone` the reports that open to nobody else."""

    names: Mapping[int, str]
    me: int
    now: datetime
    zone: str
    alone: tuple[str, ...] = ()


def overview(found: Listed, seen: Seen, more: int, others: int) -> Message:
    """List reports while all is locked. `more` open ones aren't shown, `others` are closed."""
    lines: list[Block] = [Text(line(case, until, seen)) for case, until in found]
    if not found:
        lines.append(Text(t("No report waits for you.")))
    if more > 0:
        lines.append(Note(n("And {n} more.", "And {n} more.", more)))
    if others:
        lines.append(Note(n("{n} is closed.", "{n} are closed.", others)))
    lines += _alone(seen)
    first = (
        Button(t("Unlock …"), "responding.unlock", primary=True),
        Button(t("Enter a report …"), "responding.enter"),
        too_close(),
    )
    second = (
        Button(t("Change my passphrase …"), "responding.passphrase"),
        Button(t("I've lost my passphrase"), "responding.lost"),
    )
    return Message((Heading(t("Private reports")), *lines, Actions(first), Actions(second)))


def cases(found: Listed, seen: Seen, token: str, page: int, pages: int) -> Message:
    """List reports that can be opened."""
    blocks: list[Block] = []
    for case, until in found:
        open_ = Button(t("Open {name}", name=case.name), action("responding.read", case.id, token))
        blocks += [Text(line(case, until, seen)), Actions((open_,))]
    if not found:
        blocks.append(Text(t("No report waits for you.")))
    blocks += _alone(seen)
    turn = [
        (page > 0, t("Back"), page - 1),
        (page + 1 < pages, t("More"), page + 1),
    ]
    leaves = [Button(label, action("responding.cases", token, to)) for there, label, to in turn if there]
    others = (
        Button(t("Let somebody in …"), action("responding.let_in", token)),
        Button(t("Lock now"), action("responding.lock", token)),
    )
    return Message((Heading(t("Private reports")), safety(), *blocks, Actions((*leaves, *others))))


def _alone(seen: Seen) -> list[Block]:
    return [Note(leaving_wording.alone(seen.alone))] if seen.alone else []


def line(case: Case, until: Waits | None, seen: Seen) -> str:
    """Say how a report stands, in a line."""
    said = t("{name}: {state}", name=case.name, state=_state(case, seen))
    return f"{said} {_clock(until, seen)}" if until else said


def _state(case: Case, seen: Seen) -> str:
    if case.state is State.CLOSED:
        return t("closed.")
    if case.state is State.NEW and case.taken_by_id is None:
        return t("new. Nobody has taken it yet.")
    who = _who(case, seen)
    asked, answered = case.state is State.ASKED, case.state is State.ANSWERED
    if case.taken_by_id == seen.me:
        return t("you have it; a question is open.") if asked else t("you have it.") if not answered else _answered()
    if who is None:
        return t("nobody has it just now.")
    if asked:
        return t("{who} has it; a question is open.", who=who)
    return t("{who} has it, and it's answered.", who=who) if answered else t("{who} has it.", who=who)


def _answered() -> str:
    return t("you have it, and it's answered.")


def _who(case: Case, seen: Seen) -> str | None:
    return None if case.taken_by_id is None else seen.names.get(case.taken_by_id)


def _clock(until: Waits, seen: Seen) -> str:
    at = moment(until.limit, seen.zone)
    if until.limit <= seen.now:
        return (
            t("A person was to read it by {at}: please look at it now.", at=at)
            if until.to_read
            else t("It was to be answered by {at}: please look at it now.", at=at)
        )
    return t("To be read by {at}.", at=at) if until.to_read else t("To be answered by {at}.", at=at)
