"""The form for a report that came another way, and what is said of its code."""

from collections.abc import Sequence

from bot.language import t
from bot.reports.people import Answering
from bot.reports.sealing import grouped
from bot.reports.writing_wording import AT_MOST, KINDS, LONG, MIDDLE, NO, NOBODY, UNSURE, YES
from bot.views import Field, Form, Heading, Message, Text, action
from bot.wording import names


def form(code: str, there: Answering) -> Form:
    """Ask for what came another way."""
    people = [(str(one.id), one.name) for one in there.everybody[:AT_MOST]]
    choices = ((NOBODY, t("Nobody: each of them may")), (UNSURE, t("I'm not sure")), *people)
    return Form(
        t("Enter a report"),
        action("responding.entered", code),
        (
            Field(
                "must_not",
                t("Who of these must not read it?"),
                hint=t("If you aren't sure, it goes to the contact outside of the program alone."),
                choices=choices,
                several=True,
            ),
            Field("kind", t("What is it about?"), choices=tuple((kind, t(label)) for kind, label in KINDS.items())),
            Field(
                "danger",
                t("Is somebody in danger now?"),
                hint=t("Then all who may read it are told at once, day and night."),
                choices=((NO, t("No")), (YES, t("Yes"))),
            ),
            Field("what", t("What happened?"), hint=t("As far as you can, in their own words."), long=True, limit=LONG),
            Field(
                "concerned",
                t("Who is it about?"),
                hint=t("If one of them could read this, they won't be able to."),
                required=False,
                limit=MIDDLE,
            ),
            Field("when", t("When?"), required=False, limit=MIDDLE),
            Field("where", t("Where?"), required=False, limit=MIDDLE),
            Field("wish", t("What do they wish for?"), required=False, limit=MIDDLE),
            Field("reach", t("How can they be reached safely?"), required=False, limit=MIDDLE),
            Field(
                "by",
                t("Who told it?"),
                hint=t("Only if they're in the program and agree: with @, or by name. Then they hear of each answer."),
                required=False,
            ),
        ),
        submit=t("Enter it"),
    )


def entered(name: str, code: str, reading: Sequence[str], outside: str, *, outside_reads: bool) -> Message:
    """Say that it is kept, who can read it, and what to do with its code."""
    if outside_reads:
        who = t("It goes to {outside}, and to nobody else.", outside=outside or t("the outside contact"))
    else:
        who = t("It can be read by {names}, and by nobody else.", names=names(reading))
    return Message((Heading(t("{name} is kept, locked", name=name)), Text(who), *_code(code)))


def _code(code: str) -> tuple[Text, ...]:
    return (
        Text(t("Its code: {code}", code=grouped(code))),
        Text(
            t(
                "Please pass it on to whoever told it, in a safe way, and keep no copy: with it, and only with it, "
                "they read the answer here and write back: /mentor report. I can't show it again."
            )
        ),
    )


def already(name: str, code: str) -> Message:
    """Say that it was entered before."""
    return Message((Text(t("{name} is kept already. Nothing was changed.", name=name)), *_code(code)))


def nobody(words: str) -> str:
    """Say that nobody is called so."""
    return t("I know nobody here who is called {words}. Leave it out if they aren't in the program.", words=words[:80])


def nobody_left() -> str:
    """Say that nobody could read it."""
    return t("Nobody is left who could read it, and there is no outside contact with a key, so I can't keep it.")
