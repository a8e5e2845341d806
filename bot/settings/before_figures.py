"""The figures by which sessions are reminded of and asked about."""

from bot.language import later
from bot.settings.kinds import Figure, Kind, Section

ALL_BOOKED = later("It holds at once, also for sessions that are booked.")

BEFORE = Section(
    "before",
    later("Before and after sessions"),
    later("Change when I ask …"),
    (
        Figure(
            "before.first",
            later("First word before a session"),
            Kind.LENGTH,
            later("So long before a session both are reminded of it, at any hour."),
            ALL_BOOKED,
        ),
        Figure(
            "before.last",
            later("Last word before a session"),
            Kind.LENGTH,
            later("So long before a session both are reminded of it once more."),
            ALL_BOOKED,
        ),
        Figure(
            "before.asked_after",
            later("Asked after a session"),
            Kind.LENGTH,
            later("So long after its end both are asked whether they met."),
            ALL_BOOKED,
        ),
    ),
)
