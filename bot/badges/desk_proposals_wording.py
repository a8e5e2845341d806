"""What coordinators read of a badge of which they are asked whether it ends."""

from dataclasses import dataclass
from datetime import datetime

from bot.badges.frozen import measured
from bot.badges.progress_wording import line
from bot.language import t
from bot.views import Actions, Block, Button, Field, Form, Message, Note, Text, action, message
from bot.wording import day, full_day
from storage.awards import Award
from storage.schema import micros


@dataclass(frozen=True, slots=True)
class Card:
    """An award, whose it is, of which badge, and the zone of whoever reads of it.

    `heard`: the message reached its member that says what is missing.
    """

    award: Award
    name: str
    title: str
    zone: str
    heard: bool


def asks(one: Card) -> tuple[Block, ...]:
    """Ask whether a badge ends, with the figures as they were then."""
    if one.award.ended_at is not None or one.award.proposed_at is None or one.award.proposal is None:
        return settled(one)
    values = {"name": one.name, "title": t(one.title), "day": day(one.award.proposed_at, one.zone)}
    lines = "\n".join(line(each, one.zone) for each in measured(one.award.proposal))
    args = (one.award.id, micros(one.award.proposed_at))
    buttons = (
        Button(t("Keep it"), action("badges.keep", *args), primary=True),
        Button(t("Withdraw it …"), action("badges.withdraw", *args)),
        Button(t("Look"), action("badges.person", one.award.member_id)),
    )
    return (
        Text(t("{name}'s badge “{title}”: something is still missing. How it stood on {day}:", **values)),
        Text(lines),
        Text(_told(one)),
        Actions(buttons),
        Note(t("They have it until one of you decides, and nobody else sees this. Maybe talk with them first.")),
    )


def _told(one: Card) -> str:
    award = one.award
    if award.warned_at is None:
        return t("Would you like them to keep it?")
    if not one.heard:
        return t("My message about it hasn't reached them, so they may not know. Would you like them to keep it?")
    values = {"since": day(award.warned_at, one.zone)}
    return t("They've known since {since}, and had time to catch up. Would you like them to keep it?", **values)


def settled(one: Card) -> tuple[Block, ...]:
    """Say how it stands with a badge of which nothing is to be decided any more."""
    return (Text(_stands(one)),)


def _stands(one: Card) -> str:
    award, values = one.award, {"name": one.name, "title": t(one.title)}
    if award.ended_at is not None:
        day_ = full_day(award.ended_at, one.zone)
        if award.ended_by_id == award.member_id:
            return t("{name} gave the badge “{title}” back on {day}.", **values, day=day_)
        return t("{name}'s badge “{title}” was withdrawn on {day}.", **values, day=day_)
    if award.kept_until is not None:
        until = full_day(award.kept_until, one.zone)
        return t("{name} keeps the badge “{title}”. I say nothing about it before {day}.", **values, day=until)
    return t("{name} has the badge “{title}”, and there is nothing to decide just now.", **values)


def decided_already(one: Card) -> Message:
    """Tell a second coordinator how it stands."""
    return Message((Text(t("This is settled already. Nothing was changed.")), *asks(one)))


def kept(name: str, until: datetime, zone: str) -> Message:
    """Thank a coordinator who lets somebody keep a badge."""
    return message(
        t("{name} keeps it. I say nothing about it before {day}, to nobody.", name=name, day=full_day(until, zone))
    )


def withdraw_form(award_id: int, at: int, name: str, title: str, longest: int) -> Form:
    """Ask why a badge is to end."""
    field = reason_field(t("{name} reads this, and nobody else does.", name=name), longest)
    about = t("Withdraw a badge")
    return Form(about, action("badges.withdrawn", award_id, at), (field,), submit=t("Withdraw it"))


def reason_field(hint: str, longest: int) -> Field:
    """Ask for a reason."""
    return Field("reason", t("Why?"), hint=hint, long=True, limit=longest)


def withdrawn(name: str) -> Message:
    """Say that a badge has ended, and who is told."""
    return message(
        t("Done. I tell {name} privately, with your reason, and how to earn it anew. I tell nobody else.", name=name)
    )


def no_reason() -> str:
    """Ask for a reason."""
    return t("Please write a reason: they'd like to understand it.")


def too_long(length: int, most: int) -> str:
    """Say that a reason has no room."""
    return t("This has {length} characters; there is room for {most}. Please shorten it.", length=length, most=most)


def own() -> str:
    """Say that nobody decides about themselves."""
    return t("This one is about you, so another coordinator decides it.")
