"""The forms about events, and what is said where something in them can't be taken."""

from collections.abc import Mapping, Sequence

from bot.events.rules import ABOUT, PLACE, TITLE, WORDS
from bot.events.wording import KINDS
from bot.language import n, t
from bot.views import Field, Form, action

LENGTHS = ("60", "90", "120")


def new(values: Mapping[str, str]) -> Form:
    """Ask for a new event."""
    return Form(t("A community event"), action("events.made", 0, 0), _fields(values), submit=t("Look at it first"))


def change(event_id: int, changes: int, values: Mapping[str, str]) -> Form:
    """Ask what is to change of an event."""
    made = action("events.made", event_id, changes)
    return Form(t("Change an event"), made, _fields(values), submit=t("Look at it first"))


def again(draft_id: int, values: Mapping[str, str]) -> Form:
    """Show what was typed, to be changed."""
    made = action("events.redone", draft_id)
    return Form(t("A community event"), made, _fields(values), submit=t("Look at it first"))


def _fields(values: Mapping[str, str]) -> tuple[Field, ...]:
    kinds = tuple((kind.value, t(label)) for kind, label in KINDS.items())
    said = {"kind": "circle", "minutes": "60", **values}
    when, where = t("Your own time, such as: Thursday 18:00"), t("A link, or a place to go to")
    return (
        Field("title", t("What is it called?"), said.get("title", ""), limit=TITLE),
        Field("kind", t("What is it?"), said["kind"], choices=kinds),
        Field("time", t("When does it begin?"), said.get("time", ""), when, limit=100),
        Field("minutes", t("How long?"), said["minutes"], t("In minutes, or: 1 hour"), limit=40),
        Field("venue", t("Where?"), said.get("venue", ""), where, required=False, limit=PLACE),
        Field("about", t("A line about it"), said.get("about", ""), required=False, long=True, limit=ABOUT),
    )


def call_off(event_id: int, title: str) -> Form:
    """Ask whether an event is really called off, and for a line to those who come."""
    label = t("A line to those who come, if you like")
    field = Field("words", label, hint=t("I'll tell them that it's called off."), required=False, limit=WORDS)
    title = t("Call off: {title}", title=title)
    return Form(title, action("events.called_off", event_id), (field,), submit=t("Call it off"))


def code(event_id: int) -> Form:
    """Ask for the code that was shown at an event."""
    hint = t("Five letters and digits that are shown or read out there")
    field = Field("code", t("The code"), hint=hint, limit=40)
    return Form(t("I was there"), action("events.there", event_id), (field,))


def tick(made: str, people: Sequence[tuple[str, str]], noted: Sequence[str]) -> Form:
    """Ask who was there: by ticking whoever was to come, and by names."""
    boxes = t("Tick whoever was there")
    shown = Field("there", boxes, ",".join(noted), required=False, choices=tuple(people), several=True)
    hint = t("Names or @mentions, with commas between them")
    others = Field("others", t("Who else was there?"), hint=hint, required=False, long=True, limit=1000)
    return Form(t("Who was there?"), made, (shown, others) if people else (others,), submit=t("Save"))


def no_title() -> str:
    """Say that an event needs a name."""
    return t("Please write what it is called, such as: Mentoring circle in May")


def choose() -> str:
    """Say that one of the choices has to be taken."""
    return t("Please choose one of these.")


def not_a_length() -> str:
    """Say how a length is written."""
    return t("Please write how long it takes, such as {lengths}.", lengths=", ".join(LENGTHS))


def not_so_long(minutes: int) -> str:
    """Say how long an event can be."""
    return n(
        "That would be {n} minute. An event takes from 10 minutes to 12 hours.",
        "That would be {n} minutes. An event takes from 10 minutes to 12 hours.",
        minutes,
    )


def too_long(length: int, longest: int) -> str:
    """Say how long a text may be."""
    return t("This has {length} characters; {longest} is the most I can take.", length=length, longest=longest)


def no_code() -> str:
    """Say that a code is needed."""
    return t("Please type the code that was shown there.")


def wrong_code() -> str:
    """Say that a code isn't the right one."""
    return t("That isn't the code of this event. Please look at it once more: five letters and digits.")


def nobody_called(words: str) -> str:
    """Say that nobody is called so."""
    return t('I don\'t know "{words}". Please write the name as it stands in /mentor-admin people.', words=words)


def several_called(words: str) -> str:
    """Say that a name is that of several people."""
    return t('"{words}" may mean several people. Please write the whole name, or an @mention.', words=words)
