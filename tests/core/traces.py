"""What people leave behind in the database: made, found, and forgotten."""

from collections.abc import Collection, Mapping

from storage.awards import Awards
from storage.codes import Codes, Purpose
from storage.drafts import Drafts
from storage.engine import Database
from storage.events import Events
from storage.forms import Forms
from storage.leaving import Leavings
from storage.proposals import Proposals
from storage.totals import Total, Totals
from storage.unreachable import Unreachable
from storage.work import STORES, Work
from tests.storage.living_badges import earned
from tests.storage.living_events import EVENT
from tests.storage.living_reports import reported
from tests.storage.tables import Rows, every_row, member_columns, rows_seen
from tests.world import LENA, MONDAY, NOOR, World

PEOPLE = ("amara", "lena", "noor", "rosa", "ravi")


async def lived(riverside: World) -> Mapping[str, int]:
    """Let everybody leave rows in every table that can hold a member's id; return the members' ids, by user."""
    await _talked(riverside)
    await _asked_and_disputed(riverside)
    for goal, user in enumerate(("lena", "noor"), 1):
        await riverside.driver.submits(user, f"goals.made:{goal}", {"text": "Speak up"})
        await riverside.driver.submits("amara", f"goals.updated:{goal}", {"percent": "20", "line": "Once"})
    await _met(riverside)
    await riverside.asks("lena", "/mentor pace 4 days")
    await riverside.driver.presses("noor", "pairings.wish:2:end:yes")
    for user in PEOPLE:
        await riverside.asks(user, "/mentor away two weeks")
    await riverside.asks("rosa", "/mentor-admin settings first reminder 36h")
    async with riverside.database.work(1) as work:
        found = {user: await riverside.member(work, user) for user in PEOPLE}
        await _stored(work, found)
    await riverside.asks("rosa", "/mentor-admin contact @lena")
    rows = await every_row(riverside.database, noted=True)
    assert set() == {table.name for table, _ in member_columns() if not rows[table.name]}
    return found


async def _talked(riverside: World) -> None:
    """Let messages wait, be reminded of, answered elsewhere and reacted to."""
    message = await riverside.says("lena")
    await riverside.says("noor", NOOR)
    await riverside.passes(days=1)
    (reminder,) = await riverside.inbox("amara")
    await riverside.presses("amara", "I answered elsewhere", reminder)
    await riverside.driver.reacts("amara", message, "thumbsup", LENA)
    await riverside.driver.reacts("lena", message, "eyes", LENA)
    await riverside.says("amara", NOOR)
    await riverside.passes(days=3)
    await riverside.says("amara")
    await riverside.passes(days=20)


async def _stored(work: Work, people: Mapping[str, int]) -> None:
    """Put into the stores what would take long to come about by itself."""
    await work.of(Drafts).add(people["rosa"], "sealed")
    await work.of(Proposals).add(people["rosa"], 1, {})
    await work.of(Codes).make(Purpose.ACCOUNT, MONDAY, people["lena"])
    for member_id in people.values():
        await work.of(Forms).put("notes", f"name = 'notes' # {member_id}", member_id)
        event = await work.of(Events).draft(EVENT, member_id)
        await work.of(Events).say(event, people["lena"], coming=True)
        await work.of(Events).attend(event, people.values())
        await work.of(Unreachable).note(member_id)
        await work.of(Leavings).begin(member_id)
        await reported(work, member_id, people["lena"])
    ids = list(people.values())
    for member_id, by_id, ended_by_id in zip(ids, ids[1:] + ids[:1], ids[2:] + ids[:2], strict=True):
        award = (await earned(work, member_id, by_id)).award
        await work.of(Awards).end(award.id, ended_by_id, None)


async def _met(riverside: World) -> None:
    """Let each mentee have met Amara, and some of them say how it was."""
    for pairing, (user, time) in enumerate({"lena": "in 2 hours", "noor": "in 5 hours"}.items(), 1):
        typed = {"time1": time, "minutes": "60", "agenda": "A talk", "goals": str(pairing)}
        echo = await riverside.driver.submits(user, f"sessions.made:{pairing}:0", typed)
        await riverside.presses(user, "Send it", echo)
        asked = (await riverside.inbox("amara"))[-1]
        await riverside.presses("amara", next(iter(asked.buttons)), asked)
    await riverside.passes(hours=8)
    for session, user in enumerate(("lena", "noor"), 1):
        await riverside.presses(user, f"sessions.met:{session}:yes")
    await riverside.driver.submits("amara", "feedback.written:2", {"covered": "Much", "steps": "Lena: call"})
    await riverside.driver.submits("lena", "feedback.written:3", {"rating": "4"})
    await riverside.passes(days=3)
    await riverside.driver.presses("rosa", "feedback.remind:1")
    async with riverside.database.work(1) as work:
        amara = await riverside.member(work, "amara")
        await work.of(Totals).add(amara, [Total("feedback", "rating", "", 5, 20)])


async def _asked_and_disputed(riverside: World) -> None:
    for audience, who in (("everybody", ""), ("one", "@lena"), ("one", "@noor")):
        values = {"audience": audience, "who": who, "text": "Please", "answer": "words"}
        preview = await riverside.driver.submits("rosa", "asks.made", values)
        await riverside.presses("rosa", "Send it", preview)
    await riverside.driver.submits("noor", "asks.answered:3", {"text": "Here it is"})
    await riverside.passes(days=7)
    await riverside.presses("amara", "nudges.dispute_ask:1")


# In whom somebody stands by another's choice, and what they decided about others' badges: not all of it is theirs.
OF_OTHERS = frozenset({"too_close.other_id", "award.by_id", "award.ended_by_id"})


def holding(rows: Rows, member_id: int, without: Collection[str] = ()) -> dict[str, list[tuple[object, ...]]]:
    """Return the rows in which a member's id stands, by table; `without` some columns such as `table.column`."""
    found: dict[str, list[tuple[object, ...]]] = {}
    for table, column in member_columns():
        if str(column) in without:
            continue
        place = list(table.columns).index(column)
        found.setdefault(table.name, []).extend(row for row in rows[table.name] if row[place] == member_id)
    return {name: theirs for name, theirs in found.items() if theirs}


async def forget(database: Database, member_id: int) -> None:
    """Forget a member in every store."""
    async with database.work(1) as work:
        await _forget(work, member_id)


async def rows_without(database: Database, member_id: int) -> Rows:
    """Return all rows as they would be if a member were forgotten; all stays as it is."""
    async with database.work(1) as work:
        await _forget(work, member_id)
        rows = await rows_seen(work.conn, noted=True)
        await work.conn.rollback()
    return rows


async def _forget(work: Work, member_id: int) -> None:
    for store in STORES:
        await work.of(store).forget(member_id)
