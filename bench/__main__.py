"""`python -m bench` measures every row, `python -m bench ring claims` some of them, and prints a Markdown table."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Collection, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from bench.badges import badges
from bench.certificate import certificate
from bench.claims import claims
from bench.cores import number
from bench.deadlines import deadlines
from bench.discord import discord
from bench.disk import sync_seconds
from bench.exports import exports
from bench.figures import DATABASES, Figure, span, table
from bench.ground import Ground
from bench.importing import importing
from bench.ingest import ingest
from bench.jobs import jobs
from bench.memory import memory
from bench.processes import processes
from bench.ring import ring
from bench.slack import slack
from bench.slow_disk import slow_disk
from bench.start import start
from bot import logs

Measure = Callable[[Ground], Awaitable[list[Figure]]]

# The start comes first: it goes by the machine's clock, so nothing may have rung before.
ROWS: dict[str, Measure] = {
    "start": start,
    "ring": ring,
    "memory": memory,
    "ingest": ingest,
    "disk": slow_disk,
    "claims": claims,
    "jobs": jobs,
    "processes": processes,
    "importing": importing,
    "deadlines": deadlines,
    "badges": badges,
    "exports": exports,
    "certificate": certificate,
    "slack": slack,
    "discord": discord,
}


@click.command(help=__doc__)
@click.argument("rows", nargs=-1, type=click.Choice(list(ROWS)))
@click.option("--on", "databases", multiple=True, type=click.Choice(DATABASES, case_sensitive=False))
@click.option("--dir", "folder", type=click.Path(path_type=Path, file_okay=False), default=Path())
def main(rows: Sequence[str], databases: Sequence[str], folder: Path) -> None:
    """Measure."""
    logs.configure("warning", "text")
    with TemporaryDirectory(prefix=".bench-", dir=folder.resolve()) as name:
        Path(name).chmod(0o755)  # PostgreSQL may run as somebody else
        figures = asyncio.run(_measure(rows or ROWS, Path(name), databases or DATABASES))
        sync = span(sync_seconds(Path(name)))
    click.echo(f"{table(figures)}\n\nOn {number()} cores; a sync of this disk takes {sync}.")


async def _measure(rows: Collection[str], folder: Path, databases: Sequence[str]) -> list[Figure]:
    figures: list[Figure] = []
    with Ground(folder, databases) as ground:
        for row in (row for row in ROWS if row in rows):
            begin = time.monotonic()
            figures += await ROWS[row](ground)
            click.echo(f"{row}: {time.monotonic() - begin:.0f} s", err=True)
    return figures


if __name__ == "__main__":
    main()
