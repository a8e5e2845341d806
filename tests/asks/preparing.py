"""What there is to be tried on in tests/core/test_permissions.py."""

from collections.abc import Mapping

from sqlalchemy import select

from bot.calls import Press, Submit
from storage.ask_tables import recipients
from storage.asks import Asks
from storage.disputes import Disputes, Subject
from tests.world import World


async def prepare(riverside: World, closed: str) -> Mapping[str, str]:
    """Let Amara be asked for two things, one of them late by now, and let there be a draft and a dispute."""
    rosa = riverside.account("rosa")
    for number, answer in enumerate(("tap", "words", "tap"), 1):
        form = Submit(
            f"ask {number}", rosa, "asks.made", {"audience": "one", "who": "@amara", "text": "Please", "answer": answer}
        )
        await riverside.core.handle(form)
    for number in (1, 2):
        await riverside.core.handle(Press(f"send {number}", rosa, f"asks.send:{number}"))
    async with riverside.database.work(1) as work:
        rows = await work.conn.execute(select(recipients.c.ask_id, recipients.c.id))
        of = {row.ask_id: row.id for row in rows}
        await work.of(Asks).set_limits({of[1]: work.now.replace(hour=0)}, 0)
        noor = await riverside.member(work, "noor")
        dispute = await work.of(Disputes).add(noor, Subject(turn_id=int(closed)))
    return {"ask": "1", "draft": "3", "tap": str(of[1]), "words": str(of[2]), "dispute": str(dispute)}
