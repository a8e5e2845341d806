"""What the operator does for private reports: the recovery key is made, and a case is taken out, sealed as it is."""

import shutil
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from secrets import token_hex

from bot.reports import sealing
from bot.upkeep import report_wording as wording
from storage.cases import Case, Cases, Entry
from storage.errors import StorageError
from storage.holding import check_there
from storage.opening import open_database
from storage.programs import every_program
from storage.report_tables import OUTSIDE, RECOVERY
from storage.responders import Responders
from storage.work import Work

OPERATOR = "operator"  # who it is in the audit log
Now = Callable[[], datetime]


@asynccontextmanager
async def _at_work(url: str, now: Now, name: str | None) -> AsyncIterator[Work]:
    """Begin a transaction of the program with a name, or of the only one. Raises StorageError."""
    check_there(url)
    database = await open_database(url, now)
    try:
        async with database.connect() as conn:
            found = [one for one in await every_program(conn) if name in (None, one.name)]
            names = [one.name for one in await every_program(conn)]
        if len(found) != 1:
            raise StorageError(wording.which_program(name, names))
        async with database.work(found[0].id) as work:
            yield work
    finally:
        await database.close()


async def make_recovery_key(url: str, now: Now, name: str | None, *, replace: bool) -> tuple[str, str]:
    """Make a recovery key and keep its public half; return the secret half, which is nowhere else, and the public one.

    Raises StorageError if there is one that isn't to be replaced.
    """
    secret, public = sealing.identity()
    async with _at_work(url, now, name) as work:
        if (await work.of(Responders).contact()).recovery is not None and not replace:
            raise StorageError(wording.KEY_IS_THERE)
        await work.of(Responders).put_contact(recovery=public)
        await work.audit.add(OPERATOR, "reports.recovery_key")
    return secret, public


async def export(url: str, now: Now, name: str | None, case_name: str, parent: Path) -> Path:
    """Write a case's sealed files into a new folder in `parent`, once that is noted in the audit log; return it.

    Raises StorageError if there is no such case, if nobody outside of the chat could open it, or if the folder is
    there.
    """
    async with _at_work(url, now, name) as work:
        cases = work.of(Cases)
        case = await cases.by_name(case_name)
        if case is None:
            raise StorageError(wording.NO_CASE.format(name=case_name))
        keys = {one: sealed for one in (RECOVERY, OUTSIDE) if (sealed := await cases.wrapped(case.id, one))}
        if not keys:
            raise StorageError(wording.NOT_FOR_ANYBODY.format(name=case.name))
        entries = await cases.entries(case.id)
        folder = parent / case.name
        _check_free(folder)
        await work.audit.add(OPERATOR, "reports.export", case.name)
    _write(folder, dict(_files(case, keys, entries)))
    return folder


def _files(case: Case, keys: dict[str, bytes], entries: list[Entry]) -> Iterator[tuple[str, bytes]]:
    yield "README.txt", wording.how_to_open(case.name, list(keys), [entry.hour for entry in entries]).encode()
    for reader, sealed in keys.items():
        yield wording.key_file(reader), sealed
    for number, entry in enumerate(entries, 1):
        yield wording.entry_file(number), entry.sealed


def _check_free(folder: Path) -> None:
    if folder.exists():
        raise StorageError(wording.IS_THERE.format(folder=folder))


def _write(folder: Path, files: dict[str, bytes]) -> None:
    """Write a folder whole or not at all, for its owner alone."""
    beside = folder.with_name(f".{folder.name}.{token_hex(4)}")
    try:
        beside.mkdir(mode=0o700, parents=True)
        try:
            for name, content in files.items():
                (beside / name).touch(0o600)
                (beside / name).write_bytes(content)
            beside.rename(folder)
        finally:
            shutil.rmtree(beside, ignore_errors=True)
    except OSError as error:
        raise StorageError(wording.UNWRITABLE.format(folder=folder, why=error.strerror)) from None
