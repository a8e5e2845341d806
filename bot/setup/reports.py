"""/mentor-admin reports: coordinators arrange who answers private reports. What is reported they never see."""

from collections.abc import Mapping, Sequence

from bot.context import Asked, Context
from bot.errors import UserError
from bot.feature import Answer, Part, number
from bot.members import wording as members_wording
from bot.people import COORDINATORS, Role
from bot.reports import emergency
from bot.reports.sealing import is_public
from bot.setup import reports_wording as wording
from bot.setup.arranged import Arranged, arranged
from bot.setup.feature import feature
from bot.setup.status import reached
from bot.views import Errors, Form, Message
from storage.members import Members
from storage.outbox import NewRow, OutboxRow, Urgency
from storage.responders import Responders
from storage.schema import micros
from storage.settings import Settings

KEY_CHANGED = "setup.outside_key"


@feature.command("reports", "See who answers private reports, and arrange it", who=COORDINATORS)
async def reports(asked: Asked) -> Message:
    """Show who answers, in which order, and what is missing."""
    figures = asked.policy.reports
    return wording.shown(await arranged(asked), emergency.number(figures.emergency, figures.country))


@feature.button("setup.reports", who=COORDINATORS)
async def show(asked: Asked) -> Message:
    """Show the same."""
    return await reports(asked)


@feature.button("setup.reads_first", number, who=COORDINATORS)
async def reads_first(asked: Asked, member_id: int) -> Message:
    """Let a responder read first; the others follow as they did."""
    now = await _locked(asked)
    ids = [one.id for one in now.ready]
    if member_id not in ids:
        raise UserError(members_wording.OLD_BUTTON)
    if ids[0] != member_id:
        await asked.work.of(Responders).order([member_id, *(id_ for id_ in ids if id_ != member_id)])
        await asked.work.audit.add(asked.member.key, "setup.reading_order")
    return await reports(asked)


# The outside contact.


@feature.button("setup.outside", who=COORDINATORS, answer=Answer.FORM)
async def outside(asked: Asked) -> Form:
    """Ask for the outside contact's public key."""
    return wording.form((await arranged(asked)).key or "")


@feature.form("setup.outside_set", who=COORDINATORS)
async def outside_set(asked: Asked, values: Mapping[str, str]) -> Message | Errors:
    """Take the key, or take it away; what isn't a public key is said beside its field."""
    typed = values.get("key", "").strip()
    if typed and not is_public(typed):
        return Errors({"key": wording.no_key(typed)})
    before = await _locked(asked)
    if (before.key or "") == typed:
        return await reports(asked)
    await asked.work.of(Responders).put_contact(outside=typed or None)
    await asked.work.audit.add(asked.member.key, "setup.outside_key")
    await _tell(asked)
    return wording.key_taken(await arranged(asked))


async def _tell(asked: Asked) -> None:
    """Tell responders and the other coordinators: whoever has this key reads what nobody else may."""
    members = asked.work.of(Members)
    people = [*await members.with_role(Role.RESPONDER), *await members.with_role(Role.COORDINATOR)]
    args = (asked.member.id, micros(asked.now))
    rows = [
        NewRow(f"outside:{args[1]}:{id_}", KEY_CHANGED, args, id_, asked.now, urgency=Urgency.ASKED)
        for id_ in sorted({one.id for one in people} - {asked.member.id})
    ]
    await asked.work.outbox.add(rows)


@feature.composer(KEY_CHANGED, always=True)
async def compose(context: Context, _member_id: int, rows: Sequence[OutboxRow]) -> Part:
    """Say who changed the key, and which one it is now."""
    by = (await context.work.of(Members).get([rows[-1].args[0]])).get(rows[-1].args[0])
    return Part(wording.key_changed(by.name if by else None, await arranged(context)), frozenset(r.id for r in rows))


# Going on without.


@feature.button("setup.without", who=COORDINATORS)
async def ask_without(asked: Asked) -> Message:
    """Say what it means to go on without what is missing, and ask."""
    now, contact = await arranged(asked), await reached(asked)
    if now.decided:
        return await reports(asked)
    return wording.without_question(now, contact.who if contact is not None and contact.proven else None)


@feature.button("setup.go_without", who=COORDINATORS)
async def go_without(asked: Asked) -> Message:
    """Let the program start as it is, as a coordinator decided."""
    return await _decide(asked, without=True)


@feature.button("setup.not_without", who=COORDINATORS)
async def not_without(asked: Asked) -> Message:
    """Take that back."""
    return await _decide(asked, without=False)


async def _decide(asked: Asked, *, without: bool) -> Message:
    now = await _locked(asked)
    if now.without is not without:
        await asked.work.of(Responders).put_contact(without=without)
        await asked.work.audit.add(asked.member.key, "setup.go_without" if without else "setup.not_without")
    return await reports(asked)


async def _locked(asked: Asked) -> Arranged:
    """Return how it stands, which nobody else changes meanwhile."""
    await asked.work.of(Settings).lock()
    return await arranged(asked)
