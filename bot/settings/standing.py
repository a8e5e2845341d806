"""How a program's figures stand, and what would become of them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from bot import policy
from bot.context import Context
from bot.errors import UserError
from bot.figures import on_top
from bot.policy import Policy, Unusable
from bot.settings import wording
from bot.settings.figures import FIGURES, Figure, Kind
from bot.settings.reading import right, said
from storage.members import Members
from storage.settings import PRESET, Change, Settings

Wanted = Mapping[str, str | None]
"""New values by figure, as policies have them; None: back to the preset's."""


class Unfit(UserError):
    """Values that can't hold: what is wrong with them, by figure."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        """Take one text for each figure."""
        super().__init__(" ".join(dict.fromkeys(errors.values())))
        self.errors = dict(errors)


@dataclass(frozen=True, slots=True)
class Standing:
    """How figures stand in a version: their preset, the changes up to then (the oldest first), and what follows."""

    base: str
    changes: Sequence[Change]
    preset: str
    figures: Mapping[str, str]
    policy: Policy

    def value(self, figure: Figure) -> str:
        """Say what a figure is."""
        return said(figure, self.preset if figure.kind is Kind.POLICY else value_of(self.policy, figure.key))


def value_of(figures: Policy, key: str) -> object:
    """Return a figure's value."""
    section, _, name = key.partition(".")
    value: object = getattr(getattr(figures, section), name)
    return value


def standing(context: Context, changes: Sequence[Change]) -> Standing:
    """Return how the figures stand after some of a program's changes. Raises UserError if they can't be used."""
    preset, figures = on_top(context.program, changes)
    return Standing(context.program.policy, changes, preset, figures, policy.load(preset, figures))


async def now(context: Context) -> Standing:
    """Return how the figures stand."""
    return standing(context, await context.work.of(Settings).changes(context.program.version))


def after(stands: Standing, wanted: Wanted) -> tuple[dict[str, str | None], Standing]:
    """Return what of `wanted` is a change, and how the figures would stand then. Raises Unfit if they can't."""
    preset = (wanted[PRESET] or stands.base) if PRESET in wanted else stands.preset
    mine = policy.load(preset)
    changed: dict[str, str | None] = {key: value for key, value in wanted.items() if key != PRESET}
    kept = {key: value for key, value in {**stands.figures, **changed}.items() if value is not None}
    loaded = _loaded(preset, kept, wanted, stands)
    # What is as the preset has it needs no change on top of it.
    changed = {key: None if value_of(loaded, key) == value_of(mine, key) else value for key, value in changed.items()}
    changes = {key: value for key, value in changed.items() if _is_change(stands, loaded, key, value)}
    if preset != stands.preset:
        changes[PRESET] = None if preset == stands.base else preset
    figures = {key: value for key, value in {**stands.figures, **changed}.items() if value is not None}
    return changes, Standing(stands.base, stands.changes, preset, figures, loaded)


def _is_change(stands: Standing, loaded: Policy, key: str, value: str | None) -> bool:
    before = stands.figures.get(key)
    return value_of(loaded, key) != value_of(stands.policy, key) or (value is None) != (before is None)


def _loaded(preset: str, figures: Mapping[str, str], wanted: Wanted, stands: Standing) -> Policy:
    try:
        return policy.load(preset, figures)
    except Unusable as wrong:
        errors: dict[str, str] = {}
        for problem in wrong.problems:
            text = _told(problem, wanted, stands)
            mine = [key for key in problem.figures if key in wanted] or list(problem.figures)
            errors |= dict.fromkeys(mine, text)
        raise Unfit(errors) from None


def _told(problem: policy.Problem, wanted: Wanted, stands: Standing) -> str:
    if not problem.fits:
        return right(FIGURES[problem.figures[0]])
    others = [FIGURES[key] for key in problem.figures if key not in wanted]
    return wording.together(problem.text, [(figure, stands.value(figure)) for figure in others])


def differences(before: Standing, later: Standing, keys: Collection[str]) -> list[tuple[Figure, str, str]]:
    """Say what becomes of figures: each with its value before and after."""
    return [(figure, before.value(figure), later.value(figure)) for key, figure in FIGURES.items() if key in keys]


async def names_of(context: Context) -> dict[str, str]:
    """Return the names of members by the keys under which they stand in changes."""
    return {member.key: member.name for member in await context.work.of(Members).every()}
