"""How long this disk takes to keep something: where it is quick, a commit for each message costs others little."""

import os
from pathlib import Path
from statistics import median
from time import perf_counter

TIMES = 100
PAGE = bytes(4096)


def sync_seconds(folder: Path) -> float:
    """Return how long it takes to write a page to a file there and to have it on the disk."""
    with (folder / "sync").open("wb", buffering=0) as file:
        return median(_once(file.fileno()) for _ in range(TIMES))


def _once(file: int) -> float:
    begin = perf_counter()
    os.write(file, PAGE)
    os.fsync(file)
    return perf_counter() - begin
