"""A program's figures: a preset (bot/policies/*.toml) over the default one, and changes on top."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib import resources
from typing import Any

from pydantic import ValidationError

from bot.errors import UserError
from bot.language import t
from bot.policy_sections import (
    BadgeFigures,
    BeforeFigures,
    BudgetFigures,
    DeliveryFigures,
    Figures,
    GoalFigures,
    HourFigures,
    KeptFigures,
    NoteFigures,
    NudgeFigures,
    OutOfOrder,
    RateFigures,
    ReportFigures,
    SessionFigures,
)

NOT_YET = "not_yet"  # the section of a preset that holds no figures, but rules that can't be carried out yet


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


class Policy(Figures):
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
