"""What coordinators are told of notes and feedback in figures and lists."""

from datetime import datetime

from bot.language import t
from bot.tables import Row
from bot.wording import full_day
from storage.sheets import Sheet


def standing(given: int, asked: int, last: datetime | None, zone: str) -> str:
    """Say how much came of what two people were asked for."""
    if not asked:
        return t("Notes and feedback: nobody was asked so far")
    if last is None:
        return t("Notes and feedback: {given} of {asked} given", given=given, asked=asked)
    day = full_day(last, zone)
    return t("Notes and feedback: {given} of {asked} given, the last on {day}", given=given, asked=asked, day=day)


def heads_of_notes() -> Row:
    """Return what stands above the columns of the list of notes."""
    return (t("Form"), t("Who"), t("Session with"), t("Session"), t("Asked"), t("Given"), t("In time"))


def in_time(one: Sheet, now: datetime) -> str:
    """Say whether it came in time; nothing where it isn't waited for, or there is time left."""
    if one.done_at is not None:
        return t("later") if one.late else t("yes")
    return t("not yet") if one.limit_at is not None and now > one.limit_at else ""


def heads_of_feedback() -> Row:
    """Return what stands above the columns of the list of feedback."""
    return (
        t("Form"),
        t("Question"),
        t("From"),
        t("Session with"),
        t("Session"),
        t("Given"),
        t("Answer"),
        t("Answers counted together"),
        t("Mean or share"),
    )


def several() -> str:
    """Say that it is no single person's answer."""
    return t("several people together")
