"""What is said at Start, at Stop, and when a program is tried out."""

from collections.abc import Sequence

from bot.language import later, n, t
from bot.setup.status import Need, Status
from bot.setup.wording import NEEDS, back, state_said
from bot.views import Actions, Block, Button, Message, Text, action, message
from bot.wording import chosen, names
from storage.programs import State

SHADOW_WHILE_RUNNING = later(
    "The program is running, so there is nothing to try out. To stop it first: /mentor-admin stop"
)


def not_ready(needs: Sequence[Need]) -> Message:
    """Say what is missing, and where to go on."""
    line = t("Not yet. What is missing: {needs}.", needs=names([t(NEEDS[need]) for need in needs]))
    reports = (Button(t("Private reports"), action("setup.reports")),) if Need.REPORTS in needs else ()
    return message(line, actions=(*reports, *back()))


def start_question(status: Status) -> Message:
    """Say what Start does, and ask."""
    people = n("{n} person", "{n} people", status.people)
    pairings = n("{n} pairing", "{n} pairings", status.pairings)
    program = status.program.name
    return message(
        t("Start {program} with {people} and {pairings}?", program=program, people=people, pairings=pairings),
        t("I make a conversation for each pairing that has none, and welcome everybody: that goes out at once."),
        t("From then on I remind people of messages that wait. For those that wait already, the time begins at Start."),
        actions=(Button(t("Start now"), action("setup.start_now"), primary=True), *back()),
    )


def started(status: Status) -> Message:
    """Say that it runs."""
    return message(
        chosen(t("Start now")),
        t("{program} is running. Conversations and welcomes are on their way.", program=status.program.name),
        t("To stop everything again: /mentor-admin stop"),
    )


def started_by(name: str | None, program: str) -> tuple[Block, ...]:
    """Tell a coordinator that it runs, and who started it."""
    if name is None:
        line = t("{program} is running now.", program=program)
    else:
        line = t("{name} has started {program}: it is running now.", name=name, program=program)
    return Text(line), Actions(back())


def stands(status: Status, zone: str) -> Message:
    """Tell who comes second, or asks for what is so already, how it stands."""
    return message(state_said(status, zone), t("Nothing was changed."), actions=back())


def shadow_begun() -> Message:
    """Say what trying out means."""
    return message(
        t("I'm trying it out: I do everything as if the program were running, and send members nothing."),
        t("Every morning I tell you and the other coordinators what I would have sent, to whom and when."),
        t("When you're ready: /mentor-admin start"),
    )


def stop_question(status: Status) -> Message:
    """Say what Stop does, and ask."""
    buttons = (Button(t("Stop now"), action("setup.stop_now")), *back())
    if status.program.state is State.SHADOW:
        question = t("Stop trying it out? What I noted so far is forgotten, and I note nothing more.")
        return message(question, actions=buttons)
    return message(
        t("Stop {program}?", program=status.program.name),
        t("Nothing goes out any more until Start: no reminders, no welcomes, no new conversations."),
        t("Nothing is lost: what waits goes on waiting, and people's conversations stay as they are."),
        actions=buttons,
    )


def stopped(status: Status) -> Message:
    """Say that nothing goes out any more."""
    return message(
        chosen(t("Stop now")),
        t("{program} is stopped: nothing goes out until Start.", program=status.program.name),
        t("To go on: /mentor-admin start"),
    )
