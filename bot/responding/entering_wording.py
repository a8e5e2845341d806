"""The form for a report that came another way, and what is said of its code."""

from collections.abc import Sequence

from bot.language import t
from bot.reports import fields_wording as fields
from bot.reports.fields_wording import SHORT
from bot.reports.people import Answering
from bot.reports.sealing import grouped
from bot.views import Field, Form, Heading, Message, Text, action
from bot.wording import names


def form(code: str, there: Answering) -> Form:
    """Ask for what came another way."""
    return Form(
        t("Enter a report"),
        action("responding.entered", code),
        (
            fields.must_not(there),
            fields.kind(),
            fields.danger(),
            fields.what(t("As far as you can, in their own words.")),
            fields.concerned(),
            fields.optional("when", t("When?")),
            fields.optional("where", t("Where?")),
            fields.optional("wish", t("What do they wish for?")),
            fields.optional("reach", t("How can they be reached safely?"), limit=SHORT),
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
