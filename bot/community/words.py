"""Roles as people write them, in English and in Spanish."""

import re
from functools import cache

from bot.community.guessing import Guesser
from bot.members.words import fold
from bot.people import Role

ROLES = {
    Role.MENTOR: ("mentor", "mentors", "mentora", "mentores", "mentoras", "tutor", "tutora"),
    Role.MENTEE: (
        *("mentee", "mentees", "protégé", "protégée", "mentorado", "mentorada", "mentoreado", "mentoreada"),
        *("mentorizado", "mentorizada", "aprendiz", "aprendices"),
    ),
    Role.COORDINATOR: (
        *("coordinator", "coordinators", "coordinador", "coordinadora", "coordinadores", "coordinadoras"),
        *("coordination", "coordinación", "organiser", "organizer"),
    ),
    Role.RESPONDER: ("responder", "responders", "respondedor", "respondedora", "respondedores"),
}
BY_WORD = {fold(word): role for role, words in ROLES.items() for word in words}
_FILLING = frozenset({"as", "and", "a", "an", "como", "y", "e", "&"})


def role(word: str) -> Role | None:
    """Return the role that a word means."""
    return BY_WORD.get(fold(word))


def is_filling(word: str) -> bool:
    """Tell whether a word says nothing by itself, such as `as` in `add @amara as mentor`."""
    return word.casefold() in _FILLING


def roles(text: str) -> tuple[frozenset[Role], list[str]]:
    """Return the roles in a text such as `mentor, coordinator`, and the words in it that are none."""
    words = [word for word in re.split(r"[\s,;/|+]+", text) if word and not is_filling(word)]
    known = {word: role(word) for word in words}
    return frozenset(r for r in known.values() if r is not None), [word for word, r in known.items() if r is None]


@cache
def _role_words() -> Guesser:
    return Guesser(word for words in ROLES.values() for word in words)


def near_role(word: str) -> Role | None:
    """Return the role that somebody may have meant."""
    return role(_role_words().nearest(word))
