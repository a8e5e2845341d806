"""/mentor-admin add: one or several people of the platform become members."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from bot.calls import Upload
from bot.community import wording, words
from bot.community.around import alone, profiles
from bot.community.feature import feature
from bot.community.guessing import nearest as nearest_word
from bot.community.showing import card
from bot.context import Asked
from bot.errors import UserError
from bot.facts import MembersJoined
from bot.feature import Answer, Option
from bot.members.newcomers import new_member
from bot.members.roles import role_name
from bot.members.words import clean
from bot.people import COORDINATORS, Member, Profile, Role
from bot.views import Errors, Form, Message
from storage.leaving import Leavings
from storage.members import Members

_BETWEEN = re.compile(r"[,;\n]+")
MOST = 50  # people at once: for more there is the import


@dataclass
class _Asked:
    """What was asked for: profiles of people and roles; and the words that are neither."""

    people: dict[str, Profile] = field(default_factory=dict)
    roles: set[Role] = field(default_factory=set)
    unknown: list[str] = field(default_factory=list)


@feature.command(
    "add",
    "Add people to the program",
    who=COORDINATORS,
    options=(
        Option("who", "one or several people: @amara @lena", people=True),
        Option(
            "role",
            "mentor, mentee, coordinator, responder; several are fine",
            also=("roles", "as"),
            known=tuple(Role),
        ),
    ),
    answer=Answer.FORM,
)
async def add(asked: Asked, who: str = "", role: str = "") -> Message | Form:
    """Add the people who are named, with the roles that are named among or behind them."""
    if not (who.strip() or role.strip()):
        return wording.add_form()
    found = _sorted(profiles(asked), [*_words(who), *_words(role)])
    if found.unknown:
        raise UserError(wording.unknown([(word, await _guess(asked, word)) for word in found.unknown]))
    if not found.people:
        raise UserError(wording.NOBODY_NAMED)
    if not found.roles:
        raise UserError(wording.WHICH_ROLE)
    return await _add(asked, list(found.people.values()), frozenset(found.roles))


def _words(text: str) -> list[str]:
    return text.replace(",", " ").split()


def _sorted(here: Mapping[str, Profile], typed: Iterable[str]) -> _Asked:
    found = _Asked()
    for word in typed:
        known = words.role(word) if not word.startswith("@") else None
        if known is not None:
            found.roles.add(known)
        elif word in here:
            found.people[here[word].account.user] = here[word]
        elif not words.is_filling(word):
            found.unknown.append(word)
    return found


async def _guess(asked: Asked, word: str) -> str:
    """Guess what a word means that is neither a role nor somebody here: a role, or a member's account."""
    near = words.near_role(word) if not word.startswith("@") else None
    if near is not None:
        return role_name(near)
    users = await asked.work.of(Members).users(asked.account.platform, asked.account.workspace)
    user = nearest_word(word.removeprefix("@"), users)
    return f"@{user}" if user else ""


@feature.button("community.add_form", who=COORDINATORS, answer=Answer.FORM)
async def add_form(asked: Asked) -> Form:
    """Ask in a form who is to be added, and as what."""
    return wording.add_form()


def typed_people(values: Mapping[str, str], _files: Mapping[str, Upload]) -> set[str]:
    """Return the words by which the people of the form may be known: whole entries, and each word of them."""
    entries = [clean(entry) for entry in _BETWEEN.split(values.get("people", ""))]
    return {word for entry in entries[:MOST] for word in (entry, *entry.split()[:MOST]) if word}


@feature.form("community.add", who=COORDINATORS, look_up=typed_people)
async def add_from_form(asked: Asked, values: Mapping[str, str]) -> Message | Errors:
    """Add the people who were typed into the form."""
    roles, others = words.roles(values.get("roles", ""))
    entries = [entry for entry in map(clean, _BETWEEN.split(values.get("people", ""))) if entry]
    here = profiles(asked)
    named = [word for entry in entries for word in ([entry] if entry in here else entry.split())]
    people = {here[word].account.user: here[word] for word in named if word in here}
    unknown = [word for word in named if word not in here]
    errors: dict[str, str] = {}
    if unknown:
        errors["people"] = wording.unknown([(word, await _guess(asked, word)) for word in unknown])
    elif not people or len(entries) > MOST:
        errors["people"] = wording.too_many_to_add(MOST) if entries else wording.nobody_named()
    if others or not roles:
        errors["roles"] = wording.which_role()
    return Errors(errors) if errors else await _add(asked, list(people.values()), roles)


async def _add(asked: Asked, people: Sequence[Profile], roles: frozenset[Role]) -> Message:
    """Add whoever isn't a member yet; of the others say how they stand."""
    await alone(asked)
    store = asked.work.of(Members)
    ids = await store.by_users(
        asked.account.platform, asked.account.workspace, {profile.account.user for profile in people}
    )
    known = await store.get(set(ids.values()))
    new = [new_member(profile.account, profile, roles) for profile in people if profile.account.user not in ids]
    added = await store.add_all(new)
    await asked.work.audit.add_all(asked.member.key, "community.add", [one.key for one in added])
    await asked.tell(MembersJoined(tuple(one.id for one in added)))
    return await _answer(asked, added, list(known.values()), roles)


async def _answer(asked: Asked, added: Sequence[Member], known: Sequence[Member], roles: frozenset[Role]) -> Message:
    leaving = await asked.work.of(Leavings).among_members([one.id for one in known])
    if len(added) + len(known) > 1:
        return wording.added(added, known, roles, leaving)
    if added:
        return await card(asked, added[0], wording.added_one(added[0]))
    (one,) = known
    if leaving:
        raise UserError(wording.being_forgotten(one))
    if one.active:
        return await card(asked, one, wording.member_already(one, roles))
    return wording.ask_back(one, roles)
