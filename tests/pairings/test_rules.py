"""Names of spaces, paces, and how people are named: pure rules."""

import unicodedata
from contextlib import suppress
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import UserError
from bot.members.finding import fold
from bot.pairings.rules import by_name, plain, read_pace, shared, space_name, split
from bot.people import Account, Member, Role


@pytest.mark.parametrize(
    ("mentor", "mentee", "name"),
    [
        ("Amara Okafor", "Lena Vogt", "mentoring-amara-lena"),
        ("José Ángel", "Zoë", "mentoring-jose-zoe"),
        ("Дмитрий Иванов", "Олёна", "mentoring-дмитрий-олёна"),
        ("محمد", "नमिता", "mentoring-محمد-नमिता"),
        ("🌻 Rosa 🌻", "O'Neil-Smith", "mentoring-rosa-oneilsmith"),
        ("🌻", "👻", "mentoring"),
        ("\u202eAmara", "李雷", "mentoring-amara-李雷"),
        ("x" * 80, "Lena", f"mentoring-{'x' * 20}-lena"),
    ],
)
def test_the_name_of_a_space(mentor: str, mentee: str, name: str) -> None:
    """First names in their own script, small, without what a platform wouldn't take."""
    assert name == space_name(mentor, mentee)


@given(st.text(max_size=80))
def test_a_name_is_always_plain(name: str) -> None:
    """Whatever somebody is called, only letters, digits and their marks are left, and not many of them."""
    found = plain(name)
    assert len(found) <= 20
    assert [] == [sign for sign in found if unicodedata.category(sign)[0] not in "LMN"]


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("@amara @lena", ["@amara", "@lena"]),
        ("@amara, @lena", ["@amara", "@lena"]),
        ("@amara with @lena", ["@amara", "@lena"]),
        ("Amara Okafor, Lena Vogt", ["Amara Okafor", "Lena Vogt"]),
        ("Amara Okafor and Lena Vogt", ["Amara Okafor", "Lena Vogt"]),
        ("@amara Lena Vogt", ["@amara", "Lena Vogt"]),
        ("Lena Vogt & @amara", ["Lena Vogt", "@amara"]),
        ("Sandy Withers, Andy Anderson", ["Sandy Withers", "Andy Anderson"]),
        (" , ", []),
    ],
)
def test_people_in_a_text(text: str, people: list[str]) -> None:
    """Mentions and names, with a comma or a word between them."""
    assert people == split(text)


@pytest.mark.parametrize(
    ("text", "days"),
    [("4 days", 4), ("4d", 4), ("2", 2), ("48 h", 2), ("48 hours", 2), ("a week", 7), ("7 Tage", 7), ("4 días", 4)],
)
def test_a_pace_as_people_write_it(text: str, days: int) -> None:
    """Two, four and seven days, in words that people use."""
    assert timedelta(days=days) == read_pace(text)


def test_the_programs_pace() -> None:
    """The program's pace has a word of its own."""
    assert (None, None) == (read_pace("program"), read_pace("the program's"))


@pytest.mark.parametrize("text", ["", "0", "5 days", "-4", "25 h", "0h", "four score", "4 days 2 h", "999999999", "²"])
def test_what_is_no_pace(text: str) -> None:
    """Anything else is refused in words."""
    with pytest.raises(UserError, match="A pace is 2, 4 or 7 days"):
        read_pace(text)


@given(st.text(max_size=30))
def test_no_pace_breaks_it(text: str) -> None:
    """Whatever is typed is a pace or is refused in words."""
    with suppress(UserError):
        assert read_pace(text) in (None, timedelta(days=2), timedelta(days=4), timedelta(days=7))


def member(id_: int, name: str, *, active: bool = True) -> Member:
    """Return somebody."""
    return Member(id_, str(id_), name, frozenset({Role.MENTOR}), "UTC", active=active)


PEOPLE = [
    member(1, "Amara Okafor"),
    member(2, "Amara Obi"),
    member(3, "Lena Vogt"),
    member(4, "Lena Vogt", active=False),
]


def test_somebody_by_name() -> None:
    """Case, spaces and signs that can't be seen play no part; of two who are called alike, the active one is meant."""
    assert 1 == by_name(" amara\u200b  OKAFOR", PEOPLE).id
    assert 3 == by_name("Lena Vogt", PEOPLE).id


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("Amara", "Did you mean Amara Okafor or Amara Obi?"),
        ("Amarra Okafor", "Did you mean Amara Okafor"),
        ("Vogt", "Did you mean Lena Vogt?"),
        ("", "You can also mention somebody"),
        ("{0}", 'Nobody here is called "{0}"'),
    ],
)
def test_nobody_by_name(name: str, answer: str) -> None:
    """Who isn't found is answered with who comes near."""
    with pytest.raises(UserError) as raised:
        by_name(name, PEOPLE)
    assert answer in str(raised.value)


def test_two_of_one_name() -> None:
    """Where a name isn't enough, a mention is."""
    with pytest.raises(UserError, match="2 people are called lena vogt"):
        by_name("lena vogt", [*PEOPLE, member(5, "LENA VOGT")])


def test_one_workspace_for_both() -> None:
    """The one that the mentor used last, of those that both are in."""
    slack, discord = Account("slack", "T1", "a"), Account("discord", "G1", "a")
    theirs = [Account("slack", "T1", "b"), Account("discord", "G1", "b")]
    assert (discord, theirs[1]) == shared([discord, slack], theirs)
    assert (slack, theirs[0]) == shared([Account("slack", "T2", "a"), slack], theirs)
    assert None is shared([Account("slack", "T2", "a")], theirs)


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing(name: str) -> None:
    """A name that was folded is its own folded name, or nearly: case folding may open what composing closed."""
    assert fold(fold(name)) == fold(fold(fold(name)))
