"""What there is to be tried on in tests/core/test_permissions.py."""

from collections.abc import Mapping
from dataclasses import replace

from bot.reports.contents import Told, pack
from bot.reports.draft import Draft, begin
from bot.reports.people import answering
from bot.reports.sealing import Hidden, hide, identity, receipt, seal, wrap_for_code
from storage.cases import Cases, NewCase, new_id
from tests.reports.making import responders
from tests.world import SECRET, World

TOLD = "He asked for money"
CODE = "1234567890123456789012345"


async def prepare(riverside: World) -> Mapping[str, str]:
    """Let Ravi have a key, a report be in the making, and another one be there under a code."""
    keys = await responders(riverside, "ravi")
    (program, *_) = await riverside.core.programs()
    secret, public = identity()
    case_id = new_id()
    hidden = hide(SECRET, case_id, Hidden())
    told = seal(pack(case_id, Told("money", TOLD)), [public])
    async with riverside.core.at_work(program) as context:
        seen = tuple(key.public for key in (await answering(context)).keys)
        written = Draft((), "", unsure=False, named=False, danger=False, reach="", kind="money", what=TOLD, code=CODE)
        token = await begin(context, replace(written, readers=seen))
        case = NewCase(case_id, public, receipt(CODE[::-1]), wrap_for_code(secret, CODE[::-1]), hidden, told=True)
        await context.work.of(Cases).add(case, {}, new_id(), told)
    return {"unsent": token, "code": CODE[::-1], "case": str(case_id), "reader": str(keys.ids["ravi"])}
