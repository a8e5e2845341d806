"""What there is to be tried on in tests/core/test_permissions.py."""

import hashlib
from collections.abc import Mapping

from bot.reports.memory import memory
from bot.reports.sealing import new_code, session
from bot.responding.unlocking import OPEN_FOR
from storage.cases import Cases, State, new_id
from storage.members import Members
from storage.report_tables import OUTSIDE
from storage.responders import Responders
from tests.responding.reporting import reported, responder
from tests.world import World

TOLD = "Somebody shouted"


async def prepare(riverside: World) -> Mapping[str, str]:
    """Let Amara have a key that is unlocked and open one report with Ravi, and one that is closed and went outside.

    She is a responder only where a test lets her be one.
    """
    async with riverside.database.work(1) as work:
        amara = await riverside.member(work, "amara")
        before = (await work.of(Members).get([amara]))[amara].roles
    secret, _ = await responder(riverside, "amara", "ravi")
    case = await reported(riverside, TOLD, readers=("amara", "ravi"))
    outside = await reported(riverside, TOLD, readers=("amara",))
    token, id_, sealed = session(secret)
    async with riverside.database.work(1) as work:
        await work.of(Members).change(amara, roles=before)
        responders = work.of(Responders)
        await responders.unlock(id_, amara, sealed, work.now + OPEN_FOR)
        noor, ravi = await riverside.member(work, "noor"), await riverside.member(work, "ravi")
        await responders.put_too_close(amara, [noor])
        await work.of(Cases).wrap(outside.case.id, OUTSIDE, b"sealed")
        await work.of(Cases).change(outside.case.id, state=State.CLOSED, closed_at=work.now)
        key = await responders.key(amara)
        held = memory(riverside.core).written.put(TOLD, work.now)
    assert key is not None
    return {
        "report": str(case.case.id),
        "closed_report": str(outside.case.id),
        "unlocked": token,
        "stamp": hashlib.sha256(key.public.encode()).hexdigest()[:16],
        "entry": str(new_id()),
        "held": held,
        "close": str(noor),
        "responder": str(ravi),
        "receipt": new_code(),
    }
