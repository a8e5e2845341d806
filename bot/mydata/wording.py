"""What is said about the data that is kept of a member, and about forgetting them."""

from collections.abc import Sequence

from bot.language import later, n, t
from bot.views import Block, Button, Field, File, Form, Heading, Message, Note, Text, action, message
from bot.wording import names

SHOWN = 8  # sections that are explained in the message


def data(content: bytes, sections: Sequence[tuple[str, str, int]]) -> Message:
    """Hand over a file with all that is kept, and say what is in it: heading, one line and number of each section.

    With many sections the later ones are named in one line; the file explains them all.
    """
    shown = sections if len(sections) <= SHOWN else sections[: SHOWN - 1]
    rest = sections[len(shown) :]
    explained = t("All that I keep about you, as a file that people and programs can read.")
    return Message(
        (
            Heading(t("This is what I keep about you")),
            *[Text(_section(*one)) for one in shown],
            *([Text(_also([heading for heading, _, _ in rest], sum(count for *_, count in rest)))] if rest else []),
            Text(t("I keep nothing else about you.")),
            File("my-data.json", content, explained),
            Note(
                t(
                    "What others chose for themselves isn't in it, and neither is what is written in conversations: "
                    "I never keep that. To have it all deleted: /mentor forget"
                )
            ),
        )
    )


def _section(heading: str, about: str, number: int) -> str:
    return n(
        "{heading} ({n} entry): {about}.",
        "{heading} ({n} entries): {about}.",
        number,
        heading=heading,
        about=about,
    )


def _also(headings: Sequence[str], number: int) -> str:
    return n(
        "Also in the file ({n} entry): {headings}.",
        "Also in the file ({n} entries): {headings}.",
        number,
        headings="; ".join(headings),
    )


def _stays() -> tuple[Block, ...]:
    return (
        Text(
            t(
                "What stays: the log of who did what keeps its lines, under a random key that then leads to nobody. "
                "Messages on the platform itself aren't mine to delete, and what others wrote stays theirs. "
                "What I told the others of a badge stays in the program's channel until a coordinator deletes it. "
                "A backup that was made before keeps it all until that backup is deleted."
            )
        ),
        Text(
            t(
                "It begins at once and is done within a day; if a conversation can't be closed by then, "
                "within four days. It can't be undone."
            )
        ),
    )


def forget() -> Message:
    """Explain what forgetting deletes, what stays and why."""
    return Message(
        (
            Heading(t("Shall I forget you?")),
            Text(
                t(
                    "What I delete: your name, accounts and settings, your pairings, your badges, the times of your "
                    "messages, and everything that I have worked out from them or still wanted to send you."
                )
            ),
            Text(
                t(
                    "Your mentoring conversations are closed. Whoever you are paired with and the coordinators are "
                    "told that you've left, and nothing more."
                )
            ),
            *_stays(),
            *_row(Button(t("Forget me …"), action("mydata.forget_me"))),
            Note(t("If you only need a rest: /mentor away. To see first what there is: /mentor data")),
        )
    )


def forget_other(name: str, member_id: int) -> Message:
    """Ask a coordinator whether somebody is really to be forgotten, and explain what that means."""
    return Message(
        (
            Heading(t("Shall I forget {name}?", name=name)),
            Text(
                t(
                    "I delete all that I know about {name}, and close their mentoring conversations. "
                    "Whoever they are paired with is told that they've left, and nothing more.",
                    name=name,
                )
            ),
            *_stays(),
            *_row(Button(t("Forget them …"), action("mydata.forget_them", member_id))),
            Note(t("Please do this only if they asked for it.")),
        )
    )


def _row(button: Button) -> tuple[Block, ...]:
    return message(actions=(button,)).blocks


def word() -> str:
    """Return the word that can be typed instead of one's own name."""
    return t("forget")


def forget_form(name: str, member_id: int) -> Form:
    """Ask somebody to type their own name."""
    hint = t('"{name}", or the word "{word}"', name=name, word=word())
    field = Field("name", t("Your name, so that it's no slip"), hint=hint)
    return Form(t("Forget me"), action("mydata.forget", member_id), (field,), submit=t("Delete it all"))


def forget_other_form(name: str, member_id: int) -> Form:
    """Ask a coordinator to type the name of whoever is to be forgotten."""
    field = Field("name", t("Their name, so that it's no slip"), hint=name)
    return Form(t("Forget somebody"), action("mydata.forget_other", member_id), (field,), submit=t("Delete it all"))


NOT_THE_NAME = later("That isn't the name. Please type it as it stands below the field; nothing was deleted so far.")
NOT_YOURS = later("This form belongs to somebody else, or to an earlier time. Nothing was deleted: /mentor forget")
LAST_COORDINATOR = later(
    "You are the only coordinator: without one, nobody could look after the program. "
    "Please make somebody else a coordinator first; nothing was deleted."
)
THEY_ARE_LAST = later("They are the only coordinator. Somebody else has to be one first; nothing was deleted.")
NO_LONGER_HERE = later("I don't know this person any more. There is nothing left to delete.")
WHOM = later("Whom shall I forget? Please mention them: /mentor-admin forget @somebody")


def unknown(who: str) -> str:
    """Say that nobody of that name is known."""
    return t('I don\'t know "{who}". Please mention them with @, or write their whole name.', who=who[:80])


def several(who: str) -> str:
    """Say that a name is that of several people."""
    return t('There are several people called "{who}". Please mention the one you mean with @.', who=who[:80])


def forgotten() -> Message:
    """Say goodbye."""
    return message(
        t(
            "Done: I'm deleting what I know about you. "
            "As a rule that takes a few minutes, and never more than four days."
        ),
        t("Thank you for having been here. All the best to you!"),
        t("You can come back at any time: a coordinator of the program can add you again, and we begin anew."),
    )


def other_forgotten(name: str) -> Message:
    """Say that somebody is being forgotten."""
    return message(
        t(
            "Done: I'm deleting what I know about {name}. "
            "As a rule that takes a few minutes, and never more than four days.",
            name=name,
        ),
        t("If your program is read from a people's file, please take them out of it as well."),
    )


def left(name: str) -> Block:
    """Tell somebody that the other side of their pairing is gone."""
    return Text(
        t(
            "{name} has left the program, so your conversation with them is closed. A coordinator will be in touch.",
            name=name,
        )
    )


def told(name: str, partners: Sequence[str]) -> Block:
    """Tell a coordinator who has left, and who was paired with them."""
    if not partners:
        return Text(t("{name} has left the program, and I'm deleting what I know about them.", name=name))
    return Text(
        n(
            "{name} has left the program, and I'm deleting what I know about them. "
            "Their conversation is closed. Please get in touch with {partners}, who knows only that they've left.",
            "{name} has left the program, and I'm deleting what I know about them. "
            "Their conversations are closed. Please get in touch with {partners}, who know only that they've left.",
            len(partners),
            name=name,
            partners=names(partners),
        )
    )


def still_open(pairs: Sequence[tuple[str, str]]) -> Block:
    """Ask a coordinator to close conversations, each of two people, that the bot can't close."""
    who = names([t("{mentor} and {mentee}", mentor=mentor, mentee=mentee) for mentor, mentee in pairs])
    return Text(
        n(
            "I couldn't close this conversation: {who}. Please close it yourself. "
            "One of them has left, and from tomorrow on I no longer know of it.",
            "I couldn't close these conversations: {who}. Please close them yourself. "
            "One person in them has left, and from tomorrow on I no longer know of them.",
            len(pairs),
            who=who,
        )
    )


def no_contact() -> Block:
    """Ask a coordinator to name another contact."""
    return Text(
        t("The program's contact for worries has left. Please name another one: /mentor-admin contact @somebody")
    )
