"""The days on which people may be reminded, as far as their messages show them."""

from pathlib import Path

import pytest

from adapters.replay.activity import choose_days
from adapters.replay.export import read
from tests.replay.building import DAY, folder, said

WEEKDAYS = frozenset(range(5))
MONDAY, SATURDAY = 0, 5 * 86400  # the export begins on a Monday at 11:00 UTC


def _days(path: Path, user: str, *seconds: int) -> list[int]:
    messages = [said(at + number, user) for number, at in enumerate(seconds)]
    people = choose_days(read(folder(path, {DAY: messages})), WEEKDAYS).roster.people
    return next(sorted(person.days or ()) for person in people if person.accounts[0].user == user)


@pytest.mark.parametrize(
    ("weekday", "saturday", "expected"),
    [(18, 2, [0, 1, 2, 3, 4, 5]), (19, 2, [0, 1, 2, 3, 4]), (17, 2, [0, 1, 2, 3, 4]), (20, 0, [0, 1, 2, 3, 4])],
)
def test_a_day_of_rest_counts_for_who_writes_on_it(
    tmp_path: Path, weekday: int, saturday: int, expected: list[int]
) -> None:
    """From one in ten messages on, if there are at least twenty."""
    assert expected == _days(tmp_path, "UA", *[MONDAY] * weekday, *[SATURDAY] * saturday)


def test_a_day_begins_where_the_person_is(tmp_path: Path) -> None:
    """An early Saturday in UTC is still Friday in Chicago."""
    early = SATURDAY - 10 * 3600
    assert [0, 1, 2, 3, 4] == _days(tmp_path / "ben", "UB", *[early] * 20)
    assert [0, 1, 2, 3, 4, 5] == _days(tmp_path / "ann", "UA", *[early] * 20)


def test_others_have_the_policys_days(tmp_path: Path) -> None:
    """Who wrote little, or nothing."""
    people = choose_days(read(folder(tmp_path)), frozenset({2})).roster.people
    assert [[2], [2]] == [sorted(person.days or ()) for person in people]
