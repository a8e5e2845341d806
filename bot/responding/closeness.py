"""With whom a responder is too close to read what is about them: said beforehand, and known to nobody else."""

from collections.abc import Collection, Mapping

from bot.calls import Upload
from bot.context import Asked
from bot.errors import UserError
from bot.feature import Answer, number
from bot.language import t
from bot.members.finding import found, mentioned
from bot.people import Member
from bot.reports.contents import Kind
from bot.reports.readers import is_free
from bot.responding import closeness_wording as wording
from bot.responding.feature import RESPONDERS, feature
from bot.responding.opening import add_locked, hidden_of, note
from bot.responding.readership import others
from bot.views import Errors, Form, Message
from storage.cases import Case, Cases, State, reader
from storage.members import Members
from storage.responders import Responders

AT_MOST = 20  # people with whom one is too close


@feature.button("responding.too_close", who=RESPONDERS)
async def show(asked: Asked) -> Message:
    """Show who they are."""
    return wording.shown(await _names(asked, await _mine(asked)))


@feature.button("responding.who_is_close", who=RESPONDERS, answer=Answer.FORM)
async def who_is_close(asked: Asked) -> Form:
    """Ask who they are."""
    return wording.form()


def typed_people(values: Mapping[str, str], _: Mapping[str, Upload]) -> set[str]:
    """Return the handles by which the platform is asked for whoever was typed."""
    return {word for entry in _entries(values) for word in entry.split() if word.startswith("@")}


@feature.form("responding.close_people", who=RESPONDERS, look_up=typed_people)
async def close_people(asked: Asked, values: Mapping[str, str]) -> Message | Errors:
    """Add people; whoever isn't meant clearly is told beside the field."""
    now = await _mine(asked)
    try:
        people = [one for entry in _entries(values) for one in await _meant(asked, entry)]
    except UserError as error:
        return Errors({"who": str(error)})
    new = now | {one.id for one in people}
    if asked.member.id in new:
        return Errors({"who": t(wording.NOT_YOURSELF)})
    if len(new) > AT_MOST:
        return Errors({"who": t(wording.TOO_MANY)})
    return wording.already() if new == now else await _added(asked, new)


async def _added(asked: Asked, new: frozenset[int]) -> Message:
    await asked.work.of(Responders).put_too_close(asked.member.id, new)
    await asked.work.audit.add(asked.member.key, "responding.too_close")
    left, kept = await _let_go(asked, new)
    return wording.shown(await _names(asked, new), left=left, kept=kept, added=True)


@feature.button("responding.not_close", number, who=RESPONDERS)
async def not_close(asked: Asked, other_id: int) -> Message:
    """Take somebody away again: reports from now on come, also if they are about them."""
    now = await _mine(asked)
    if other_id not in now:
        return wording.already()
    await asked.work.of(Responders).put_too_close(asked.member.id, now - {other_id})
    await asked.work.audit.add(asked.member.key, "responding.not_close")
    return wording.shown(await _names(asked, now - {other_id}), taken_away=True)


async def _let_go(asked: Asked, close: frozenset[int]) -> tuple[list[str], list[str]]:
    """Take from whoever asks the reports of which the bot knows that they are about these, if others are left.

    Return the names of those reports, and of those of which nobody else is left.
    """
    cases = asked.work.of(Cases)
    about = [case for case in await cases.read_by(reader(asked.member.id)) if _is_about(asked, case, close)]
    left, kept = [], []
    for case in sorted(about, key=lambda case: case.id):
        await cases.lock(case.id)
        if not await others(asked, case.id, asked.member.id):
            kept.append(case.name)
            continue
        await add_locked(asked, case, Kind.STEPPED_ASIDE, asked.member.id)
        await cases.unwrap(case.id, reader(asked.member.id))
        if case.taken_by_id in (None, asked.member.id):
            await cases.change(case.id, taken_by_id=None, told=False)
        await note(asked, "stepped_aside", case)
        left.append(case.name)
    return left, kept


def _is_about(asked: Asked, case: Case, close: Collection[int]) -> bool:
    if case.state is State.CLOSED:
        return False
    hidden = hidden_of(asked, case)
    about = {*hidden.excluded, *([] if hidden.reporter is None else [hidden.reporter])}
    return not is_free(asked.member.id, about, {asked.member.id: close})


async def _mine(asked: Asked) -> frozenset[int]:
    return (await asked.work.of(Responders).too_close()).get(asked.member.id, frozenset())


async def _names(asked: Asked, ids: Collection[int]) -> list[tuple[int, str]]:
    people = await asked.work.of(Members).get(ids)
    return sorted(((id_, one.name) for id_, one in people.items()), key=lambda one: one[1])


def _entries(values: Mapping[str, str]) -> list[str]:
    typed = values.get("who", "").replace("\n", ",").split(",")
    return [entry.strip() for entry in typed if entry.strip()]


async def _meant(asked: Asked, words: str) -> list[Member]:
    """Return whom words mean: mentions, or one name. Raises UserError if they mean nobody."""
    if words.startswith("@"):
        people = {word: await mentioned(asked, word) for word in words.split()}
        if unknown := [word for word, one in people.items() if one is None]:
            raise UserError(wording.nobody(" ".join(unknown)))
        return [one for one in people.values() if one is not None]
    meant = found(await asked.work.of(Members).every(), words)
    if len(meant) != 1:
        raise UserError(wording.several(words) if meant else wording.nobody(words))
    return meant
