"""Texts on their way to Slack and from it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.slack.text import clean, escape, label, pieces, read, short, unescape
from bot.cutting import size
from bot.features import FEATURES
from bot.parsing import find
from tests.adapters.slack.block_kit import NOT_ESCAPED, length
from tests.adapters.slack.written import WRITTEN

COMMANDS = [command for feature in FEATURES for command in feature.commands]
SEEN = st.text(st.characters(exclude_categories=["Cc", "Cs"], include_characters="\n"), max_size=300)


@given(WRITTEN)
def test_nothing_that_is_written_means_anything(text: str) -> None:
    """Whatever somebody wrote, no mention, no call of everybody and no link is made of it."""
    for made in (escape(text), short(text, 75), *pieces(text, 300)):
        assert NOT_ESCAPED.search(made) is None


@given(SEEN)
def test_what_is_seen_is_what_was_written(text: str) -> None:
    """Slack's unescaping gives the text back, also of one that looks escaped already."""
    assert text == unescape(escape(text))
    assert "".join(map(unescape, pieces(text, 3000))) == (text if text.strip() else "")


@given(WRITTEN, st.integers(5, 3000))
def test_pieces_fit_and_nothing_is_lost(text: str, limit: int) -> None:
    """Each piece keeps to the limit however emoji are counted; together they say all but blanks at an end."""
    found = pieces(text, limit)
    assert all(piece.strip() and length(piece) <= limit for piece in found)
    assert "".join(escape(text).split()) == "".join("".join(found).split())


@given(WRITTEN, st.integers(6, 200))
def test_what_is_cut_says_so(text: str, limit: int) -> None:
    """A text that fits stays as it is, another one ends with an ellipsis."""
    made = short(text, limit)
    assert length(made) <= limit
    assert (made == escape(text)) is (size(escape(text)) <= limit) or made.endswith("…")


def test_texts_are_cut_between_lines_and_words() -> None:
    """A line stays whole where it can, then a word, and what is seen as one character always."""
    assert ["first line\n", "second line"] == pieces("first line\nsecond line", 15)
    assert ["one two ", "three"] == pieces("one two three", 9)
    family = "👩‍👩‍👧‍👦"
    assert [family, family] == pieces(family * 2, size(family) + 3)
    assert ["e\u0301", "e\u0301"] == pieces("e\u0301" * 2, 3)


def test_labels_are_one_line_and_never_empty() -> None:
    """A button has to have something on it."""
    assert ["one two", "…", "…"] == [label(text, 75)["text"] for text in ("one\n two", "", "\x00 ")]


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("add <@U1|amara> <@W2>", "add @U1 @W2"),
        ("contact <mailto:help@example.org|help@example.org>", "contact help@example.org"),
        ("contact <mailto:help@example.org?subject=Hi|Write us>", "contact help@example.org"),
        ("call <tel:+491234|+49 1234>", "call +491234"),
        ("see <#C1|general> and <#C2> and <#C3|>", "see #general and #C2 and #C3"),
        ("see <http://example.org|example.org>", "see example.org"),
        ("see <https://example.org/a?b=1&amp;c=2>", "see https://example.org/a?b=1&c=2"),
        (
            "tell <!here> <!channel|channel> <!subteam^S1|@mentors> <!subteam^S2>",
            "tell @here @channel @mentors @subteam",
        ),
        ("away until <!date^1712345678^{date}|5 April>", "away until 5 April"),
        ("people a &lt; b &amp; c &gt; d", "people a < b & c > d"),
        ("people &lt;@U1&gt; &amp;lt;", "people <@U1> &lt;"),
        ("away until “5 March”", "away until “5 March”"),
        ("a <b", "a <b"),
        ("<>", ""),
        ("", ""),
    ],
)
def test_what_is_typed_is_read(written: str, read_as: str) -> None:
    """People, channels, addresses and signs stand in a command as the person typed them; people by their id."""
    assert read_as == read(written)


@given(st.text(max_size=200), st.text(alphabet="<>@#!|^;&amp:U1 ", max_size=60))
def test_everything_typed_can_be_read(text: str, odd: str) -> None:
    """What Slack escaped comes back as it was, and nothing that is sent instead can do harm."""
    assert clean(text) == read(escape(text))
    assert isinstance(read(odd), str)


@pytest.mark.parametrize(
    ("root", "written", "expected"),
    [
        ("mentor", "away until Monday", ("away", {"until": "Monday"})),
        ("mentor", "away until: “5 March” since yesterday", ("away", {"until": "5 March", "since": "yesterday"})),
        ("mentor", "away from 20 to 24 December", ("away", {"start": "20", "until": "24 December"})),
        ("mentor", "away until 2026-03-05", ("away", {"until": "2026-03-05"})),
        ("mentor", "away until 5.3.", ("away", {"until": "5.3."})),
        ("mentor", "away\u00a0two\u00a0weeks", ("away", {"until": "two weeks"})),
        ("mentor", "away\ntwo weeks", ("away", {"until": "two weeks"})),
        ("mentor", "hours 17:00-21:00", ("hours", {"hours": "17:00-21:00"})),
        ("mentor", "lighter until 20 March", ("lighter", {"length": "20 March"})),
        ("mentor-admin", "add <@U1|amara> <@U2|lena> as mentor", ("add", {"who": "@U1 @U2", "role": "mentor"})),
        ("mentor-admin", "add <@U1|amara>, <@U2|lena> role: mentee", ("add", {"who": "@U1, @U2", "role": "mentee"})),
        ("mentor-admin", "pair <@U1> with <@U2>", ("pair", {"mentor": "@U1", "mentee": "@U2"})),
        (
            "mentor-admin",
            'pair mentor:"By Amara" with:«With Lena» by Rosa Díaz',
            ("pair", {"mentor": "By Amara", "mentee": "With Lena", "coordinator": "Rosa Díaz"}),
        ),
        (
            "mentor-admin",
            "contact <mailto:help@example.org|help@example.org>",
            ("contact", {"who": "help@example.org"}),
        ),
        ("mentor-admin", 'person O\u2019Brien &amp; “the "B"”', ("person", {"name": 'O\u2019Brien & the "B"'})),
        ("mentor-admin", "settings first reminder 36 hours", ("settings", {"change": "first reminder 36 hours"})),
    ],
)
def test_commands_as_people_write_them_on_slack(root: str, written: str, expected: tuple[str, dict[str, str]]) -> None:
    """Mentions, addresses, quotes, dates and odd blanks come to the option for which they were typed."""
    command, typed = find(COMMANDS, root, read(written))
    assert (root, *expected) == (command.root, command.name, typed)
