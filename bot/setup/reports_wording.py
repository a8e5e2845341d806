"""What coordinators read about private reports: who answers them, and never what is in one."""

from collections.abc import Iterator

from bot.language import later, n, t
from bot.setup.arranged import LEAST, Arranged
from bot.setup.wording import back
from bot.views import Actions, Block, Button, Field, Form, Heading, Message, Note, Text, action, in_rows, message

ENDS = 8  # signs of a key's beginning and end by which two people compare it
LONGEST = 200  # characters that are taken for a key
NOT_A_KEY = later('"{word}" isn\'t a public key of age. One begins with age1, and has 62 letters and digits.')
A_SECRET = later(
    "This is a secret key. It belongs to the outside contact alone, and now other people may have seen it: "
    "please ask them to make a new one, and to send you only the line that begins with age1."
)


def shown(now: Arranged, emergency: str | None) -> Message:
    """Say who answers, in which order, and what is missing."""
    lines = (*_readers(now), _outside(now), _recovery(now), _emergency(emergency))
    return Message(
        (
            Heading(t("Private reports: who answers them")),
            *map(Text, lines),
            Text(_verdict(now)),
            Note(t("Coordinators see who answers, and never who reported or what.")),
            *_choices(now),
        )
    )


def _readers(now: Arranged) -> Iterator[str]:
    if not now.ready and not now.keyless:
        yield t("○ Nobody answers reports yet. Add a responder: /mentor-admin add @name responder")
    for place, one in enumerate(now.ready):
        if place:
            yield t("✓ {name} has a key, and reads when those above are away or can't.", name=one.name)
        else:
            yield t("✓ {name} has a key, and reads first.", name=one.name)
    for one in now.keyless:
        yield t(
            "○ {name} has no key yet, so no report comes to them. They make one with /mentor reports", name=one.name
        )


def _outside(now: Arranged) -> str:
    if now.key is not None and now.called:
        return t("✓ Outside contact: {outside}. Their key: {key}", outside=now.called, key=short(now.key))
    if now.key is not None:
        return t(
            "○ Outside contact: their key is {key}, but members don't know yet who that is and how to reach them.",
            key=short(now.key),
        )
    if now.called:
        return t("○ Outside contact: {outside}, who has no key yet, so they can't read anything.", outside=now.called)
    return t("○ Outside contact: nobody yet. They read what no responder may read.")


def _recovery(now: Arranged) -> str:
    if now.recovery:
        return t("✓ Recovery key: made. Whoever keeps it can open reports if all passphrases are lost.")
    return t(
        "○ Recovery key: none yet. If all responders lose their passphrases, nobody can read a report any more. "
        "Whoever runs me makes it with: mentorbot keys"
    )


def _emergency(number: str | None) -> str:
    if number is None:
        return t("○ Emergency number: I know none. Choose your country, or write a number.")
    return t("✓ Emergency number: {number}, said before anybody writes.", number=number)


def _verdict(now: Arranged) -> str:
    if now.complete:
        return t("All is there: whomever a report is about, somebody can read it.")
    if now.without:
        return t("Something is missing. A coordinator decided to go on without it.")
    return t(
        "Start waits for {least} responders with a key, and an outside contact with a name and a key.", least=LEAST
    )


def _choices(now: Arranged) -> Iterator[Block]:
    first = [Button(t("{name} first", name=one.name), action("setup.reads_first", one.id)) for one in now.ready[1:]]
    yield from in_rows(first)
    buttons = [
        Button(t("Outside contact's key …"), action("setup.outside")),
        Button(t("Name, country, number …"), action("settings.form", "reports")),
    ]
    if not now.decided:
        buttons.append(Button(t("Go on without …"), action("setup.without")))
    elif now.without and not now.complete:
        buttons.append(Button(t("No longer go on without"), action("setup.not_without")))
    yield Actions((*buttons, *back()))


def short(key: str) -> str:
    """Say a key so that two people can compare it."""
    return f"{key[:ENDS]}…{key[-ENDS:]}"


def form(key: str) -> Form:
    """Ask for the outside contact's public key."""
    hint = t("They make it with age-keygen, and send you only the line that begins with age1. Empty: nobody.")
    field = Field("key", t("Their public key"), key, hint, required=False, limit=LONGEST)
    return Form(t("Outside contact's key"), action("setup.outside_set"), (field,))


def no_key(word: str) -> str:
    """Say how a key looks; of a secret one, that it isn't safe any more."""
    if word.upper().startswith("AGE-SECRET-KEY"):
        return t(A_SECRET)
    return t(NOT_A_KEY, word=word[:20])


def key_taken(now: Arranged) -> Message:
    """Say what holds from now on."""
    if now.key is None:
        line = t("The outside contact has no key any more. What they got already stays readable for them.")
        return message(line, actions=_on())
    return message(
        t("Noted. The outside contact's key is {key} from now on.", key=short(now.key)),
        t("Please compare it with them on the phone: whoever has this key reads what no responder may read."),
        t("I tell the responders and the other coordinators. What was reported before stays with the key of then."),
        actions=_on(),
    )


def key_changed(name: str | None, now: Arranged) -> tuple[Block, ...]:
    """Tell whoever answers reports, or arranges it, that the outside contact's key was changed."""
    said = (
        t("{name} has changed the key of the outside contact for private reports.", name=name)
        if name
        else t("The key of the outside contact for private reports was changed.")
    )
    if now.key is None:
        return Text(said), Text(t("There is none now."))
    who = now.called or t("the outside contact")
    key = short(now.key)
    return Text(said), Text(
        t("Now it is {key}. If that surprises you, ask {who} whether it is theirs.", key=key, who=who)
    )


def without_question(now: Arranged, contact: str | None) -> Message:
    """Say what it means to go on without what is missing, and ask."""
    return Message(
        (
            Heading(t("Go on without?")),
            Text(t("Please read what it means for somebody who needs help:")),
            *map(Text, _meaning(now)),
            Text(_instead(contact)),
            Note(t("That you decided this is noted. What is missing can be added at any time: /mentor-admin reports")),
            Actions(
                (
                    Button(t("Go on without"), action("setup.go_without")),
                    Button(t("Back"), action("setup.reports"), primary=True),
                )
            ),
        )
    )


def _meaning(now: Arranged) -> Iterator[str]:
    if not now.ready and not now.outside:
        yield t("• Nobody can read a report, so I take none, and say so to whoever wants to make one.")
        return
    if not now.ready:
        yield t("• Every report goes outside of the program; nobody in it can answer here.")
    if len(now.ready) == 1:
        name = now.ready[0].name
        yield t("• Only {name} reads reports. While {name} is away or ill, nobody reads them.", name=name)
    if not now.outside:
        yield n(
            "• A report about the one who reads, or by somebody who isn't sure whom to trust, has no one to go to: "
            "I can't take it.",
            "• A report about all who read, or by somebody who isn't sure whom to trust, has no one to go to: "
            "I can't take it.",
            len(now.ready),
        )


def _instead(contact: str | None) -> str:
    if contact is None:
        return t("Then members can only turn to a coordinator whom they trust.")
    return t("Then members can only turn to the contact for worries, {contact}, or a coordinator.", contact=contact)


def _on() -> tuple[Button, ...]:
    return (Button(t("Private reports"), action("setup.reports")), *back())
