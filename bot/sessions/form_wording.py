"""The form in which a session is proposed, and what is said about what can't be taken."""

from collections.abc import Mapping, Sequence

from bot.language import n, t
from bot.sessions.rules import AGENDA, PREPARE, TIMES
from bot.views import Field, Form

LENGTHS = ("30", "45", "60", "90")
Choices = Sequence[tuple[str, str]]


def form(
    action: str, title: str, values: Mapping[str, str], *, people: Choices = (), goals: Choices = (), needed: bool
) -> Form:
    """Ask for times and all that belongs to a session; `people` to choose from, if there are several to meet.

    `needed`: the program wants a session to be about a goal.
    """
    whom = (Field("with", t("With whom?"), values.get("with", ""), choices=tuple(people)),) if people else ()
    return Form(
        title, action, (*whom, *_times(values), *_what(values, goals, needed=needed)), submit=t("Look at it first")
    )


def _times(values: Mapping[str, str]) -> tuple[Field, ...]:
    labels = (t("A time that suits you"), t("Another time"), t("One more time"))
    hints = (t("Your own time, such as: Thursday 18:00, or tomorrow 6pm"), t("Two or three make it easier"), "")
    return tuple(
        Field(name, labels[i], values.get(name, ""), hints[i], required=i == 0, limit=100)
        for i, name in enumerate(f"time{place}" for place in range(1, TIMES + 1))
    )


def _what(values: Mapping[str, str], goals: Choices, *, needed: bool) -> tuple[Field, ...]:
    length, link = values.get("minutes", "60"), values.get("link", "")
    about, alone = t("What it is about, for the two of you alone"), t("For the two of you alone")
    return (
        Field("minutes", t("How long?"), length, t("In minutes, or: 1 hour"), limit=40),
        *_about(values, goals, needed=needed),
        _long("agenda", t("Agenda"), about, values, AGENDA),
        _long("prepare", t("What to prepare"), alone, values, PREPARE),
        Field("link", t("Link to meet at"), link, t("You can add it later"), required=False, limit=500),
    )


def _about(values: Mapping[str, str], goals: Choices, *, needed: bool) -> tuple[Field, ...]:
    chosen, label = values.get("goals", ""), t("Which goals is it about?")
    return (Field("goals", label, chosen, required=needed, choices=tuple(goals), several=True),) if goals else ()


def _long(name: str, label: str, hint: str, values: Mapping[str, str], limit: int) -> Field:
    return Field(name, label, values.get(name, ""), hint, required=False, long=True, limit=limit)


def new_title() -> str:
    """Name the form of a new proposal."""
    return t("Propose a session")


def other_title() -> str:
    """Name the form in which other times are proposed."""
    return t("Propose other times")


def move_title() -> str:
    """Name the form in which a session is moved."""
    return t("Move a session")


def goal_of(name: str, text: str) -> str:
    """Name a goal, and with whom it is."""
    return t("{name}: {goal}", name=name, goal=text)


def with_whom() -> str:
    """Say that somebody has to be chosen."""
    return t("Please choose one of these.")


def not_there(name: str) -> str:
    """Say that the other can't be asked."""
    return t("{name} doesn't take part in the program just now. A coordinator knows more.", name=name)


def not_a_length() -> str:
    """Say how a length is written."""
    return t("Please write how long it takes, such as {lengths}, or 1 hour.", lengths=", ".join(LENGTHS))


def not_so_long(minutes: int) -> str:
    """Say how long a session can be."""
    return n(
        "That would be {n} minute. A session takes from 10 minutes to 8 hours.",
        "That would be {n} minutes. A session takes from 10 minutes to 8 hours.",
        minutes,
    )


def too_long(length: int, longest: int) -> str:
    """Say how long a text may be."""
    return t("This has {length} characters; {longest} is the most I can take.", length=length, longest=longest)


def other_goals() -> str:
    """Say that goals belong to a pairing."""
    return t("One of these isn't a goal of the two of you. Please choose among your own.")


def goals_needed() -> str:
    """Say that a goal has to be chosen."""
    return t("In this program each session is about a goal. Please choose at least one.")


def no_goals() -> str:
    """Say that a goal is needed first."""
    return t(
        "In this program each session is about a goal, and the two of you have none yet. Add one first: /mentor goals"
    )
