"""/mentor change: one side would like an end, or somebody else, or a word because of safety.

The other side isn't told, no reason is asked, and no text is taken.
"""

from bot.context import Asked
from bot.errors import UserError
from bot.feature import Option, number
from bot.members import wording as members_wording
from bot.pairings import own_wording
from bot.pairings.composing import TAKEN_BACK, WISHED
from bot.pairings.feature import feature
from bot.pairings.looking import contact, listeners, pair_of, responsible
from bot.pairings.pace import chosen, my_pairing, my_pairings
from bot.people import COORDINATORS, PAIRED, Member, Pairing, Role
from bot.views import Message
from storage.members import Members
from storage.outbox import NewRow, State, Urgency
from storage.pairings import Pairings
from storage.wishes import Kind, Talked, Wish, Wishes


@feature.command(
    "change",
    "Ask for an end, or for somebody else; the other side isn't told",
    who=PAIRED,
    options=(Option("partner", "which pairing, if you have several", also=("with",)),),
)
async def change(asked: Asked, partner: str = "") -> Message:
    """Ask what somebody wishes for, or show what they asked for already."""
    mine = await my_pairings(asked)
    one = await chosen(asked, mine, partner)
    return own_wording.change_which(mine) if one is None else await _ask(asked, *one)


@feature.button("pairings.change", number, who=PAIRED)
async def change_this(asked: Asked, pairing_id: int) -> Message:
    """Ask what somebody wishes for in one pairing."""
    return await _ask(asked, *await my_pairing(asked, pairing_id))


async def _ask(asked: Asked, pairing: Pairing, name: str) -> Message:
    wish = await _mine(asked, pairing)
    if wish is None:
        return own_wording.change(pairing, name)
    return own_wording.open_wish(wish, name, *await _heard_by(asked, pairing, await _told(asked, pairing, wish.kind)))


async def _mine(asked: Asked, pairing: Pairing) -> Wish | None:
    wishes = await asked.work.of(Wishes).open([pairing.id])
    return next((wish for wish in wishes if wish.member_id == asked.member.id), None)


async def _told(asked: Asked, pairing: Pairing, kind: Kind) -> list[Member]:
    """Return who hears of a wish."""
    return await (listeners if kind is Kind.SAFETY else responsible)(asked, pairing)


async def _heard_by(asked: Asked, pairing: Pairing, told: list[Member]) -> tuple[list[str], str | None]:
    """Return the names of who hears of a wish, and the contact for worries beside them."""
    return [member.name for member in told], await contact(asked, pairing)


@feature.button("pairings.wants", number, Kind, who=PAIRED)
async def wants(asked: Asked, pairing_id: int, kind: Kind) -> Message:
    """Ask whether the two could talk about it; where safety is the reason it isn't asked."""
    if kind is Kind.SAFETY:
        raise UserError(members_wording.OLD_BUTTON)
    return own_wording.have_you_talked(*await my_pairing(asked, pairing_id), kind)


@feature.button("pairings.wish", number, Kind, Talked, who=PAIRED)
async def wish(asked: Asked, pairing_id: int, kind: Kind, talked: Talked) -> Message:
    """Pass a wish on, whatever was answered."""
    if kind is Kind.SAFETY:
        raise UserError(members_wording.OLD_BUTTON)
    return await _wish(asked, pairing_id, kind, talked)


@feature.button("pairings.safety", number, who=PAIRED)
async def safety(asked: Asked, pairing_id: int) -> Message:
    """Ask coordinators to write today."""
    return await _wish(asked, pairing_id, Kind.SAFETY, None)


async def _wish(asked: Asked, pairing_id: int, kind: Kind, talked: Talked | None) -> Message:
    pairing, name = await my_pairing(asked, pairing_id)
    told = await _told(asked, pairing, kind)
    before = await _mine(asked, pairing)
    if before is not None and before.kind in (kind, Kind.SAFETY):
        return own_wording.open_wish(before, name, *await _heard_by(asked, pairing, told))
    noted = await asked.work.of(Wishes).wish(pairing.id, asked.member.id, kind, talked)
    urgency = Urgency.AT_ONCE if kind is Kind.SAFETY else Urgency.ASKED
    key = f"wished:{noted.id}:{kind}"
    rows = [NewRow(f"{key}:{one.id}", WISHED, (noted.id,), one.id, asked.now, urgency=urgency) for one in told]
    await asked.work.outbox.add(rows)
    return own_wording.noted(noted, name, *await _heard_by(asked, pairing, told))


@feature.button("pairings.take_back", number, who=PAIRED)
async def take_back(asked: Asked, pairing_id: int) -> Message:
    """Take one's wish back; coordinators who know of it are told."""
    pairing, _ = await my_pairing(asked, pairing_id)
    wish = await _mine(asked, pairing)
    if wish is None:
        return own_wording.taken_back(was_open=False)
    await asked.work.of(Wishes).settle(pairing.id, asked.member.id)
    await _tell_taken_back(asked, pairing, wish)
    return own_wording.taken_back(was_open=True)


async def _tell_taken_back(asked: Asked, pairing: Pairing, wish: Wish) -> None:
    told = await _told(asked, pairing, wish.kind)
    keys = [f"wished:{wish.id}:{kind}:{one.id}" for one in told for kind in Kind]
    know = {row.member_id for row in await asked.work.outbox.by_keys(keys) if row.state is State.SENT}
    args = (pairing.id, asked.member.id, int(wish.kind is Kind.SAFETY))
    rows = [
        NewRow(f"taken_back:{wish.id}:{id_}", TAKEN_BACK, args, id_, asked.now, urgency=Urgency.ASKED)
        for id_ in sorted(id_ for id_ in know if id_ is not None)
    ]
    await asked.work.outbox.add(rows)


@feature.button("pairings.note", number, who=COORDINATORS | {Role.RESPONDER})
async def note(asked: Asked, wish_id: int) -> Message:
    """Show what a message didn't say; a wish that isn't for whoever asks looks like one that is settled."""
    wish = await _readable(asked, wish_id)
    coordinates = Role.COORDINATOR in asked.member.roles
    return Message(own_wording.wish_for_coordinator(wish, *await _who(asked, wish), coordinates=coordinates))


@feature.button("pairings.read", number, who=COORDINATORS | {Role.RESPONDER})
async def read(asked: Asked, wish_id: int) -> Message:
    """Note that somebody who was told has read what is about safety: only now it is deleted."""
    wish = await _readable(asked, wish_id)
    if wish.kind is not Kind.SAFETY:
        raise UserError(members_wording.OLD_BUTTON)
    await asked.work.of(Wishes).read(wish.id)
    await asked.work.audit.add(asked.member.key, "pairings.settled")
    return own_wording.read()


async def _readable(asked: Asked, wish_id: int) -> Wish:
    """Return a wish that whoever asks may read: no side of it, and a coordinator or somebody who was told."""
    wish = (await asked.work.of(Wishes).get([wish_id])).get(wish_id)
    if wish is None or wish.member_id == asked.member.id:
        raise UserError(own_wording.ANSWERED_ALREADY)
    pairing = (await asked.work.of(Pairings).get([wish.pairing_id or 0])).get(wish.pairing_id or 0)
    told = await asked.work.outbox.by_keys([f"wished:{wish.id}:{wish.kind}:{asked.member.id}"])
    may = Role.COORDINATOR in asked.member.roles or bool(told)
    if not may or (pairing is not None and pairing.other(asked.member.id) is not None):
        raise UserError(own_wording.ANSWERED_ALREADY)
    return wish


async def _who(asked: Asked, wish: Wish) -> tuple[str, str]:
    """Return the name of who wishes for something, and of the other side as far as it is known."""
    if wish.pairing_id is not None:
        return (await pair_of(asked, wish.pairing_id)).names(wish.member_id)
    people = await asked.work.of(Members).get([wish.member_id])
    return people[wish.member_id].name, own_wording.somebody_who_left()
