"""What is said about messages that couldn't be delivered."""

from collections.abc import Sequence

from bot.deliveries.reasons import Reason
from bot.language import later, n, t
from bot.views import Actions, Block, Button, Heading, Message, Note, Text, action, message
from bot.wording import moment
from storage.outbox import Effect
from storage.undelivered import DeadRow

WHY = {
    Reason.CLOSED: later(
        "they take no direct messages from me. Please ask them to allow these in this workspace or server"
    ),
    Reason.GONE: later("their account is gone"),
    Reason.PLACE_GONE: later("the conversation is gone, or I'm no longer in it"),
    Reason.NO_ACCOUNT: later("they have no account where I can write to them"),
    Reason.NO_PLACE: later("their conversation is in a place that I'm not connected to"),
    Reason.NO_CHANNEL: later("the program has no channel. Write /mentor-admin channel in the one where I speak to all"),
    Reason.CHANNEL_GONE: later(
        "a channel of the program is gone, or I'm not in it. Please invite me there, or write /mentor-admin channel in "
        "another one"
    ),
    Reason.CHANNEL_SHUT: later(
        "I may not write in a channel of the program. Please allow me to write there, and to attach files; or write "
        "/mentor-admin channel in another one"
    ),
    Reason.NO_ROLES: later(
        "I may not give or take that role. In Discord, under Server Settings, Roles, my own role needs the permission "
        '"Manage Roles", and has to stand above it'
    ),
    Reason.NO_SHARED: later(
        "they share no workspace or server. Let one of them link an account where the other is: /mentor link"
    ),
    Reason.FAILED: later("it failed ten times. Whoever runs me finds more about it in my log"),
    Reason.REFUSED: later("the place where they are refused it"),
}

KINDS = {
    "nudges.nudge": later("a reminder of a message that waits"),
    "nudges.told": later("a line about pairs that may need help"),
    "asks.ask": later("a request of the team"),
    "deliveries.unreachable": later("a line about somebody whom I can't reach"),
    "deliveries.gone": later("a line about somebody whom I can't reach"),
    "deliveries.no_roles": later("a line about roles that I can't give"),
    "mydata.left": later("a line that somebody has left"),
    "mydata.told": later("a line that somebody has left"),
    "mydata.still_open": later("a line about a conversation that I couldn't close"),
}

EFFECTS = {
    Effect.SEND: later("a message"),
    Effect.EDIT: later("a change to a message that they have"),
    Effect.OPEN: later("the beginning of their conversation"),
    Effect.POST: later("a message in their conversation"),
    Effect.CLOSE: later("the end of their conversation"),
    Effect.ANNOUNCE: later("an announcement"),
    Effect.WEAR: later("a role beside their name"),
    Effect.TAKE_OFF: later("the end of a role beside their name"),
}

NO_LONGER = later("This one is no longer in the list. How it stands now: /mentor-admin undelivered")


def undelivered(rows: Sequence[tuple[DeadRow, Reason, str]], total: int, zone: str) -> Message:
    """List what couldn't be delivered, each with whom it is for; what isn't shown is counted."""
    if not rows:
        return message(t("All is well: everything could be delivered."))
    blocks: list[Block] = [Heading(n("{n} message couldn't be delivered", "{n} messages couldn't be delivered", total))]
    for row, why, who in rows:
        blocks += _row(row, why, who, zone)
    if total > len(rows):
        blocks.append(Text(n("And {n} older one.", "And {n} older ones.", total - len(rows))))
    if total > 1:
        blocks.append(Actions((Button(t("Try all again"), action("deliveries.all_again")),)))
    return Message((*blocks, Note(t("I show to whom and why, never what a message says."))))


def _row(row: DeadRow, why: Reason, who: str, zone: str) -> tuple[Block, ...]:
    said = t(
        "To {who}, since {at}: {what}.\nWhy: {why}.",
        who=who,
        at=moment(row.due_at, zone),
        what=what(row),
        why=t(WHY[why]),
    )
    again = Button(t("Try again"), action("deliveries.again", row.id))
    return Text(said), Actions((again, Button(t("Forget it"), action("deliveries.drop", row.id))))


def what(row: DeadRow) -> str:
    """Say what a row was to bring, without what it says."""
    special = KINDS.get(row.kind) if row.effect is Effect.SEND else None
    return t(special or EFFECTS[row.effect])


def both(mentor: str, mentee: str) -> str:
    """Name the two of a pairing."""
    return t("{mentor} and {mentee}", mentor=mentor, mentee=mentee)


def all_() -> str:
    """Name those who read an announcement."""
    return t("the program's channels")


def again(number: int) -> Message:
    """Say that something is tried again."""
    tried = n("I'm trying it again now.", "I'm trying all {n} of them again now.", number)
    return message(tried, t("What I can't deliver then comes back to the list: /mentor-admin undelivered"))


def nothing_to_try() -> Message:
    """Say that there is nothing to be tried again."""
    return message(t("There is nothing left to try again."))


def dropped() -> Message:
    """Say that a message will not be sent any more."""
    return message(t("All right, I've forgotten that message and won't send it."))


def closed(name: str) -> Message:
    """Ask somebody, where the other side reads along, to allow direct messages: not a word about what it is about."""
    return message(
        t(
            "{name}, I have a note for you and can't write to you directly. "
            "Please allow direct messages from this workspace or server, or write /mentor waiting.",
            name=name,
        )
    )


def unreachable(name: str) -> Block:
    """Tell a coordinator whom direct messages don't reach."""
    return Text(
        t(
            "{name} takes no direct messages from me, so my notes don't reach them. "
            "Please ask them to allow direct messages in this workspace or server. More: /mentor-admin undelivered",
            name=name,
        )
    )


def gone(name: str) -> Block:
    """Tell a coordinator whose account is gone."""
    return Text(
        t(
            "{name}'s account here is gone, so my notes don't reach them. If they have left the program too, "
            "please deactivate them: /mentor-admin person. More: /mentor-admin undelivered",
            name=name,
        )
    )


def no_roles() -> Block:
    """Tell a coordinator that the bot may not give roles, and what to do."""
    return Text(
        t(
            "I couldn't give or take a role in Discord. Whoever manages the server can help: under Server Settings, "
            'Roles, my role needs the permission "Manage Roles", and has to stand above the roles that I give. '
            "Then have it tried again: /mentor-admin undelivered"
        )
    )
