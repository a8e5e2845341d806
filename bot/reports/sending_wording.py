"""What is said once a report was sent."""

from collections.abc import Sequence

from bot.language import t
from bot.reports.clock import Limits
from bot.views import Actions, Block, Button, Heading, Message, Note, Text, action, message
from bot.wording import day


def thanks(name: str, zone: str, limits: Limits, others: Sequence[tuple[int, str]]) -> Message:
    """Say that it was sent, what follows, and ask about reminders between its writer and others (with a name)."""
    blocks: list[Block] = [
        Heading(t("It is sent")),
        Text(t("Thank you for telling. It's called {name}.", name=name)),
        Text(
            t(
                "By {read} a person has read it. By {answered} you have an answer.",
                read=day(limits.read, zone),
                answered=day(limits.answered, zone),
            )
        ),
        Text(t("To read it, or to add something: /mentor report, then “I have a code”.")),
    ]
    if others:
        question = t(
            "Shall I stop reminding you two of each other? The other might notice. Coordinators can see that your "
            "pairing rests."
        )
        blocks.append(Text(question))
        yes = [Button(t("Stop, with {name}", name=other), action("reports.quiet", id_)) for id_, other in others[:4]]
        blocks.append(Actions((*yes, Button(t("No, go on"), action("reports.not_quiet")))))
    blocks.append(
        Note(t("Only you see this answer, and the one above with your code. Close both once the code is written down."))
    )
    return Message(tuple(blocks))


def quiet() -> Message:
    """Say that nobody is reminded."""
    return message(t("I no longer remind you two. Nobody was told."))


def not_quiet() -> Message:
    """Say that all stays as it is."""
    return message(t("All right, everything stays as it is."))
