"""The fields in which a report is written, by whoever makes it or by a responder who enters it; and what is wrong."""

from bot.language import later, t
from bot.reports.people import Answering
from bot.views import Field

NOBODY, UNSURE = "nobody", "unsure"
YES, NO = "yes", "no"
AT_MOST = 23  # people who can be chosen from: a field has 25 choices
LONG, MIDDLE, SHORT = 3000, 1000, 300  # characters; Slack's forms take 3,000

KINDS = {
    "violence": later("Violence, or threats"),
    "harassment": later("Harassment"),
    "discrimination": later("Discrimination"),
    "money": later("Asking for money"),
    "confidence": later("Something confidential was told"),
    "worry": later("I'm worried about somebody"),
    "other": later("Something else"),
}


def outside_contact(called: str) -> str:
    """Name the outside contact, as coordinators call them."""
    return called or t("the outside contact")


def must_not(there: Answering, value: str = "") -> Field:
    """Ask who must not read it; not to be sure is offered only where somebody outside reads it then."""
    people = [(str(one.id), one.name) for one in there.everybody[:AT_MOST]]
    nobody = [(NOBODY, t("Nobody: each of them may"))]
    if there.outside is None:
        hint = t("If you aren't sure about somebody, choose them, too. Nobody outside of the program could read it.")
        choices = (*nobody, *people)
    else:
        hint = t("If you aren't sure, it goes to the contact outside of the program alone.")
        choices = (*nobody, (UNSURE, t("I'm not sure")), *people)
    return Field("must_not", t("Who of these must not read it?"), value, hint, choices=choices, several=True)


def danger(value: str = "") -> Field:
    """Ask whether somebody is in danger."""
    hint = t("Then all who may read it are told at once, day and night.")
    return Field("danger", t("Is somebody in danger now?"), value, hint, choices=((NO, t("No")), (YES, t("Yes"))))


def kind(value: str = "") -> Field:
    """Ask what it is about."""
    return Field(
        "kind", t("What is it about?"), value, choices=tuple((kind, t(label)) for kind, label in KINDS.items())
    )


def what(hint: str, value: str = "") -> Field:
    """Ask what happened."""
    return Field("what", t("What happened?"), value, hint, long=True, limit=LONG)


def concerned(value: str = "") -> Field:
    """Ask who it is about."""
    hint = t("If one of them could read this, they won't be able to.")
    return optional("concerned", t("Who is it about?"), value, hint)


def optional(
    name: str, label: str, value: str = "", hint: str = "", *, limit: int = MIDDLE, long: bool = False
) -> Field:
    """Ask for something that can be left out."""
    return Field(name, label, value, hint, required=False, limit=limit, long=long)


def choose_one(*, unsure: bool) -> str:
    """Say that one of the choices has to be taken; `unsure`: not to be sure is one of them."""
    if unsure:
        return t("Please choose: nobody, a name, or that you aren't sure.")
    return t("Please choose: nobody, or a name. If you aren't sure about somebody, choose them.")


def not_both() -> str:
    """Say that nobody and somebody can't both be."""
    return t("You chose “Nobody” and something else. Please leave one of them out.")


def yes_or_no() -> str:
    """Say that one of two has to be chosen."""
    return t("Please choose one of these.")


def nothing_written() -> str:
    """Say that something has to be written."""
    return t("Please write what happened, in a few words at least.")


def too_long(length: int, most: int) -> str:
    """Say how long a text may be."""
    return t("This has {length} characters; {most} is the most I can take.", length=length, most=most)
