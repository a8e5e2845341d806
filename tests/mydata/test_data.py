"""/mentor data: a file with all that is kept, and nothing that is another's own."""

import json
from itertools import count
from typing import Any

from bot.calls import Command
from bot.mydata.labels import SECTIONS, section
from bot.views import File, Message
from storage.members import Members
from storage.responders import Responders
from tests.core.traces import OF_OTHERS, holding, lived
from tests.platforms import on_each_platform
from tests.storage.tables import every_row, member_columns
from tests.world import World

_NUMBERS = count(1)
Data = dict[str, dict[str, Any]]


async def answer(riverside: World, user: str) -> Message:
    """Ask for somebody's data."""
    account = riverside.account(user)
    reply = await riverside.core.handle(Command(f"data {next(_NUMBERS)}", account, "mentor", "data"))
    assert isinstance(reply, Message)
    return reply


def file_in(reply: Message) -> str:
    """Return the content of the file in an answer."""
    (file,) = [block for block in reply.blocks if isinstance(block, File)]
    return file.content.decode()


async def data(riverside: World, user: str) -> Data:
    """Return what is kept of somebody, by heading."""
    found: Data = json.loads(file_in(await answer(riverside, user)))["what is kept about you"]
    return found


@on_each_platform
async def test_everything_that_is_stored_is_in_the_file(riverside: World) -> None:
    """Each row of each table in which a member stands is an entry, and each section is named in the message."""
    ids = await lived(riverside)
    rows = await every_row(riverside.database, noted=True)
    for user, member_id in ids.items():
        reply, found = await answer(riverside, user), await data(riverside, user)
        for table, theirs in holding(rows, member_id, OF_OTHERS).items():
            heading, about = section(table)
            assert len(theirs) <= len(found[heading]["entries"]), (user, table)
            assert heading in reply.plain
            assert about == found[heading]["what this is"]
        assert len(reply.plain.split("\n")) <= 15


async def test_whoever_has_little_reads_little(riverside: World) -> None:
    """Each kind of data that there is has a line, and one line says that there is nothing else."""
    lines = (await answer(riverside, "noor")).plain.split("\n")
    assert "You (1 entry): your name, your roles, your time zone, and what you chose." == lines[1]
    assert "I keep nothing else about you." in lines
    assert "Also in the file" not in str(lines)


async def test_every_table_has_a_heading() -> None:
    """Whoever adds a table in which members stand says what it is called."""
    assert {table.name for table, _ in member_columns()} <= set(SECTIONS)


async def test_other_people_stand_there_by_name(riverside: World) -> None:
    """Names instead of ids, local times with their offset, and no ids of the bot's own."""
    async with riverside.database.work(1) as work:
        await work.of(Members).change(1, zone="Asia/Kolkata")
    await riverside.says("lena")
    await riverside.passes(days=1)
    found = await data(riverside, "amara")
    (waited,) = found["Messages that waited"]["entries"]
    assert ("Lena Vogt", "Amara Okafor", "Lena Vogt") == (waited["with"], waited["for whom"], waited["who waits"])
    assert "2026-03-02T15:30:00+05:30" == waited["written at"]
    assert ["Rosa Delgado"] * 2 == [entry["coordinator"] for entry in found["Your pairings"]["entries"]]
    labels = {label for part in found.values() for entry in part["entries"] for label in entry}
    assert set() == {label for label in labels if label == "id" or label.endswith(" id") or label == "program"}


async def test_another_members_choices_are_not_in_it(riverside: World) -> None:
    """When the other side is away or wants to be reminded doesn't show, nor with whom they are too close."""
    await riverside.says("amara")
    await riverside.passes(days=1)
    (reminder,) = await riverside.inbox("lena")
    choices = await riverside.driver.presses("lena", "Later", reminder)
    await riverside.presses("lena", "In three days", choices)
    await riverside.asks("lena", "/mentor away until 20 March")
    async with riverside.database.work(1) as work:
        lena, amara = [await riverside.member(work, user) for user in ("lena", "amara")]
        await work.of(Responders).put_too_close(lena, [amara])
    hers, theirs = await data(riverside, "lena"), await data(riverside, "amara")
    (mine,), (seen) = hers["Messages that waited"]["entries"], theirs["Messages that waited"]["entries"]
    assert {"late from", "to be reminded at"} <= set(mine)
    assert {"late from", "to be reminded at", "seen at"} & {label for entry in seen for label in entry} == set()
    assert "Your time away" in hers
    assert "2026-03-20" in json.dumps(hers)
    assert "2026-03-20" not in json.dumps(theirs)
    assert "Your time away" not in theirs
    assert (True, False) == tuple("With whom you're too close" in found for found in (hers, theirs))
    assert "What you said about messages" not in theirs


async def test_what_one_did_is_in_it_not_to_whom(riverside: World) -> None:
    """The log's lines of a member's own are theirs; whom they were about is the others'."""
    await riverside.asks("rosa", "/mentor-admin forget @lena")
    await riverside.driver.submits("rosa", "mydata.forget_other:2", {"name": "Lena Vogt"})
    await riverside.asks("rosa", "/mentor data")
    done = (await data(riverside, "rosa"))["What you did with me"]["entries"]
    assert ["mydata.forget", "mydata.data"] == [entry["what"] for entry in done]
    assert {"at", "what"} == {label for entry in done for label in entry}
