"""A process that writes a list as a workbook while others ask for something: `python -m bench.spreadsheet TOWN`.

It tells how long that took, how much memory it needed, and how long the others waited, as JSON.
"""

import asyncio
import json
import sys
from itertools import count
from time import perf_counter

from bench.ground import Bot, Built
from bench.life import peak
from bench.town import PLATFORM, WORKSPACE
from bot import logs
from bot.calls import Command
from bot.people import Account
from bot.views import File, Message

COORDINATOR = Account(PLATFORM, WORKSPACE, "rosa")
PAUSE = 0.02  # seconds between two commands of others
WARMING = 10  # commands before: connections and compiled statements are made in them


async def _write(bot: Bot) -> None:
    numbers = count()
    for _ in range(WARMING):
        await _ask(bot, next(numbers))
    begin, calls = perf_counter(), []
    call = Command("export", COORDINATOR, "mentor-admin", "export sessions xlsx")
    writing = asyncio.create_task(bot.core.handle(call))
    while not writing.done():
        calls.append(await _ask(bot, next(numbers)))
        await asyncio.sleep(PAUSE)
    seconds, reply = perf_counter() - begin, writing.result()
    if not isinstance(reply, Message) or f"{bot.town.size} entries" not in reply.plain:
        raise RuntimeError("the list lacks sessions")
    (file,) = [block for block in reply.blocks if isinstance(block, File)]
    told = {"seconds": seconds, "kb": peak(), "size": len(file.content), "calls": calls}
    sys.stdout.write(json.dumps(told))


async def _ask(bot: Bot, number: int) -> float:
    begin = perf_counter()
    await bot.core.handle(Command(f"other {number}", bot.town.account(number % bot.town.side), "mentor", "sessions"))
    return perf_counter() - begin


async def _main(built: Built) -> None:
    async with built.opened() as bot:
        await _write(bot)


if __name__ == "__main__":
    logs.configure("error", "json")
    asyncio.run(_main(Built.from_text(sys.argv[1])))
