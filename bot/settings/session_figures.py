"""The figures that sessions go by."""

from bot.language import later
from bot.settings.kinds import Figure, Kind, Section

SESSIONS = Section(
    "sessions",
    later("Sessions"),
    later("Change sessions …"),
    (
        Figure(
            "sessions.hosts",
            later("Places to meet"),
            Kind.HOSTS,
            later("A link to meet at leads to one of these, or to a part of one."),
            later("Links that are there stay. A new one has to lead to one of these."),
        ),
        Figure(
            "sessions.goals_needed",
            later("Goals needed"),
            Kind.SWITCH,
            later("Whether a session that is proposed has to be about a goal."),
            later("Sessions that are there stay as they are."),
        ),
        Figure(
            "sessions.answer_within",
            later("Proposals lapse after"),
            Kind.LENGTH,
            later("So long a proposal waits for an answer. Only days that count are counted."),
            later("It holds at once, also for proposals that wait."),
        ),
        Figure(
            "sessions.notice",
            later("Notice"),
            Kind.LENGTH,
            later("A session that is called off or moved later than this before it begins is noted."),
            later("It holds for what is called off from now on."),
        ),
        Figure(
            "sessions.missed",
            later("Missed without notice"),
            Kind.NUMBER,
            later(
                "After so many in 60 days a coordinator says yes to the next proposal first. With 0 that never happens."
            ),
            later("It holds for the next proposal."),
        ),
    ),
)
