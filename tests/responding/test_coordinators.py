"""What coordinators can see: nothing of it betrays that there is a private report."""

from collections.abc import Mapping
from dataclasses import replace

from bot.feature import ADMIN_ROOT
from bot.features import FEATURES
from storage.outbox import NewRow, Urgency
from tests.responding.reporting import opens, outside_contact, reported, responder, writes
from tests.world import World

ABOUT = ("person @lena", "person @ravi", "pairing @lena", "people responder")
NAMES = sorted({one.name for feature in FEATURES for one in feature.commands if one.root == ADMIN_ROOT})


async def seen(world: World) -> Mapping[str, str]:
    """Return what Rosa is answered to each command of the coordinators'."""
    lines = [f"/{ADMIN_ROOT} {line}" for line in (*NAMES, *ABOUT)]
    return {line: repr(replace(await world.driver.commands("rosa", line), id="")) for line in lines}


async def told(world: World) -> list[str]:
    """Return what the bot wrote to coordinators."""
    return [one.text for one in await world.inbox("rosa")]


async def test_with_a_report_they_see_what_they_see_without_one(riverside: World) -> None:
    """A report with a name, read, asked back and answered, with a note that didn't reach its writer."""
    await responder(riverside, "ravi")
    await outside_contact(riverside)
    await seen(riverside)  # where something is set by that, it is set already
    before = await seen(riverside)
    made = await reported(riverside, by="lena", excluded=["rosa"])
    asked = await writes(riverside, await opens(riverside, made), "Ask …", "How can we reach you?")
    await writes(riverside, asked, "Answer …", "We talk to him.")
    await riverside.jobs.round()
    (program, *_) = await riverside.core.programs()
    async with riverside.core.at_work(program) as context:
        lena = await riverside.member(context.work, "lena")
        row = NewRow("note:1", "responding.note", (), lena, context.now, urgency=Urgency.ASKED)
        await context.work.outbox.add([row])
        await context.work.outbox.kill(await context.work.outbox.by_keys(["note:1"]), "the account is gone")
    assert 1 <= len(await riverside.inbox("lena"))
    assert before == await seen(riverside)
    assert [] == await told(riverside)
