"""What people read in and of a form: who sees an answer, what is wrong with it, what was answered."""

from bot.forms.definition import SeenBy
from bot.language import n, t


def who_sees(seen_by: SeenBy, *, each_answer: bool) -> str:
    """Say who will see an answer; `each_answer`: coordinators see single ones where the mentor sees totals."""
    match seen_by:
        case SeenBy.AUTHOR:
            return t("Only you will see this.")
        case SeenBy.PAIRING:
            return t("You two will see this; the coordinators won't.")
        case SeenBy.COORDINATORS:
            return t("Only you and the coordinators will see this.")
    if each_answer:
        return t("Your mentor sees this only counted together with others' answers; the coordinators see yours.")
    return t("Your mentor and the coordinators see this only counted together with others' answers.")


def hint(of_the_question: str, who_sees: str) -> str:
    """Put what a form says of a question before who will see the answer."""
    return " ".join(part for part in (of_the_question, who_sees) if part)


def rating(value: str) -> str:
    """Say what a rating means."""
    said = {"5": t("5 - very good"), "3": t("3 - all right"), "1": t("1 - not good")}
    return said.get(value, value)


def yes_or_no() -> tuple[tuple[str, str], ...]:
    """Return both answers."""
    return (("yes", t("Yes")), ("no", t("No")))


def needed() -> str:
    """Say that a question has to be answered."""
    return t("Please answer this one.")


def choose() -> str:
    """Say that something has to be chosen from what there is."""
    return t("Please choose from the list.")


def too_long(length: int, most: int) -> str:
    """Say that an answer has no room."""
    return t("This has {length} characters; there is room for {most}. Please shorten it.", length=length, most=most)


def gone(number: int) -> str:
    """Stand for goals that are no longer there."""
    return n("{n} goal that is gone", "{n} goals that are gone", number)
