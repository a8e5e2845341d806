"""Reads the history of a real workspace and tells what the bot would have done in it."""

from adapters.replay.activity import choose_days
from adapters.replay.export import PLATFORM, Export, read
from adapters.replay.html import page
from adapters.replay.platform import Recorder
from adapters.replay.report import Report, Used, as_json, build
from adapters.replay.run import replay
from adapters.replay.terminal import progress_bar, show

__all__ = [
    "PLATFORM",
    "Export",
    "Recorder",
    "Report",
    "Used",
    "as_json",
    "build",
    "choose_days",
    "page",
    "progress_bar",
    "read",
    "replay",
    "show",
]
