"""Choosing the preset, the hours and the language of a program."""

import re
from collections.abc import Collection, Mapping
from datetime import time

from bot import policy
from bot.context import Asked, Context
from bot.facts import ProgramChanged
from bot.feature import Answer
from bot.language import languages, t
from bot.people import COORDINATORS
from bot.policy_sections import WEEKDAYS
from bot.setup import choices_wording as wording
from bot.setup.feature import feature
from bot.setup.rules import already, not_yet
from bot.setup.status import preset_of
from bot.views import Errors, Form, Message
from storage.programs import Program
from storage.settings import PRESET, Change, Settings

_TIME = re.compile(r"(\d{1,2})(?:[:.h](\d{2}))?")


def preset_name(text: str) -> str:
    """Read a button's argument: a preset that there is."""
    if text not in policy.presets():
        raise ValueError
    return text


def language_code(text: str) -> str:
    """Read a button's argument: a language that the bot speaks."""
    if text not in languages():
        raise ValueError
    return text


@feature.button("setup.presets", who=COORDINATORS)
async def presets(asked: Asked) -> Message:
    """Ask for the policy to follow."""
    return wording.presets(policy.presets(), await _preset(asked))


@feature.button("setup.preset", preset_name, who=COORDINATORS)
async def preset(asked: Asked, name: str) -> Message:
    """Follow another preset; the changes of single figures stay on top of it."""
    before = await asked.work.of(Settings).lock()
    if preset_of(before, await asked.work.of(Settings).changes()) == name:
        return wording.preset_already(name)
    await _change(asked, before, {PRESET: name})
    await asked.work.audit.add(asked.member.key, "setup.preset")
    return wording.preset_chosen(name, len(not_yet(name)))


@feature.button("setup.rules", who=COORDINATORS)
async def rules(asked: Asked) -> Message:
    """List what the preset asks for: what the bot does already, and what it will do later."""
    name = await _preset(asked)
    return wording.rules(name, already(name), not_yet(name))


async def _preset(asked: Asked) -> str:
    return preset_of(asked.program, await asked.work.of(Settings).changes())


@feature.button("setup.languages", who=COORDINATORS)
async def language_choices(asked: Asked) -> Message:
    """Ask for the program's language."""
    return wording.language_choices(asked.program.language)


@feature.button("setup.language", language_code, who=COORDINATORS)
async def language(asked: Asked, code: str) -> Message:
    """Speak another language with whoever hasn't chosen one."""
    before = await asked.work.of(Settings).lock()
    if before.language != code:
        await asked.work.of(Settings).put(language=code)
        await asked.work.audit.add(asked.member.key, "setup.language")
        await _changed(asked, before)
    return wording.language_chosen(code)


@feature.button("setup.hours", who=COORDINATORS, answer=Answer.FORM)
async def hours_form(asked: Asked) -> Form:
    """Ask when people may be reminded who haven't said so."""
    return wording.hours_form(asked.policy.hours)


@feature.form("setup.hours_set", who=COORDINATORS)
async def hours_set(asked: Asked, values: Mapping[str, str]) -> Message | Errors:
    """Change the hours; what can't be read is said beside its field."""
    days = _days(values.get("days", ""))
    opens, closes = (read_time(values.get(name, "")) for name in ("opens", "closes"))
    if days is None or opens is None or closes is None:
        errors = {"days": None if days else wording.NOT_DAYS}
        errors |= {name: wording.NOT_A_TIME for name, at in (("opens", opens), ("closes", closes)) if at is None}
        return Errors({name: t(text) for name, text in errors.items() if text})
    before = await asked.work.of(Settings).lock()
    now = (await asked.house.context(asked.work, before)).policy.hours
    was = _written(now.days, now.opens, now.closes)
    figures = dict(_written(days, opens, closes).items() - was.items())
    if not figures:
        return wording.hours_already()
    fresh = await _change(asked, before, figures)
    await asked.work.audit.add(asked.member.key, "setup.hours")
    return wording.hours_set(fresh.policy.hours)


def _days(text: str) -> frozenset[int] | None:
    words = text.split()
    return frozenset(map(WEEKDAYS.index, words)) if words and set(words) <= set(WEEKDAYS) else None


def read_time(text: str) -> time | None:
    """Read a time of day as people write it, `9`, `9:00` or `09.00`; None for anything else."""
    found = _TIME.fullmatch(text.strip())
    if found is None or not found[0].isascii():
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None  # noqa: PLR2004 - a clock


def _written(days: Collection[int], opens: time, closes: time) -> dict[str, str]:
    """Return hours as the policy's figures hold them."""
    return {
        "hours.days": " ".join(WEEKDAYS[day] for day in sorted(days)),
        "hours.opens": opens.isoformat("minutes"),
        "hours.closes": closes.isoformat("minutes"),
    }


async def _change(asked: Asked, before: Program, figures: Mapping[str, str]) -> Context:
    """Put changes on top, as one version. Raises UserError if the figures don't fit together."""
    for figure, value in sorted(figures.items()):
        change = Change(before.version + 1, asked.now, asked.member.key, figure, value)
        await asked.work.of(Settings).add_change(change)
    return await _changed(asked, before)


async def _changed(asked: Asked, before: Program) -> Context:
    fresh = await asked.house.context(asked.work, await asked.work.of(Settings).lock())
    await fresh.tell(ProgramChanged(before))
    return fresh
