"""Who may do what: every declared command, button, form and shortcut, asked for by everybody."""

import re

import pytest

from storage.schema import metadata
from tests.core.refusals import refusals
from tests.core.rooms import DONE
from tests.core.scene import DECLARED, Again, everybody, said
from tests.storage.tables import Rows, changed, columns


def test_everything_that_is_declared_is_in_the_table() -> None:
    """Whoever declares something new says here what is to come of it."""
    assert sorted(DECLARED) == sorted(DONE)


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("name", DONE)
async def test_what_may_be_done_is_done_and_nothing_else(name: str, again: Again) -> None:
    """Each member with each role, the owner and others: done as the table says, or refused and nothing changed."""
    there, copy = again.there, again.copy
    for person in everybody(DONE[name].owner):
        before = copy.run(person.sql) if person.sql else copy.rows
        reply = await there.ask(there.call(name, person.account))
        expected, differ = refusals(name, person), changed(before, copy.read())
        if expected:
            assert (person.label, True, set()) == (person.label, said(reply) in expected, differ)
        elif person.home:
            says = DONE[name].says if person.known else DONE[name].outsiders
            says_so = re.search(says, said(reply)) is not None
            assert (person.label, True) == (person.label, says_so)
            assert (person.label, set()) == (person.label, differ - DONE[name].changes)
            expects = bool(DONE[name].changes) and "Nothing was changed" not in said(reply)
            assert (person.label, expects) == (person.label, bool(differ))
        else:
            assert (person.label, set()) == (person.label, differ - DONE[name].changes)
            assert not _touches(before, copy.read(), program=1)
        copy.put_back()


def _touches(before: Rows, after: Rows, program: int) -> bool:
    """Tell whether rows of a program changed."""
    for name in changed(before, after):
        shown = [column.name for column in columns(metadata.tables[name], noted=False)]
        place = shown.index("id" if name == "program" else "program_id")
        if [row for row in before[name] if row[place] == program] != [
            row for row in after[name] if row[place] == program
        ]:
            return True
    return False
