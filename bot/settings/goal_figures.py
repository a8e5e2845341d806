"""The figures that goals go by."""

from bot.language import later
from bot.settings.kinds import Figure, Kind, Section

GOALS = Section(
    "goals",
    later("Goals"),
    later("Change goals …"),
    (
        Figure(
            "goals.smart_needed",
            later("Five parts needed"),
            Kind.SWITCH,
            later("Whether a goal needs all five SMART parts. If not, they are asked for over time."),
            later("Whoever makes a goal is asked for all five. Goals that are there are shown as still growing."),
        ),
        Figure(
            "goals.update_every",
            later("Word on goals every"),
            Kind.LENGTH,
            later("So long after the last word on a goal I ask how it goes. Only pauses don't count."),
            later("It holds at once, also for goals that are there."),
        ),
    ),
)
