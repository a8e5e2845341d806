"""Texts on their way to Discord and from it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.discord.text import clean, cut, escape, heading, label, note, pieces, read, short
from bot.cutting import size
from tests.adapters.discord.markdown import Means, shown
from tests.adapters.discord.written import WRITTEN


@given(WRITTEN)
def test_nothing_that_is_written_means_anything(text: str) -> None:
    """Whatever somebody wrote, it is seen as it was written: no mention, no formatting, no link."""
    assert clean(text) == shown(escape(text), own=False)


@given(WRITTEN)
def test_it_means_nothing_in_small_print_and_headings(text: str) -> None:
    """The bot's own marks at the beginning of lines are the only ones."""
    assert [line.strip() for line in clean(text).split("\n")] == [
        line.strip() for line in shown(note(text)).split("\n")
    ]
    one_line = " ".join(text.split())
    assert clean(one_line).strip() == shown(heading(one_line)).strip()


@pytest.mark.parametrize(
    "text",
    ["*a*", "_a_", "~~a~~", "`a`", "||a||", "[a](b)", "<@1>", "@here", "http://a", ":a:", "# a", "-# a", "> a", "1. a"],
)
def test_what_means_something_is_noticed(text: str) -> None:
    """The reading that the properties lean on fails where nothing is escaped."""
    with pytest.raises(Means):
        shown(text, own=False)


@given(WRITTEN, st.integers(20, 4000), st.booleans())
def test_pieces_fit_and_nothing_is_lost(text: str, limit: int, small: bool) -> None:
    """Each piece keeps to the limit however emoji are counted; together they say all but blanks."""
    found = pieces(text, limit, small=small)
    assert all(piece.strip() and size(piece) <= limit for piece in found)
    assert "".join(clean(text).split()) == "".join("".join(map(shown, found)).split())


@given(WRITTEN, st.integers(6, 200))
def test_what_is_cut_says_so(text: str, limit: int) -> None:
    """A text that fits stays as it is, another one ends with an ellipsis."""
    made = short(text, limit)
    assert size(made) <= limit
    assert (made == clean(text)) is (size(clean(text)) <= limit) or made.endswith("…")
    assert size(cut(text, limit)) <= limit


def test_texts_are_cut_between_lines_and_words() -> None:
    """A line stays whole where it can, then a word, and what is seen as one character always."""
    assert ["first line\n", "second line"] == pieces("first line\nsecond line", 15)
    assert ["one two ", "three"] == pieces("one two three", 9)
    family = "👩‍👩‍👧‍👦"
    assert [family, family] == pieces(family * 2, size(family) + 3)


def test_labels_are_one_line_and_never_empty() -> None:
    """A button has to have something on it."""
    assert ["one two", "…", "…"] == [label(text, 75) for text in ("one\n two", "", "\x00 ")]


def test_times_and_addresses_stay_readable() -> None:
    """What can't mean anything isn't escaped: notifications show texts as they are sent."""
    text = "Tuesday 4 March, 14:20 (help@example.org) - 48 h, 3.5 & more!"
    assert text == escape(text)


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("<@1> <@!2>, <@&3>", "@1 @2, @3"),
        ("see <#4> and <:wave:5> <a:dance:6>", "see #4 and :wave: :dance:"),
        ("a < b > c <b>", "a < b > c <b>"),
        ("until Monday", "until Monday"),
        ("", ""),
    ],
)
def test_what_is_typed_is_read(written: str, read_as: str) -> None:
    """People stand in a command by their id, whatever Discord makes of a mention."""
    assert read_as == read(written)


@given(st.text(alphabet="<>@#!&:a1 ", max_size=60))
def test_everything_typed_can_be_read(text: str) -> None:
    """Nothing that is sent instead can do harm."""
    assert isinstance(read(text), str)
