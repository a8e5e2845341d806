"""What is wrong with what was typed into the fields of a report, and who was chosen in them: pure functions."""

from collections.abc import Collection, Mapping

from bot.reports import fields_wording as wording
from bot.reports.fields_wording import KINDS, LONG, MIDDLE, NO, NOBODY, SHORT, UNSURE, YES
from bot.reports.people import Answering
from bot.texts import is_blank
from bot.views import chosen

_CHOICES: Mapping[str, Collection[str]] = {"kind": KINDS, "danger": {YES, NO}, "named": {YES, NO}}
_LIMITS = {"what": LONG, "concerned": MIDDLE, "when": MIDDLE, "where": MIDDLE, "wish": MIDDLE}
_LIMITS |= {"others": SHORT, "reach": SHORT}


def wrong(values: Mapping[str, str], names: Collection[str]) -> dict[str, str]:
    """Return what is wrong in the fields of these names, by field."""
    found = {name: _wrong(name, typed(values, name)) for name in names}
    return {name: text for name, text in found.items() if text is not None}


def typed(values: Mapping[str, str], name: str) -> str:
    """Return what stands in a field; nothing, if there is nothing in it that can be seen."""
    said = values.get(name, "").strip()
    return "" if is_blank(said) else said


def _wrong(name: str, said: str) -> str | None:
    if name in _CHOICES:
        return None if said in _CHOICES[name] else wording.yes_or_no()
    if name == "what" and not said:
        return wording.nothing_written()
    most = _LIMITS[name]
    return wording.too_long(len(said), most) if len(said) > most else None


def wrong_choice(values: Mapping[str, str], there: Answering) -> dict[str, str]:
    """Return what is wrong in who must not read a report. Without an outside contact nobody reads it who isn't sure."""
    picked = set(chosen(values.get("must_not", "")))
    if NOBODY in picked and len(picked) > 1:
        return {"must_not": wording.not_both()}
    outside = there.outside is not None
    offered = {NOBODY, *(str(one.id) for one in there.everybody), *([UNSURE] if outside else [])}
    return {} if picked and picked <= offered else {"must_not": wording.choose_one(unsure=outside)}


def excluded(values: Mapping[str, str]) -> tuple[int, ...]:
    """Return who was chosen not to read a report, once nothing is wrong in it."""
    return tuple(sorted(int(one) for one in set(chosen(values["must_not"])) - {NOBODY, UNSURE}))


def unsure(values: Mapping[str, str]) -> bool:
    """Tell whether it was chosen that nobody is sure."""
    return UNSURE in chosen(values["must_not"])
