"""What is said about the contact for worries."""

from bot.language import later, t
from bot.setup.status import Reached
from bot.setup.wording import back
from bot.views import Actions, Block, Button, Message, Note, Text, action, message
from bot.wording import chosen, worry

OTHER_CONTACT = later("Somebody else is the contact by now, so this code proves nothing. Please ask a coordinator.")


def shown(contact: Reached | None) -> Message:
    """Tell a coordinator who the contact is, and how it can be changed."""
    change = t("To name a contact: /mentor-admin contact @name, or /mentor-admin contact help@example.org")
    if contact is None:
        return message(t("This program has no contact for worries yet."), change, actions=back())
    if contact.proven:
        return message(
            t("The contact for worries is {who}, who can be reached.", who=contact.who), change, actions=back()
        )
    waits = t("The contact for worries is to be {who}, who hasn't answered yet.", who=contact.who)
    return message(waits, change, actions=back())


def told(contact: Reached | None) -> Message:
    """Tell a member whom they can turn to."""
    if contact is None or not contact.proven:
        line = t("This program has named no contact for worries yet. Please turn to a coordinator.")
    else:
        line = t("If something worries you, you can turn to {who}.", who=contact.who)
    return message(line, actions=(worry(),))


def already(who: str) -> Message:
    """Say that nothing is to be changed."""
    return message(t("{who} is the contact already, and can be reached. Nothing was changed.", who=who), actions=back())


def asked(name: str) -> Message:
    """Say that a member was asked."""
    return message(
        t("I've asked {name}. As soon as they press the button in my message, they are the contact.", name=name),
        actions=back(),
    )


def pass_on(address: str, code: str) -> Message:
    """Give out the code for an address."""
    return message(
        t("To be sure that {address} can be reached, please send this code there: {code}", address=address, code=code),
        t(
            "When somebody there has sent it back to you, type it in: /mentor-admin contact {code}. "
            "If they are in this workspace or server, they can write /mentor contact {code} themselves.",
            code=code,
        ),
        t("It works once, for 14 days. I show it only now."),
        actions=back(),
    )


def proven(address: str) -> Message:
    """Say that the address works."""
    return message(t("Thank you. {address} can be reached, and is the contact for worries now.", address=address))


def thanks(program: str) -> Message:
    """Thank the one who is the contact now."""
    return message(
        chosen(_yes()),
        t("Thank you. You're the contact for worries in {program} now.", program=program),
        t("Members can see it with /mentor contact. If that has to change, tell a coordinator."),
    )


def question(id_: int, asker: str, program: str) -> tuple[Block, ...]:
    """Ask a member whether they are the contact."""
    yes = Button(_yes(), action("setup.contact_yes", id_), primary=True)
    return (
        Text(t("{asker} named you as the contact for worries in {program}.", asker=asker, program=program)),
        Text(t("Members who worry about something can turn to you. Is that right?")),
        Actions((yes,)),
        Note(t("If it isn't, there is nothing to press: please tell {asker}.", asker=asker)),
    )


def _yes() -> str:
    return t("Yes, I'm the contact")


def answered(_id: int, asker: str, program: str) -> tuple[Block, ...]:
    """Show in the question that it was answered."""
    return (
        Text(t("{asker} named you as the contact for worries in {program}.", asker=asker, program=program)),
        Text(chosen(_yes())),
        Note(t("Members can see it with /mentor contact. If that has to change, tell a coordinator.")),
    )


def now_proven(contact: Reached, program: str) -> tuple[Block, ...]:
    """Tell whoever named the contact that it can be reached."""
    if contact.outside:
        line = t(
            "The code came back from {who}: it is the contact for worries in {program} now.",
            who=contact.who,
            program=program,
        )
    else:
        line = t("{who} said yes, and is the contact for worries in {program} now.", who=contact.who, program=program)
    return Text(line), Actions(back())


def no_address(word: str) -> str:
    """Say how an address is written."""
    return t('"{word}" doesn\'t look like an address. It is written like this: help@example.org', word=word[:80])


def no_member(word: str) -> str:
    """Say that the contact has to be a member, or an address."""
    return t(
        'I know no member called "{word}". The contact is a member, or an address outside. '
        "To add somebody first: /mentor-admin add",
        word=word[:80],
    )


def several(word: str) -> str:
    """Say that a name is not enough."""
    return t('Several members are called "{word}". Please name the one as @name.', word=word[:80])
