"""What if: who would gain and who would lose if a badge asked for something else. Nothing of it is kept."""

from collections.abc import Mapping

from bot.badges import desk_preview_wording as wording
from bot.badges.desk_counting import everybody
from bot.badges.desk_editing import EDITING
from bot.badges.feature import feature
from bot.badges.keeping import Known, looked_at
from bot.badges.measures import Kind
from bot.badges.what_if import Outcome, changed, compared
from bot.context import Afterwards, Asked, Reading
from bot.feature import Answer, word
from bot.people import COORDINATORS
from bot.views import Errors, Form, Message
from bot.written.shelf import UNKEPT, Used


@feature.button("badges.preview", who=COORDINATORS)
async def preview(asked: Asked) -> Message:
    """Ask which badge is meant."""
    return wording.which([one.definition for one in await looked_at(asked)])


@feature.button("badges.what_if", word, who=COORDINATORS, answer=Answer.FORM)
async def what_if(asked: Asked, name: str) -> Form | Message:
    """Ask for another threshold."""
    badge = await EDITING.one(asked, name)
    return wording.form(badge.definition) if _choices(badge) else wording.nothing_to_change(badge.definition)


def _choices(badge: Known) -> set[str]:
    """Return the criteria that something else can be asked of, by their number."""
    criteria = enumerate(badge.definition.criteria)
    return {str(number) for number, one in criteria if one.about.kind is not Kind.NOT_THERE}


@feature.form("badges.tried", word, who=COORDINATORS)
async def tried(asked: Asked, name: str, values: Mapping[str, str]) -> Afterwards | Errors:
    """Work out for everybody whom another threshold would make a difference for."""
    badge = await EDITING.one(asked, name)
    number = values.get("criterion", "")
    if number not in _choices(badge):
        return Errors({"criterion": wording.choose()})
    index, at_least, within = int(number), values.get("at_least", ""), values.get("within", "")
    was = badge.definition.criteria[index]
    new = changed(badge.source, badge.definition, index, at_least, within or wording.days_of(was))
    if isinstance(new, Errors):
        return new
    if new == badge.definition:
        return Errors({"at_least": wording.as_it_is()})
    kinds = [Used(UNKEPT, badge.definition)], [Used(UNKEPT, new)]

    async def answer(reading: Reading) -> Message:
        outcome = Outcome(0, 0, (), ())
        async for page in everybody(reading, *kinds):
            outcome += compared(*page.found)
        return wording.outcome(badge.definition, was, new.criteria[index], outcome)

    return Afterwards(answer, asked)
