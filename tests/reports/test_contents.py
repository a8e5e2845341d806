"""What stands inside an entry: it is had back as it was, belongs to its case, and its length tells nothing."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.reports.contents import FOR_REPORTERS, ROOM, Content, Kind, Line, Told, pack, unpack
from bot.reports.sealing import Unreadable

drawn = settings(deadline=None, max_examples=60)
hours = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1)).map(  # noqa: DTZ001 - the zone comes next
    lambda at: at.replace(minute=0, second=0, microsecond=0, tzinfo=UTC)
)
words = st.text(max_size=2000)  # lone surrogates, too: some keyboards send them
tolds = st.builds(
    Told,
    kind=words,
    what=words,
    danger=st.booleans(),
    concerned=words,
    named=st.none() | st.integers(1, 9),
    excluded=st.lists(st.integers(1, 9)).map(tuple),
    quote=words,
)
lines = st.builds(Line, st.sampled_from(Kind), st.none() | st.integers(1, 9), words, hours)
contents: st.SearchStrategy[Content] = tolds | lines
ids = st.integers(0, 10**18)


def report(what: str) -> Told:
    """Return a report of these words."""
    return Told("other", what)


@given(ids, contents)
@drawn
def test_it_is_had_back_as_it_was(case_id: int, content: Content) -> None:
    """Every word of it; and somebody with a tool of age's reads it as JSON."""
    plain = pack(case_id, content)
    assert content == unpack(case_id, plain)
    assert case_id == json.loads(plain.decode("utf-8", "surrogatepass"))["case"]


@given(ids, ids, contents)
@drawn
def test_what_is_another_cases_is_noticed(case_id: int, other: int, content: Content) -> None:
    """Also if everything else of the case was swapped with it."""
    if case_id != other:
        with pytest.raises(Unreadable):
            unpack(other, pack(case_id, content))


@given(contents)
@drawn
def test_its_length_is_a_multiple_of_a_kibibyte(content: Content) -> None:
    """Whatever is in it."""
    assert 0 == len(pack(1, content)) % ROOM


@given(st.integers(0, 700), st.integers(0, 700))
@drawn
def test_the_length_tells_nothing_within_a_kibibyte(one: int, other: int) -> None:
    """Two reports that both fit are as long as each other."""
    assert ROOM == len(pack(1, report("x" * one))) == len(pack(10**17, report("\u00e9" * (other // 2))))


@given(st.binary(max_size=200) | st.dictionaries(st.text(), st.integers()).map(lambda it: json.dumps(it).encode()))
@drawn
def test_what_is_nothing_of_the_bots_is_refused(plain: bytes) -> None:
    """Everybody can seal to a case's public key: what is inside may be anything."""
    with pytest.raises(Unreadable):
        unpack(1, plain)


@pytest.mark.parametrize(
    "changed", [{"form": "other"}, {"kind": "none"}, {"at": "now"}, {"more": 1}, {"case": "1"}, {"case": None}]
)
def test_a_line_that_was_made_up_is_refused(changed: dict[str, object]) -> None:
    """As a whole."""
    plain = json.loads(pack(1, Line(Kind.REPLY, None, "words", datetime.now(UTC))))
    with pytest.raises(Unreadable):
        unpack(1, json.dumps({**plain, **changed}).encode())


def test_no_minute_is_kept() -> None:
    """Neither is there a text in what stands in a traceback."""
    line = Line(Kind.REPLY, None, "words", datetime(2026, 3, 2, 10, 59, 59, tzinfo=UTC))
    found = unpack(1, pack(1, line))
    assert isinstance(found, Line)
    assert datetime(2026, 3, 2, 10, tzinfo=UTC) == found.at
    assert "words" not in repr((line, report("words"), [found]))
    assert Kind.NOTE not in FOR_REPORTERS
