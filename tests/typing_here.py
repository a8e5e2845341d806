"""The command line without a process of its own: a second of Python's start less for each command."""

import io
import os
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest

from bot.__main__ import main


def typed_here(folder: Path, *words: str, answer: str = "") -> tuple[int, str]:
    """Type a command in a folder; return how it ended, and all that it said. Anything unforeseen is raised."""
    said = io.StringIO()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(said), redirect_stderr(said):
        for name in (name for name in os.environ if name.startswith("MENTORBOT_")):
            patch.delenv(name)
        patch.chdir(folder)
        patch.setattr(sys, "argv", ["mentorbot", *words])
        patch.setattr(sys, "stdin", io.StringIO(answer))
        code = _ended()
    return code, said.getvalue()


def _ended() -> int:
    try:
        main()
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    return 0
