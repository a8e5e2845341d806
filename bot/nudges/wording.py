"""What nudges say."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.language import later, n, t
from bot.nudges.rules import Rate
from bot.people import Place
from bot.views import Actions, Block, Button, Heading, Link, Message, Note, Text, action, message
from bot.wording import ago, length, moment, names, percent
from storage.nudges import Outcome, Turn

LATER = {  # days
    0: later("In three hours"),
    1: later("Tomorrow"),
    3: later("In three days"),
    7: later("In a week"),
}

SETTLED = {
    Outcome.ANSWERED: later("You have answered {name}. Nothing left to do here."),
    Outcome.REACTED: later("You have reacted to {name}'s message. Nothing left to do here."),
    Outcome.NOT_NEEDED: later("{name}'s message needs no reply, you said. Nothing left to do here."),
    Outcome.ELSEWHERE: later("You have answered {name} elsewhere. Nothing left to do here."),
    Outcome.NO_HURRY: later("{name} says there is no hurry. Nothing to do for now."),
    Outcome.WITHDRAWN: later("{name}'s message no longer waits. Nothing left to do here."),
    Outcome.ENDED: later("{name} and you are no longer paired. Nothing left to do here."),
    Outcome.OPEN: later("{name} is waiting again. I'll send you a new reminder if it's needed."),
}


def item(turn: Turn, name: str, place: Place, now: datetime, zone: str) -> tuple[Block, ...]:
    """Remind of one message, with all that can be done about it."""
    key = (turn.id, turn.facts.reopened)
    written = {"name": name, "ago": ago(turn.facts.opened_at, now, zone)}
    if was_wanted(turn):
        waits = t("{name} wrote to you {ago} and would like an answer.", **written)
    else:
        waits = t("{name} wrote to you {ago} and may be waiting for an answer.", **written)
    return (
        Text(waits),
        Actions(
            (
                Link(t("Open the conversation"), place, turn.facts.opener),
                Button(t("Later"), action("nudges.later", *key)),
                Button(t("No reply needed"), action("nudges.not_needed", *key)),
                Button(t("I answered elsewhere"), action("nudges.elsewhere", *key)),
            )
        ),
    )


def was_wanted(turn: Turn) -> bool:
    """Tell whether its writer said that a message waits; otherwise the bot thinks so by itself."""
    return turn.facts.wanted


def settled(outcome: Outcome, name: str) -> Text:
    """Say of a message that was reminded of that nothing is left to do."""
    return Text(t(SETTLED[outcome], name=name))


def reminder(items: Sequence[Block], others: Sequence[str], *, wanted: bool, last: bool) -> tuple[Block, ...]:
    """Put a whole reminder together.

    `others`: who else waits, by name; `wanted`: somebody said that they wait; `last`: no further reminder follows.
    """
    rest = (Text(t("{names} wrote to you as well: /mentor waiting", names=names(others))),) if others else ()
    return (
        Heading(t("A friendly reminder")),
        *items,
        *rest,
        Actions((Button(t("I'm away"), action("members.away")),)),
        Note(" ".join([_by_itself(wanted=wanted), *([t("I won't remind you of this again.")] if last else [])])),
    )


def _by_itself(*, wanted: bool) -> str:
    if wanted:
        return t("I send this by myself. A short line or a reaction is enough.")
    return t("I send this by myself; nobody asked me to. A short line or a reaction is enough.")


def silent_pair(asker: str, answerer: str, since: datetime, zone: str) -> tuple[Block, ...]:
    """Tell a coordinator that a pair may need help."""
    return (
        Text(
            t(
                "{asker} and {answerer} may need help getting back in touch: "
                "a message has been waiting since {moment}.",
                asker=asker,
                answerer=answerer,
                moment=moment(since, zone),
            )
        ),
    )


def silent_pairs(items: Sequence[Block]) -> tuple[Block, ...]:
    """Put the lines for a coordinator together."""
    return (
        *items,
        Note(t("I won't remind them again. A kind word from you often helps. All pairs: /mentor-admin waiting")),
    )


def later_choices(turn_id: int, reopened: int) -> Message:
    """Ask when to remind again."""
    buttons = tuple(
        Button(t(label), action("nudges.put_off", turn_id, reopened, days)) for days, label in LATER.items()
    )
    return message(t("When may I remind you again?"), actions=buttons)


def put_off(name: str, at: datetime | None, zone: str, *, late: bool) -> Message:
    """Say when the next reminder comes; `late`: by then an answer is no longer in time."""
    if at is None:
        again = t("I'll remind you of {name}'s message when you're back, unless you've answered by then.", name=name)
    else:
        again = t(
            "I'll remind you of {name}'s message on {moment}, unless you've answered by then.",
            name=name,
            moment=moment(at, zone),
        )
    return message(again, *((t("For your response rate, the time goes on meanwhile."),) if late else ()))


def not_needed(name: str) -> Message:
    """Thank for a tap."""
    return message(
        t(
            "Thanks. I won't remind you of {name}'s message again, and it doesn't count in your response rate.",
            name=name,
        )
    )


def elsewhere(name: str) -> Message:
    """Thank for a tap."""
    return message(
        t("Good to know. {name}'s message counts as answered elsewhere, and I won't remind you of it again.", name=name)
    )


def already(outcome: Outcome, name: str) -> Message:
    """Say to a press on an old button how things stand."""
    return Message((settled(outcome, name),))


def plain(text: str) -> Message:
    """Say one of the sentences that are the same for everybody."""
    return message(t(text))


WANTED = later(
    "I'll see to it: if no answer comes, I'll send a friendly reminder after a while. "
    "I'll say that I send it by myself."
)
WANTED_ALREADY = later("That message is waiting for an answer already. I'll send a friendly reminder after a while.")
NEWER_WAITS = later(
    "A newer message of yours is waiting for an answer already. I'll send a friendly reminder after a while."
)
YOUR_TURN = later(
    "The other side has written to you since, so just now it's your turn. Write again, and I'll see to that."
)
NO_HURRY = later("All right, no hurry. I won't remind anybody of this message.")
NO_HURRY_ALREADY = later("Nobody would have been reminded of this message. All is well.")
RATE_OR_WHY = later("I know two forms: /mentor rate for the figure, and /mentor rate why for the messages behind it.")
NOT_YOURS = later("Only whoever wrote a message can say that. This one is somebody else's.")
NOT_A_SPACE = later("I can do that only for messages in a mentoring conversation that I'm part of.")
NOT_FOR_YOU = later("This button belongs to somebody else's reminder. Nothing was changed.")


def waiting(
    for_me: Sequence[tuple[Turn, str, Place]],
    for_others: Sequence[tuple[Turn, str, bool]],
    taken_as_answered: Sequence[tuple[Turn, str]],
    shown: int,
    now: datetime,
    zone: str,
) -> Message:
    """List what waits for a member and what they wait for, the oldest first: `shown` in full, the rest by name."""
    blocks: list[Block] = [Heading(t("Waiting for you") if for_me else t("Nothing waits for you"))]
    for turn, name, place in for_me[:shown]:
        blocks += item(turn, name, place, now, zone)
    blocks += _rest([name for _, name, _ in for_me[shown:]])
    if for_others:
        blocks.append(Heading(t("You're waiting for")))
    for turn, name, reminded in for_others[:shown]:
        done = t(_what_was_done(turn, reminded=reminded), name=name, since=moment(turn.facts.waiting_since, zone))
        blocks.append(Text(done))
    blocks += _rest([name for _, name, _ in for_others[shown:]])
    for turn, name in taken_as_answered[:shown]:
        blocks += _taken_as_answered(turn, name, zone)
    return Message(tuple(blocks))


def _rest(others: Sequence[str]) -> list[Block]:
    return [Text(t("And {names}.", names=names(others)))] if others else []


def _what_was_done(turn: Turn, *, reminded: bool) -> str:
    told = turn.told_at is not None and turn.told_at >= turn.facts.waiting_since
    if told and not reminded:
        return later("{name}, since {since}. I couldn't reach them; a coordinator knows, and you can ask them.")
    if told:
        return later(
            "{name}, since {since}. I have reminded them and won't again; a coordinator knows, and you can ask them."
        )
    if reminded:
        return later("{name}, since {since}. I have reminded them.")
    return later("{name}, since {since}. I haven't reminded them so far.")


TAKEN = {
    Outcome.REACTED: later("{name} has reacted to your message of {at}."),
    Outcome.NOT_NEEDED: later("{name} thinks that your message of {at} needs no reply."),
    Outcome.ELSEWHERE: later("{name} says that they have answered your message of {at} elsewhere."),
}


def _taken_as_answered(turn: Turn, name: str, zone: str) -> tuple[Block, ...]:
    return (
        Text(t(TAKEN[turn.facts.outcome], name=name, at=moment(turn.facts.opened_at, zone))),
        Actions((Button(t("I'm still waiting"), action("nudges.reopen", turn.id, turn.facts.reopened)),)),
    )


def moved_on(name: str) -> Message:
    """Say to a press on an old button that things are different by now."""
    return message(
        t("Things have changed: this message to {name} no longer waits. If you need more, just write again.", name=name)
    )


STILL_WAITING = later("I've noted that you're still waiting. I'll send a friendly reminder after a while.")


IN_TIME = later(
    "In time means within {length}, or the time that you two agreed on. Days off, holidays and time away don't count."
)
IN_ITS_TIME = later(
    "In time means within the time that the program gave when the message came, or that you two agreed on. "
    "Days off, holidays and time away don't count."
)


def rate(rate: Rate, within: timedelta | None) -> Message:
    """Say how somebody's response rate stands; `within` is None if some messages had more time than others."""
    why = (Button(t("Which messages counted?"), action("nudges.why")),) if rate.counted else ()
    if rate.share is None:
        few = n(
            "So far {n} message counted: too few to say anything.",
            "So far {n} messages counted: too few to say anything.",
            rate.counted,
        )
        return message(few, t("That's neither good nor bad."), actions=why)
    share = n(
        "Your response rate is {share}: of the last {counted} messages, {n} was answered in time.",
        "Your response rate is {share}: of the last {counted} messages, {n} were answered in time.",
        rate.in_time,
        share=percent(rate.share),
        counted=rate.counted,
    )
    forgiven = [n("{n} late one is forgiven.", "{n} late ones are forgiven.", rate.forgiven)] if rate.forgiven else []
    in_time = t(IN_TIME, length=length(within)) if within else t(IN_ITS_TIME)
    return message(" ".join([share, *forgiven]), in_time, actions=why)
