"""What stands in every certificate beside the badge's own words: said once, when a badge is awarded, and kept."""

from dataclasses import dataclass
from datetime import datetime

from bot.language import t
from bot.wording import full_day

NUMBER = "{number}"  # stands where a certificate's number will be


@dataclass(frozen=True, slots=True)
class Texts:
    """What a certificate says, from top to bottom: see `bot.badges.certificate.Words`."""

    program: str
    heading: str
    given: str
    earned: str
    done: str
    stands: str
    made_on: str
    number: str


def texts(program: str, at: datetime) -> Texts:
    """Return what a certificate of today says, in the language in use."""
    return Texts(
        program=program,
        heading=t("Certificate"),
        given=t("is given to"),
        earned=t("who has earned the badge"),
        done=t("What it stands for"),
        stands=t("Given by {program}", program=program),
        made_on=full_day(at, "UTC"),
        number=t("Number {number}", number=NUMBER),
    )
