"""What /mentor notes says: what waits to be written, what was written, how much came in time, next steps."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from bot.feedback.looking import Around
from bot.feedback.wording import title
from bot.forms.definition import Definition
from bot.language import n, t
from bot.nudges.disputes_wording import disputed
from bot.nudges.judging import Judged
from bot.nudges.rules import Rate, Verdict
from bot.texts import excerpt
from bot.views import Actions, Block, Button, Heading, Message, Note, Text, action, message
from bot.wording import day, moment, percent
from storage.next_steps import NextStep
from storage.sheets import Sheet

DISPUTABLE = 8  # forms with a button that says that it isn't right


def steps(found: Sequence[NextStep], people: Mapping[int, str], me: int) -> list[Block]:
    """List next steps with a button to say that they are done."""
    blocks: list[Block] = []
    for one in found:
        blocks += [Text(step(one, people, me)), Actions((Button(t("Done"), action("feedback.step_done", one.id)),))]
    return blocks


def around_session(found: Sequence[Block], more: int) -> tuple[Block, ...]:
    """Put next steps under a heading; `more`: so many further ones aren't shown."""
    if not found:
        return ()
    rest = (Note(n("{n} more: /mentor notes", "{n} more: /mentor notes", more)),) if more > 0 else ()
    return Heading(t("Next steps")), *found, *rest


def step(one: NextStep, people: Mapping[int, str], me: int) -> str:
    """Return a next step on a line: who, what, by when."""
    who = t("You two") if one.member_id is None else t("You") if one.member_id == me else people.get(one.member_id, "")
    values = {"who": who, "what": excerpt(one.text, 300)}
    if one.day is None:
        return t("{who}: {what}", **values)
    return t("{who}: {what} (by {day})", day=_day(one.day), **values)


def _day(on: date) -> str:
    return day(datetime.combine(on, time(12), ZoneInfo("UTC")), "UTC")


def step_done(one: NextStep) -> Message:
    """Say that a step is done."""
    undo = Button(t("It isn't done after all"), action("feedback.step_open", one.id))
    return message(t("Done: {what} Well done!", what=excerpt(one.text, 300)), actions=(undo,))


def step_open(one: NextStep) -> Message:
    """Say that a step is open again."""
    return message(t("All right, it's still to be done: {what}", what=excerpt(one.text, 300)))


def step_already() -> Message:
    """Say that it stands so already."""
    return message(t("It stands so already. Nothing was changed."))


def overview(
    to_write: Sequence[Block], more: int, rate: Rate, lately: Sequence[Block], open_steps: Sequence[Block]
) -> Message:
    """Put together what waits to be written, the rate, what was written lately, and next steps."""
    blocks: list[Block] = [Heading(t("Notes and feedback") if to_write else t("Nothing waits to be written"))]
    blocks += to_write
    if more > 0:
        blocks.append(Text(n("And {n} more session.", "And {n} more sessions.", more)))
    if open_steps:
        blocks += [Heading(t("Next steps")), *open_steps]
    if lately:
        blocks += [Heading(t("Your last sessions")), *lately]
    return Message((*blocks, *said_rate(rate)))


def read_button(session_id: int, name: str, at: datetime, zone: str) -> list[Block]:
    """Offer to read what was written after a session."""
    text = t("With {name} on {day}", name=name, day=day(at, zone))
    return [Text(text), Actions((Button(t("Read"), action("feedback.read", session_id)),))]


def said_rate(rate: Rate) -> list[Block]:
    """Say how many came in time."""
    why = (Actions((Button(t("Which ones counted?"), action("feedback.why")),)),) if rate.counted else ()
    if rate.share is None:
        few = n(
            "So far {n} of your notes and feedback forms counted: too few to say anything, neither good nor bad.",
            "So far {n} of your notes and feedback forms counted: too few to say anything, neither good nor bad.",
            rate.counted,
        )
        return [Note(few), *why]
    share = n(
        "In time: {share}. Of your last {counted} notes and feedback forms, {n} came in time.",
        "In time: {share}. Of your last {counted} notes and feedback forms, {n} came in time.",
        rate.in_time,
        share=percent(rate.share),
        counted=rate.counted,
    )
    forgiven = [n("{n} late one is forgiven.", "{n} late ones are forgiven.", rate.forgiven)] if rate.forgiven else []
    return [Text(" ".join([share, *forgiven])), *why]


def why(found: Sequence[tuple[Sheet, Judged]], known: Around, zone: str) -> Message:
    """List what a rate goes over, and what each counts for; the newest late ones have a button."""
    if not found:
        return message(t("Nothing has counted so far."))
    disputable = [one.id for one, judged in found if judged.may_be_disputed][:DISPUTABLE]
    blocks: list[Block] = [Heading(t("Your newest notes and feedback forms, and what each counts for"))]
    if disputable:
        blocks.append(Text(t("Something looks wrong? Press the button below it, and a coordinator looks at it.")))
    for sheet, judged in found:
        blocks.append(Text(_line(sheet, judged, known, zone)))
        button = Button(t("That isn't right"), action("feedback.dispute", sheet.id))
        blocks += [Actions((button,))] if sheet.id in disputable else []
    text = t("Nothing is late before I have reminded you of it; days off, holidays, rests and time away don't count.")
    return Message((*blocks, Note(text)))


def _line(sheet: Sheet, judged: Judged, known: Around, zone: str) -> str:
    values = {
        "title": title(known.form(sheet)),
        "name": known.other(sheet).name,
        "day": day(known.at(sheet), zone),
        "counts": t(disputed(judged) or "") or _counts(sheet, judged.verdict, zone),
    }
    return t("{title}, session with {name} on {day}: {counts}", **values)


def _counts(sheet: Sheet, verdict: Verdict, zone: str) -> str:
    if sheet.failed_at is not None:
        return t("I couldn't reach you, so it doesn't count")
    if verdict is Verdict.TAKEN_OUT:
        return t("the session isn't marked as held, so it doesn't count")
    if sheet.done_at is None:
        return t("counts as late so far") if verdict is Verdict.LATE else t("isn't decided yet")
    at = moment(sheet.done_at, zone)
    if verdict is Verdict.LATE:
        return t("came on {at}, counts as late", at=at)
    return t("came on {at}, counts as in time", at=at)


def written(of: Sequence[tuple[str, Sequence[Block]]], name: str, at: datetime, zone: str) -> Message:
    """Show what was written after a session, each with whose it is and what it is called."""
    heading = Heading(t("Session with {name} on {day}", name=name, day=day(at, zone)))
    if not of:
        return Message((heading, Text(t("Nothing was written that you could read."))))
    blocks = [block for title, these in of for block in (Heading(title), *these)]
    return Message((heading, *blocks))


def whose(form: Definition, name: str | None) -> str:
    """Name a form that somebody filled in; None: whoever reads it."""
    if name is None:
        return t("{title}: yours", title=title(form))
    return t("{title}: {name}'s", title=title(form), name=name)


def drafted() -> Note:
    """Say that something isn't sent."""
    return Note(t("A draft, which nobody but you sees."))


def nothing_said() -> Text:
    """Say that there was nothing to add."""
    return Text(t("Nothing to add."))
