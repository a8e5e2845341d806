"""What is said about time away that was typed, and about lighter weeks."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.language import later, t
from bot.members import wording
from bot.members.away import Span, Typed
from bot.members.words import shown
from bot.views import Actions, Button, Field, Form, Message, Text, action, message
from bot.wording import full_day, moment
from storage.members import PauseRow

LENGTHS = {7: later("One week lighter"), 14: later("Two weeks lighter"), 28: later("Four weeks lighter")}

NOT_ANY_MORE = later(
    "That time away is no longer as it was when I wrote this, so I changed nothing. "
    "To end it: /mentor back. To say another: /mentor away"
)


def choices() -> Message:
    """Ask how long somebody is away, or whether less is enough."""
    asked = wording.away_choices()
    lighter = Button(t("Not away, only lighter weeks …"), action("members.lighter"))
    return Message((*asked.blocks, Actions((lighter,))))


def announced(pauses: Sequence[PauseRow], zone: str) -> Message:
    """Say what lies ahead of somebody who isn't away now, and offer to take it back."""
    return message(
        t("You aren't marked as away now. This is what you announced:"),
        *(coming(pause, zone) for pause in pauses),
        actions=(Button(t("Take it back"), action("members.cancel")),),
    )


def coming(pause: PauseRow, zone: str) -> str:
    """Say one time that is announced."""
    begin = full_day(pause.since, zone)
    if pause.until is None:
        return t("Away: from {begin} until you write /mentor back", begin=begin)
    days = {"begin": begin, "end": full_day(pause.until, zone)}
    if pause.lighter:
        return t("Lighter weeks: from {begin} until {end}", **days)
    return t("Away: from {begin} until {end}", **days)


def cancelled(number: int) -> Message:
    """Say that what was announced is taken back."""
    if not number:
        return message(t("Nothing lies ahead of you that I could take back. All is well."))
    return message(t("I've taken it back: you get your reminders as usual then."))


def as_it_was_typed(echo: Message, packed: str) -> Message:
    """Offer to take back what was read otherwise than it was meant."""
    return _beside(echo, Button(t("Not what I meant"), action("members.not_meant", packed)))


def in_two_ways(echo: Message, typed: Typed, spans: Sequence[Span], packed: str, zone: str) -> Message:
    """Say that a day can be read in two ways, and offer both."""
    words = " / ".join(shown(text) for text in (typed.start, typed.since, typed.until) if text)
    both = [Button(_span(span, zone), action("members.reading", packed, index)) for index, span in enumerate(spans)]
    neither = Button(t("Neither"), action("members.not_meant", packed))
    question = Text(t("{typed} can be read in two ways. Which day do you mean?", typed=words))
    return Message((*echo.blocks, question, Actions((*both, neither))))


def _span(span: Span, zone: str) -> str:
    if span.until is None:
        return full_day(span.since, zone) if span.since else ""
    if span.since is None:
        return full_day(span.until, zone)
    return t("{first} to {last}", first=full_day(span.since, zone), last=full_day(span.until, zone))


def _beside(echo: Message, *buttons: Button) -> Message:
    """Put buttons into the last row of a message."""
    *most, last = echo.blocks
    if isinstance(last, Actions):
        return Message((*most, Actions((*last.items, *buttons))))
    return Message((*echo.blocks, Actions(buttons)))


def form_again(form: Form, typed: Typed, since: datetime, until: datetime | None, zone: str) -> Form:
    """Ask for the days again, with what was typed, and say that the other ones no longer hold."""
    taken = t(
        "I've taken the other day back: no pause was kept from it. The day you're back: Monday, two weeks, 5 March"
    )
    begin = typed.start or (since.astimezone(ZoneInfo(zone)).date().isoformat() if typed.since else "")
    end = typed.until or (full_day(until, zone) if until else "")
    filled = {"until": end, "start": begin}
    return replace(form, fields=tuple(_filled(field, filled, taken) for field in form.fields))


def _filled(field: Field, values: dict[str, str], taken: str) -> Field:
    return replace(field, value=values[field.name], hint=taken if field.name == "until" else field.hint)


def back_from_lighter(back: Message | None) -> Message:
    """Say that lighter weeks are over, after the welcome of somebody who was away as well."""
    if back is None:
        return message(t("Your lighter weeks are over: from now on every day counts as before. Welcome back!"))
    return Message((*back.blocks, Text(t("Your lighter weeks are over, too: every day counts as before."))))


def lighter_choices(until: datetime | None, zone: str) -> Message:
    """Say what lighter weeks are, how they stand, and ask how long."""
    lengths = tuple(Button(t(label), action("members.lighter_for", days)) for days, label in LENGTHS.items())
    end = (Button(t("End them now"), action("members.lighter_for", 0)),) if until else ()
    stands = t("Your lighter weeks go on until {day}.", day=full_day(until, zone)) if until else t("How long?")
    return message(
        t(
            "Lighter weeks: your clocks run at half speed. Every other day doesn't count and no reminder comes on it, "
            "and at most one message a week comes from me unasked. There is no need to say why."
        ),
        stands,
        actions=(*lengths, Button(t("Another length …"), action("members.lighter_form")), *end),
    )


def lighter_form() -> Form:
    """Ask for the length of lighter weeks."""
    hint = t("From one day to twelve weeks: two weeks, until 20 March")
    return Form(
        t("Lighter weeks"),
        action("members.lighter_until"),
        (Field("length", t("How long?"), hint=hint),),
        submit=t("Make them lighter"),
    )


def lighter(until: datetime, next_at: datetime | None, zone: str) -> Message:
    """Say until when weeks are lighter."""
    lines = [
        t("Noted: lighter weeks until {day}.", day=full_day(until, zone)),
        t("Every other day doesn't count, and at most one message a week comes from me unasked. Nobody is told why."),
    ]
    if next_at is not None:
        lines.append(t("The next time I'd remind you would be {moment}.", moment=moment(next_at, zone)))
    return message(*lines, actions=(Button(t("End them now"), action("members.lighter_for", 0)), mine()))


def lighter_over(ended: int) -> Message:
    """Say that lighter weeks are over."""
    if not ended:
        return message(t("You have no lighter weeks just now. All is well."), actions=(mine(),))
    return message(t("Your lighter weeks are over: from now on every day counts as before."), actions=(mine(),))


def lighter_too_long(until: datetime, zone: str) -> str:
    """Say how long lighter weeks can be."""
    return t(
        "That would be {day}. Lighter weeks can last twelve weeks at most; you can ask for them again then.",
        day=full_day(until, zone),
    )


def mine() -> Button:
    """Return the button that shows all that somebody chose."""
    return Button(t("All my choices"), action("members.me"))
