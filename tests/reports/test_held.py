"""What is held in memory: under its token, for an hour, and not more than there is room for."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reports.held import LIFE, Held

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)

minutes = st.integers(0, 90).map(lambda number: timedelta(minutes=number))


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=200), minutes)
def test_a_text_is_there_for_an_hour(text: str, later: timedelta) -> None:
    """Whoever has the token has the text as it was, until the hour is over."""
    held = Held()
    token = held.put(text, NOON)
    assert (text if later < LIFE else None) == held.get(token, NOON + later)
    assert (later < LIFE) == bool(len(held))


@given(st.lists(st.tuples(st.text("ab", max_size=3), minutes), max_size=12), st.integers(1, 5))
def test_not_more_than_there_is_room_for(puts: list[tuple[str, timedelta]], most: int) -> None:
    """The newest are there, whatever came before; each has a token of its own."""
    held, now = Held(most), NOON
    tokens: list[tuple[str, str, datetime]] = []
    for text, wait in puts:
        now += wait
        tokens.append((held.put(text, now), text, now))
        assert 1 <= len(held) <= most
    there = {token: text for token, text, at in tokens[-most:] if at + LIFE > now}
    assert {token: there.get(token) for token, _, _ in tokens} == {
        token: held.get(token, now) for token, _, _ in tokens
    }
    assert len({token for token, _, _ in tokens}) == len(tokens)


def test_what_is_sent_is_dropped() -> None:
    """It is there no longer, and dropping it again does no harm."""
    held = Held()
    token, other = held.put("one", NOON), held.put("two", NOON)
    held.drop(token)
    held.drop(token)
    assert (None, "two", 1) == (held.get(token, NOON), held.get(other, NOON), len(held))


def test_nothing_too_large_is_held() -> None:
    """It is refused as a whole; its characters count as they are written."""
    held = Held(largest=4)
    held.put("éé", NOON)
    with pytest.raises(ValueError, match="4 bytes"):
        held.put("ééa", NOON)
    assert 1 == len(held)


def test_what_is_held_is_in_no_description() -> None:
    """Printing it tells nothing: neither texts nor tokens."""
    held = Held()
    token = held.put("heliotrope", NOON)
    shown = repr(held) + repr(list(held._things.values()))  # noqa: SLF001 - what a careless log line would print
    assert "heliotrope" not in shown
    assert token not in repr(held)


def test_tokens_fit_into_actions() -> None:
    """They are short, and hold no sign that means something in an action or its custom_id."""
    held = Held()
    tokens = [held.put("", NOON + SECOND) for _ in range(50)]
    assert {12} == {len(token) for token in tokens}
    assert all(token.replace("-", "").replace("_", "").isalnum() and token.isascii() for token in tokens)
