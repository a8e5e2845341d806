"""The command line, as whoever runs the bot types it."""

import os
import subprocess
import sys
from pathlib import Path


def typed(folder: Path, *words: str, answer: str = "") -> tuple[int, str]:
    """Type a command in a folder; return how it ended, and all that it said."""
    environ = {name: value for name, value in os.environ.items() if not name.startswith("MENTORBOT_")}
    done = subprocess.run(
        [sys.executable, "-m", "bot", *words],
        cwd=folder,
        env=environ | {"PYTHONPATH": str(Path(__file__).parents[2])},
        capture_output=True,
        text=True,
        check=False,
        input=answer,
    )
    assert "Traceback" not in done.stderr
    return done.returncode, done.stdout + done.stderr
