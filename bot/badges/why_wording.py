"""What counted for a badge: each case with its day and what it was."""

from collections.abc import Sequence

from bot.badges.looking import Mine
from bot.badges.measures import Measure
from bot.badges.progress_wording import line
from bot.badges.rules import Case, Measured, Verdict
from bot.language import later, n, t
from bot.views import PER_ROW, Block, Button, Heading, Message, Note, Text, action, in_rows, message
from bot.wording import day

SHOWN = 6  # cases of each criterion, the newest
BADGE_OR_WHY = later("Write /mentor badge, or /mentor badge why.")

WHAT = {
    Measure.SESSIONS_BOOKED: later("{day}: a session was booked"),
    Measure.SESSIONS_ATTENDED: later("{day}: a session was held"),
    Measure.FEEDBACK_GIVEN: later("{day}: you gave notes or feedback on a session"),
    Measure.GOALS_ACTIVE: later("a goal that goes on, since {day}"),
    Measure.GOALS_LINKED: later("a goal that a session was about, last on {day}"),
    Measure.GOAL_UPDATES: later("{day}: one of you said how far a goal is"),
    Measure.EVENTS_ATTENDED: later("{day}: you were at a community event"),
}
EACH = {
    Measure.RESPONSE_RATE: (later("Which messages?"), "nudges.why"),
    Measure.FORMS_ON_TIME: (later("Which forms?"), "feedback.why"),
}


def which(found: Sequence[Mine]) -> Message:
    """Ask of which badge somebody wants to know what counted."""
    if not found:
        return message(t("Nothing is counted for a badge of yours just now."))
    titles = tuple(Button(_named(one), action("badges.why", one.id)) for one in found[:PER_ROW])
    return message(t("Of which badge would you like to know?"), actions=titles)


def _named(one: Mine) -> str:
    return t("{title}: why?", title=t(one.definition.title))


def why(one: Mine, zone: str) -> Message:
    """List what counted for each criterion of a badge."""
    measured = one.standing.measured if one.standing else ()
    blocks: list[Block] = [Heading(t("What counted: {title}", title=t(one.definition.title)))]
    blocks += [Text("\n".join(_criterion(number, each, zone))) for number, each in enumerate(measured, 1)]
    buttons = [button for number, each in enumerate(measured) for button in _buttons(one.id, number, each)]
    return Message((*blocks, *in_rows(buttons), Note(_how())))


def _how() -> str:
    return t(
        "Something looks wrong? Press the button with its number: a coordinator looks at it and tells you. "
        "For messages and forms you can do so for each of them."
    )


def _criterion(number: int, one: Measured, zone: str) -> list[str]:
    head = t("{number}. {line}", number=number, line=line(one, zone))
    if one.criterion.measure in EACH:
        return [head, *_rated(one)]
    newest = sorted(one.cases, key=lambda case: case.at, reverse=True)
    rest = len(newest) - SHOWN
    more = [n("and {n} more before", "and {n} more before", rest)] if rest > 0 else []
    return [head, *(_case(one.criterion.measure, case, zone) for case in newest[:SHOWN]), *more]


def _rated(one: Measured) -> list[str]:
    """Say how many of the newest were late, and what is forgiven."""
    late = sum(not case.counts for case in one.cases)
    said = n("Of the newest {all}, {n} was late.", "Of the newest {all}, {n} were late.", late, all=len(one.cases))
    forgiven = n("{n} of them is forgiven.", "{n} of them are forgiven.", one.forgiven)
    return [*([said] if late else []), *([forgiven] if one.forgiven else [])]


def _case(measure: Measure, case: Case, zone: str) -> str:
    return t("• {line}", line=t(WHAT[measure], day=day(case.at, zone)))


def _buttons(badge_id: int, number: int, one: Measured) -> list[Button]:
    """Return what can be done about a criterion."""
    if one.verdict is Verdict.ABSENT:
        return []
    if one.criterion.measure in EACH:
        label, leads_to = EACH[one.criterion.measure]
        return [Button(t(label), leads_to)] if one.cases else []
    label = t("{number}. This isn't right", number=number + 1)
    return [Button(label, action("badges.wrong", badge_id, number))]
