"""What is done with what somebody typed: a text that can be kept, an excerpt of it, a name."""

from hypothesis import given
from hypothesis import strategies as st

from bot.members.finding import found
from bot.people import Member
from bot.texts import excerpt, one_line, readable


@given(st.text(st.characters(), max_size=50))
def test_every_text_can_be_kept(text: str) -> None:
    """What is left of a text can be written as UTF-8 and holds no NUL; a text without such signs loses nothing."""
    kept = readable(text)
    assert "\x00" not in kept
    assert kept == kept.encode().decode()
    assert kept == readable(kept)


@given(st.text(), st.integers(1, 40))
def test_an_excerpt_is_short(text: str, length: int) -> None:
    """One line of so many characters at most, and the whole text if it fits."""
    short = excerpt(text, length)
    line = " ".join(text.split())
    assert len(short) <= length
    assert short == line or short.endswith("…")


@given(st.text())
def test_what_is_typed_becomes_one_line(text: str) -> None:
    """Nothing fails, and what was one line stays as it is."""
    line = one_line(text)
    assert line == one_line(line)
    assert "\n" not in line


def test_whole_names_come_first() -> None:
    """Who is called just so is meant, also where others have it in their name."""
    people = [Member(id_, "", name, frozenset(), "UTC") for id_, name in enumerate(("Ana", "Ana Lima", "Banana"))]
    assert [people[0]] == found(people, "ANA")
    assert [people[1]] == found(people, "@ lima")
    assert [] == found(people, "nan")
    assert [] == found(people, " ")
