"""The figures that session notes and feedback go by."""

from bot.language import later
from bot.settings.kinds import Figure, Kind, Section

NOTES = Section(
    "notes",
    later("Notes and feedback"),
    later("Change notes …"),
    (
        Figure(
            "notes.within",
            later("Time for notes"),
            Kind.LENGTH,
            later(
                "Session notes and feedback that come within this time are in time. Only days that count are counted."
            ),
            later("What waits now gets the new time. What is over stays as it was judged."),
        ),
        Figure(
            "notes.first_after",
            later("First reminder of notes"),
            Kind.LENGTH,
            later("So long after I asked for notes or feedback I remind for the first time."),
        ),
        Figure(
            "notes.last_after",
            later("Last reminder of notes"),
            Kind.LENGTH,
            later("So long after I asked for notes or feedback I remind for the last time."),
        ),
        Figure(
            "notes.totals_from",
            later("People in a total"),
            Kind.NUMBER,
            later(
                "Mentors see what people say about them when so many have answered, and anew when so many more have."
            ),
            later("It holds for answers that are in no total so far."),
        ),
        Figure(
            "notes.each_answer",
            later("Each answer for coordinators"),
            Kind.SWITCH,
            later("Whether coordinators see each answer of what mentors see in totals. The form says so beforehand."),
            later("Off, it holds at once; on, it holds for what I ask from now on."),
        ),
    ),
)
KEPT_NOTES = Section(
    "kept_notes",
    later("How long I keep notes"),
    later("Change how long notes …"),
    (
        Figure(
            "kept.notes",
            later("Notes after the end"),
            Kind.LENGTH,
            later("So long after the end of a pairing I keep its sessions, goals, notes, feedback and next steps."),
            later("What is older is deleted within a day, and can't be brought back."),
        ),
    ),
)
