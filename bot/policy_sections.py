"""The figures of a program's policy, section by section: what each may be, and what has to fit together."""

from datetime import time, timedelta
from typing import Annotated, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from bot import durations
from bot.hosts import is_host
from bot.language import later

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
UPDATE_AT_LEAST = timedelta(days=7)  # what is asked more often than that is a burden
HOSTS = 20  # names of hosts at most
WORDS = 200  # characters of a figure that is said as it stands
KEPT_AT_LEAST = timedelta(weeks=4)  # a rate needs some messages, and the last reminder of all has to be over
FEWEST = 5  # people whose answers are shown together: of fewer, somebody's own could be worked out


class OutOfOrder(ValueError):
    """Figures of one section that don't fit together."""

    def __init__(self, text: str, *figures: str) -> None:
        """Say what would be right, and name the figures."""
        super().__init__(text)
        self.figures = figures


def _duration(value: object) -> timedelta:
    if isinstance(value, timedelta):
        return value
    if not isinstance(value, str):
        msg = 'a duration is written like "24h" or "4d"'
        raise ValueError(msg)  # noqa: TRY004 - pydantic turns only a ValueError into a message
    return durations.parse(value)


def _weekdays(value: object) -> frozenset[int]:
    names = value.replace(",", " ").split() if isinstance(value, str) else value
    if not isinstance(names, list) or not names or not set(names) <= set(WEEKDAYS):
        msg = f"days are some of {', '.join(WEEKDAYS)}"
        raise ValueError(msg)
    return frozenset(map(WEEKDAYS.index, names))


def _names(value: object) -> object:
    return value.replace(",", " ").split() if isinstance(value, str) else value


def _hosts(value: object) -> tuple[str, ...]:
    found = _names(value)
    if not isinstance(found, list) or not found or len(found) > HOSTS or not all(map(is_host, found)):
        msg = "hosts are names such as meet.google.com, zoom.us"
        raise ValueError(msg)
    return tuple(dict.fromkeys(found))


Duration = Annotated[timedelta, BeforeValidator(_duration), Field(gt=timedelta(0))]
Count = Annotated[int, Field(ge=1, le=1000)]
CountOrNone = Annotated[int, Field(ge=0, le=1000)]
WorkingDays = Annotated[int, Field(ge=1, le=10)]


class Figures(BaseModel):
    """Figures that belong together: they can't be changed, and there are no others."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class NudgeFigures(Figures):
    """When a message waits for an answer, and when somebody is reminded of it."""

    answer_within: Duration
    first_after: Duration
    second_after: Duration
    last_after: Duration
    told_after: Duration
    quiet: Duration
    lull: Duration
    lull_factor: Count
    seen: Annotated[frozenset[str], BeforeValidator(_names)]
    seen_for: Duration
    together: Annotated[int, Field(ge=1, le=4)]  # each has a row of buttons, and Discord has five rows

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if not self.first_after < self.answer_within:
            text = later("The first reminder has to come before the time to answer is over.")
            raise OutOfOrder(text, "first_after", "answer_within")
        if not self.first_after < self.second_after < self.last_after:
            text = later("The second reminder has to come after the first, and the last one after the second.")
            raise OutOfOrder(text, "first_after", "second_after", "last_after")
        if self.lull > self.quiet:
            text = later("The shorter quiet time can't be longer than the quiet time.")
            raise OutOfOrder(text, "lull", "quiet")
        return self


class HourFigures(Figures):
    """When people are reminded who haven't said when they like it."""

    days: Annotated[frozenset[int], BeforeValidator(_weekdays)]
    opens: time
    closes: time


class BudgetFigures(Figures):
    """How many messages that nobody asked for one person gets."""

    per_day: Count
    per_week: Count


class RateFigures(Figures):
    """Over how many turns a response rate goes, and what is forgiven in small samples."""

    turns: Count
    neutral_under: CountOrNone
    forgiven_under: CountOrNone
    forgiven: CountOrNone

    @model_validator(mode="after")
    def _can_be_reached(self) -> Self:
        if self.neutral_under > self.turns:
            text = later("A rate can't need more messages than it goes over.")
            raise OutOfOrder(text, "neutral_under", "turns")
        return self


class NoteFigures(Figures):
    """When session notes and feedback are late, when somebody is reminded of them, and what is shown of them."""

    within: Duration
    first_after: Duration
    last_after: Duration
    totals_from: Annotated[int, Field(ge=FEWEST, le=100)]
    each_answer: bool

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if not self.first_after < self.within:
            text = later("The first reminder has to come before the time for notes and feedback is over.")
            raise OutOfOrder(text, "first_after", "within")
        if not self.first_after < self.last_after:
            text = later("The last reminder has to come after the first.")
            raise OutOfOrder(text, "first_after", "last_after")
        return self


class GoalFigures(Figures):
    """What a goal needs, and how often somebody is asked how it goes."""

    smart_needed: bool
    update_every: Annotated[Duration, Field(ge=UPDATE_AT_LEAST)]


class KeptFigures(Figures):
    """How long something is kept."""

    turns: Annotated[Duration, Field(ge=KEPT_AT_LEAST)]
    notes: Annotated[Duration, Field(ge=KEPT_AT_LEAST)]


class DeliveryFigures(Figures):
    """What is done about somebody who takes no direct messages."""

    direct_closed: Literal["space", "nobody"]


class SessionFigures(Figures):
    """Where sessions may take place, and what is asked for when they are booked, moved or missed."""

    hosts: Annotated[tuple[str, ...], BeforeValidator(_hosts)]
    goals_needed: bool
    answer_within: Duration
    notice: Duration
    missed: CountOrNone


class BeforeFigures(Figures):
    """When a session is reminded of, how long before it begins; and when it is asked about, how long after it ends."""

    first: Duration
    last: Duration
    asked_after: Duration

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if not self.last < self.first:
            raise OutOfOrder(later("The second reminder has to come after the first."), "first", "last")
        return self


class ReportFigures(Figures):
    """By when private reports are acknowledged and answered, in working days of a country; and who else can help.

    `country` is an ISO 3166 code such as "US" or "DE-BY", `emergency` a number to call, `outside` how the outside
    contact is called and reached: each may be empty.
    """

    acknowledged_within: WorkingDays
    answered_within: WorkingDays
    country: Annotated[str, Field(pattern=r"^([A-Z]{2}(-[A-Z0-9]{1,3})?)?$")]
    emergency: Annotated[str, Field(max_length=WORDS)]
    outside: Annotated[str, Field(max_length=WORDS)]

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.acknowledged_within > self.answered_within:
            text = later("A report has to be acknowledged before it is answered.")
            raise OutOfOrder(text, "acknowledged_within", "answered_within")
        return self


class BadgeFigures(Figures):
    """Whether there are badges, and how gently one is lost.

    `left_out`: days that somebody may leave out within a badge's time. `kept_for`: how long nobody is warned after a
    coordinator kept a badge. `near`: with so many criteria missing at most, somebody is close to a badge.
    """

    on: bool
    warned_for: Duration
    left_out: CountOrNone
    kept_for: Duration
    near: Count
