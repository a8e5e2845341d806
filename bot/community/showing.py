"""/mentor-admin people and person: who is in the program, and everything about one of them."""

from collections.abc import Sequence

from bot.community import showing_wording as wording
from bot.community.around import member, sorted_by_name, there
from bot.community.feature import feature
from bot.community.guessing import nearest
from bot.community.planning import There
from bot.community.words import near_role, role
from bot.context import Asked
from bot.errors import UserError
from bot.feature import Option, number
from bot.members.finding import mentioned
from bot.members.roles import role_name
from bot.members.words import clean, fold
from bot.people import COORDINATORS, Member, Role
from bot.views import Message
from storage.members import Members
from storage.pairings import Pairings

SHOWN = 20
CHOICES = 5


@feature.command(
    "people",
    "See who is in the program",
    who=COORDINATORS,
    options=(Option("filter", "a role, a part of a name, or: left", known=(*Role, "left")),),
)
async def people(asked: Asked, filter: str = "") -> Message:  # noqa: A002 - what the option is called
    """List everybody, or those whom a word fits."""
    known = await there(asked)
    everybody = list(known.members.values())
    word = clean(filter)
    fitting = sorted_by_name([one for one in everybody if _fits(one, word)])
    if not fitting:
        return wording.nobody_fits(word, _near(word, [one.name for one in everybody]))
    extras = await asked.house.extras(asked, fitting[:SHOWN])
    shown = [(one, known.handle(one.id), [extra.mark for extra in extras[one.id]]) for one in fitting[:SHOWN]]
    return wording.people(everybody, shown, len(fitting), word)


def _near(word: str, names: Sequence[str]) -> str:
    meant = near_role(word)
    return role_name(meant) if meant else nearest(word, [*names, *(part for name in names for part in name.split())])


def _fits(one: Member, word: str) -> bool:
    if fold(word) in wording.left_words():
        return not one.active
    wanted = role(word)
    if not word or wanted is not None:
        return one.active and (wanted is None or wanted in one.roles)
    return fold(word) in fold(one.name)


@feature.command(
    "person",
    "See everything about somebody, and change it",
    who=COORDINATORS,
    options=(Option("name", "the person, as @amara or by name"),),
)
async def person(asked: Asked, name: str = "") -> Message:
    """Show somebody's card; several of one name are told apart by their accounts."""
    word = clean(name)
    if not word:
        raise UserError(wording.WHICH_PERSON)
    known = await there(asked)
    found = _named(known, word)
    if len(found) == 1:
        return await card(asked, found[0])
    if found:
        return wording.several(word, [(one, known.handle(one.id)) for one in found[:CHOICES]], len(found))
    raise UserError(_unknown(known, word))


def _named(known: There, word: str) -> list[Member]:
    """Return whom a word may mean: an account, a name as it is, without case and accents, or a part of a name."""
    by_account = known.users.get(word.removeprefix("@"))
    if by_account is not None:
        return [known.members[by_account]]
    people = sorted_by_name(list(known.members.values()))
    exactly = [one for one in people if one.name == word]
    nearly = [one for one in people if fold(one.name) == fold(word)]
    parts = {fold(part) for part in word.split()}
    partly = [one for one in people if parts <= {fold(part) for part in one.name.split()}]
    return exactly or nearly or partly


def _unknown(known: There, word: str) -> str:
    near_user = nearest(word.removeprefix("@"), known.users)
    near_name = nearest(word, [one.name for one in known.members.values()])
    if word.startswith("@"):
        return wording.no_member(word, f"@{near_user}" if near_user else near_name)
    return wording.no_member(word, near_name or (f"@{near_user}" if near_user else ""))


@feature.person_shortcut("community.show", "Show this person", who=COORDINATORS)
async def person_pointed_at(asked: Asked, user: str) -> Message:
    """Show the card of whom somebody pointed at, who may be no member."""
    one = await mentioned(asked, f"@{user}")
    return wording.not_a_member(user) if one is None else await card(asked, one)


@feature.button("community.person", number, who=COORDINATORS)
async def person_button(asked: Asked, member_id: int) -> Message:
    """Show somebody's card."""
    return await card(asked, await member(asked, member_id))


async def card(asked: Asked, one: Member, opening: str = "") -> Message:
    """Show all that there is to know of somebody, with what can be done about it."""
    store = asked.work.of(Members)
    pauses = (await store.pauses([one.id]))[one.id]
    away = [pause for pause in pauses if pause.since <= asked.now and (pause.until is None or pause.until > asked.now)]
    accounts = await store.accounts(one.id)
    mentees, mentors = await _others(asked, one)
    missing, extras = await asked.house.missing(asked, one), await asked.house.extras(asked, [one])
    facts = wording.Facts(one, accounts, asked.account, away, mentees, mentors, missing, extras[one.id])
    return wording.card(facts, asked.policy.hours, asked.program.language, asked.member.zone, opening)


async def _others(asked: Asked, one: Member) -> tuple[Sequence[str], Sequence[str]]:
    """Return the names of whom somebody is the mentor of, and of their mentors."""
    pairings = await asked.work.of(Pairings).going_on(one.id)
    others = await asked.work.of(Members).get({id_ for p in pairings for id_ in p.sides})
    mentees = [others[pairing.mentee_id] for pairing in pairings if pairing.mentor_id == one.id]
    mentors = [others[pairing.mentor_id] for pairing in pairings if pairing.mentee_id == one.id]
    return [one.name for one in sorted_by_name(mentees)], [one.name for one in sorted_by_name(mentors)]
