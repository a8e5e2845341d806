"""Turns as a fold over messages: tables for the rule, and laws that hold for every history."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import policy
from bot.nudges.turns import fold
from bot.people import Pairing
from storage.messages import MessageRow
from storage.nudges import Mark, MarkRow, Outcome, TurnFacts
from storage.reactions import ReactionRow

FIGURES = policy.load().nudges
START = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
MENTOR, MENTEE, OTHER = 1, 2, 3
PAIRING = Pairing(7, MENTOR, MENTEE)
WHO = {"A": MENTOR, "L": MENTEE, "R": OTHER}


def messages(story: str) -> list[MessageRow]:
    """Read `L 0, A 1.5, L! 2`: who wrote how many hours after the start; `!` speaks to the other side."""
    rows = []
    for number, part in enumerate(story.split(", "), 1):
        who, hours = part.split()
        at = START + timedelta(hours=float(hours))
        rows.append(MessageRow(number, 7, 9, f"m{number}", WHO[who[0]], at, who.endswith("!")))
    return rows


def told(turns: Sequence[TurnFacts]) -> str:
    """Write turns as `m1 waits, m3 answered 4`: the opener, and how it ended after how many hours."""
    names = {Outcome.OPEN: "waits"}
    return ", ".join(
        " ".join([turn.opener, names.get(turn.outcome, str(turn.outcome)), *_hours(turn.closed_at)]) for turn in turns
    )


def _hours(at: datetime | None) -> list[str]:
    return [] if at is None else [f"{(at - START) / timedelta(hours=1):g}"]


@pytest.mark.parametrize(
    ("story", "expected"),
    [
        ("L 0", "m1 waits"),
        ("L 0, L 3", "m1 waits"),
        ("L 0, A 3", "m1 answered 3"),
        ("L 0, A 3, L 3.5", "m1 answered 3"),
        ("L 0, A 3, L 11.5", "m1 answered 3, m3 waits"),
        ("L 0, A 3, L 11", "m1 answered 3"),
        ("L 0, A 47", "m1 answered 47"),
        ("L 0, A 49", "m1 answered 49, m2 waits"),
        ("L 0, L 40, A 50", "m1 answered 50"),
        ("L 0, A 20, A 21", "m1 answered 20"),
        ("L 0, A 3, L! 3.1", "m1 answered 3, m3 waits"),
        ("L 0, A! 3", "m1 answered 3"),
        ("R 0", ""),
        ("L 0, R 1", "m1 waits"),
        ("R 0, L 1", "m2 waits"),
        # They write every three minutes: an hour of silence is much, and half an hour is not.
        ("L 0, A .05, L .1, A .15, L 1.2", "m1 answered 0.05, m5 waits"),
        ("L 0, A .05, L .1, A .15, L .65", "m1 answered 0.05"),
        # They write every hour: three hours of silence are nothing.
        ("L 0, A 1, L 2, A 3, L 6", "m1 answered 1"),
    ],
)
def test_which_messages_wait(story: str, expected: str) -> None:
    """Who wrote and when decides: a quiet time or a word to the other side opens, an answer closes."""
    assert expected == told(fold(PAIRING, FIGURES, messages(story)).turns)


def test_an_agreed_pace_gives_an_answer_longer() -> None:
    """Where a week is agreed, an answer on the sixth day is one, and opens nothing."""
    slow = Pairing(7, MENTOR, MENTEE, pace=timedelta(days=7))
    assert "m1 answered 144" == told(fold(slow, FIGURES, messages("L 0, A 144")).turns)
    assert "m1 answered 144, m2 waits" == told(fold(PAIRING, FIGURES, messages("L 0, A 144")).turns)


def test_a_reaction_to_something_earlier_answers_nothing() -> None:
    """A thumb under an old message says nothing of the one that waits."""
    rows = messages("L 0, A 1, L 12")
    late = ReactionRow(1, 7, MENTOR, "thumbsup", START + timedelta(hours=13))
    assert "m1 answered 1, m3 waits" == told(fold(PAIRING, FIGURES, rows, [late]).turns)


USERS = st.sampled_from([MENTOR, MENTEE, MENTOR, MENTEE, OTHER])
HOURS = st.one_of(st.integers(0, 30), st.integers(0, 400)).map(lambda minutes: timedelta(minutes=20 * minutes))


@st.composite
def histories(draw: st.DrawFn) -> tuple[list[MessageRow], list[ReactionRow], list[MarkRow]]:
    """Make a conversation with reactions and marks; no two things happen at one instant."""
    at, rows = START, []
    for number in range(1, draw(st.integers(1, 14)) + 1):
        at += draw(HOURS) + timedelta(seconds=1)
        rows.append(MessageRow(number, 7, 9, f"m{number}", draw(USERS), at, draw(st.booleans())))
    reactions, marks = [], []
    for step in range(draw(st.integers(0, 5))):
        row = draw(st.sampled_from(rows))
        when = row.at + draw(HOURS) + timedelta(milliseconds=step + 1)
        if draw(st.booleans()):
            emoji = draw(st.sampled_from(["thumbsup", "eyes"]))
            reactions.append(ReactionRow(row.id, 7, draw(USERS), emoji, when))
        else:
            kind = draw(st.sampled_from([Mark.WANTED, Mark.NO_HURRY, Mark.NOT_NEEDED, Mark.ELSEWHERE]))
            marks.append(MarkRow(7, 9, row.external, draw(USERS), kind, when))
    return rows, reactions, marks


@given(histories())
def test_laws_of_turns(history: tuple[list[MessageRow], list[ReactionRow], list[MarkRow]]) -> None:
    """At most one turn waits; each is between the two sides; nothing ends before it begins."""
    turns = fold(PAIRING, FIGURES, *history).turns
    assert 1 >= sum(turn.closed_at is None for turn in turns)
    assert len({turn.opener for turn in turns}) == len(turns)
    for turn in turns:
        assert {MENTOR, MENTEE} == {turn.asker_id, turn.answerer_id}
        assert turn.opened_at <= turn.waiting_since
        assert (turn.closed_at is None) == (turn.outcome is Outcome.OPEN)
        assert turn.closed_at is None or turn.closed_at >= turn.waiting_since


@given(histories(), st.randoms(use_true_random=False))
def test_order_of_arrival_plays_no_part(
    history: tuple[list[MessageRow], list[ReactionRow], list[MarkRow]],
    random: Random,
) -> None:
    """The same things, told in another order, are the same story."""
    shuffled = [random.sample(part, len(part)) for part in history]
    assert fold(PAIRING, FIGURES, *history).turns == fold(PAIRING, FIGURES, *shuffled).turns  # type: ignore[arg-type]


@given(histories())
def test_the_tail_tells_the_same_as_the_whole(
    history: tuple[list[MessageRow], list[ReactionRow], list[MarkRow]],
) -> None:
    """From a fresh beginning on, with nothing open before it, the fold needs nothing from before."""
    rows, reactions, marks = history
    whole = fold(PAIRING, FIGURES, rows, reactions, marks).turns
    for index, begin in enumerate(whole):
        later = [turn for turn in whole if turn.opened_at >= begin.opened_at]
        before = [turn for turn in whole if turn.opened_at < begin.opened_at]
        touched = any(turn.closed_at is None or turn.closed_at >= begin.opened_at for turn in before)
        if not begin.fresh or (touched and index):
            continue
        tail = [row for row in rows if row.at >= begin.opened_at]
        assert later == fold(PAIRING, FIGURES, tail, reactions, marks).turns
