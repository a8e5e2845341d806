"""What coordinators do with requests: write, look at, send, read the answers, close."""

from collections.abc import Mapping, Sequence

from bot.asks import desk_wording, wording
from bot.asks.answers import table
from bot.asks.composing import askers
from bot.asks.feature import feature
from bot.asks.keeping import ASK, bring_up_to_date, row_key, settle
from bot.asks.rules import LONGEST, reached
from bot.calls import Upload
from bot.context import Asked
from bot.errors import UserError
from bot.feature import Answer, number
from bot.members import wording as members_wording
from bot.members.finding import found, mentioned
from bot.people import COORDINATORS, Member
from bot.texts import readable
from bot.views import Errors, Form, Message, action
from storage.asks import Ask, Asks, Audience, Counts, NewAsk, Recipient
from storage.members import Members
from storage.outbox import NewRow
from storage.programs import State

LISTED = 8


@feature.command("ask", "Ask members for something, and see who answers", who=COORDINATORS, answer=Answer.FORM)
async def ask(asked: Asked) -> Form:
    """Open the form for a request."""
    return desk_wording.ask_form(action("asks.made"))


def typed_person(values: Mapping[str, str], _: Mapping[str, Upload]) -> set[str]:
    """Return the handle by which the platform is asked for whom a request is for."""
    word = readable(values.get("who", ""))
    return {word} if word.startswith("@") else set()


@feature.form("asks.made", who=COORDINATORS, look_up=typed_person)
async def made(asked: Asked, values: Mapping[str, str]) -> Message | Errors:
    """Keep a request as a draft, and show whom it would go to."""
    new = await _read(asked, values)
    if isinstance(new, Errors):
        return new
    ask_id = await asked.work.of(Asks).draft(new)
    return await _preview(asked, (await asked.work.of(Asks).get([ask_id]))[ask_id])


@feature.form("asks.changed", number, who=COORDINATORS, look_up=typed_person)
async def changed(asked: Asked, ask_id: int, values: Mapping[str, str]) -> Message | Errors:
    """Change a draft, and show it again."""
    draft = await _lock(asked, ask_id)
    if draft.sent_at is not None:
        return desk_wording.sent_already()
    new = await _read(asked, values)
    if isinstance(new, Errors):
        return new
    await asked.work.of(Asks).change(ask_id, new)
    return await _preview(asked, (await asked.work.of(Asks).get([ask_id]))[ask_id])


async def _read(asked: Asked, values: Mapping[str, str]) -> NewAsk | Errors:
    """Read the form of a request; what is wrong is said beside its field."""
    errors: dict[str, str] = {}
    text, answer = readable(values.get("text", "")), values.get("answer", "")
    if not text:
        errors["text"] = desk_wording.nothing_asked()
    elif len(text) > LONGEST:
        errors["text"] = wording.too_long(len(text))
    if answer not in ("tap", "words"):
        errors["answer"] = desk_wording.choose()
    audience = values.get("audience", "")
    if audience not in set(Audience):
        return Errors({**errors, "audience": desk_wording.choose()})
    to_id = await _who(asked, Audience(audience), readable(values.get("who", "")))
    if isinstance(to_id, str):
        errors["who"] = to_id
    if errors or isinstance(to_id, str):
        return Errors(errors)
    return NewAsk(asked.member.id, Audience(audience), to_id, text, answer == "words")


async def _who(asked: Asked, audience: Audience, words: str) -> int | str | None:
    """Return the id of the one person that a request is for, None for a group, or what is wrong."""
    if audience is not Audience.ONE:
        return desk_wording.no_name_needed() if words else None
    if not words.removeprefix("@"):
        return desk_wording.whose_name()
    people = await _named(asked, words)
    if not people:
        return desk_wording.nobody_called(words)
    if len(people) > 1:
        return desk_wording.several_called(people)
    if people[0].id == asked.member.id:
        return desk_wording.yourself()
    return people[0].id if people[0].active else desk_wording.has_left(people[0].name)


async def _named(asked: Asked, words: str) -> list[Member]:
    by_mention = await mentioned(asked, words)
    if by_mention is not None:
        return [by_mention]
    people = found(await asked.work.of(Members).every(), words)
    return [one for one in people if one.active] or people


async def _preview(asked: Asked, draft: Ask) -> Message:
    people = reached(draft, await asked.work.of(Members).every())
    return desk_wording.preview(draft, people, running=asked.program.state is State.RUNNING)


@feature.button("asks.look", number, who=COORDINATORS)
async def look(asked: Asked, ask_id: int) -> Message:
    """Show a draft again."""
    draft = await _lock(asked, ask_id)
    return desk_wording.sent_already() if draft.sent_at is not None else await _preview(asked, draft)


@feature.button("asks.keep", number, who=COORDINATORS)
async def keep(asked: Asked, ask_id: int) -> Message:
    """Send nothing yet."""
    draft = await _lock(asked, ask_id)
    return desk_wording.sent_already() if draft.sent_at is not None else desk_wording.kept(draft)


@feature.button("asks.change", number, who=COORDINATORS, answer=Answer.FORM)
async def change(asked: Asked, ask_id: int) -> Form | Message:
    """Open a draft's form again."""
    draft = await _lock(asked, ask_id)
    if draft.sent_at is not None:
        return desk_wording.sent_already()
    to = (await asked.work.of(Members).get([draft.to_id or 0])).get(draft.to_id or 0)
    answer = "words" if draft.in_words else "tap"
    values = {"audience": draft.audience.value, "who": to.name if to else "", "text": draft.text, "answer": answer}
    return desk_wording.ask_form(action("asks.changed", ask_id), values)


@feature.button("asks.drop", number, who=COORDINATORS)
async def drop(asked: Asked, ask_id: int) -> Message:
    """Throw a draft away."""
    if (await _lock(asked, ask_id)).sent_at is not None:
        return desk_wording.sent_already()
    await asked.work.of(Asks).drop(ask_id)
    return desk_wording.dropped()


@feature.button("asks.send", number, who=COORDINATORS)
async def send(asked: Asked, ask_id: int) -> Message:
    """Send a request on its way to whoever is meant by it just now."""
    draft = await _lock(asked, ask_id)
    if draft.sent_at is not None:
        return desk_wording.sent_already()
    if asked.program.state is not State.RUNNING:
        return desk_wording.not_running()
    people = reached(draft, await asked.work.of(Members).every())
    if not people:
        return desk_wording.reaches_nobody()
    recipients = await asked.work.of(Asks).send(ask_id, [member.id for member in people])
    rows = [NewRow(row_key(one, 0), ASK, (one.id, 0), one.member_id, asked.now) for one in recipients]
    await asked.work.outbox.add(rows)
    await asked.work.audit.add(asked.member.key, "asks.send", f"ask:{ask_id}")
    return desk_wording.sent(len(rows))


@feature.command("asks", "See what the team asked for, and the answers", who=COORDINATORS)
async def listed(asked: Asked) -> Message:
    """List the newest requests, with how many have answered."""
    asks = await asked.work.of(Asks).newest(LISTED + 1)
    counts = await asked.work.of(Asks).counts([one.id for one in asks])
    names = await askers(asked, asks)
    found = [(one, counts.get(one.id, Counts(0, 0, 0)), names[one.id].name) for one in asks[:LISTED]]
    return desk_wording.listed(found, asked.member.zone, more=len(asks) > LISTED)


@feature.button("asks.answers", number, who=COORDINATORS)
async def answers(asked: Asked, ask_id: int) -> Message:
    """Show who answered what."""
    sent = await _sent(asked, ask_id)
    every = await asked.work.of(Asks).answers(ask_id)
    await asked.work.audit.add(asked.member.key, "asks.read", f"ask:{ask_id}")
    return desk_wording.answers(sent, every, table(every))


@feature.button("asks.close", number, who=COORDINATORS)
async def close(asked: Asked, ask_id: int) -> Message:
    """Let nobody be reminded of a request any more."""
    if (await _sent(asked, ask_id)).closed_at is not None:
        return desk_wording.closed_already()
    asks = asked.work.of(Asks)
    waiting = await asks.waiting(ask_id)
    await asks.close(ask_id)
    await asked.work.audit.add(asked.member.key, "asks.close", f"ask:{ask_id}")
    await _let_go(asked, list((await asks.recipients([one.id for one in waiting])).values()))
    return desk_wording.closed()


async def _let_go(asked: Asked, recipients: Sequence[Recipient]) -> None:
    await settle(asked, recipients)
    await bring_up_to_date(asked, recipients)


async def _sent(asked: Asked, ask_id: int) -> Ask:
    """Return a request that went out; a draft has no answers."""
    found = await _lock(asked, ask_id)
    if found.sent_at is None:
        raise UserError(members_wording.OLD_BUTTON)
    return found


async def _lock(asked: Asked, ask_id: int) -> Ask:
    """Return a request that nobody else sends or closes meanwhile; one that is gone has old buttons."""
    found = await asked.work.of(Asks).lock(ask_id)
    if found is None:
        raise UserError(members_wording.OLD_BUTTON)
    return found
