"""Who may read a report: the table of who is named, excluded, too close, away, unsure, and of who is left."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reports.readers import Readers, in_turn, is_free, may_read, may_step_in
from storage.report_tables import Key

MAIN, BACKUP, THIRD = 1, 2, 3
FRIEND, SOMEBODY = 8, 9
KEYS = [Key(id_, "age1", b"", rank, 0, None) for rank, id_ in enumerate((MAIN, BACKUP, THIRD))]
CLOSE = {MAIN: {FRIEND, BACKUP}}


@pytest.mark.parametrize(
    ("barred", "expected"),
    [
        ((), (MAIN, BACKUP, THIRD)),
        ((SOMEBODY,), (MAIN, BACKUP, THIRD)),
        ((MAIN,), (BACKUP, THIRD)),
        ((FRIEND,), (BACKUP, THIRD)),  # the main reader is too close with them
        ((BACKUP,), (THIRD,)),  # with a responder, too
        ((FRIEND, BACKUP, SOMEBODY), (THIRD,)),
    ],
)
def test_who_reads_it(barred: tuple[int, ...], expected: tuple[int, ...]) -> None:
    """In the order of reading, and the outside contact only where nobody is left."""
    assert Readers(expected) == may_read(KEYS, barred, CLOSE, outside=True)


def test_if_nobody_is_left_it_goes_outside() -> None:
    """So it does if whoever reports isn't sure; and where there is no outside contact, there is nobody."""
    everybody = (MAIN, BACKUP, THIRD)
    assert Readers(outside=True) == may_read(KEYS, everybody, CLOSE, outside=True)
    assert Readers(outside=True) == may_read(KEYS, (), CLOSE, outside=True, unsure=True)
    for keys, barred, unsure in ((KEYS, everybody, False), (KEYS, (), True), ([], (), False)):
        assert may_read(keys, barred, CLOSE, outside=False, unsure=unsure).nobody
    assert not may_read(KEYS, (), CLOSE, outside=False).nobody


people = st.integers(1, 12)


@given(
    st.lists(people, unique=True),
    st.sets(people),
    st.dictionaries(people, st.sets(people)),
    st.booleans(),
    st.booleans(),
)
def test_no_rule_lets_anybody_in_who_must_not(
    ids: list[int], barred: set[int], close: dict[int, set[int]], outside: bool, unsure: bool
) -> None:
    """Whoever else is barred, close or there; and barring one more never lets another one in."""
    keys = [Key(id_, "age1", b"", rank, 0, None) for rank, id_ in enumerate(ids)]
    found = may_read(keys, barred, close, outside=outside, unsure=unsure)
    assert not {*found.responders} & barred
    assert not any(close.get(one, set()) & barred for one in found.responders)
    assert [one for one in ids if one in found.responders] == [*found.responders]
    assert found.outside <= outside
    assert not (found.outside and found.responders)
    for one in range(1, 13):
        more = may_read(keys, {*barred, one}, close, outside=outside, unsure=unsure)
        assert {*more.responders} <= {*found.responders}


def test_stepping_in_needs_a_name_that_was_said() -> None:
    """Only who was named to whoever reported, and is free, may read later."""
    shown = (MAIN, BACKUP)
    assert [True, True, False] == [may_step_in(one, shown, (), CLOSE) for one in (MAIN, BACKUP, THIRD)]
    assert [False, True, False] == [may_step_in(one, shown, (FRIEND,), CLOSE) for one in (MAIN, BACKUP, THIRD)]
    assert (False, True) == (is_free(MAIN, [MAIN], {}), is_free(MAIN, [], CLOSE))


def test_whoever_is_away_is_told_last() -> None:
    """Nobody is left out: they may all be away."""
    three = (MAIN, BACKUP, THIRD)
    assert (BACKUP, THIRD, MAIN) == in_turn(three, {MAIN})
    for away in (set(some) for size in range(4) for some in combinations(three, size)):
        assert {*three} == {*in_turn(three, away)}
    assert three == in_turn(three, {*three})
