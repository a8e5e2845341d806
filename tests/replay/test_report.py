"""The figures of a replay, and the JSON that other programs read."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from adapters.replay.report import as_json
from tests.replay.building import stamp
from tests.replay.telling import HOUR, OPENED, report, turn


def test_the_json_tells_each_turn_in_slacks_own_words(tmp_path: Path) -> None:
    """Ids and times are Slack's, in the order in which the turns were opened."""
    turns = json.loads(json.dumps(as_json(report(tmp_path))))["turns"]
    first = float("1512092851.000108")
    assert {
        "channel": "G1",
        "author": "UB",
        "waiting_for": "UA",
        "opened": first,
        "answered": first + 7200,
        "nudges": [],
    } == turns[0]
    assert sorted(turn["opened"] for turn in turns) == [turn["opened"] for turn in turns]
    assert (None, 3) == (turns[3]["answered"], len(turns[3]["nudges"]))


@pytest.mark.parametrize("microseconds", [0, 1, 108, 209, 999_999])
def test_times_are_exact(tmp_path: Path, microseconds: int) -> None:
    """What a turn was opened at is the very number that Slack's id is."""
    story = turn(0, None)
    opened = story.opened.replace(microsecond=microseconds)
    told = report(tmp_path, turn((opened - story.opened) / HOUR, None))
    assert float(f"1512092851.{microseconds:06}") == as_json(told)["turns"][0]["opened"]  # type: ignore[index]


def test_the_json_tells_of_each_member(tmp_path: Path) -> None:
    """By name; the rate is the core's, the median is of elapsed seconds."""
    told = as_json(report(tmp_path, names={"UA": "Zoe", "UB": "ben"}))
    figures = {"turns": 3, "answered": 2, "nudges": 4, "response_rate": 2 / 3, "median_time_to_answer": 57600.0}
    ben = {"turns": 1, "answered": 1, "nudges": 0, "response_rate": None, "median_time_to_answer": 18000.0}
    assert [{"id": "UB", "name": "ben", **ben}, {"id": "UA", "name": "Zoe", **figures}] == told["members"]


def test_the_json_tells_of_the_whole(tmp_path: Path) -> None:
    """With what was replayed, under which figures, and what was left out."""
    assert {
        "policy": "default",
        "changes": {"nudges.first_after": "12h"},
        "days_from_activity": True,
        "from": float(stamp(0)),
        "to": float("1709553600.000200"),
        "conversations": 1,
        "messages": 3,
        "turns": 4,
        "answered": 3,
        "nudged_turns": 2,
        "nudges": 4,
        "median_time_to_answer": 18000.0,
        "ninetieth_percentile_time_to_answer": 108000.0,
        "reactions_without_time": 1,
        "conversations_skipped": {},
        "messages_skipped": {"channel_join": 1},
    } == as_json(report(tmp_path))["summary"]


@pytest.mark.parametrize(("count", "expected"), [(1, 1), (9, 9), (10, 9), (11, 10), (20, 18)])
def test_nine_in_ten_came_within(tmp_path: Path, count: int, expected: int) -> None:
    """The shortest time that covers nine answers in ten."""
    turns = [turn(100 * number, number + 1) for number in range(count)]
    assert timedelta(hours=expected) == report(tmp_path, *turns).summary.ninth


def test_without_answers_there_is_no_usual_time(tmp_path: Path) -> None:
    """Nothing is made up where nothing is known."""
    summary = report(tmp_path, turn(0, None)).summary
    assert (None, None, 0) == (summary.median, summary.ninth, summary.answered)


def test_the_length_of_an_answer_is_elapsed_time(tmp_path: Path) -> None:
    """Nights and days of rest included."""
    assert [timedelta(hours=2), timedelta(hours=5)] == [story.took for story in report(tmp_path).turns[:2]]
    assert OPENED == report(tmp_path).turns[0].opened
