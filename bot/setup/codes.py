"""Taking a code that somebody typed, or saying why not."""

from bot.context import Context
from bot.errors import UserError
from bot.setup import wording
from storage.codes import Code, Codes, Purpose


async def taken(context: Context, typed: str, purpose: Purpose) -> Code:
    """Use a code up. Raises UserError for one that is unknown, used, no longer valid or meant for something else."""
    found = await context.work.of(Codes).take(typed, purpose)
    if isinstance(found, Code):
        return found
    raise UserError(wording.REFUSED_CODES[found])
