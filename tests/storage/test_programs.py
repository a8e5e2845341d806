"""Programs never mix: no store of one sees, or changes, a row of another."""

import inspect
from contextlib import suppress
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError, NoResultFound

from storage.schema import metadata
from storage.store import Store
from storage.work import STORES, Work
from tests.storage.attempts import ATTEMPTS, NEW
from tests.storage.living import lived
from tests.storage.programs import Two
from tests.storage.tables import Rows, every_row, rows_seen

STORE = {name for name, _ in inspect.getmembers(Store, inspect.isfunction)}


def methods(store: type[Store]) -> set[str]:
    """Return the methods that a store has beside those that every store has."""
    classes = store.__mro__[: store.__mro__.index(Store)]
    return {name for one in classes for name, it in vars(one).items() if callable(it) and name[0] != "_"} - STORE


def test_every_method_is_tried() -> None:
    """Whoever adds a store or a method says here how another program might misuse it."""
    assert {store: methods(store) for store in STORES} == {s: set(tries) for s, tries in ATTEMPTS.items()}


def of_program(rows: Rows, program: int) -> dict[str, list[tuple[Any, ...]]]:
    """Return the rows of a program."""
    found = {}
    for name, all_of_them in rows.items():
        if name not in ("program", "workspace"):
            place = _place(name)
            found[name] = [row for row in all_of_them if row[place] == program]
    return found


def _place(name: str) -> int:
    return [column.name for column in metadata.tables[name].columns].index("program_id")


def _is_nothing(found: object) -> bool:
    return not found or (isinstance(found, dict) and not any(found.values()))


class Undone(Exception):
    """Ends a transaction of which nothing is to stay."""


@pytest.mark.parametrize("store", STORES)
async def test_no_method_reaches_into_another_program(two: Two, store: type[Store]) -> None:
    """Called with another program's ids it finds nothing, and changes nothing there."""
    theirs = await lived(two)
    before = of_program(await every_row(two.database, noted=True), two.one.program)
    assert [] == [table for table, rows in before.items() if not rows]
    for name in ATTEMPTS[store]:
        found: object = None
        try:
            async with two.work(two.other) as work:
                with suppress(LookupError):
                    found = await ATTEMPTS[store][name](work.of(store), theirs)
                assert (name, before) == (name, of_program(await rows_seen(work.conn, noted=True), two.one.program))
                raise Undone  # noqa: TRY301 - each is tried in the same database
        except Undone:
            assert (name, True) == (name, (store, name) in NEW or _is_nothing(found))
        except (IntegrityError, NoResultFound):  # a refusal by the database is as good
            continue


@pytest.mark.parametrize("store", STORES)
async def test_nobody_is_had_or_forgotten_from_another_program(two: Two, store: type[Store]) -> None:
    """A member's rows are given to, and deleted by, their own program alone."""
    theirs = await lived(two)
    before = await every_row(two.database, noted=True)
    async with two.work(two.other) as work:
        found = await _both(work, store, theirs.ids.mentor)
    assert [] == [rows for rows in found.values() if rows]
    assert before == await every_row(two.database, noted=True)


async def _both(work: Work, store: type[Store], member_id: int) -> dict[str, list[dict[str, Any]]]:
    found = await work.of(store).of(member_id)
    await work.of(store).forget(member_id)
    return found
