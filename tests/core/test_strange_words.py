"""Whatever stands in a field of a form gets an answer, and what can be kept of it is kept: never a fault."""

import io
from pathlib import Path

import pytest

from bot.calls import Submit
from bot.members import wording
from bot.people import Role
from tests.core.rooms import DONE
from tests.core.scene import DECLARED, NUMBERS, Again, Scene, at, said, scene

OPTIONAL = {  # fields that may be left empty, and so don't stand in the tables
    "form sessions.made": ("time2", "link", "agenda", "prepare", "goals"),
    "form sessions.changed": ("time3", "link", "agenda", "prepare", "goals"),
    "form sessions.noted": ("with", "goals"),
    "form goals.updated": ("line", "timed"),
    "form goals.grown": ("specific", "measurable", "achievable", "relevant", "timed"),
    "form feedback.written": ("goals", "steps", "private", "team"),
}
RIGHT = {"link": "https://zoom.us/j/1", "time2": "Friday 18:00", "time3": "Friday 18:00"}
UNSEEN = ("\x00", "\ud800", "\u202e")  # PostgreSQL takes no NUL, UTF-8 no half a character; and a line turned around
FORMS = [name for name in DONE if name.startswith("form ") and name != "form mydata.forget"]


def strange(right: str) -> list[str]:
    """Return what may come in the place of what is right: signs that nobody sees, before, amid and behind it."""
    amid = len(right) // 2
    hidden = [one for sign in UNSEEN for one in (sign, sign + right, right + sign, right[:amid] + sign + right[amid:])]
    return [*hidden, "{name}", "%s %n %(x)s", "x" * 10_000, "=1+1", "@everyone <!channel> <@U1>"]


async def told(there: Scene, name: str, values: dict[str, str]) -> str:
    """Fill in a form as somebody who may; return the answer."""
    action = name.removeprefix("form ") + DONE[name].args.format(**there.ids)
    owner = "rosa" if DECLARED[name].who == {Role.COORDINATOR} else DONE[name].owner
    reply = await there.world.core.handle(Submit(f"strange {next(NUMBERS)}", at(owner), action, values))
    assert reply is not None
    return said(reply)


def cases(name: str) -> list[dict[str, str]]:
    """Return a form filled in with something strange in each field in turn, and the rest as it should be."""
    right = dict(DONE[name].values)
    fields = sorted({*right, *OPTIONAL.get(name, ())})
    return [
        {**right, field: typed} for field in fields for typed in strange(right.get(field) or RIGHT.get(field, "Word"))
    ]


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("name", FORMS)
async def test_strange_words_in_every_field(name: str, again: Again, log: io.StringIO) -> None:
    """No form of any room fails."""
    for values in cases(name):
        assert (name, values, False) == (name, values, wording.FAULT[:20] in await told(again.there, name, values))
        assert "" == log.getvalue()
        again.copy.put_back()


async def test_strange_words_on_postgres(postgres_url: str, tmp_path: Path, log: io.StringIO) -> None:
    """Nor does the other database, which takes less; where nothing is used up by an answer."""
    async with scene(postgres_url, tmp_path, log) as there:
        for name in ("form sessions.made", "form sessions.changed", "form goals.changed", "form forms.put"):
            for values in cases(name):
                assert (name, values, False) == (name, values, wording.FAULT[:20] in await told(there, name, values))
