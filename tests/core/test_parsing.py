"""From what is typed behind a slash to a command and its options."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import UserError
from bot.feature import Option
from bot.features import FEATURES
from bot.parsing import LONGEST, checked, find, options

COMMANDS = [command for feature in FEATURES for command in feature.commands]
AWAY = (Option("until", "Until when"), Option("since", "Since when"))


@pytest.mark.parametrize(
    ("root", "text", "expected"),
    [
        ("mentor", "away", ("away", {})),
        ("mentor", "  AWAY  ", ("away", {})),
        ("mentor", "away Monday", ("away", {"until": "Monday"})),
        ("mentor", "away two weeks", ("away", {"until": "two weeks"})),
        ("mentor", "away until Monday", ("away", {"until": "Monday"})),
        ("mentor", "away until: Monday since: yesterday", ("away", {"until": "Monday", "since": "yesterday"})),
        ("mentor", "away since yesterday until 5 March", ("away", {"until": "5 March", "since": "yesterday"})),
        ("mentor", "away Monday since yesterday", ("away", {"until": "Monday", "since": "yesterday"})),
        ("mentor", "away since yesterday since Monday", ("away", {"since": "yesterday since Monday"})),
        ("mentor", "away UNTIL\tMonday", ("away", {"until": "Monday"})),
        ("mentor", "away\nMonday", ("away", {"until": "Monday"})),
        ("mentor", "away until:Monday since=yesterday", ("away", {"until": "Monday", "since": "yesterday"})),
        ("mentor", 'away "5 March" since "1 March"', ("away", {"until": "5 March", "since": "1 March"})),
        (
            "mentor",
            "away until “since ever” since «\xa01 March\xa0»",
            ("away", {"until": "since ever", "since": "1 March"}),
        ),
        ("mentor", "away „until Monday“", ("away", {"until": "until Monday"})),
        ("mentor", "away until 5 March 2026, 9:00", ("away", {"until": "5 March 2026, 9:00"})),
        ("mentor", "away until 5/3 since 1.3.2026", ("away", {"until": "5/3", "since": "1.3.2026"})),
        ("mentor", 'away 5" since "Monday', ("away", {"until": '5"', "since": '"Monday'})),
        ("mentor-admin", 'pairing "Ana By", "Lena With"', ("pairing", {"people": "Ana By, Lena With"})),
        ("mentor-admin", 'pair mentor:"By Ana" with:Lena', ("pair", {"mentor": "By Ana", "mentee": "Lena"})),
        ("mentor-admin", "contact see http://example.org", ("contact", {"who": "see http://example.org"})),
        ("mentor", "rate why", ("rate", {"why": ""})),
        ("mentor", "rate please", ("rate", {"why": "please"})),
        ("mentor", "waiting for what", ("waiting", {})),
        ("mentor", "", ("help", {})),
        ("mentor", "   ", ("help", {})),
        ("mentor-admin", "waiting", ("waiting", {})),
        ("mentor-admin", "", ("help", {})),
    ],
)
def test_what_is_typed_is_read(root: str, text: str, expected: tuple[str, dict[str, str]]) -> None:
    """Words before any option's name belong to the first option; names may stand in any order and case."""
    command, typed = find(COMMANDS, root, text)
    assert (root, *expected) == (command.root, command.name, typed)


@pytest.mark.parametrize(
    ("root", "text", "expected"),
    [
        ("mentor", "wating", 'I don\'t know "/mentor wating". Did you mean /mentor waiting?'),
        ("mentor", "awya for long", 'I don\'t know "/mentor awya". Did you mean /mentor away?'),
        ("mentor", "HLEP", 'I don\'t know "/mentor HLEP". Did you mean /mentor help?'),
        ("mentor", "quux", 'I don\'t know "/mentor quux". What I can do: /mentor help'),
        ("mentor-admin", "away", 'I don\'t know "/mentor-admin away". What I can do: /mentor-admin help'),
        ("mentor", "x" * 1000, f'I don\'t know "/mentor {"x" * 40}". What I can do: /mentor help'),
    ],
)
def test_a_wrong_word_gets_the_nearest_command(root: str, text: str, expected: str) -> None:
    """A slip of the finger is put right, anything else leads to help."""
    with pytest.raises(UserError) as caught:
        find(COMMANDS, root, text)
    assert expected == str(caught.value)


def test_a_command_without_options_takes_none() -> None:
    """What is typed behind it plays no part."""
    assert {} == options((), "until Monday")


def test_only_options_that_a_command_has_are_kept() -> None:
    """On platforms with typed options a forged one is dropped, and a long one cut."""
    assert {"until": "x" * LONGEST} == checked(AWAY, {"until": "x" * 10_000, "whose": "somebody"})


@given(st.text(max_size=2 * LONGEST))
def test_whatever_is_typed_is_read_or_refused(text: str) -> None:
    """There is an answer for everything; it names options that exist, and nothing long."""
    said, known, typed = "", set[str](), dict[str, str]()
    try:
        command, typed = find(COMMANDS, "mentor", text)
        known = {option.name for option in command.options}
    except UserError as refused:
        said = str(refused)
    assert len(said) < 200
    assert typed.keys() <= known
    assert sum(map(len, typed.values())) <= LONGEST


@given(
    st.lists(st.sampled_from(["Monday", "5", "March", "2026-03-05", "weeks"]), min_size=1, max_size=5), st.booleans()
)
def test_the_order_of_options_is_free(words: list[str], first: bool) -> None:
    """Named options mean the same in any order."""
    until, since = f"until {' '.join(words)}", "since yesterday"
    rest = f"{until} {since}" if first else f"{since} {until}"
    assert {"until": " ".join(words), "since": "yesterday"} == options(AWAY, rest)
