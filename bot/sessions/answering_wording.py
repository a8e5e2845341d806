"""What is said to whoever answers a proposal, changes a session or calls it off."""

from bot.language import n, t
from bot.sessions.about import About
from bot.sessions.rules import COMING, WORDS
from bot.sessions.wording import shortly, stands, time_of
from bot.views import Button, Field, Form, Message, action, message
from storage.sessions import Time


def booked(one: About) -> Message:
    """Say that a session is booked."""
    return message(
        t("Lovely! {stands}", stands=stands(one)),
        t("I'll send both of you a file for your calendars, and remind you before."),
        actions=(Button(t("Details"), action("sessions.details", one.session.id)),),
    )


def over(one: About, time: Time) -> Message:
    """Say that a proposed time can't be taken any more."""
    return message(
        t("{time} is over by now. Please take another time.", time=time_of(one, time)), actions=_otherwise(one)
    )


def not_free(why: str, one: About) -> Message:
    """Say that a proposed time isn't free."""
    return message(why, t("Please take another time. Nothing was changed."), actions=_otherwise(one))


def full(one: About) -> Message:
    """Say that enough is booked."""
    return message(
        n(
            "You and {name} have {n} session to come. That is all I can hold.",
            "You and {name} have {n} sessions to come. That is all I can hold.",
            COMING,
            name=one.name,
        )
    )


def _otherwise(one: About) -> tuple[Button, ...]:
    key = (one.session.id, one.session.round)
    return (
        Button(t("Other times …"), action("sessions.other", *key)),
        Button(t("Not now"), action("sessions.decline", *key)),
    )


def declined(one: About) -> Message:
    """Take a no as it is."""
    if one.target is not None:
        return message(t("That's fine. The session stays as it was, and {name} is told just that.", name=one.name))
    return message(t("That's fine. I'll tell {name} that it's not possible just now.", name=one.name))


def withdrawn(one: About) -> Message:
    """Say that a proposal is taken back."""
    return message(t("Done. {name} can't answer this proposal any more.", name=one.name))


def cancel_form(one: About, *, notice: str | None) -> Form:
    """Ask for a line to the other before a session is called off; `notice`: it is later than the program asks for."""
    hint = t("{name} gets it with the news. You can leave this empty.", name=one.name)
    if notice is not None:
        late = t("It begins in less than {length}. That can happen; it is only noted.", length=notice)
        hint = f"{late} {hint}"
    field = Field("words", t("A line to {name}", name=one.name), hint=hint, required=False, long=True, limit=WORDS)
    title = t("Call a session off")
    return Form(title, action("sessions.cancelled", one.session.id), (field,), submit=t("Call it off"))


def cancelled(one: About) -> Message:
    """Say that a session is called off."""
    return message(
        t("Done. The session on {time} is called off, and I'll tell {name}.", time=shortly(one), name=one.name),
        actions=(Button(t("Propose a session …"), action("sessions.propose")),),
    )


def link_form(one: About) -> Form:
    """Ask for the link to meet at."""
    field = Field("link", t("Link to meet at"), one.session.link or "", t("Empty: no link"), required=False, limit=500)
    return Form(t("Link to meet at"), action("sessions.linked", one.session.id), (field,), submit=t("Save"))


def linked(one: About) -> Message:
    """Say that a link is changed."""
    if one.session.link is None:
        return message(t("The link is gone, and I'll tell {name}.", name=one.name))
    return message(t("Noted: {link}. I'll tell {name}.", link=one.session.link, name=one.name))


def same_link() -> Message:
    """Say that nothing has to change."""
    return message(t("That is the link already. Nothing was changed."))
