"""`make torture`: the bot is killed, stopped and starved, and must do all the same what it does when left alone."""

import asyncio
import signal
import sys
from collections.abc import Sequence
from secrets import randbelow

import click

from tests.postgres import cluster, stop
from tests.torture.ground import Unavailable
from tests.torture.scenarios import Lived, Scenario, Stage, hanging, killed, programme

SHOWN = 20
HEAD = [
    "scenario",
    "database",
    "processes",
    "killed",
    "hung",
    "events",
    "calls",
    "failures",
    "nudges",
    "wrong",
    "twice",
    "seconds",
]


@click.command(help=__doc__)
@click.option("--seed", type=int, help="Which week; a random one if left out.")
@click.option("--pairs", default=60, show_default=True, help="How many pairings the town has.")
@click.option("--only", default="", help="The scenarios whose name begins with this.")
@click.option("--kills", default=0, help="One scenario alone: so many kills …")
@click.option("--hangs", default=0, help="… or so many times that a process hangs, …")
@click.option("--database", type=click.Choice(["sqlite", "postgres"]), default="sqlite", help="… on this database, …")
@click.option("--processes", default=1, help="… with so many processes.")
def main(*, seed: int | None, pairs: int, only: str, kills: int, hangs: int, database: str, processes: int) -> None:
    """Play what was asked for; exit with 1 if anything is wrong."""
    scenarios = [one for one in programme() if one.name.startswith(only)]
    if kills:
        scenarios = [killed(database, processes, kills)]
    if hangs:
        scenarios = [hanging(max(2, processes), hangs)]
    week = randbelow(10**6) if seed is None else seed
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that nothing is left running
    click.echo(f"This is the week of seed {week}; --seed {week} repeats it.")
    with cluster() as place:
        server = place.start()
        try:
            place.wait_until_ready(server)
            sys.exit(asyncio.run(_play(Stage(week, pairs, 7, place), scenarios)))
        finally:
            stop(server)


async def _play(stage: Stage, scenarios: Sequence[Scenario]) -> int:
    lived: list[Lived] = []
    for scenario in scenarios:
        try:
            lived.append(await stage.play(scenario))
        except Unavailable as reason:
            click.echo(f"{scenario.name} on {scenario.database} is left out: {reason}")
        else:
            _tell(lived[-1])
    first = await stage.undisturbed(buttons=True)
    click.echo("\n" + table([first, *lived]))
    return int(any(one.wrong for one in lived))


def _tell(lived: Lived) -> None:
    scenario = lived.scenario
    verdict = f"{len(lived.wrong)} things are wrong" if lived.wrong else "as it must be"
    click.echo(f"{scenario.name}, {scenario.database}, {scenario.processes}: {verdict} ({lived.seconds:.0f} s)")
    for line in lived.wrong[:SHOWN]:
        click.echo(f"    {line}")
    if len(lived.wrong) > SHOWN:
        click.echo(f"    and {len(lived.wrong) - SHOWN} more")
    if lived.wrong:
        click.echo(f"    All of it and the bots' log: {lived.folder}")


def table(lived: Sequence[Lived]) -> str:
    """Write what came of the scenarios as a Markdown table."""
    lines = [HEAD, ("---",) * len(HEAD), *map(_row, lived)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _row(lived: Lived) -> tuple[str, ...]:
    scenario, run, receiver = lived.scenario, lived.run, lived.run.receiver
    failures = receiver.troubles + receiver.counter.failed + receiver.mishaps.failed
    nudges = sum(row["sent_at"] is not None for row in lived.result.rows["nudge"])
    done = (scenario.processes, run.herd.kills, run.hangs, run.script.counts[0], run.calls, failures)
    ends = (nudges, len(lived.wrong), receiver.platform.repeated(), round(lived.seconds))
    return (scenario.name, scenario.database, *map(str, done), *map(str, ends))


if __name__ == "__main__":
    main()
