"""The files for calendars: read by a reader written from the standard alone, and taken by a calendar."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language import languages, speaking
from bot.members.words import clean
from bot.sessions.invites import cancellation, invite
from storage.session_tables import Session, State
from tests.sessions.rfc5545 import Desk, read

NOW = datetime(2026, 3, 2, 8, 0, 7, 123456, tzinfo=UTC)
AT = datetime(2026, 3, 5, 17, 0, tzinfo=UTC)
UID = "0123456789abcdef0123456789abcdef"


def booked(**changes: object) -> Session:
    """Return a session that is booked."""
    nothing: dict[str, object] = dict.fromkeys(Session.__dataclass_fields__)
    what = {"id": 7, "pairing_id": 1, "by_id": 1, "state": State.BOOKED, "starts_at": AT, "minutes": 45, "uid": UID}
    rest = {"sequence": 0, "round": 1, "made_at": NOW, "short_notice": False, "logged": False}
    values = nothing | what | rest | {"link": "https://zoom.us/j/1"}
    return Session(**(values | changes))  # type: ignore[arg-type]


def test_what_it_says() -> None:
    """Who it is with, when and where; nothing of what it is about."""
    method, event = read(invite(booked(), "Amara", "Riverside", NOW))
    assert ("REQUEST", "Session with Amara") == (method, event.summary)
    assert (AT, AT + timedelta(minutes=45)) == (event.starts_at, event.ends_at)
    assert ("https://zoom.us/j/1",) * 2 == (event.location, event.address)
    assert (UID, NOW.replace(microsecond=0)) == (event.uid, event.stamp)


def test_without_a_link() -> None:
    """Nobody has to say where."""
    _, event = read(invite(booked(link=None), "Amara", "Riverside", NOW))
    assert (None, None) == (event.location, event.address)


def test_a_change_takes_the_place_of_the_first_one() -> None:
    """A calendar holds one event of a session, the newest one, in whatever order the files are taken; then none."""
    first = invite(booked(), "Amara", "Riverside", NOW)
    moved = replace(booked(sequence=1), starts_at=AT + timedelta(days=1))
    second = invite(moved, "Amara", "Riverside", NOW + timedelta(hours=1))
    last = cancellation(moved, "Amara", "Riverside", NOW + timedelta(hours=2))
    desk = Desk()
    desk.take(first)
    desk.take(second)
    desk.take(first)
    assert [AT + timedelta(days=1)] == [event.starts_at for event in desk.events.values()]
    desk.take(last)
    assert {} == desk.events
    desk.take(second)
    assert {} == desk.events


def test_another_session_is_another_event() -> None:
    """Two sessions stand beside each other, and one is cancelled alone."""
    desk, other = Desk(), booked(uid="f" * 32)
    for one in (booked(), other):
        desk.take(invite(one, "Amara", "Riverside", NOW))
    desk.take(cancellation(other, "Amara", "Riverside", NOW))
    assert [UID] == list(desk.events)


def test_the_hour_that_comes_twice() -> None:
    """It stands in UTC, so no calendar takes it for the other one."""
    for hour in (0, 1):
        at = datetime(2026, 10, 25, hour, 30, tzinfo=UTC)
        assert at == read(invite(booked(starts_at=at), "Amara", "Riverside", NOW))[1].starts_at


@pytest.mark.skipif("es" not in languages(), reason="bot/languages/es.po isn't there yet")
def test_in_the_readers_language() -> None:
    """The file speaks the language of whoever gets it."""
    with speaking("es"):
        assert "Amara" in read(invite(booked(), "Amara", "Riverside", NOW))[1].summary


names = st.text(st.characters(codec="utf-8"), min_size=1, max_size=80).map(clean).filter(bool)
queries = st.text(st.sampled_from("abz09%2f&=;,:?#()!$'*+~._-"), max_size=300)


@given(names, names, queries, st.integers(0, 500), st.integers(10, 480))
def test_any_name_and_link(name: str, program: str, query: str, sequence: int, minutes: int) -> None:
    """Whatever people are called and whatever a link holds, the file is sound and says it."""
    link = f"https://zoom.us/{query}"
    one = booked(link=link, sequence=sequence, minutes=minutes)
    _, event = read(invite(one, name, program, NOW))
    assert name in event.summary
    assert (link, link, sequence) == (event.location, event.address, event.sequence)
    method, event = read(cancellation(one, name, program, NOW))
    assert ("CANCEL", sequence + 1) == (method, event.sequence)
