"""Looking people and pairings up: by what somebody typed, and with all that belongs to them."""

from collections.abc import Collection, Sequence

from bot.context import Asked, Context
from bot.errors import UserError
from bot.members import wording as members_wording
from bot.members.finding import fold, mentioned
from bot.pairings import wording
from bot.pairings.pair import Pair
from bot.pairings.rules import by_name, shared, split
from bot.people import Account, Member, Pairing, Role
from storage.contacts import Contacts
from storage.members import Members
from storage.pairings import Pairings
from storage.programs import State
from storage.rests import Rests
from storage.settings import Settings
from storage.wishes import Wish, Wishes

CHOICES = 25  # of a field, as the platforms allow
TWO = 2


async def look_at(context: Context, pairings: Collection[Pairing], reader: Member | None = None) -> list[Pair]:
    """Return pairings with all that belongs to them. One side's wish is not for the other, who may coordinate too."""
    ids = [pairing.id for pairing in pairings]
    people = await context.work.of(Members).get(
        {id_ for p in pairings for id_ in (p.mentor_id, p.mentee_id, p.coordinator_id) if id_ is not None}
    )
    rests = await context.work.of(Rests).going_on(ids)
    spaces = {space.pairing.id: space.place for space in await context.work.of(Pairings).open_spaces(ids)}
    wishes: dict[int, list[Wish]] = {}
    for wish in await context.work.of(Wishes).open(ids):
        wishes.setdefault(wish.pairing_id or 0, []).append(wish)
    return [
        Pair(
            pairing,
            people[pairing.mentor_id],
            people[pairing.mentee_id],
            people.get(pairing.coordinator_id or 0),
            rests.get(pairing.id),
            spaces.get(pairing.id),
            tuple(wish for wish in wishes.get(pairing.id, ()) if _may_see(pairing, wish, reader)),
            context.program.state is State.RUNNING,
        )
        for pairing in pairings
    ]


def _may_see(pairing: Pairing, wish: Wish, reader: Member | None) -> bool:
    return reader is None or pairing.other(reader.id) is None or reader.id == wish.member_id


async def pair_of(context: Context, pairing_id: int, reader: Member | None = None) -> Pair:
    """Return one pairing with all that belongs to it. Raises UserError if there is none."""
    found = await context.work.of(Pairings).get([pairing_id])
    if not found:
        raise UserError(members_wording.OLD_BUTTON)
    return (await look_at(context, list(found.values()), reader))[0]


async def accounts_of(context: Context, pair: Pair) -> tuple[Account, Account] | None:
    """Return an account of each side in one workspace or server; None if they share none."""
    members = context.work.of(Members)
    return shared(await members.accounts(pair.mentor.id), await members.accounts(pair.mentee.id))


async def locked(context: Context, pairing_id: int) -> Pairing:
    """Return a pairing that goes on, and that nobody else changes until this transaction ends. Raises UserError."""
    await context.work.of(Settings).lock()  # always before pairings: whoever starts the program begins with it
    found = (await context.work.of(Pairings).lock([pairing_id])).get(pairing_id)
    if found is None:
        raise UserError(members_wording.OLD_BUTTON)
    if found.ended_at is not None:
        raise UserError(wording.ENDED_ALREADY)
    return found


async def person(asked: Asked, text: str, people: Sequence[Member]) -> Member:
    """Return whom a mention, a name or a choice of a form means. Raises UserError that says who comes near."""
    word = text.strip()
    by_id = next((member for member in people if str(member.id) == word), None)
    if by_id is not None:
        return by_id
    if not word.startswith("@"):
        return by_name(word, people)
    found = await mentioned(asked, word)
    return found if found is not None and found in people else _named(word, people)


def _named(word: str, people: Sequence[Member]) -> Member:
    """Take `@Amara Okafor` as a name where it is one."""
    try:
        return by_name(word.removeprefix("@"), people)
    except UserError:
        raise UserError(wording.unknown_mention("".join(filter(str.isprintable, word)))) from None


async def two_people(asked: Asked, text: str, otherwise: str) -> tuple[Member, Member]:
    """Return the two people whom a text names. Raises UserError, saying `otherwise` if they aren't two."""
    words = split(text)
    if len(words) != TWO:
        raise UserError(otherwise)
    everybody = await asked.work.of(Members).every()
    return await person(asked, words[0], everybody), await person(asked, words[1], everybody)


def choices(people: Sequence[Member]) -> tuple[tuple[str, str], ...]:
    """Return people as the choices of a field; none if they are too many."""
    return tuple((str(one.id), one.name) for one in people) if len(people) <= CHOICES else ()


async def coordinators(context: Context) -> list[Member]:
    """Return the active coordinators."""
    return await context.work.of(Members).with_role(Role.COORDINATOR)


async def responsible(context: Context, pairing: Pairing) -> list[Member]:
    """Return whom to tell of a pairing: its coordinator, or else all of them; but nobody who is a side of it."""
    able = [one for one in await coordinators(context) if pairing.other(one.id) is None]
    return [one for one in able if one.id == pairing.coordinator_id] or able


async def listeners(context: Context, pairing: Pairing) -> list[Member]:
    """Return who hears of a worry about safety: every coordinator who is no side of the pairing, or else responders."""
    able = [one for one in await coordinators(context) if pairing.other(one.id) is None]
    return able or await responders(context, pairing)


async def responders(context: Context, pairing: Pairing) -> list[Member]:
    """Return the responders who are no side of a pairing."""
    able = await context.work.of(Members).with_role(Role.RESPONDER)
    return [one for one in able if pairing.other(one.id) is None]


async def contact(context: Context, pairing: Pairing) -> str | None:
    """Return the program's contact for worries, if they were proven and are no side of a pairing."""
    found = await context.work.of(Contacts).get()
    if found is None or found.proven_at is None or pairing.other(found.member_id or 0) is not None:
        return None
    people = await context.work.of(Members).get([found.member_id or 0])
    member = people.get(found.member_id or 0)
    return found.address if member is None else member.name if member.active else None


def fits(pair: Pair, wanted: str) -> bool:
    """Tell whether a pairing is among what was looked for: a word for how it stands, or a part of a name."""
    word = fold(wanted)
    if word in ("resting", "rest"):
        return pair.rest is not None
    if word in ("wish", "wishes"):
        return bool(pair.wishes)
    if word in ("no space", "without space"):
        return pair.space is None
    return any(word.removeprefix("@") in fold(name) for name in (pair.mentor.name, pair.mentee.name))
