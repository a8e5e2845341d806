"""What coordinators see of notes and feedback: who hasn't given any, what was written for them, totals."""

from bot.context import Asked
from bot.errors import UserError
from bot.feature import number
from bot.feedback import desk_wording, totals_wording
from bot.feedback.feature import feature
from bot.feedback.keeping import ASK, again, plans, row_key
from bot.feedback.looking import Around, around, each_answer
from bot.feedback.rules import may_be_reminded
from bot.feedback.showing import lines
from bot.forms.showing import Reader, shown
from bot.members import wording as members_wording
from bot.people import COORDINATORS
from bot.views import Block, Message, Text
from storage.members import Members
from storage.outbox import NewRow
from storage.rests import Rests
from storage.sheets import Sheet, Sheets
from storage.totals import Totals

MOST = 500  # sheets that are looked at
LISTED = 8  # people; the rest are counted
READ = 6  # sheets at once


@feature.command("notes", "See who hasn't given notes or feedback, and have them reminded", who=COORDINATORS)
async def notes(asked: Asked) -> Message:
    """List who was asked and hasn't written, since when: never what anybody wrote."""
    silent = await _silent(asked)
    known = await around(asked, [one for sheets in silent.values() for one in sheets])
    people = await asked.work.of(Members).get(silent)
    shown = [
        (people[id_], [(known.form(one), known.other(one).name, known.at(one)) for one in sheets])
        for id_, sheets in list(silent.items())[:LISTED]
    ]
    return desk_wording.silent(shown, len(silent) - LISTED, asked.member.zone)


async def _silent(asked: Asked) -> dict[int, list[Sheet]]:
    """Return what people were asked for and haven't given, by who; a coordinator's own pairings are others' business.

    Who is no longer there, or whose pairing rests, isn't waited for.
    """
    sheets = await asked.work.of(Sheets).asked(MOST)
    resting = await asked.work.of(Rests).going_on({one.pairing_id for one in sheets})
    people = await asked.work.of(Members).get({one.member_id for one in sheets})
    known = await around(asked, sheets)
    found: dict[int, list[Sheet]] = {}
    for one in sheets:
        if _is_others(asked, one, known) and one.pairing_id not in resting and people[one.member_id].active:
            found.setdefault(one.member_id, []).append(one)
    return found


def _is_others(asked: Asked, sheet: Sheet, known: Around) -> bool:
    return known.pairings[sheet.pairing_id].other(asked.member.id) is None


@feature.button("feedback.remind", number, who=COORDINATORS)
async def remind(asked: Asked, member_id: int) -> Message:
    """Have somebody reminded, at hours that they like and within their budget."""
    member = (await asked.work.of(Members).get([member_id])).get(member_id)
    if member is None:
        raise UserError(members_wording.OLD_BUTTON)
    await asked.work.of(Members).lock(member_id)
    sheets = [one for one in (await _silent(asked)).get(member_id, []) if one.failed_at is None]
    if not sheets:
        return desk_wording.nothing_left(member.name)
    found = await plans(asked, sheets)
    due = {(one.id, found[one.id].next_rung) for one in sheets if may_be_reminded(found[one.id].reminders, asked.now)}
    new = sorted(await asked.work.of(Sheets).plan(due, asked.member.id))
    if not new:
        return desk_wording.reminded_already(member.name)
    await asked.work.outbox.add([NewRow(row_key(*key), ASK, key, member_id, asked.now) for key in new])
    await asked.work.audit.add(asked.member.key, "feedback.remind", member.key)
    await again(asked, [one for one, _ in new])
    return desk_wording.reminded(member.name)


@feature.button("feedback.given", who=COORDINATORS)
async def given(asked: Asked) -> Message:
    """Show what was last written for coordinators, and as the policy says, what people answered."""
    sheets = await asked.work.of(Sheets).newest_done(MOST)
    known = await around(asked, sheets)
    written = await asked.work.of(Sheets).answers([one.id for one in sheets])
    each = await each_answer(asked)
    found: list[desk_wording.Given] = []
    for one in sheets:
        blocks = shown(known.form(one), written[one.id], Reader.COORDINATOR, each_answer=each(one))
        if blocks and _is_others(asked, one, known):
            name, other = known.people[one.member_id].name, known.other(one).name
            found.append(desk_wording.Given(name, other, known.at(one), blocks))
        if len(found) == READ:
            break
    await asked.work.audit.add(asked.member.key, "feedback.read")
    return desk_wording.given(found, asked.member.zone)


@feature.button("feedback.totals", who=COORDINATORS)
async def totals(asked: Asked) -> Message:
    """Show what several people said together, member by member."""
    people = {one.id: one.name for one in await asked.work.of(Members).every()}
    every = await asked.work.of(Totals).get(people)
    blocks: list[Block] = []
    for id_, name in people.items():
        if every[id_]:
            blocks += [totals_wording.of_somebody(name), *map(Text, await lines(asked, every[id_]))]
    await asked.work.audit.add(asked.member.key, "feedback.read")
    end = totals_wording.how(asked.policy.notes.totals_from)
    return Message((*(blocks or [totals_wording.none()]), end))
