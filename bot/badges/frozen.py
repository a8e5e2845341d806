"""What is kept of a moment, and never changes again: on what an award rests, and how it was said then."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from bot.badges import wording
from bot.badges.certificate_texts import Texts, texts
from bot.badges.definition import Criterion
from bot.badges.rules import Case, Measured, Standing, Verdict
from bot.language import speaking, spoken, t
from storage.awards import Award


def evidence(standing: Standing, at: datetime) -> str:
    """Return the figures, times and cases that a badge rests on at an instant, as JSON."""
    criteria = [_criterion(one) for one in standing.measured]
    return json.dumps({"at": at.isoformat(), "criteria": criteria}, ensure_ascii=False)


def _criterion(one: Measured) -> dict[str, Any]:
    return {
        "measure": one.criterion.measure,
        "at_least": one.criterion.needed,
        "within_days": None if one.criterion.within is None else one.criterion.within.days,
        "since": None if one.since is None else one.since.isoformat(),
        "verdict": one.verdict,
        "value": one.value,
        "forgiven": one.forgiven,
        "cases": [{"id": case.id, "at": case.at.isoformat(), "counts": case.counts} for case in one.cases],
    }


def measured(text: str) -> tuple[Measured, ...]:
    """Return how each criterion stood, by the evidence of that instant."""
    return tuple(_thawed(one) for one in json.loads(text)["criteria"])


def _thawed(one: Mapping[str, Any]) -> Measured:
    asked = {"measure": one["measure"]}
    asked |= {"at_least": one["at_least"]} if one["at_least"] else {}
    asked |= {"within": f"{one['within_days']}d"} if one["within_days"] else {}
    criterion = Criterion.model_validate(asked)
    needed = criterion.needed / 100 if criterion.is_rate else criterion.needed
    since = None if one["since"] is None else datetime.fromisoformat(one["since"])
    cases = tuple(Case(case["id"], datetime.fromisoformat(case["at"]), case["counts"]) for case in one["cases"])
    return Measured(criterion, Verdict(one["verdict"]), one["value"], needed, since, cases, one["forgiven"])


@dataclass(frozen=True, slots=True)
class Words:
    """How an award was said when it was made: what its certificate and its post are made of.

    `criteria` are lines such as ("At least 3 sessions held · within 60 days", "3 of 3").
    """

    name: str
    language: str
    title: str
    about: str
    criteria: tuple[tuple[str, str], ...]
    certificate: Texts


def words(standing: Standing, name: str, language: str | None, program: str, at: datetime) -> str:
    """Return how a badge of somebody is said at an instant, in a language, as JSON."""
    with speaking(language):
        said = {
            "name": name,
            "language": spoken(),
            "title": t(standing.definition.title),
            "about": t(standing.definition.about),
            "criteria": [[wording.criterion(one.criterion), wording.figure(one)] for one in standing.measured],
            "certificate": asdict(texts(program, at)),
        }
    return json.dumps(said, ensure_ascii=False)


def words_of(award: Award) -> Words:
    """Return how an award was said when it was made."""
    said: Mapping[str, Any] = json.loads(award.words)
    criteria = tuple((asked, figure) for asked, figure in said["criteria"])
    return Words(said["name"], said["language"], said["title"], said["about"], criteria, Texts(**said["certificate"]))


def fulfilled(award: Award) -> tuple[tuple[str, str], ...]:
    """Return what of a badge's criteria was met when it was awarded, as it was said then."""
    verdicts = [one["verdict"] for one in json.loads(award.evidence)["criteria"]]
    criteria = words_of(award).criteria
    return tuple(said for said, verdict in zip(criteria, verdicts, strict=True) if verdict == Verdict.MET)
