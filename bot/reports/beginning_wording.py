"""What somebody reads before they write a report."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.language import later, n, t
from bot.views import Actions, Block, Button, Heading, Message, Note, Text, action, message
from bot.wording import names

MESSAGE_GONE = later(
    "I no longer know which message you've chosen. Please choose it again in its menu, "
    "or write without it: /mentor report"
)


@dataclass(frozen=True, slots=True)
class Before:
    """What is said first: who reads (the main reader first), whom else to ask, and in how many working days.

    `emergency`: the number to call, None where none is known. `outside`: how the outside contact is called and reached,
    if they have a key. `contact`: the program's contact for worries.
    """

    emergency: str | None
    responders: tuple[str, ...]
    outside: str
    contact: str | None
    acknowledged: int
    answered: int

    @property
    def read(self) -> bool:
        """Whether there is anybody who could read a report."""
        return bool(self.responders or self.outside)


def first(before: Before, message_: str = "", *, quotes: bool = False) -> Message:
    """Say what somebody should know; `message_`: under what a message is held that it is about, with a text or not."""
    if not before.read:
        return Message((Heading(_title()), Text(_danger(before)), *map(Text, _nobody(before)), _row(_code(), _close())))
    return Message(
        (
            Heading(_title()),
            Text(_danger(before)),
            Text(_readers(before)),
            *map(Text, _outside(before)),
            Text(t("Before you write, I ask you who must not read it. They can't: it's locked, and they have no key.")),
            Text(_any_way()),
            Text(_soon(before)),
            Text(_exceptions()),
            Note(_without_a_name()),
            *(_about(message_, quotes=quotes) if message_ else _plain()),
        )
    )


def _title() -> str:
    return t("Tell somebody you can trust")


def _danger(before: Before) -> str:
    if before.emergency is None:
        return t(
            "If somebody is in danger now, please call your local emergency number first: "
            "it may be that nobody reads this tonight."
        )
    return t(
        "If somebody is in danger now, please call {number} first: it may be that nobody reads this tonight.",
        number=before.emergency,
    )


def _readers(before: Before) -> str:
    if not before.responders:
        return t("It's read by the program's contact outside: {outside}. By nobody else.", outside=before.outside)
    main, *backup = before.responders
    if not backup:
        return t("It's read by {main}, and by nobody else.", main=main)
    return t("It's read by {main}, or by {backup} if {main} is away; by nobody else.", main=main, backup=names(backup))


def _outside(before: Before) -> Iterator[str]:
    """Say where it goes that none of them may read; or who could help instead, where it goes nowhere."""
    if before.responders and before.outside:
        yield t(
            "If none of them may read it, or you aren't sure, it goes outside of the program: to {outside} alone.",
            outside=before.outside,
        )
    elif before.responders:
        yield t(
            "If you aren't sure about one of them, you can name them, and they can't read it. "
            "Nobody outside of the program could read it instead."
        )
        if before.contact is not None:
            yield t("If none of them may read it, you can turn to {contact}.", contact=before.contact)


def _any_way() -> str:
    return t(
        "Write as you like, in any language. You need no proof, and it never counts against you. "
        "Nothing is translated without asking you."
    )


def _soon(before: Before) -> str:
    return n(
        "Within {n} working day a person has read it, and you have an answer within {answered}.",
        "Within {n} working days a person has read it, and you have an answer within {answered}.",
        before.acknowledged,
        answered=before.answered,
    )


def _exceptions() -> str:
    return t(
        "What you write is passed on to nobody unless you allow it. There are two exceptions: somebody may be "
        "badly hurt, or a law asks for it. Then you're told first, if that is safe."
    )


def _without_a_name() -> str:
    return t(
        "You can leave your name out. Then I keep nothing that leads to you; but whoever owns this workspace, or "
        "runs me, could still see what is typed here, and in a small program what you tell may show who you are."
    )


def _nobody(before: Before) -> Iterator[str]:
    yield t("There is nobody yet in this program who could read what you write here, so I can't take it.")
    yield from _turn_to(before)


def no_member(before: Before) -> Message:
    """Say whom to turn to, and let a code be looked up: whoever left may have reported before."""
    return Message(
        (
            Heading(_title()),
            Text(_danger(before)),
            Text(t("You aren't in this program, so you can't make a report here.")),
            *map(Text, _turn_to(before)),
            Text(t("If you reported something while you were, your code still opens it.")),
            _row(_code()),
        )
    )


def _turn_to(before: Before) -> Iterator[str]:
    """Say who else is there."""
    if before.outside:
        yield t("You can turn to the contact outside of the program: {outside}", outside=before.outside)
    if before.contact is not None:
        yield t("You can turn to {contact}.", contact=before.contact)
    elif not before.outside:
        yield t("You can turn to a coordinator whom you trust.")


def _plain() -> Iterator[Block]:
    yield _row(_ask(), Button(t("Write"), action("reports.write"), primary=True), _code(), _close())


def _about(message_: str, *, quotes: bool) -> Iterator[Block]:
    """Offer to write about a message, with its text or without."""
    if quotes:
        yield Text(t("It will lead to the message that you've chosen. Shall that message's text be in it as well?"))
        with_text = Button(t("Write, with its text"), action("reports.write_about", message_, 1))
        without = Button(t("Write, without its text"), action("reports.write_about", message_, 0))
        yield _row(_ask(), with_text, without, _close())
    else:
        write = Button(t("Write"), action("reports.write_about", message_, 0), primary=True)
        yield _row(_ask(), write, _code(), _close())


def _ask() -> Button:
    return Button(t("Ask first"), action("reports.ask_first"))


def _row(*buttons: Button) -> Actions:
    return Actions(buttons)


def _code() -> Button:
    return Button(t("I have a code"), action("reports.look"))


def _close() -> Button:
    return Button(t("Close"), action("reports.close"))


def ask_first(before: Before) -> Message:
    """Say whom somebody can ask."""
    lines = [t("You can ask before you write, and without telling what it's about.")]
    if before.responders:
        lines.append(t("Write a direct message to {names}: “May I ask you something?”", names=names(before.responders)))
    if before.outside:
        lines.append(t("Or outside of the program: {outside}", outside=before.outside))
    if before.contact is not None:
        lines.append(t("The program's contact for worries is {contact}.", contact=before.contact))
    lines.append(t("A direct message stays in this platform's history, which a report here doesn't."))
    begin = Button(t("Back"), action("reports.begin"))
    return message(*lines, actions=(begin, _close()))


def closed() -> Message:
    """Say that nothing was kept."""
    return message(t("Nothing of it was kept. You can come back at any time: /mentor report"))
