"""Claiming what is to be sent, on PostgreSQL: beside a bare loop of one statement that does the same and no more."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Sequence
from statistics import median
from time import perf_counter
from typing import Any

from bench import tables
from bench.figures import POSTGRES, Figure, at_least, rate
from bench.ground import Bot, Built, Ground, build
from bench.town import BEYOND, WAIT, micros
from bot.nudges.keeping import NUDGE, nudge_key
from storage.effects import Effect, Holder, OutboxRow, State, Urgency, outbox

PAIRINGS = 1000
ROWS = 10_000
AT_ONCE = 100
WORKERS = (1, 4)
ROUNDS = 5

COLUMNS = ", ".join(OutboxRow.__dataclass_fields__)
BARE = f"""
UPDATE outbox SET held_by = $1,
    lease_until = CAST(extract(epoch FROM clock_timestamp()) * 1000000 AS BIGINT) + 120000000
WHERE id IN (
    SELECT id FROM outbox
    WHERE program_id = $2 AND state = 'waiting' AND not_before <= $3 AND lease_until IS NULL
    ORDER BY not_before, id LIMIT {AT_ONCE} FOR UPDATE SKIP LOCKED
)
RETURNING {COLUMNS}
"""  # noqa: S608 - names of columns

Claim = Callable[[], Awaitable[Sequence[Any]]]


async def claims(ground: Ground) -> list[Figure]:
    """Claim ten thousand rows, a hundred at once, by one worker and by four; none may be claimed twice."""
    if POSTGRES not in ground.databases:
        return []
    built = await build(ground.fresh(POSTGRES), PAIRINGS)
    async with built.opened() as bot:
        return [await _with(bot, built, workers) for workers in WORKERS]


async def _with(bot: Bot, built: Built, workers: int) -> Figure:
    ours, bare = [], []
    for _ in range(ROUNDS + 1):  # the first is not counted: it makes connections
        ours.append(await _ours(bot, built, workers))
        bare.append(await _bare(bot, built, workers))
    rates = median(ours[1:]), median(bare[1:])
    who = "one worker" if workers == 1 else f"{workers} workers"
    raw = f"{rate(rates[0])} / {rate(rates[1])}"
    return Figure(f"outbox claims against a bare loop, {who}", POSTGRES, rates[0] / rates[1], raw, at_least(0.7))


async def _ours(bot: Bot, built: Built, workers: int) -> float:
    await _fill(built)

    def worker(number: int) -> Claim:
        holder = Holder(f"worker-{number}")

        async def claim() -> Sequence[OutboxRow]:
            async with bot.core.at_work(bot.program) as context:
                return await context.work.outbox.claim(holder, AT_ONCE)

        return claim

    return await _drained([worker(number) for number in range(workers)])


async def _bare(bot: Bot, built: Built, workers: int) -> float:
    await _fill(built)
    connections = [await tables.connect(built.url) for _ in range(workers)]

    def worker(number: int) -> Claim:
        now = micros(bot.clock.now())
        return lambda: connections[number].fetch(BARE, f"worker-{number}", bot.program.id, now)

    try:
        return await _drained([worker(number) for number in range(workers)])
    finally:
        for connection in connections:
            await connection.close()


async def _fill(built: Built) -> None:
    connection = await tables.connect(built.url)
    await connection.execute("TRUNCATE outbox")
    columns = ("id", "program_id", "key", "kind", "args", "member_id", *_SAME)
    await connection.copy_records_to_table(outbox.name, records=_rows(built), columns=columns)
    await connection.execute("VACUUM ANALYZE outbox")
    await connection.close()


_SAME = ("effect", "urgency", "state", "attempts", "due_at", "not_before")


def _rows(built: Built) -> Iterator[tuple[Any, ...]]:
    town, due = built.town, micros(built.town.alarms_from - WAIT)
    same = (str(Effect.SEND), str(Urgency.SOON), str(State.WAITING), 0)
    for number in range(1, ROWS + 1):
        turn = (BEYOND + number % town.size, number, 1)
        at, args = due - number, ":".join(map(str, turn))
        member = BEYOND + town.mentor(town.pairing(number % town.size))
        yield BEYOND + number, town.program, nudge_key(*turn), NUDGE, args, member, *same, at, at


async def _drained(workers: Sequence[Claim]) -> float:
    """Let workers claim until nothing is left; return how many rows a second that were."""
    claimed: list[int] = []

    async def work(claim: Claim) -> None:
        while rows := await claim():
            claimed.extend([row.id if isinstance(row, OutboxRow) else row["id"] for row in rows])

    begin = perf_counter()
    await asyncio.gather(*map(work, workers))
    took = perf_counter() - begin
    if len(claimed) != ROWS or len(set(claimed)) != ROWS:
        raise RuntimeError(f"{len(claimed)} claims of {len(set(claimed))} rows: there are {ROWS}")
    return ROWS / took
