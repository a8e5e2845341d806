"""What is said of what members decide about their badges."""

from collections.abc import Sequence

from bot.badges.definition import Definition
from bot.language import t
from bot.texts import excerpt
from bot.views import Actions, Button, Heading, Message, Note, Text, action, in_rows, message
from storage.awards import Award

LABEL = 60  # characters of a title on a button

Held = Sequence[tuple[Award, Definition]]
"""Badges that somebody has."""


def choices(post: bool | None, held: Held, *, wants: bool, on: bool) -> Message:
    """Show what somebody chose, with buttons to change it."""
    return Message(
        (
            Heading(t("What you've chosen about badges")),
            Text(_badges(wants=wants)),
            Text(_others(post)),
            *_rows(post, held, wants=wants, on=on),
            Note(t("Only you see this.")),
        )
    )


def _badges(*, wants: bool) -> str:
    if wants:
        return t("Badges are on: I look by myself whether you've earned one.")
    return t("Badges are off: I count nothing for them. What you have stays, unless you give it back.")


def _others(post: bool | None) -> str:
    if post is None:
        return t("The others hear nothing of your badges: I ask you at the first one.")
    if post:
        return t("The others hear of your badges, in the program's channel.")
    return t("The others hear nothing of your badges.")


def _rows(post: bool | None, held: Held, *, wants: bool, on: bool) -> list[Actions]:
    switch = Button(t("Switch badges off for me"), action("members.badges", "off"))
    if not wants:
        switch = Button(t("Switch badges on"), action("members.badges", "on"))
    tell = Button(t("Tell the others"), action("badges.tell", "on"))
    keep = Button(t("Keep them to me"), action("badges.tell", "off"))
    others = ((tell,) if not post else ()) + ((keep,) if post is not False else ())
    mine = (Button(t("My badges"), "badges.mine"),) if on else ()
    backs = [_give_back(award, definition) for award, definition in held]
    tells = post and wants and on
    untold = [_tell(award, definition) for award, definition in held if tells and award.posted_at is None]
    return [Actions((*others, switch, *mine)), *in_rows([*untold, *backs])]


def _give_back(award: Award, definition: Definition) -> Button:
    label = excerpt(t("Give back: {title}", title=t(definition.title)), LABEL)
    return Button(label, action("badges.give_back", award.id))


def _tell(award: Award, definition: Definition) -> Button:
    label = excerpt(t("Tell them of: {title}", title=t(definition.title)), LABEL)
    return Button(label, action("badges.yes", award.id))


def _back() -> tuple[Button, ...]:
    return (Button(t("My choices"), "badges.choices"),)


def told() -> Message:
    """Say that the others hear of an award."""
    return message(t("Wonderful. I tell the others in the program's channel."), actions=_back())


def told_of_none() -> Message:
    """Say that nobody is told of anything where badges are off."""
    return message(t("Noted, thank you. While badges are off I tell nobody of any."), actions=_back())


def no_channel() -> Message:
    """Say that there is nowhere to tell the others."""
    return message(
        t("Noted, thank you. The program has no channel where I could tell the others, so I don't."), actions=_back()
    )


def told_from_now_on() -> Message:
    """Say that the others hear of the next awards."""
    return message(
        t("Noted: I tell the others of your badges from the next one on."),
        t("On Discord, roles beside your name show those that you have already."),
        actions=_back(),
    )


def kept(*, posted: bool) -> Message:
    """Say that nobody hears of awards; what was posted stays."""
    lines = [t("Noted: I tell nobody of your badges. That is fine, and nobody learns that you chose so.")]
    return message(*lines, *([_stays()] if posted else []), actions=_back())


def _stays() -> str:
    return t(
        "What I've posted in the channel stays there; a coordinator can delete it. The role beside your name goes."
    )


def really(award: Award, definition: Definition) -> Message:
    """Ask whether somebody really wants to give a badge back."""
    yes = Button(t("Yes, give it back"), action("badges.given_back", award.id))
    return message(
        t("Shall I take back your badge “{title}”? There is no need to say why.", title=t(definition.title)),
        t("You can earn it anew; everything counts from then on, and what was before is over."),
        actions=(yes, Button(t("No, keep it"), "badges.choices")),
    )


def given_back(*, posted: bool) -> Message:
    """Say that a badge was given back."""
    return message(t("Done: you no longer have it."), *([_stays()] if posted else []), actions=_back())
