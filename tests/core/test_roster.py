"""A program's people from a file: all that is wrong is told at once, whatever stands in it."""

import tomllib
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.errors import UserError
from bot.members.roster import NewPairing, Roster, parse, read
from bot.people import Account, Place, Role
from tests.world import COMMUNITY

WHOLE = """
[program]
name = "Riverside"
policy = "imstl"

[[people]]
name = " Amara "
roles = ["mentor", "coordinator"]
accounts = ["slack/T1/U1", "discord/G1/5"]
zone = "Europe/Berlin"
country = "de-by"
days = ["mon", "sun"]
hours = "17:00 - 21:30"

[[people]]
name = "Lena"
roles = ["mentee"]
accounts = ["slack/T1/U2"]

[[pairings]]
mentor = "Amara"
mentee = "Lena"
coordinator = "Amara"
spaces = ["slack/T1/C1"]
pace = "4d"
"""


# A person more, in the space of the others.
NOOR = """
[[people]]
name = "Noor"
roles = ["mentee"]
accounts = ["slack/T1/U3"]

[[pairings]]
mentor = "Amara"
mentee = "Noor"
spaces = ["slack/T1/C1"]
"""


def refusal(text: str) -> list[str]:
    """Return the lines that say what is wrong."""
    with pytest.raises(UserError) as caught:
        parse(text, "people.toml")
    return str(caught.value).splitlines()


def test_a_whole_file_is_read() -> None:
    """Everything that can stand in it, at once."""
    roster = parse(WHOLE, "people.toml")
    amara, lena = roster.people
    assert ("Riverside", "imstl") == (roster.name, roster.policy)
    assert ("Amara", {Role.MENTOR, Role.COORDINATOR}, "Europe/Berlin") == (amara.name, set(amara.roles), amara.zone)
    assert ("DE-BY", {0, 6}, time(17), time(21, 30)) == (
        amara.country,
        set(amara.days or ()),
        amara.opens,
        amara.closes,
    )
    assert (Account("slack", "T1", "U1"), Account("discord", "G1", "5")) == amara.accounts
    assert ("UTC", None, None, None, None) == (lena.zone, lena.country, lena.days, lena.opens, lena.closes)
    pairing = NewPairing("Amara", "Lena", (Place("slack", "T1", "C1"),), "Amara", timedelta(days=4))
    assert (pairing,) == roster.pairings
    assert [("discord", "G1"), ("slack", "T1")] == roster.workspaces


def test_the_tests_own_community_is_read() -> None:
    """And so is a file without anything."""
    assert 5 == len(read(COMMUNITY).people)
    assert Roster("Mentoring", "default", (), ()) == parse("", "empty.toml")


WRONG = """
extra = 1
[program]
name = "Riverside"
policy = "imslt"
[[people]]
name = "Amara"
roles = ["tutor"]
accounts = ["slack/U1"]
zone = "Berlin"
country = "1"
days = ["monday"]
hours = "all day"
colour = "red"
[[people]]
[[pairings]]
mentor = "Amara"
mentee = "Nobody"
spaces = []
pace = "slow"
"""
TOLD = [
    "the file, extra",
    "[program], policy: 'imslt'",
    "[[people]] number 1, colour",
    "[[people]] number 1, hours: 'all day' should be \"17:00-21:00\"",
    "[[people]] number 1, roles: ['tutor'] should be a list of mentor, mentee, coordinator, responder",
    "[[people]] number 1, accounts: ['slack/U1'] should be a list such as",
    "[[people]] number 1, zone: 'Berlin' should be a time zone such as",
    "[[people]] number 1, country: '1' should be a country's code",
    "[[people]] number 1, days: ['monday'] should be a list of mon, tue",
    "[[people]] number 2, name: None should be a name",
    "[[people]] number 2, roles: None",
    "[[people]] number 2, accounts: None",
    "[[pairings]] number 1, mentee: 'Nobody' should be the name of one of the [[people]]",
    "[[pairings]] number 1, pace: 'slow' should be",
]


def test_all_problems_are_told_at_once() -> None:
    """Each with its place, what stands there, and what should."""
    told = refusal(WRONG)
    assert "people.toml can't be used yet:" == told[0]
    assert [] == [place for place in TOLD if not any(place in line for line in told)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("people = 1", "people"),
        ("people = {}", "people"),
        ("people = [1]", "[[people]] number 1 should be a table"),
        ("people = 'Amara'", "people"),
        ("pairings = 1", "pairings"),
        ("pairings = [[]]", "[[pairings]] number 1 should be a table"),
        ("program = 1", "[program]"),
        ("program = []", "[program]"),
        ("[program]\npolicy = []", "[program], policy"),
        ("[program]\npolicy = {}", "[program], policy"),
        ("[program]\nname = 5", "[program]"),
        ("[program]\nname = []", "[program]"),
        ("[program]\nname = ''", "[program]"),
        ("[[pairings]]\nmentor = []\nmentee = {}\nspaces = ['slack/T/C']", "[[pairings]] number 1, mentor"),
        ("[[pairings]]\nmentor = 'A'\nmentee = 'A'\nspaces = ['slack/T/C']", "should be two people"),
        ("[[people]]\nname = 1\nroles = []\naccounts = []", "[[people]] number 1, name"),
        ("[[people]]\nname = 'A'\nroles = ['mentor']\naccounts = ['a/b/c']\nzone = '../../etc/passwd'", "zone"),
        ("[[people]]\nname = 'A'\nroles = ['mentor']\naccounts = ['a/b/c']\nzone = ''", "zone"),
        ("[[people]]\nname = 'A'\nroles = ['mentor']\naccounts = ['a/b/c']\nzone = '/etc'", "zone"),
        ("[[people]]\nname = 'A'\nroles = ['mentor']\naccounts = ['a/b/c']\ncountry = 5", "country"),
        ("[[people]]\nname = 'A'\nroles = ['mentor']\naccounts = ['a/b/c']\ncountry = 'DEUTSCHLAND'", "country"),
        ("[[people]]\nname = 'A'\nroles = ['mentor']\naccounts = ['a//c']", "accounts"),
        ("[[people]]\nname = 'A'\nroles = ['mentor']\naccounts = 'a/b/c'", "accounts"),
        ("[[people]]\nname = 'A'\nroles = 'mentor'\naccounts = ['a/b/c']", "roles"),
        ("[[people]]\nname = 'A'\nroles = []\naccounts = ['a/b/c']", "roles"),
        ("[[people]]\nname = 'A'\nroles = ['mentor']\naccounts = []", "accounts"),
        ("[[people]]\nname = 'A'\nroles = ['mentor']\naccounts = ['a/b/c']\ndays = 'mon'", "days"),
        ("[[people]]\nname = 'A'\nroles = ['mentor']\naccounts = ['a/b/c']\nhours = '17:00-21:00+02:00'", "hours"),
    ],
)
def test_what_does_not_fit_is_told(text: str, expected: str) -> None:
    """Also what is of another kind altogether."""
    assert any(expected in line for line in refusal(text))


@pytest.mark.parametrize(
    "more",
    [
        '[[people]]\nname = "Amara"\nroles = ["mentor"]\naccounts = ["slack/T1/U9"]',
        '[[people]]\nname = "Other"\nroles = ["mentor"]\naccounts = ["slack/T1/U1"]',
        '[[pairings]]\nmentor = "Amara"\nmentee = "Lena"\nspaces = ["slack/T1/C2"]',
        NOOR,
    ],
    ids=["name", "account", "pairing", "space"],
)
def test_what_must_be_unique_is_told(more: str) -> None:
    """Two people of one name or account, two pairings of the same two or in the same space."""
    assert 2 <= len(refusal(WHOLE + more))


def test_what_is_no_toml_is_told() -> None:
    """With the line."""
    assert "people.toml is not valid TOML" in refusal("[[people]\n")[0]


@pytest.mark.parametrize("content", [b"\xff\xfe", b"\x00" * 10])
def test_a_file_that_is_no_text_is_told(content: bytes, tmp_path: Path) -> None:
    """So is one that isn't there, or a folder."""
    file = tmp_path / "people.toml"
    file.write_bytes(content)
    for path in (file, tmp_path, tmp_path / "nothing.toml"):
        with pytest.raises(UserError) as caught:
            read(path)
        assert str(path) in str(caught.value)


VALUES = st.recursive(
    st.one_of(
        st.text(max_size=8),
        st.integers(),
        st.floats(allow_infinity=False, allow_nan=False),
        st.booleans(),
        st.just(datetime(2026, 3, 2, 10, 0)),  # noqa: DTZ001 - TOML has local times
        st.just(date(2026, 3, 2)),
        st.just(time(10)),
        st.sampled_from(
            ["mentor", "Amara", "slack/T1/U1", "Europe/Berlin", "mon", "17:00-21:00", "4d", "posix", ".", "/"]
        ),
    ),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
PATHS = [
    ("program",),
    ("program", "name"),
    ("program", "policy"),
    ("people",),
    ("people", 0),
    *(("people", 0, key) for key in ("name", "roles", "accounts", "zone", "country", "days", "hours", "other")),
    ("pairings",),
    ("pairings", 0),
    *(("pairings", 0, key) for key in ("mentor", "mentee", "coordinator", "spaces", "pace", "other")),
]


def toml(value: object) -> str:
    """Write a value as TOML, whole on one line."""
    match value:
        case str():
            return '"' + "".join(f"\\U{ord(char):08x}" for char in value) + '"'
        case Mapping():
            return "{" + ", ".join(f"{toml(key)} = {toml(inner)}" for key, inner in value.items()) + "}"
        case list():
            return "[" + ", ".join(map(toml, value)) + "]"
        case datetime() | date() | time():
            return value.isoformat()
    return str(value).lower()


def replaced(content: Any, path: Sequence[str | int], value: object) -> object:  # noqa: ANN401 - any TOML
    """Return content with another value at a path."""
    if not path:
        return value
    first, rest = path[0], path[1:]
    if isinstance(first, int):
        return [replaced(inner, rest, value) if place == first else inner for place, inner in enumerate(content)]
    return {**content, first: replaced(content.get(first), rest, value)}


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(PATHS), VALUES)
def test_any_value_anywhere_gives_a_roster_or_an_error_in_words(path: tuple[str | int, ...], value: object) -> None:
    """Whatever stands wherever: a roster, or a UserError; never a traceback."""
    content = replaced(tomllib.loads(WHOLE), path, value)
    assert isinstance(content, dict)
    text = "\n".join(f"{key} = {toml(inner)}" for key, inner in content.items())
    try:
        roster = parse(text, "people.toml")
    except UserError as refused:
        said = str(refused)
    else:
        said = "people.toml"
        assert all(person.name and person.roles and person.accounts for person in roster.people)
        assert all(pairing.mentor != pairing.mentee for pairing in roster.pairings)
    assert said.startswith("people.toml")
