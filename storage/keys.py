"""The key that lies outside the database: read, or made where nothing has been sealed with one yet."""

from pathlib import Path

from storage.audit_files import make_key, read_key
from storage.engine import Database
from storage.errors import StorageError
from storage.programs import every_program


async def find_key(database: Database, file: Path) -> bytes:
    """Return the key in `file`. Raises StorageError if it is gone, and the audit log is sealed with it."""
    key = read_key(file)
    if key is None and await _is_sealed(database):
        raise StorageError(
            f"The audit log is sealed, but its key {file} is missing. Please put your copy of it there. "
            "If there is none: mentorbot audit start-over makes a new key."
        )
    return key or make_key(file)


async def _is_sealed(database: Database) -> bool:
    async with database.connect() as conn:
        programs = await every_program(conn)
    for program in programs:
        async with database.work(program.id) as work:
            if await work.audit.head() is not None:
                return True
    return False
