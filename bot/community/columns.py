"""What the columns of a list are called, in English and in Spanish, in any order and case."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.community import reading_wording as wording
from bot.community.guessing import Guesser
from bot.errors import UserError
from bot.members.words import clean, fold

# Two lines to show, and a small list to begin with.
EXAMPLE = "name,account,role,mentor\nLena Vogt,@lena,mentee,@amara"
TEMPLATE = (
    ("name", "account", "role", "mentor"),
    ("Amara Okafor", "amara", "mentor", ""),
    ("Lena Vogt", "lena", "mentee", "Amara Okafor"),
)


class Column(StrEnum):
    """What a column says of somebody."""

    NAME = "name"
    SURNAME = "surname"
    ACCOUNT = "account"
    EMAIL = "email"
    ROLES = "roles"
    ZONE = "zone"
    COUNTRY = "country"
    LANGUAGE = "language"
    MENTOR = "mentor"
    MENTEE = "mentee"
    PARTNER = "partner"
    COORDINATOR = "coordinator"


_CALLED = {
    Column.NAME: (
        *("name", "full name", "first name", "given name", "display name", "person", "member", "participant"),
        *("nombre", "nombres", "nombre completo", "nombre y apellidos", "persona", "participante", "integrante"),
    ),
    Column.SURNAME: ("surname", "last name", "family name", "apellido", "apellidos"),
    Column.ACCOUNT: (
        *("account", "accounts", "user", "user name", "username", "user id", "userid", "handle", "member id", "id"),
        *("slack", "slack id", "slack handle", "slack name", "discord", "discord id", "discord handle", "discord name"),
        *("cuenta", "usuario", "usuaria", "usuario/a", "nombre de usuario", "alias"),
    ),
    Column.EMAIL: (
        *("email", "e-mail", "email address", "e-mail address", "mail", "address"),
        *("correo", "correo electrónico", "dirección de correo", "dirección"),
    ),
    Column.ROLES: ("role", "roles", "role(s)", "rol", "rol(es)", "papel", "función", "funciones", "type", "tipo"),
    Column.ZONE: ("zone", "time zone", "timezone", "tz", "zona", "zona horaria", "huso horario"),
    Column.COUNTRY: ("country", "country code", "país", "código de país"),
    Column.LANGUAGE: ("language", "lang", "locale", "idioma", "lengua"),
    Column.MENTOR: (
        *("mentor", "mentors", "mentor's name", "mentor name", "name of mentor", "their mentor", "my mentor"),
        *("mentora", "mentor/a", "nombre del mentor", "nombre de la mentora", "su mentor", "tutor", "tutora"),
    ),
    Column.MENTEE: (
        *("mentee", "mentees", "mentee's name", "mentee name", "name of mentee", "their mentee"),
        *("mentorado", "mentorada", "mentorizado", "mentorizada", "aprendiz", "nombre del mentorado"),
    ),
    Column.PARTNER: (
        *("paired with", "pair", "pairing", "partner", "match", "matched with"),
        *("emparejado con", "emparejada con", "emparejado/a con", "pareja", "con"),
    ),
    Column.COORDINATOR: (
        *("coordinator", "coordinator's name", "coordinator name", "looked after by", "program coordinator"),
        *("coordinador", "coordinadora", "coordinador/a", "coordinación"),
    ),
}
BY_WORD = {fold(word): column for column, words in _CALLED.items() for word in words}
KNOWN = frozenset(BY_WORD)
_NAMING = frozenset({Column.NAME, Column.ACCOUNT, Column.EMAIL})


@dataclass(frozen=True, slots=True)
class Header:
    """What each place of a row says, by index; what the columns are called in the file; and those that say nothing.

    `width`: how many cells a row has at most.
    """

    places: Mapping[int, Column]
    called: Mapping[Column, str]
    left_out: tuple[str, ...]
    width: int


def header(cells: Sequence[str]) -> Header:
    """Read the first row. Raises UserError if it names nobody, or something twice."""
    places: dict[int, Column] = {}
    called: dict[Column, str] = {}
    left_out: list[str] = []
    for place, cell in enumerate(map(clean, cells)):
        column = BY_WORD.get(fold(cell))
        if column is None:
            left_out += [cell] if cell else []
        elif column in called:
            raise UserError(wording.column_twice(called[column], cell))
        else:
            places[place], called[column] = column, cell
    if not _NAMING & called.keys():
        raise UserError(_nobody_named(left_out))
    return Header(places, called, tuple(left_out), len(cells))


def _nobody_named(cells: Sequence[str]) -> str:
    guesser = Guesser(word for column in (Column.NAME, Column.ACCOUNT, Column.EMAIL) for word in _CALLED[column])
    near = next(((cell, guess) for cell in cells if (guess := guesser.nearest(cell))), ("", ""))
    return wording.no_header(*near)
