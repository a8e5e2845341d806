"""/mentor-admin settings: seeing figures, trying others out, and changing them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from bot import policy
from bot.context import Asked, Context
from bot.errors import UserError
from bot.facts import ProgramChanged
from bot.feature import Answer, Option, number
from bot.language import t
from bot.members import wording as members_wording
from bot.people import COORDINATORS
from bot.settings import wording
from bot.settings.feature import feature
from bot.settings.figures import FIGURES, SECTIONS, Kind, Section
from bot.settings.figures import section as section_named
from bot.settings.history import history
from bot.settings.reading import read, right
from bot.settings.standing import Standing, Unfit, Wanted, after, differences, names_of, now, standing
from bot.settings.trying import MOST, lately
from bot.settings.understanding import understand
from bot.views import Errors, Form, Message
from storage.proposals import Proposals
from storage.settings import Change, Settings

A_DAY = timedelta(days=1)  # so long somebody may still carry out what they were shown


@feature.command(
    "settings",
    "See every figure of the program, and change it",
    who=COORDINATORS,
    options=(
        Option("change", "a figure and its new value (first reminder 36 hours), or: history", known=("history",)),
    ),
)
async def settings(asked: Asked, change: str = "") -> Message:
    """Show all figures, one of them, or what was changed; or try a new value out."""
    if not change:
        return await _overview(asked)
    if change.casefold() in {"history", t("history")}:
        return await history(asked)
    figure, typed = understand(change)
    if typed:
        return await _propose(asked, {figure.key: read(figure, typed)})
    section = next(section for section in SECTIONS if figure in section.figures)
    return wording.one(section, figure, *(await _lines(asked))[figure.key], right(figure))


async def _overview(asked: Asked) -> Message:
    return wording.overview(await _lines(asked))


async def _lines(asked: Asked) -> dict[str, tuple[str, str]]:
    """Return every figure's value and where it comes from."""
    stands, people = await now(asked), await names_of(asked)
    newest = {change.figure: change for change in stands.changes}
    changed = {key: change for key, change in newest.items() if change.value is not None}
    sources = policy.sources(stands.preset)
    lines: dict[str, tuple[str, str]] = {}
    for key, figure in FIGURES.items():
        change = changed.get(key)
        who = None if change is None else (people.get(change.by), change.at)
        of_preset = wording.from_the_beginning() if figure.kind is Kind.POLICY else sources.get(key)
        lines[key] = stands.value(figure), wording.source(who, of_preset, asked.now, asked.member.zone)
    return lines


@feature.button("settings.form", section_named, who=COORDINATORS, answer=Answer.FORM)
async def form(asked: Asked, section: Section) -> Form:
    """Ask for the figures of a section."""
    stands = await now(asked)
    values = {figure.key: stands.value(figure) for figure in section.figures}
    return wording.form(section, asked.program.version, values, policy.presets())


@feature.button("settings.switch_on", section_named, who=COORDINATORS)
async def switch_on(asked: Asked, section: Section) -> Message:
    """Try out what a section is switched on with. Raises UserError if it can't be switched."""
    switch = next((figure for figure in section.figures if figure.kind is Kind.SWITCH), None)
    if switch is None:
        raise UserError(members_wording.OLD_BUTTON)
    return await _propose(asked, {switch.key: read(switch, t(wording.SWITCH["yes"]))})


@feature.form("settings.filled", section_named, number, who=COORDINATORS)
async def filled(asked: Asked, section: Section, version: int, values: Mapping[str, str]) -> Message | Errors:
    """Try out what was typed; what can't be, is said beside its field."""
    if version > asked.program.version:
        raise UserError(members_wording.OLD_BUTTON)
    shown = standing(asked, await asked.work.of(Settings).changes(version))
    wanted: dict[str, str | None] = {}
    errors: dict[str, str] = {}
    for figure in section.figures:
        typed = values.get(figure.name, "").strip()
        if figure.name in values and typed != shown.value(figure):
            try:
                wanted[figure.key] = read(figure, typed)
            except UserError as error:
                errors[figure.name] = str(error)
    try:
        return Errors(errors) if errors else await _propose(asked, wanted)
    except Unfit as unfit:
        return Errors(_by_field(section, unfit))


def _by_field(section: Section, unfit: Unfit) -> dict[str, str]:
    """Put what is wrong beside its field; what is wrong with other figures stands above all fields."""
    mine = {figure.key: figure.name for figure in section.figures}
    return {mine.get(key, ""): text for key, text in unfit.errors.items()}


async def _propose(asked: Asked, wanted: Wanted, meanwhile: Sequence[str] = ()) -> Message:
    """Show what a change would do, before it holds."""
    stands = await now(asked)
    changes, then = after(stands, wanted)
    if not changes:
        return wording.already()
    tried = await _try_out(asked, stands, then) if any(FIGURES[key].reminds for key in changes) else []
    proposal = await asked.work.of(Proposals).add(asked.member.id, asked.program.version, changes)
    return wording.preview(differences(stands, then, changes), tried, proposal, meanwhile)


async def _try_out(context: Context, stands: Standing, then: Standing) -> list[str]:
    found = await lately(context)
    if found is None:
        return [wording.too_much(MOST)]
    if not found.written:
        return [wording.nothing_to_try()]
    before, later = (found.reminders(one.policy, context.now) for one in (stands, then))
    return [wording.tried_out(before, later)]


@feature.button("settings.change", number, who=COORDINATORS)
async def change(asked: Asked, proposal_id: int) -> Message:
    """Let a change hold that was shown; if the figures are different by now, show it anew."""
    program = await asked.work.of(Settings).lock()
    proposal = await asked.work.of(Proposals).take(proposal_id)
    if proposal is None or proposal.at < asked.now - A_DAY:
        raise UserError(members_wording.OLD_BUTTON)
    current = await asked.house.context(asked.work, program)
    here = replace(asked, program=current.program, policy=current.policy)
    if program.version != proposal.version:
        return await _show_anew(here, proposal.version, proposal.changes)
    stands = await now(here)
    changes, then = after(stands, proposal.changes)
    await _carry_out(here, changes)
    return wording.changed(differences(stands, then, changes))


async def _show_anew(asked: Asked, version: int, wanted: Wanted) -> Message:
    """Tell what somebody else changed since a version, and what a change would be now."""
    stands = await now(asked)
    since = [change for change in stands.changes if change.version > version]
    before = standing(asked, [change for change in stands.changes if change.version <= version])
    who = (await names_of(asked)).get(since[-1].by)
    if not after(stands, wanted)[0]:
        return wording.already_meanwhile(who)
    told = wording.meanwhile(who, differences(before, stands, {change.figure for change in since}))
    return await _propose(asked, wanted, told)


async def _carry_out(asked: Asked, changes: Wanted) -> None:
    """Change figures, all at once, as one version; whoever has to know is told."""
    store, before = asked.work.of(Settings), asked.program
    for key, value in changes.items():
        await store.add_change(Change(before.version + 1, asked.now, asked.member.key, key, value))
        await asked.work.audit.add(asked.member.key, "settings.change", key)
    fresh = await asked.house.context(asked.work, await store.lock())
    await fresh.tell(ProgramChanged(before))


@feature.button("settings.leave", number, who=COORDINATORS)
async def leave(asked: Asked, proposal_id: int) -> Message:
    """Forget a change that was shown."""
    if await asked.work.of(Proposals).take(proposal_id) is None:
        raise UserError(members_wording.OLD_BUTTON)
    return wording.left()


@feature.button("settings.take_back", number, who=COORDINATORS)
async def take_back(asked: Asked, version: int) -> Message:
    """Show what it would do to undo a change, if nothing of it was changed again since."""
    every = await asked.work.of(Settings).changes(asked.program.version)
    of_it = {change.figure for change in every if change.version == version}
    if not of_it:
        raise UserError(members_wording.OLD_BUTTON)
    again = {change.figure for change in every if change.version > version} & of_it
    if again:
        raise UserError(wording.changed_since([FIGURES[key] for key in again]))
    before = {change.figure: change.value for change in every if change.version < version}
    return await _propose(asked, {key: before.get(key) for key in of_it})


@feature.daily
async def tidy(context: Context) -> None:
    """Forget what nobody carried out."""
    await context.work.of(Proposals).purge(context.now - A_DAY)
