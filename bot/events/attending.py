"""Who was there says so with the code that was shown there."""

from collections.abc import Mapping

from bot.context import Asked
from bot.events import form_wording, wording
from bot.events.feature import feature
from bot.events.keeping import bring_up_to_date
from bot.events.looking import known, locked
from bot.events.rules import TRIES, CodeTime, code_time, is_on, is_right
from bot.events.wording import Shown
from bot.facts import CountsChanged
from bot.feature import Answer, number
from bot.people import EVERYONE
from bot.views import Errors, Form, Message
from storage.events import Events


@feature.button("events.code", number, who=EVERYONE, answer=Answer.FORM)
async def ask(asked: Asked, event_id: int) -> Form | Message:
    """Ask for the code, if one can be typed now."""
    return _refused(await known(asked, event_id)) or form_wording.code(event_id)


@feature.form("events.there", number, who=EVERYONE)
async def there(asked: Asked, event_id: int, values: Mapping[str, str]) -> Message | Errors:
    """Note that somebody was there, if it is the right code."""
    one = await locked(asked, event_id)
    if refused := _refused(one):
        return refused
    typed = values.get("code", "")
    if not typed.strip():
        return Errors({"code": form_wording.no_code()})
    store = asked.work.of(Events)
    if not is_right(typed, one.event):
        await store.count_wrong(event_id, asked.member.id)
        return Errors({"code": form_wording.wrong_code()})
    await store.attend(event_id, [asked.member.id])
    await asked.work.audit.add(asked.member.key, "events.there")
    await bring_up_to_date(asked, event_id, [asked.member.id])
    await asked.tell(CountsChanged((asked.member.id,)))
    return wording.thanks(one)


def _refused(one: Shown) -> Message | None:
    """Say why no code can be typed; None if one can."""
    guest, time = one.guest, code_time(one.event, one.now)
    reasons = (
        (not is_on(one.event), wording.off),
        (one.was_there, wording.noted_already),
        (time is CodeTime.EARLY, wording.early),
        (time is CodeTime.LATE, wording.late),
        (guest is not None and guest.decided, wording.decided),
        (guest is not None and guest.wrong_codes >= TRIES, wording.tried_enough),
    )
    return next((say(one) for is_so, say in reasons if is_so), None)
