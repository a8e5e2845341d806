"""What members answer to a request: with a tap, in a few words, or that they can't."""

from collections.abc import Mapping

from bot.asks import wording
from bot.asks.feature import feature
from bot.asks.keeping import bring_up_to_date, settle
from bot.asks.rules import LONGEST
from bot.context import Asked
from bot.errors import UserError
from bot.facts import CountsChanged
from bot.feature import Answer as AnswerAs
from bot.feature import number
from bot.members import wording as members_wording
from bot.nudges import wording as nudges_wording
from bot.people import EVERYONE
from bot.texts import readable
from bot.views import Errors, Form, Message
from storage.asks import Answer, Ask, Asks, Recipient


@feature.button("asks.done", number, who=EVERYONE)
async def done(asked: Asked, recipient_id: int) -> Message:
    """Take a request as done."""
    one, ask = await _mine(asked, recipient_id)
    if ask.in_words:
        raise UserError(members_wording.OLD_BUTTON)
    return await _answer(asked, one, ask, Answer.DONE)


@feature.button("asks.cannot", number, who=EVERYONE)
async def cannot(asked: Asked, recipient_id: int) -> Message:
    """Take it that somebody can't do what is asked."""
    one, ask = await _mine(asked, recipient_id)
    return await _answer(asked, one, ask, Answer.CANNOT)


@feature.button("asks.answer", number, who=EVERYONE, answer=AnswerAs.FORM)
async def answer(asked: Asked, recipient_id: int) -> Form | Message:
    """Open the form for a few words."""
    one, ask = await _mine(asked, recipient_id)
    if not ask.in_words:
        raise UserError(members_wording.OLD_BUTTON)
    return wording.answer_form(recipient_id, ask) if one.waits else wording.already(one.answer, ask.text)


@feature.form("asks.answered", number, who=EVERYONE)
async def answered(asked: Asked, recipient_id: int, values: Mapping[str, str]) -> Message | Errors:
    """Keep what was written."""
    one, ask = await _mine(asked, recipient_id)
    if not ask.in_words:
        raise UserError(members_wording.OLD_BUTTON)
    text = readable(values.get("text", ""))
    if not text:
        return Errors({"text": wording.nothing_written()})
    if len(text) > LONGEST:
        return Errors({"text": wording.too_long(len(text))})
    return await _answer(asked, one, ask, Answer.WORDS, text)


async def _mine(asked: Asked, recipient_id: int) -> tuple[Recipient, Ask]:
    """Return a request to whoever asks; a forged id and somebody else's button get the same answer."""
    one = (await asked.work.of(Asks).recipients([recipient_id])).get(recipient_id)
    if one is None or one.member_id != asked.member.id:
        raise UserError(nudges_wording.NOT_FOR_YOU)
    return one, (await asked.work.of(Asks).get([one.ask_id]))[one.ask_id]


async def _answer(asked: Asked, one: Recipient, ask: Ask, answer: Answer, text: str | None = None) -> Message:
    asks = asked.work.of(Asks)
    if not one.waits or not await asks.answer(one.id, answer, text):
        stands = (await asks.recipients([one.id]))[one.id]
        return wording.already(stands.answer, ask.text)
    await asked.work.audit.add(asked.member.key, f"asks.{answer}")
    now_answered = (await asks.recipients([one.id])).values()
    await settle(asked, now_answered)
    await bring_up_to_date(asked, now_answered)
    await asked.tell(CountsChanged([asked.member.id]))
    return wording.thanks(answer)
