"""What badges can measure: each measure's kind, whether it goes over a time, and what one case of it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, StrEnum, auto


class Measure(StrEnum):
    """What is measured, by the word that stands in a badge's file."""

    RESPONSE_RATE = "response_rate"
    FORMS_ON_TIME = "forms_on_time"
    SESSIONS_BOOKED = "sessions_booked"
    SESSIONS_ATTENDED = "sessions_attended"
    FEEDBACK_GIVEN = "feedback_given"
    GOALS_ACTIVE = "goals_active"
    GOALS_LINKED = "goals_linked"
    GOAL_UPDATES = "goal_updates"
    EVENTS_ATTENDED = "events_attended"
    AVAILABILITY_CURRENT = "availability_current"


class Kind(Enum):
    """A rate is a share of the newest cases, a count the number of cases. What isn't there yet is left out."""

    RATE = auto()
    COUNT = auto()
    NOT_THERE = auto()


class Window(Enum):
    """Whether a measure goes over a time that its file names."""

    NEVER = auto()
    MAYBE = auto()
    ALWAYS = auto()


@dataclass(frozen=True, slots=True)
class About:
    """What a measure is. `present`: it is how things stand now, and so isn't counted anew after a withdrawal."""

    kind: Kind
    window: Window = Window.NEVER
    present: bool = False


MEASURES: Mapping[Measure, About] = {
    # Messages that waited for the member, and the team's requests to them, as in /mentor rate.
    Measure.RESPONSE_RATE: About(Kind.RATE),
    # Session notes and feedback that the member was asked for.
    Measure.FORMS_ON_TIME: About(Kind.RATE),
    # Sessions of the member's pairings that were booked and not called off: when they were booked.
    Measure.SESSIONS_BOOKED: About(Kind.COUNT, Window.ALWAYS),
    # Sessions that were held, unless the member says otherwise: when they began.
    Measure.SESSIONS_ATTENDED: About(Kind.COUNT, Window.ALWAYS),
    # Sessions of which the member gave notes or feedback: when they first did.
    Measure.FEEDBACK_GIVEN: About(Kind.COUNT, Window.MAYBE),
    # Goals of the member's pairings that go on.
    Measure.GOALS_ACTIVE: About(Kind.COUNT, present=True),
    # Goals, active or done, that a session is about that was booked or held: when the newest was booked, or began.
    Measure.GOALS_LINKED: About(Kind.COUNT),
    # Word on how far a goal is, by either of the two: when it was said.
    Measure.GOAL_UPDATES: About(Kind.COUNT, Window.ALWAYS),
    # Community events that the member attended: when they began.
    Measure.EVENTS_ATTENDED: About(Kind.COUNT, Window.ALWAYS),
    # Whether a mentor's times and offerings are up to date: nobody can say them yet.
    Measure.AVAILABILITY_CURRENT: About(Kind.NOT_THERE),
}
