"""Forms that are in somebody's hands, and what they typed so far: kept for a while, in memory alone.

Whoever typed it sees it in the answers between: there it is when it is kept here no longer.

Discord opens no form after a form, so whoever has to put something right, or to go on, presses a button between.
"""

import asyncio
import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace

from adapters.discord import forms, limits
from bot.calls import Upload
from bot.hush import is_quiet
from bot.people import Account
from bot.views import Form


@dataclass(frozen=True, slots=True)
class Draft:
    """A form, at which step it is, and what was typed and added in it."""

    form: Form
    step: int = 0
    values: Mapping[str, str] = field(default_factory=dict, repr=False)
    files: Mapping[str, Upload] = field(default_factory=dict, repr=False)
    until: float = 0.0
    quiet: bool = False  # it is of what must leave no trace

    @property
    def is_last(self) -> bool:
        """Whether nothing comes after this step."""
        return self.step + 1 >= len(forms.steps(self.form))

    @property
    def further(self) -> "Draft":
        """The next step."""
        return replace(self, step=self.step + 1)

    @property
    def anew(self) -> "Draft":
        """The first step once more, with what was typed."""
        return replace(self, step=0)

    @property
    def typed(self) -> list[str]:
        """What somebody wrote themself: not what stood there before, or could be chosen."""
        free = [one for one in self.form.fields if not one.choices and one.name in self.values]
        return [self.values[one.name] for one in free if self.values[one.name] != one.value]

    def filled(self, values: Mapping[str, str], files: Mapping[str, Upload], names: Collection[str] = ()) -> "Draft":
        """Take what was sent off; `names` are those of the fields, also of such as were left empty."""
        every = forms.steps(self.form)
        there = {*values, *files, *names}
        step = next((number for number, fields in enumerate(every) if {one.name for one in fields} & there), 0)
        return replace(self, step=step, values={**self.values, **values}, files={**self.files, **files})


class Drafts:
    """The forms in hand, by whose and what for: somebody who opens the same one anew begins anew."""

    def __init__(self, now: Callable[[], float] = time.monotonic, life: float = limits.FORM_LIFE) -> None:
        """Let them grow old by this clock, in seconds."""
        self._now = now
        self._life = life
        self._kept: dict[tuple[Account, str], Draft] = {}
        self._timer: asyncio.TimerHandle | None = None

    def keep(self, whose: Account, draft: Draft) -> None:
        """Keep a form for a while."""
        which = whose, _kept(draft.form.action)
        self._kept.pop(which, None)
        self._kept[which] = replace(draft, until=self._now() + self._life, quiet=is_quiet())
        self._tidy()

    def __len__(self) -> int:
        """Return how many are kept."""
        return len(self._kept)

    def get(self, whose: Account, action: str) -> Draft | None:
        """Return somebody's form, unless it is too old."""
        found = self._kept.get((whose, _kept(action)))
        return found if found is not None and found.until >= self._now() else None

    def forget(self, whose: Account, action: str) -> None:
        """Keep a form no longer: it was taken."""
        self._kept.pop((whose, _kept(action)), None)

    def forget_quiet(self, whose: Account) -> None:
        """Keep none of somebody's forms that must leave no trace."""
        for which in [one for one, draft in self._kept.items() if draft.quiet and one[0] == whose]:
            del self._kept[which]

    def _tidy(self) -> None:
        """Drop what is too much or too old, and look again when the next one is, also if nobody does anything then."""
        while self._kept and (len(self._kept) > limits.FORMS or self._oldest < self._now()):
            del self._kept[next(iter(self._kept))]
        if self._kept and self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(max(self._oldest - self._now(), 0), self._tidy_again)

    def _tidy_again(self) -> None:
        self._timer = None
        self._tidy()

    @property
    def _oldest(self) -> float:
        return next(iter(self._kept.values())).until


def _kept(action: str) -> str:
    """Return as much of an action as there is room for behind the adapter's own signs in a custom_id."""
    return action[: limits.ID - 2]
