"""What is said to the two of a pairing in their space."""

from datetime import datetime, timedelta

from bot.language import t
from bot.views import Heading, Message, Text, message
from bot.wording import full_day, length


def topic(mentor: str, mentee: str) -> str:
    """Return what stands above a space."""
    return t("The mentoring space of {mentor} and {mentee}", mentor=mentor, mentee=mentee)


def welcome(mentor: str, mentee: str) -> Message:
    """Greet both in their new space, and say in four lines what the bot sees and what it doesn't."""
    return Message(
        (
            Heading(t("Welcome, {mentor} and {mentee}!", mentor=mentor, mentee=mentee)),
            Text(t("This space is for the two of you. I'm mentorbot, and I help you stay in touch.")),
            Text(
                "\n".join(
                    (
                        t("• I see who writes here and when."),
                        t("• I never keep what is written."),
                        t("• I can't see direct messages between two people."),
                        t("• Coordinators can see that a message has waited long, and never what it says."),
                    )
                )
            ),
            Text(
                t("What you'd like to reach: /mentor goals. A time to meet: /mentor sessions. All else: /mentor help")
            ),
        )
    )


def rests(until: datetime | None, zone: str) -> Message:
    """Tell both that their pairing rests."""
    first = (
        t("Your mentoring rests for a while. A coordinator will tell you when it goes on.")
        if until is None
        else t("Your mentoring rests until {day}.", day=full_day(until, zone))
    )
    return message(first, t("I won't remind you of anything here, and those days don't count. Take your time."))


def goes_on() -> Message:
    """Tell both that their pairing goes on."""
    return message(t("Your mentoring goes on from today. Good to have you both back!"))


def pace(agreed: timedelta | None, program: timedelta) -> Message:
    """Tell both at which pace they answer each other."""
    span = length(program if agreed is None else agreed)
    return message(t("From now on you have {length} for an answer here. I'll remind you accordingly.", length=span))


def goodbye(mentor: str, mentee: str) -> Message:
    """Take leave of both."""
    return message(
        t("Dear {mentor} and {mentee}, your time together in this program ends here.", mentor=mentor, mentee=mentee),
        t("Thank you both for what you've shared. This space is closed now; what you wrote stays here to read."),
        t("Is something still open? A coordinator is glad to help."),
    )
