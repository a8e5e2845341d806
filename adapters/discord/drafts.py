"""Forms that are in somebody's hands, and what they typed so far: kept for a while, in memory alone.

Whoever typed it sees it in the answers between: there it is when it is kept here no longer.

Discord opens no form after a form, so whoever has to put something right, or to go on, presses a button between.
"""

import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace

from adapters.discord import forms, limits
from bot.calls import Upload
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

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        """Let them grow old by this clock, in seconds."""
        self._now = now
        self._kept: dict[tuple[Account, str], Draft] = {}

    def keep(self, whose: Account, draft: Draft) -> None:
        """Keep a form for a while."""
        which = whose, _kept(draft.form.action)
        self._kept.pop(which, None)
        self._kept[which] = replace(draft, until=self._now() + limits.FORM_LIFE)
        while len(self._kept) > limits.FORMS or next(iter(self._kept.values())).until < self._now():
            del self._kept[next(iter(self._kept))]

    def get(self, whose: Account, action: str) -> Draft | None:
        """Return somebody's form, unless it is too old."""
        found = self._kept.get((whose, _kept(action)))
        return found if found is not None and found.until >= self._now() else None

    def forget(self, whose: Account, action: str) -> None:
        """Keep a form no longer: it was taken."""
        self._kept.pop((whose, _kept(action)), None)


def _kept(action: str) -> str:
    """Return as much of an action as there is room for behind the adapter's own signs in a custom_id."""
    return action[: limits.ID - 2]
