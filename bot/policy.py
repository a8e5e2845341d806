"""A program's figures: a preset (bot/policies/*.toml) over the default one, and changes on top."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import time, timedelta
from difflib import get_close_matches
from functools import cache
from importlib import resources
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from bot import durations
from bot.errors import UserError
from bot.hosts import is_host
from bot.language import later, t

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
NOT_YET = "not_yet"  # the section of a preset that holds no figures, but rules that can't be carried out yet
UPDATE_AT_LEAST = timedelta(days=7)  # what is asked more often than that is a burden
HOSTS = 20  # names of hosts at most
WORDS = 200  # characters of a figure that is said as it stands
KEPT_AT_LEAST = timedelta(weeks=4)  # a rate needs some messages, and the last reminder of all has to be over
FEWEST = 5  # people whose answers are shown together: of fewer, somebody's own could be worked out


@dataclass(frozen=True, slots=True)
class Problem:
    """Why figures can't be used: which ones, and what is wrong. `fits`: each alone would do, but not together."""

    figures: tuple[str, ...]
    text: str
    fits: bool = False


class Unusable(UserError):
    """Figures that can't be used, with all that is wrong with them."""

    def __init__(self, name: str, problems: Sequence[Problem]) -> None:
        """Take what is wrong with a preset and the changes on top of it."""
        told = "; ".join(f"{', '.join(problem.figures)}: {t(problem.text)}" for problem in problems)
        super().__init__(t("The policy {name} can't be used: {problems}", name=repr(name), problems=told))
        self.problems = tuple(problems)


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


class _Figures(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class NudgeFigures(_Figures):
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


class HourFigures(_Figures):
    """When people are reminded who haven't said when they like it."""

    days: Annotated[frozenset[int], BeforeValidator(_weekdays)]
    opens: time
    closes: time


class BudgetFigures(_Figures):
    """How many messages that nobody asked for one person gets."""

    per_day: Count
    per_week: Count


class RateFigures(_Figures):
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


class NoteFigures(_Figures):
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


class GoalFigures(_Figures):
    """What a goal needs, and how often somebody is asked how it goes."""

    smart_needed: bool
    update_every: Annotated[Duration, Field(ge=UPDATE_AT_LEAST)]


class KeptFigures(_Figures):
    """How long something is kept."""

    turns: Annotated[Duration, Field(ge=KEPT_AT_LEAST)]
    notes: Annotated[Duration, Field(ge=KEPT_AT_LEAST)]


class DeliveryFigures(_Figures):
    """What is done about somebody who takes no direct messages."""

    direct_closed: Literal["space", "nobody"]


class SessionFigures(_Figures):
    """Where sessions may take place, and what is asked for when they are booked, moved or missed."""

    hosts: Annotated[tuple[str, ...], BeforeValidator(_hosts)]
    goals_needed: bool
    answer_within: Duration
    notice: Duration
    missed: CountOrNone


class BeforeFigures(_Figures):
    """When a session is reminded of, how long before it begins; and when it is asked about, how long after it ends."""

    first: Duration
    last: Duration
    asked_after: Duration

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if not self.last < self.first:
            raise OutOfOrder(later("The second reminder has to come after the first."), "first", "last")
        return self


class ReportFigures(_Figures):
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


class BadgeFigures(_Figures):
    """Whether there are badges, and how gently one is lost.

    `left_out`: days that somebody may leave out within a badge's time. `kept_for`: how long nobody is warned after a
    coordinator kept a badge. `near`: with so many criteria missing at most, somebody is close to a badge.
    """

    on: bool
    warned_for: Duration
    left_out: CountOrNone
    kept_for: Duration
    near: Count


class Policy(_Figures):
    """Every figure and switch of a program."""

    nudges: NudgeFigures
    hours: HourFigures
    budget: BudgetFigures
    rate: RateFigures
    notes: NoteFigures
    goals: GoalFigures
    kept: KeptFigures
    delivery: DeliveryFigures
    sessions: SessionFigures
    before: BeforeFigures
    reports: ReportFigures
    badges: BadgeFigures


def presets() -> list[str]:
    """Return the names of the presets."""
    files = resources.files("bot").joinpath("policies").iterdir()
    return sorted(file.name.removesuffix(".toml") for file in files if file.name.endswith(".toml"))


def load(name: str = "default", changes: Mapping[str, str] | None = None) -> Policy:
    """Return a preset's figures, with `changes` such as `{"nudges.first_after": "12h"}` on top.

    Raises UserError for an unknown preset or figure, and Unusable for a value that doesn't fit, saying what would be
    right.
    """
    figures = _figures_of("default")
    for section, values in (_figures_of(name) if name != "default" else {}).items():
        figures[section].update(values)
    for key, value in (changes or {}).items():
        section, _, figure = key.partition(".")
        if figure not in figures.get(section, {}):
            known = [f"{s}.{f}" for s, names in figures.items() for f in names]
            raise UserError(f"There is no figure {key!r}.{_did_you_mean(key, known)}")
        figures[section][figure] = value
    try:
        return Policy.model_validate(figures)
    except ValidationError as error:
        raise Unusable(name, [_problem(detail) for detail in map(dict, error.errors())]) from None


def _problem(detail: dict[str, Any]) -> Problem:
    key = ".".join(map(str, detail["loc"]))
    wrong = detail.get("ctx", {}).get("error")
    if isinstance(wrong, OutOfOrder):
        return Problem(tuple(f"{key}.{figure}" for figure in wrong.figures), str(wrong), fits=True)
    return Problem((key,), detail["msg"].removeprefix("Value error, "))


def sources(name: str) -> dict[str, str]:
    """Return where the figures of a preset come from, also those that it has of the default one."""
    found: dict[str, str] = {}
    for preset in ("default", name):
        for section, values in _read(preset).items():
            said = {f"{section}.{key}": value for key, value in values.items() if section != NOT_YET}
            found |= {key: value["source"] for key, value in said.items() if isinstance(value, dict)}
    return found


def not_yet(name: str) -> list[str]:
    """Return the rules of a preset's documents that the bot can't carry out yet, each in a sentence with its source."""
    return [t(rule) for rule in _read(name).get(NOT_YET, {}).get("rules", ())]


def bounds(key: str) -> tuple[Any, Any]:
    """Return the least and the greatest value that a figure may have; None where there is no bound."""
    section, _, figure = key.partition(".")
    sections = Policy.model_fields[section].annotation
    rules = sections.model_fields[figure].metadata if sections is not None else ()
    least = [rule.ge for rule in rules if getattr(rule, "ge", None) is not None]
    most = [rule.le for rule in rules if getattr(rule, "le", None) is not None]
    return least[-1] if least else None, most[-1] if most else None


def _figures_of(name: str) -> dict[str, dict[str, Any]]:
    return {
        section: {key: value["value"] if isinstance(value, dict) else value for key, value in values.items()}
        for section, values in _read(name).items()
        if section != NOT_YET
    }


def _read(name: str) -> Mapping[str, Mapping[str, Any]]:
    if name not in presets():
        raise UserError(
            f"There is no policy {name!r}.{_did_you_mean(name, presets())} There are: {', '.join(presets())}."
        )
    return _parsed(name)


@cache
def _parsed(name: str) -> Mapping[str, Mapping[str, Any]]:
    return tomllib.loads(resources.files("bot").joinpath("policies", f"{name}.toml").read_text("utf-8"))


def _did_you_mean(word: str, known: list[str]) -> str:
    near = get_close_matches(word, known, n=1)
    return f" Did you mean {near[0]!r}?" if near else ""
