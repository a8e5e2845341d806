"""A program's figures: a preset (bot/policies/*.toml) over the default one, and changes on top."""

import tomllib
from collections.abc import Mapping
from datetime import time, timedelta
from difflib import get_close_matches
from importlib import resources
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PositiveInt, ValidationError, model_validator

from bot import durations
from bot.errors import UserError

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


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


Duration = Annotated[timedelta, BeforeValidator(_duration), Field(gt=timedelta(0))]


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
    lull_factor: PositiveInt
    seen: Annotated[frozenset[str], BeforeValidator(_names)]
    seen_for: Duration
    together: Annotated[int, Field(ge=1, le=4)]  # each has a row of buttons, and Discord has five rows

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if not self.first_after < self.answer_within:
            raise ValueError("first_after should be shorter than answer_within: a reminder comes before it is late")
        if not self.first_after < self.second_after < self.last_after:
            raise ValueError("first_after, second_after and last_after should grow")
        if self.lull > self.quiet:
            raise ValueError("lull should not be longer than quiet")
        return self


class HourFigures(_Figures):
    """When people are reminded who haven't said when they like it."""

    days: Annotated[frozenset[int], BeforeValidator(_weekdays)]
    opens: time
    closes: time


class BudgetFigures(_Figures):
    """How many messages that nobody asked for one person gets."""

    per_day: PositiveInt
    per_week: PositiveInt


class RateFigures(_Figures):
    """Over how many turns a response rate goes, and what is forgiven in small samples."""

    turns: PositiveInt
    neutral_under: int
    forgiven_under: int
    forgiven: int


class KeptFigures(_Figures):
    """How long something is kept."""

    turns: Duration


class DeliveryFigures(_Figures):
    """What is done about somebody who takes no direct messages."""

    direct_closed: Literal["space", "nobody"]


class Policy(_Figures):
    """Every figure and switch of a program."""

    nudges: NudgeFigures
    hours: HourFigures
    budget: BudgetFigures
    rate: RateFigures
    kept: KeptFigures
    delivery: DeliveryFigures


def presets() -> list[str]:
    """Return the names of the presets."""
    files = resources.files("bot").joinpath("policies").iterdir()
    return sorted(file.name.removesuffix(".toml") for file in files if file.name.endswith(".toml"))


def load(name: str = "default", changes: Mapping[str, str] | None = None) -> Policy:
    """Return a preset's figures, with `changes` such as `{"nudges.first_after": "12h"}` on top.

    Raises UserError for an unknown preset or figure and for a value that doesn't fit, saying what would be right.
    """
    figures = _read("default")
    for section, values in (_read(name) if name != "default" else {}).items():
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
        problems = (f"{'.'.join(map(str, e['loc']))}: {e['msg'].removeprefix('Value error, ')}" for e in error.errors())
        raise UserError(f"The policy {name!r} can't be used: {'; '.join(problems)}") from None


def _read(name: str) -> dict[str, dict[str, Any]]:
    if name not in presets():
        raise UserError(
            f"There is no policy {name!r}.{_did_you_mean(name, presets())} There are: {', '.join(presets())}."
        )
    text = resources.files("bot").joinpath("policies", f"{name}.toml").read_text("utf-8")
    sections: dict[str, dict[str, Any]] = tomllib.loads(text)
    return {
        section: {key: value["value"] if isinstance(value, dict) else value for key, value in values.items()}
        for section, values in sections.items()
    }


def _did_you_mean(word: str, known: list[str]) -> str:
    near = get_close_matches(word, known, n=1)
    return f" Did you mean {near[0]!r}?" if near else ""
