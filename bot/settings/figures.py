"""The figures of a policy as coordinators meet them: what each is called, what it means, what changing it does."""

from bot.language import later
from bot.settings.badge_figures import BADGES
from bot.settings.before_figures import BEFORE
from bot.settings.goal_figures import GOALS
from bot.settings.kinds import Figure, Kind, Section
from bot.settings.note_figures import KEPT_NOTES, NOTES
from bot.settings.report_figures import REPORTS
from bot.settings.session_figures import SESSIONS
from storage.settings import PRESET

__all__ = ["FIGURES", "SECTIONS", "Figure", "Kind", "Section", "section"]

ALL_RATES = later("Response rates are worked out by this from now on. No single answer is judged anew.")
NO_ROOM = later("A reminder for which there is no room comes on a later day.")
OWN_HOURS = later("Whoever chose days and hours of their own keeps them.")

SECTIONS = (
    Section(
        "reminders",
        later("Reminders"),
        later("Change reminders …"),
        (
            Figure(
                "nudges.answer_within",
                later("Time to answer"),
                Kind.LENGTH,
                later("An answer within this time is in time. Only days that count are counted, here and below."),
                later("What waits now gets the new time. What is over stays as it was judged."),
                reminds=True,
            ),
            Figure(
                "nudges.first_after",
                later("First reminder"),
                Kind.LENGTH,
                later("So long after a message I remind for the first time."),
                reminds=True,
            ),
            Figure(
                "nudges.second_after",
                later("Second reminder"),
                Kind.LENGTH,
                later("So long after a message I remind for the second time."),
                reminds=True,
            ),
            Figure(
                "nudges.last_after",
                later("Last reminder"),
                Kind.LENGTH,
                later("So long after a message I remind for the last time."),
                reminds=True,
            ),
            Figure(
                "nudges.told_after",
                later("Word to the coordinator"),
                Kind.LENGTH,
                later("So long after the last reminder a coordinator hears that a pair may need help."),
                later("The reminders stay as they are; a coordinator hears of it earlier or later."),
            ),
        ),
    ),
    Section(
        "waiting",
        later("Which message waits"),
        later("Change what waits …"),
        (
            Figure(
                "nudges.quiet",
                later("Quiet time"),
                Kind.LENGTH,
                later("After so long a silence, the next message waits for an answer."),
                later("It holds for messages that are written from now on."),
                reminds=True,
            ),
            Figure(
                "nudges.lull",
                later("Shorter quiet time"),
                Kind.LENGTH,
                later("Where two people write fast, a shorter silence is enough, but at least this one."),
                later("It holds for messages that are written from now on."),
                reminds=True,
            ),
            Figure(
                "nudges.lull_factor",
                later("Times their usual gap"),
                Kind.NUMBER,
                later("The shorter silence is so many times the usual time between their messages."),
                later("It holds for messages that are written from now on."),
                reminds=True,
            ),
            Figure(
                "nudges.seen",
                later("Reactions that say seen"),
                Kind.REACTIONS,
                later("These reactions put a reminder off. Any other reaction is an answer."),
                later("It holds for reactions that are given from now on."),
                reminds=True,
            ),
            Figure(
                "nudges.seen_for",
                later("Seen puts off by"),
                Kind.LENGTH,
                later("By so much a reaction that says seen puts a reminder off."),
                reminds=True,
            ),
        ),
    ),
    Section(
        "hours",
        later("When I may remind"),
        later("Change days and hours …"),
        (
            Figure(
                "hours.days",
                later("Days"),
                Kind.DAYS,
                later("Days on which people answer and are reminded, until they choose their own."),
                OWN_HOURS,
                reminds=True,
            ),
            Figure(
                "hours.opens",
                later("Earliest hour"),
                Kind.TIME,
                later("I send nothing earlier in the day, until people choose their own hours."),
                OWN_HOURS,
                reminds=True,
            ),
            Figure(
                "hours.closes",
                later("Latest hour"),
                Kind.TIME,
                later("I send nothing later in the day, until people choose their own hours."),
                OWN_HOURS,
                reminds=True,
            ),
        ),
    ),
    Section(
        "amount",
        later("How many messages"),
        later("Change how many …"),
        (
            Figure(
                "budget.per_day",
                later("Messages a day"),
                Kind.NUMBER,
                later("So many messages that nobody asked for may one person get from me on a day."),
                NO_ROOM,
            ),
            Figure(
                "budget.per_week",
                later("Messages a week"),
                Kind.NUMBER,
                later("So many messages that nobody asked for may one person get from me in a week."),
                NO_ROOM,
            ),
            Figure(
                "nudges.together",
                later("Conversations in one reminder"),
                Kind.NUMBER,
                later("So many conversations get buttons in one reminder; further ones are named."),
                later("Who is reminded, and when, stays as it is."),
            ),
        ),
    ),
    Section(
        "rate",
        later("Response rate"),
        later("Change the rate …"),
        (
            Figure(
                "rate.turns",
                later("Messages in a rate"),
                Kind.NUMBER,
                later("A response rate goes over so many messages, the newest ones."),
                ALL_RATES,
            ),
            Figure(
                "rate.neutral_under",
                later("Too few under"),
                Kind.NUMBER,
                later("With fewer messages than this nothing is said, neither good nor bad."),
                ALL_RATES,
            ),
            Figure(
                "rate.forgiven_under",
                later("Forgiving under"),
                Kind.NUMBER,
                later("With fewer messages than this, late answers are forgiven."),
                ALL_RATES,
            ),
            Figure(
                "rate.forgiven",
                later("Late answers forgiven"),
                Kind.NUMBER,
                later("So many late answers are forgiven then."),
                ALL_RATES,
            ),
        ),
    ),
    GOALS,
    NOTES,
    KEPT_NOTES,
    SESSIONS,
    BEFORE,
    REPORTS,
    BADGES,
    Section(
        "kept",
        later("How long I keep it"),
        later("Change how long …"),
        (
            Figure(
                "kept.turns",
                later("Times of messages"),
                Kind.LENGTH,
                later("Who wrote when, and what was reminded of, is deleted when it is older than this."),
                later("What is older is deleted within a day, and can't be brought back."),
            ),
        ),
    ),
    Section(
        "delivery",
        later("Closed direct messages"),
        later("Change closed messages …"),
        (
            Figure(
                "delivery.direct_closed",
                later("Who takes no direct messages"),
                Kind.FALLBACK,
                later("Where I ask somebody to allow my direct messages, when I have a note for them."),
                later("From now on. What the note is about is said nowhere."),
            ),
        ),
    ),
    Section(
        "policy",
        later("Policy"),
        later("Change the policy …"),
        (
            Figure(
                PRESET,
                later("Policy"),
                Kind.POLICY,
                later("The documents from which all figures come that nobody changed."),
                later("Figures that were changed one by one stay as they are."),
                reminds=True,
            ),
        ),
    ),
)
FIGURES = {figure.key: figure for section in SECTIONS for figure in section.figures}


def section(name: str) -> Section:
    """Read a button's argument. Raises ValueError for a section that there isn't."""
    found = {one.name: one for one in SECTIONS}.get(name)
    if found is None:
        raise ValueError
    return found
