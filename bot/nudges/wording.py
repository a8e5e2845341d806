"""What nudges say."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.nudges.rules import Rate
from bot.people import Place
from bot.views import Actions, Block, Button, Heading, Link, Message, Note, Text, action, message
from bot.wording import ago, count, length, moment, names
from storage.nudges import Outcome, Turn

LATER = {0: "In three hours", 1: "Tomorrow", 3: "In three days", 7: "In a week"}  # days

SETTLED = {
    Outcome.ANSWERED: "You have answered {name}. Nothing left to do here.",
    Outcome.REACTED: "You have reacted to {name}'s message. Nothing left to do here.",
    Outcome.NOT_NEEDED: "{name}'s message needs no reply, you said. Nothing left to do here.",
    Outcome.ELSEWHERE: "You have answered {name} elsewhere. Nothing left to do here.",
    Outcome.NO_HURRY: "{name} says there is no hurry. Nothing to do for now.",
    Outcome.WITHDRAWN: "{name}'s message no longer waits. Nothing left to do here.",
    Outcome.OPEN: "{name} is waiting again. I'll send you a new reminder if it's needed.",
}


def item(turn: Turn, name: str, place: Place, now: datetime, zone: str) -> tuple[Block, ...]:
    """Remind of one message, with all that can be done about it."""
    key = (turn.id, turn.facts.reopened)
    waits = "would like an answer" if was_wanted(turn) else "may be waiting for an answer"
    return (
        Text(f"{name} wrote to you {ago(turn.facts.opened_at, now, zone)} and {waits}."),
        Actions(
            (
                Link("Open the conversation", place, turn.facts.opener),
                Button("Later", action("nudges.later", *key)),
                Button("No reply needed", action("nudges.not_needed", *key)),
                Button("I answered elsewhere", action("nudges.elsewhere", *key)),
            )
        ),
    )


def was_wanted(turn: Turn) -> bool:
    """Tell whether its writer said that a message waits; otherwise the bot thinks so by itself."""
    return turn.facts.wanted


def settled(outcome: Outcome, name: str) -> Text:
    """Say of a message that was reminded of that nothing is left to do."""
    return Text(SETTLED[outcome].format(name=name))


def reminder(items: Sequence[Block], others: Sequence[str], *, wanted: bool, last: bool) -> tuple[Block, ...]:
    """Put a whole reminder together.

    `others`: who else waits, by name; `wanted`: somebody said that they wait; `last`: no further reminder follows.
    """
    by_itself = "I send this by myself" + ("" if wanted else "; nobody asked me to")
    end = " I won't remind you of this again." if last else ""
    rest = (Text(f"{names(others)} wrote to you as well: /mentor waiting"),) if others else ()
    return (
        Heading("A friendly reminder"),
        *items,
        *rest,
        Actions((Button("I'm away", action("members.away")),)),
        Note(f"{by_itself}. A short line or a reaction is enough.{end}"),
    )


def silent_pair(asker: str, answerer: str, since: datetime, zone: str) -> tuple[Block, ...]:
    """Tell a coordinator that a pair may need help."""
    return (
        Text(
            f"{asker} and {answerer} may need help getting back in touch: "
            f"a message has been waiting since {moment(since, zone)}."
        ),
    )


def silent_pairs(items: Sequence[Block]) -> tuple[Block, ...]:
    """Put the lines for a coordinator together."""
    return (
        *items,
        Note("I won't remind them again. A kind word from you often helps. All pairs: /mentor-admin waiting"),
    )


def later_choices(turn_id: int, reopened: int) -> Message:
    """Ask when to remind again."""
    buttons = tuple(Button(label, action("nudges.put_off", turn_id, reopened, hours)) for hours, label in LATER.items())
    return message("When may I remind you again?", actions=buttons)


def put_off(name: str, at: datetime | None, zone: str, *, late: bool) -> Message:
    """Say when the next reminder comes; `late`: by then an answer is no longer in time."""
    when = "when you're back" if at is None else f"on {moment(at, zone)}"
    rate = ("For your response rate, the time goes on meanwhile.",) if late else ()
    return message(f"I'll remind you of {name}'s message {when}, unless you've answered by then.", *rate)


def not_needed(name: str) -> Message:
    """Thank for a tap."""
    return message(f"Thanks. I won't remind you of {name}'s message again, and it doesn't count in your response rate.")


def elsewhere(name: str) -> Message:
    """Thank for a tap."""
    return message(f"Good to know. {name}'s message counts as answered elsewhere, and I won't remind you of it again.")


def already(outcome: Outcome, name: str) -> Message:
    """Say to a press on an old button how things stand."""
    return Message((settled(outcome, name),))


WANTED = message(
    "I'll see to it: if no answer comes, I'll send a friendly reminder after a while.",
    "I'll say that I send it by myself.",
)
WANTED_ALREADY = message("That message is waiting for an answer already. I'll send a friendly reminder after a while.")
NEWER_WAITS = message(
    "A newer message of yours is waiting for an answer already. I'll send a friendly reminder after a while."
)
YOUR_TURN = "The other side has written to you since, so just now it's your turn. Write again, and I'll see to that."
NO_HURRY = message("All right, no hurry. I won't remind anybody of this message.")
NO_HURRY_ALREADY = message("Nobody would have been reminded of this message. All is well.")
RATE_OR_WHY = "I know two forms: /mentor rate for the figure, and /mentor rate why for the messages behind it."
NOT_YOURS = "Only whoever wrote a message can say that. This one is somebody else's."
NOT_A_SPACE = "I can do that only for messages in a mentoring conversation that I'm part of."
NOT_FOR_YOU = "This button belongs to somebody else's reminder. Nothing was changed."


def waiting(
    for_me: Sequence[tuple[Turn, str, Place]],
    for_others: Sequence[tuple[Turn, str, bool]],
    taken_as_answered: Sequence[tuple[Turn, str]],
    shown: int,
    now: datetime,
    zone: str,
) -> Message:
    """List what waits for a member and what they wait for, the oldest first: `shown` in full, the rest by name."""
    blocks: list[Block] = [Heading("Waiting for you" if for_me else "Nothing waits for you")]
    for turn, name, place in for_me[:shown]:
        blocks += item(turn, name, place, now, zone)
    blocks += _rest([name for _, name, _ in for_me[shown:]])
    if for_others:
        blocks.append(Heading("You're waiting for"))
    for turn, name, reminded in for_others[:shown]:
        since = moment(turn.facts.waiting_since, zone)
        blocks.append(Text(f"{name}, since {since}. {_what_was_done(turn, reminded=reminded)}"))
    blocks += _rest([name for _, name, _ in for_others[shown:]])
    for turn, name in taken_as_answered[:shown]:
        blocks += _taken_as_answered(turn, name, zone)
    return Message(tuple(blocks))


def _rest(others: Sequence[str]) -> list[Block]:
    return [Text(f"And {names(others)}.")] if others else []


def _what_was_done(turn: Turn, *, reminded: bool) -> str:
    if turn.told_at is not None and turn.told_at >= turn.facts.waiting_since:
        return "I have reminded them and won't again; a coordinator knows, and you can ask them."
    return "I have reminded them." if reminded else "I haven't reminded them so far."


TAKEN = {
    Outcome.REACTED: "{name} has reacted to your message of {at}.",
    Outcome.NOT_NEEDED: "{name} thinks that your message of {at} needs no reply.",
    Outcome.ELSEWHERE: "{name} says that they have answered your message of {at} elsewhere.",
}


def _taken_as_answered(turn: Turn, name: str, zone: str) -> tuple[Block, ...]:
    return (
        Text(TAKEN[turn.facts.outcome].format(name=name, at=moment(turn.facts.opened_at, zone))),
        Actions((Button("I'm still waiting", action("nudges.reopen", turn.id, turn.facts.reopened)),)),
    )


def moved_on(name: str) -> Message:
    """Say to a press on an old button that things are different by now."""
    return message(f"Things have changed: this message to {name} no longer waits. If you need more, just write again.")


STILL_WAITING = message("I've noted that you're still waiting. I'll send a friendly reminder after a while.")


def rate(rate: Rate, within: timedelta) -> Message:
    """Say how somebody's response rate stands."""
    why = (Button("Which messages counted?", action("nudges.why")),) if rate.counted else ()
    if rate.share is None:
        return message(
            f"So far {count(rate.counted, 'message', 'messages')} counted: too few to say anything.",
            "That's neither good nor bad.",
            actions=why,
        )
    forgiven = f" {count(rate.forgiven, 'late one is', 'late ones are')} forgiven." if rate.forgiven else ""
    return message(
        f"Your response rate is {rate.share:.0%}: of the last {rate.counted} messages, "
        f"{rate.in_time} were answered in time.{forgiven}",
        f"In time means within {length(within)}, or the time that you two agreed on. "
        "Days off, holidays and time away don't count.",
        actions=why,
    )


def pairs_waiting(pairs: Sequence[tuple[str, str, datetime, int]], total: int, zone: str) -> Message:
    """Tell a coordinator which pairs may need help: who waits for whom, since when, how often reminded."""
    if not pairs:
        return message(f"All is well: no message waits longer than it should in {count(total, 'pair', 'pairs')}.")
    need = f"{len(pairs)} of {count(total, 'pair', 'pairs')} may need help"
    lines = [
        f"{asker} has been waiting for {answerer} since {moment(since, zone)}; {answerer} {_reminded(reminders)}."
        for asker, answerer, since, reminders in pairs
    ]
    return Message((Heading(need), *map(Text, lines), Note("This list is for helping, not for blaming.")))


def _reminded(reminders: int) -> str:
    return f"was reminded {count(reminders, 'time', 'times')}" if reminders else "couldn't be reminded"
