"""What is said about recording a session."""

from bot.language import t
from bot.sessions.about import About
from bot.sessions.times_wording import bare
from bot.views import Actions, Block, Button, Message, Note, Text, action, message


def agrees(one: About, *, mine: bool) -> bool:
    """Tell whether the reader agrees to a recording, or the other."""
    is_mentor = one.me.id == one.pairing.mentor_id
    at = one.session.recording_mentor_at if is_mentor == mine else one.session.recording_mentee_at
    return at is not None


def line(one: About) -> str:
    """Say in a line whether a session may be recorded; nothing if nobody asked for it."""
    if one.session.is_recorded:
        return t("Recording: yes, you both agreed")
    if agrees(one, mine=True):
        return t("Recording: no, {name} hasn't agreed", name=one.name)
    if agrees(one, mine=False):
        return t("Recording: no, you haven't agreed")
    return ""


def stands(one: About) -> tuple[Block, ...]:
    """Say whether a session may be recorded, and ask whoever reads it."""
    mine, theirs = agrees(one, mine=True), agrees(one, mine=False)
    values = {"name": one.name, "time": bare(one.session.starts_at or one.now, one.now, one.me.zone)}
    if mine and theirs:
        text = t("Your session with {name} ({time}) may be recorded: you both agreed.", **values)
    elif theirs:
        text = t("{name} agrees to a recording of your session ({time}). Do you agree, too?", **values)
    elif mine:
        text = t("Your session with {name} ({time}) isn't recorded: {name} doesn't agree just now.", **values)
    else:
        text = t("Your session with {name} ({time}) isn't recorded.", **values)
    note = t(
        "Only if you both agree, and each of you can take it back at any time. "
        "A recording is looked at only for a review, or if the two of you see something differently."
    )
    return Text(text), Actions(_buttons(one, mine=mine, theirs=theirs)), Note(note)


def _buttons(one: About, *, mine: bool, theirs: bool) -> tuple[Button, ...]:
    yes = Button(t("I agree to a recording"), action("sessions.record", one.session.id, 1))
    no = Button(t("No recording"), action("sessions.record", one.session.id, 0))
    if mine:
        return (no,)
    return (yes, no) if theirs else (yes,)


def noted(one: About) -> Message:
    """Say what is noted now."""
    if one.session.is_recorded:
        return message(t("Noted: you both agreed, so it may be recorded. {name} is told.", name=one.name))
    if agrees(one, mine=True):
        return message(t("Noted. I'm asking {name}; it may be recorded only if you both agree.", name=one.name))
    return message(t("Noted: it isn't recorded."))


def over(one: About) -> Message:
    """Say that there is nothing to agree to any more."""
    return message(t("This session with {name} isn't coming up any more. Nothing was changed.", name=one.name))
