"""Who can be paired with whom, what their space is called, and how a pace is written: pure functions."""

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta
from difflib import get_close_matches

from bot.errors import UserError
from bot.members.finding import fold
from bot.pairings import wording
from bot.people import Account, Member, Role

NAME = 20  # characters of each name in a space's name
PACES = (2, 4, 7)  # days; 0 stands for the program's
SUGGESTED = 3

_PEOPLE = re.compile(r"@[^\s,@]+|[^,@]+")
_BETWEEN = re.compile(r"\s+(?:and|with|&)\s+|^\s*(?:and|with|&)\s+|\s+(?:and|with|&)\s*$", re.IGNORECASE)
_PACE = re.compile(r"(\d{1,3})\s*([^\W\d]*)")


def space_name(mentor: str, mentee: str, number: str = "") -> str:
    """Return what a space is called: `mentoring-amara-lena`, and with a number where that isn't enough."""
    return "-".join(filter(None, ("mentoring", plain(mentor), plain(mentee), number)))


def plain(name: str) -> str:
    """Return the first word of a name in which there are letters or digits: those alone, small and without accents.

    Only what is Latin loses its accents: elsewhere they are a part of the letter. Nothing is left of a name of emoji.
    """
    return next(filter(None, map(_plain_word, name.split())), "")


def _plain_word(word: str) -> str:
    kept: list[str] = []
    base = ""
    for sign in unicodedata.normalize("NFKD", word).casefold():
        if unicodedata.combining(sign) or unicodedata.category(sign).startswith("M"):
            kept += [sign] if base and not base.isascii() else []
        else:
            base = sign if sign.isalnum() else ""
            kept.append(base)
    return unicodedata.normalize("NFC", "".join(kept))[:NAME]


def sides(first: Member, second: Member) -> tuple[Member, Member]:
    """Return who is the mentor and who the mentee: whoever can be both is what is named first. Raises UserError."""
    if first.id == second.id:
        raise UserError(wording.one_person(first.name))
    for mentor, mentee in ((first, second), (second, first)):
        if Role.MENTOR in mentor.roles and Role.MENTEE in mentee.roles:
            return mentor, mentee
    raise UserError(wording.roles_do_not_fit(first, second))


def shared(mentors: Sequence[Account], mentees: Sequence[Account]) -> tuple[Account, Account] | None:
    """Return an account of each in one workspace or server, of those used last; None if they share none."""
    of_mentees: dict[tuple[str, str], Account] = {}
    for account in mentees:
        of_mentees.setdefault((account.platform, account.workspace), account)
    for account in mentors:
        other = of_mentees.get((account.platform, account.workspace))
        if other is not None:
            return account, other
    return None


def days(pace: timedelta | None) -> int:
    """Return a pace as it stands in a button: its days, 0 for the program's."""
    return 0 if pace is None else pace.days


def from_days(number: int) -> timedelta | None:
    """Return the pace of a button. Raises UserError if there is none such."""
    if number not in (0, *PACES):
        raise UserError(wording.NOT_A_PACE)
    return timedelta(days=number) if number else None


def read_pace(text: str) -> timedelta | None:
    """Read `4 days`, `4d`, `48 h`, `a week` or `program`. Raises UserError, which says what would be right."""
    plain_text = text.strip().casefold()
    if "program" in plain_text or "usual" in plain_text:
        return None
    if plain_text in ("a week", "one week", "1 week", "week", "1w"):
        return from_days(7)
    found = _PACE.fullmatch(plain_text)
    if found is None:
        raise UserError(wording.NOT_A_PACE)
    number, unit = int(found[1]), found[2]
    if unit.startswith("h"):
        number = number // 24 if number % 24 == 0 else -1
    return from_days(number or -1)


def split(text: str) -> list[str]:
    """Return the people whom a text names: mentions, and names with a comma or an "and" between them."""
    found: list[str] = []
    for part in _PEOPLE.findall(text):
        found += [part] if part.startswith("@") else _BETWEEN.split(f" {part} ")
    return [one.strip() for one in found if one.strip()]


def by_name(name: str, people: Collection[Member]) -> Member:
    """Return who is called so. Raises UserError that names who comes near."""
    wanted = fold(name)
    known: dict[str, list[Member]] = {}
    for member in people:
        known.setdefault(fold(member.name), []).append(member)
    found = known.get(wanted, [])
    active = [member for member in found if member.active] or found
    if len(active) == 1:
        return active[0]
    if active:
        raise UserError(wording.several_of_that_name(name, len(active)))
    raise UserError(wording.nobody_of_that_name(name, _near(wanted, known)))


def _near(wanted: str, known: Mapping[str, Sequence[Member]]) -> list[str]:
    words = wanted.split()
    begins = [name for name in known if words and all(any(w.startswith(word) for w in name.split()) for word in words)]
    close = begins or get_close_matches(wanted, known, n=SUGGESTED)
    return [known[name][0].name for name in close[:SUGGESTED]]
