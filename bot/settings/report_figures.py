"""The figures that private reports go by."""

from bot.language import later
from bot.settings.kinds import Figure, Kind, Section

OPEN_REPORTS = later("It holds at once, also for reports that are open. No report's clock ever stops.")
NEXT_REPORTS = later("Whoever begins a report from now on reads it.")

REPORTS = Section(
    "reports",
    later("Private reports"),
    later("Change reports …"),
    (
        Figure(
            "reports.acknowledged_within",
            later("Reports acknowledged within"),
            Kind.NUMBER,
            later("A person has read a private report within so many working days."),
            OPEN_REPORTS,
        ),
        Figure(
            "reports.answered_within",
            later("Reports answered within"),
            Kind.NUMBER,
            later("A private report is answered within so many working days."),
            OPEN_REPORTS,
        ),
        Figure(
            "reports.country",
            later("Country of the program"),
            Kind.COUNTRY,
            later("Its weekends and public holidays are no working days for reports; its emergency number is named."),
            OPEN_REPORTS,
        ),
        Figure(
            "reports.emergency",
            later("Emergency number"),
            Kind.WORDS,
            later("The number that somebody in danger reads first, if it isn't the country's usual one."),
            NEXT_REPORTS,
        ),
        Figure(
            "reports.outside",
            later("Outside contact"),
            Kind.WORDS,
            later("Who can be asked outside of the program, and how: a name, and a number or an address."),
            NEXT_REPORTS,
        ),
    ),
)
