"""What is said to mentors and mentees about their own pairings, and to coordinators about what those wish for."""

from collections.abc import Sequence
from datetime import timedelta

from bot.language import later, n, t
from bot.pairings.rules import days
from bot.people import Pairing
from bot.views import Actions, Block, Button, Heading, Link, Message, Note, Text, action, in_rows, message
from bot.wording import length, names
from storage.wishes import Kind, Proposal, Talked, Wish

PACES = {2: later("2 days"), 4: later("4 days"), 7: later("7 days"), 0: later("The program's pace")}
ROWS = 4
LABEL = 60  # characters of a button

NO_PAIRING = later("You aren't paired with anybody just now. A coordinator can pair you.")
NOT_YOURS = later("You aren't paired with anybody of that name just now.")
ANSWERED_ALREADY = later("This was settled already, or it isn't for you. Nothing was changed.")

Mine = Sequence[tuple[Pairing, str]]


def _span(pace: timedelta | None, program: timedelta) -> str:
    return length(program if pace is None else pace)


def _rows(buttons: Sequence[Button | Link]) -> tuple[Block, ...]:
    return tuple(in_rows(buttons)[:ROWS])


def _label(text: str) -> str:
    return text if len(text) <= LABEL else text[: LABEL - 1] + "…"


def _with_whom(mine: Mine, name: str, *args: object) -> tuple[Block, ...]:
    return _rows([Button(_label(who), action(name, pairing.id, *args)) for pairing, who in mine])


def paces(mine: Mine, program: timedelta) -> Message:
    """Say at which pace somebody and each of their partners answer, and offer to change one."""
    lines = [t("{name}: {length}", name=who, length=_span(pairing.pace, program)) for pairing, who in mine]
    return Message(
        (
            Heading(t("How long you have for an answer")),
            *map(Text, lines),
            Text(t("With whom would you like another pace?")),
            *_with_whom(mine, "pairings.pace_of"),
        )
    )


def pace_of(pairing: Pairing, name: str, program: timedelta) -> Message:
    """Say at which pace two people answer, and offer others."""
    span = _span(pairing.pace, program)
    buttons = [
        Button(t(text), action("pairings.propose", pairing.id, number))
        for number, text in PACES.items()
        if number != days(pairing.pace)
    ]
    return message(
        t("You and {name} have {length} to answer each other.", name=name, length=span),
        t("Would another pace suit you better? I'll ask {name}; there is no need to say why.", name=name),
        actions=tuple(buttons),
    )


def pace_with_whom(mine: Mine, number: int) -> Message:
    """Ask with whom a pace is wanted."""
    return Message((Text(t("With whom?")), *_with_whom(mine, "pairings.propose", number)))


def same_pace(name: str, span: timedelta) -> Message:
    """Say that nothing has to change."""
    return message(t("That is your pace with {name} already: {length}.", name=name, length=length(span)))


ASKED_FOR_PACE = later("I'll ask {name} whether {length} suits them too, and tell you what they say.")
ASKED_AT_START = later(
    "The program hasn't started yet. When it has, I'll ask {name} whether {length} suits them too, "
    "and tell you what they say."
)


def asked_for_pace(name: str, pace: timedelta | None, program: timedelta, *, running: bool) -> Message:
    """Say that the other side is asked: now, or once the program has started."""
    return message(
        t(ASKED_FOR_PACE if running else ASKED_AT_START, name=name, length=_span(pace, program)),
        t("Until then all stays as it is."),
    )


def proposed(proposal: Proposal, name: str, program: timedelta) -> tuple[Block, ...]:
    """Ask whether a pace suits the other side as well."""
    span = _span(proposal.pace, program)
    return (
        Text(t("{name} would like the two of you to have {length} for an answer.", name=name, length=span)),
        Actions(
            (
                Button(t("Yes, that suits me"), action("pairings.agree", proposal.id), primary=True),
                Button(t("I'd rather not"), action("pairings.disagree", proposal.id)),
            )
        ),
        Note(t("Either answer is fine, and nobody asks why.")),
    )


def agreed(name: str, pace: timedelta | None, program: timedelta) -> Message:
    """Thank for a yes."""
    span = _span(pace, program)
    return message(t("Lovely. You and {name} have {length} to answer each other now.", name=name, length=span))


def not_agreed(name: str) -> Message:
    """Take a no as it is."""
    return message(t("That's fine. All stays as it is, and {name} is told just that.", name=name))


def answered(name: str, number: int, program: timedelta, *, agreed: bool) -> tuple[Block, ...]:
    """Tell whoever proposed a pace what came of it."""
    span = _span(timedelta(days=number) if number else None, program)
    if agreed:
        return (Text(t("{name} agrees: you have {length} to answer each other now.", name=name, length=span)),)
    return (Text(t("{name} would rather keep your pace as it is. All stays as it was.", name=name)),)


def change_which(mine: Mine) -> Message:
    """Ask which pairing a wish is about."""
    return Message((Text(t("Which pairing is it about?")), *_with_whom(mine, "pairings.change")))


def change(pairing: Pairing, name: str) -> Message:
    """Ask what somebody wishes for."""
    return message(
        t("What would you like, with {name}? {name} isn't told that you ask.", name=name),
        actions=(
            Button(t("I'd like to end this pairing"), action("pairings.wants", pairing.id, Kind.END)),
            Button(t("I'd like somebody else"), action("pairings.wants", pairing.id, Kind.OTHER)),
            Button(t("It's about safety"), action("pairings.safety", pairing.id)),
        ),
    )


ANSWERS = {Talked.YES: later("Yes"), Talked.NOT_YET: later("Not yet"), Talked.RATHER_NOT: later("I'd rather not")}


def have_you_talked(pairing: Pairing, name: str, kind: Kind) -> Message:
    """Ask whether the two could talk; any answer is fine."""
    return message(
        t("Have you been able to talk about it with {name}?", name=name),
        t("Any answer is fine, and your wish goes on to a coordinator."),
        actions=tuple(
            Button(t(text), action("pairings.wish", pairing.id, kind, talked)) for talked, text in ANSWERS.items()
        ),
    )


def noted(wish: Wish, name: str, coordinators: Sequence[str], contact: str | None) -> Message:
    """Say who is told of a wish, and what isn't told."""
    if wish.kind is Kind.SAFETY:
        return safety(wish, coordinators, contact)
    first = _noted(wish.kind, name, coordinators)
    return message(first, t("{name} isn't told.", name=name), actions=(_take_back(wish),))


NOTED = {
    Kind.END: later("I'm telling {coordinators} that you'd like to end your pairing with {name}."),
    Kind.OTHER: later("I'm telling {coordinators} that you'd like to be paired with somebody else than {name}."),
}
NOTED_ALONE = later("I've noted your wish. There is no coordinator whom I could tell just now; one will find it later.")


def _noted(kind: Kind, name: str, coordinators: Sequence[str]) -> str:
    return t(NOTED[kind], coordinators=names(coordinators), name=name) if coordinators else t(NOTED_ALONE)


def _take_back(wish: Wish) -> Button:
    return Button(t("Take it back"), action("pairings.take_back", wish.pairing_id))


def safety(wish: Wish, coordinators: Sequence[str], contact: str | None) -> Message:
    """Say what to do in danger, who is asked to write today, and whom else to turn to."""
    danger = t("If somebody is in danger, please call the emergency number of your country now.")
    also = contact is not None and contact not in coordinators
    turn_to = [t("This program's contact for worries is {contact}.", contact=contact)] if also else []
    if not coordinators:
        return message(danger, t(NOTED_ALONE), *turn_to, actions=(_take_back(wish),))
    who = names(coordinators)
    return message(
        danger,
        n(
            "I'm asking {who} to write to you today. You can also write to {who} directly.",
            "I'm asking {who} to write to you today. You can also write to any of them directly.",
            len(coordinators),
            who=who,
        ),
        *turn_to,
        t("The other side of your pairing isn't told."),
        actions=(_take_back(wish),),
    )


def open_wish(wish: Wish, name: str, coordinators: Sequence[str], contact: str | None) -> Message:
    """Say that a wish is known already."""
    if wish.kind is Kind.SAFETY:
        return safety(wish, coordinators, contact)
    known = t("Your wish is noted already, and goes on.")
    return message(
        known,
        _noted(wish.kind, name, coordinators),
        actions=(
            _take_back(wish),
            Button(t("It's about safety"), action("pairings.safety", wish.pairing_id)),
        ),
    )


TAKEN_BACK = later("All right, I've taken it back. You can always ask again: /mentor change")
NOTHING_OPEN = later("There is nothing to take back: no wish of yours is open here.")


def taken_back(*, was_open: bool) -> Message:
    """Say that a wish is taken back."""
    return message(t(TAKEN_BACK if was_open else NOTHING_OPEN))


WISH = {
    Kind.END: later("{name} would like to end the pairing with {other}."),
    Kind.OTHER: later("{name} would like to be paired with somebody else than {other}."),
    Kind.SAFETY: later(
        "{name} would like to talk with you today, because of safety. It is about the pairing with {other}."
    ),
}
TALKED = {
    Talked.YES: later("They have talked about it with {other}."),
    Talked.NOT_YET: later("They haven't talked about it with {other} yet."),
    Talked.RATHER_NOT: later("They would rather not talk about it with {other}."),
    None: later("Please don't speak of it with {other} unless {name} agrees."),
}


def wish_for_coordinator(wish: Wish, name: str, other: str, *, coordinates: bool = True) -> tuple[Block, ...]:
    """Tell a coordinator what somebody wishes for, or a responder, who can't open the pair."""
    return (
        Text(t(WISH[wish.kind], name=name, other=other)),
        Text(t(TALKED[wish.talked], name=name, other=other)),
        Actions(_about(wish, coordinates=coordinates)),
        Note(t("{other} isn't told of this.", other=other)),
    )


def _about(wish: Wish, *, coordinates: bool) -> tuple[Button, ...]:
    card = Button(t("Open the pair"), action("pairings.card", wish.pairing_id))
    if wish.kind is not Kind.SAFETY:
        return (card,)
    read = Button(t("I've read it and take care of it"), action("pairings.read", wish.id))
    return (read, card) if wish.pairing_id is not None and coordinates else (read,)


def somebody_who_left() -> str:
    """Say whom a note is about whose name was deleted."""
    return t("somebody who has left the program")


def read() -> Message:
    """Say that a note was taken care of, and is gone."""
    return message(t("Thank you. The note is settled and deleted."))


def private_note(wish_id: int) -> tuple[Block, ...]:
    """Tell a coordinator that there is something to read, and nothing of what it is."""
    button = Button(t("Read it"), action("pairings.note", wish_id), primary=True)
    return (Text(t("You have a private note. Please read it today.")), Actions((button,)))


def private_note_taken_back(pairing_id: int, *, coordinates: bool) -> tuple[Block, ...]:
    """Tell somebody that a private note was taken back, and nothing of what it was; coordinators can open the pair."""
    said = Text(t("A private note was taken back. There is nothing that you have to do."))
    opens = Actions((Button(t("Open it"), action("pairings.card", pairing_id)),))
    return (said, opens) if coordinates else (said,)


def taken_back_for_coordinator(name: str, other: str, pairing_id: int) -> tuple[Block, ...]:
    """Tell a coordinator that a wish was taken back."""
    return (
        Text(t("{name} has taken back their wish about the pairing with {other}.", name=name, other=other)),
        Actions((Button(t("Open the pair"), action("pairings.card", pairing_id)),)),
    )
