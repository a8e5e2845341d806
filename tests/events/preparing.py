"""What there is of community events to be tried on in tests/core/test_permissions.py."""

from collections.abc import Mapping
from datetime import timedelta

from storage.events import Events, State
from storage.schema import micros
from storage.work import Work
from tests.storage.living_events import EVENT
from tests.world import World

CODE = "ACFHJ"
HOUR = timedelta(hours=1)


async def prepare(riverside: World) -> Mapping[str, str]:
    """Let an event go on to which Amara comes, another one be ahead, and let her be about to announce a third one."""
    async with riverside.database.work(1) as work:
        amara, store = await riverside.member(work, "amara"), work.of(Events)
        going_on, draft, ahead = [await store.draft(EVENT, amara) for _ in range(3)]
        await _announced(work, going_on, -HOUR / 10)
        await _announced(work, ahead, 30 * HOUR)
        await store.change(draft, typed="5/3 11:00", starts_at=work.now + 30 * HOUR)
        await store.say(going_on, amara, coming=True)
        opened = str(micros(work.now))
        meant = str(micros(work.now.replace(month=3, day=5, hour=11, minute=0)) // 10**6)
    return {"event": str(going_on), "event_draft": str(draft), "ahead": str(ahead), "opened": opened, "meant": meant}


async def _announced(work: Work, event_id: int, begins: timedelta) -> None:
    at = {"starts_at": work.now + begins, "minutes": 12 * 60, "announced_at": work.now}
    await work.of(Events).change(event_id, state=State.ANNOUNCED, code=CODE, **at)
