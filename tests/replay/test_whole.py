"""`mentorbot replay` as a person runs it, with the true core."""

import json
import runpy
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.replay.building import DAY, folder, said
from tests.replay.test_real_export import DATA, EXPORT
from tests.typing_here import typed_here


def mentorbot(*args: object) -> subprocess.CompletedProcess[str]:
    """Run the command line in a process of its own."""
    command = [sys.executable, "-m", "bot", "replay", *map(str, args)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)


def test_a_question_that_nobody_answered(tmp_path: Path) -> None:
    """It is told with Slack's own ids, and a reminder after one, four and eight counted days."""
    export = folder(tmp_path / "export", {DAY: [said(0, "UA")]})
    done = mentorbot(export, "--json", tmp_path / "out.json", "--html", tmp_path / "out.html")
    assert (0, "") == (done.returncode, done.stderr.strip())
    told = json.loads((tmp_path / "out.json").read_text())
    (turn,) = told["turns"]
    assert {"channel", "author", "waiting_for", "opened", "answered", "nudges"} <= turn.keys()
    assert turn["answered"] is None
    assert 3 == len(turn["nudges"])
    assert "<svg" in (tmp_path / "out.html").read_text()


@pytest.mark.parametrize(
    ("args", "expected"),
    [
        (["nowhere.zip"], "nowhere.zip"),
        (["{export}", "--policy", "inzpire"], "Did you mean 'inzpireu'?"),
        (["{export}", "--set", "nudges.first_aftr=12h"], "Did you mean 'nudges.first_after'?"),
        (["{export}", "--set", "nudges.first_after=soon"], "nudges.first_after: should be a duration"),
        (["{export}", "--set", "nudges.first_after"], "--set takes a figure and its value"),
        (["{export}", "--json", "/proc/no/such/file"], "can't be written"),
    ],
)
def test_what_is_wrong_is_told_in_a_sentence(
    tmp_path: Path, logging_as_before: None, args: list[str], expected: str
) -> None:
    """No traceback, exit code 1, and what would be right."""
    export = folder(tmp_path / "export", {})
    code, said = typed_here(tmp_path, "replay", *(arg.format(export=export) for arg in args))
    assert (1, True) == (code, expected in said)


@pytest.mark.skipif(not EXPORT.exists(), reason="the real export is not here")
def test_how_often_it_is_right_on_a_real_history(tmp_path: Path) -> None:
    """Nine reminders in ten were warranted, and 93 in 100 questions that nobody answered were found."""
    assert 0 == mentorbot(EXPORT, "--json", tmp_path / "out.json").returncode
    with zipfile.ZipFile(EXPORT) as archive:
        labels = json.loads(archive.read("labels.json"))
    turns = json.loads((tmp_path / "out.json").read_text())["turns"]
    nudged = [(t["channel"], t["author"], t["opened"], t["answered"]) for t in turns if t["nudges"]]
    precision, recall, _ = runpy.run_path(str(DATA / "score_nudges.py"))["score"](nudged, labels)
    assert 0.90 <= precision
    assert 0.93 <= recall
