"""When what can be done around an event, and whom a form of ticks takes out: pure."""

from datetime import timedelta

import pytest

from bot.events.rules import ALPHABET, CodeTime, code_time, is_right, new_code, reminded_at, to_tick, unticked
from storage.codes import ALPHABET as UNAMBIGUOUS
from storage.events import Event, Guest, Kind, State
from tests.storage.programs import HOUR, MONDAY

SECOND = timedelta(seconds=1)
EVENT = Event(
    1,
    1,
    None,
    State.ANNOUNCED,
    Kind.CIRCLE,
    "Circle",
    "",
    "",
    "",
    MONDAY,
    60,
    "ACFHJ",
    "",
    0,
    0,
    MONDAY,
    None,
    None,
    "",
)


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (MONDAY - SECOND, CodeTime.EARLY),
        (MONDAY, CodeTime.NOW),
        (MONDAY + 25 * HOUR - SECOND, CodeTime.NOW),
        (MONDAY + 25 * HOUR, CodeTime.LATE),
    ],
)
def test_a_code_counts_from_the_beginning_until_a_day_after_the_end(at: object, expected: CodeTime) -> None:
    """To the second."""
    assert expected is code_time(EVENT, at)  # type: ignore[arg-type]


@pytest.mark.parametrize("typed", ["ACFHJ", "acfhj", " ac-fh j ", "ＡＣＦＨＪ"])  # noqa: RUF001 - wide letters
def test_a_code_however_it_is_typed(typed: str) -> None:
    """In any case and width, with dashes and blanks."""
    assert is_right(typed, EVENT)


def test_codes_can_be_read_out() -> None:
    """Five signs that nobody takes for others, never the empty one."""
    assert set(ALPHABET) <= set(UNAMBIGUOUS)
    assert {5} == {len(new_code()) for _ in range(50)}
    assert not is_right("ACFH", EVENT)


def test_when_whoever_comes_is_reminded() -> None:
    """An hour before, not any more within that hour."""
    assert MONDAY - HOUR == reminded_at(EVENT, HOUR, MONDAY - 2 * HOUR)
    assert reminded_at(EVENT, HOUR, MONDAY - HOUR) is None


def guest(member_id: int, made: int = 0, attended: int | None = None) -> Guest:
    """Return somebody who came to be known, and is noted as there, so many hours after Monday's beginning."""
    at = None if attended is None else MONDAY + attended * HOUR
    return Guest(1, member_id, MONDAY + made * HOUR, coming=True, attended_at=at, decided=False, wrong_codes=0)


def test_only_whoever_was_shown_is_taken_out() -> None:
    """Whoever typed the code, or came to be known, after the form was opened stays noted."""
    opened = MONDAY + 2 * HOUR
    guests = [guest(1, attended=1), guest(2, attended=1), guest(3), guest(4, attended=3), guest(5, made=3, attended=3)]
    shown = to_tick(guests, opened, 0)
    assert [1, 2, 3, 4] == [one.member_id for one in shown]
    assert [2] == unticked(shown, {1, 3}, opened)


def test_many_are_ticked_page_by_page() -> None:
    """Twenty-five at a time."""
    guests = [guest(number) for number in range(1, 41)]
    first = to_tick(guests, MONDAY, 0)
    assert list(range(1, 26)) == [one.member_id for one in first]
    assert list(range(26, 41)) == [one.member_id for one in to_tick(guests, MONDAY, first[-1].member_id)]
