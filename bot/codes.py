"""Taking a code that somebody typed, or saying why not."""

from bot.context import Context
from bot.errors import UserError
from bot.language import later
from storage.codes import Code, Codes, Purpose, Refusal

REFUSED = {
    Refusal.UNKNOWN: later("I don't know this code. Please look at it once more: ten letters and digits."),
    Refusal.USED: later("This code has been used already. Each code works once; please ask for a new one."),
    Refusal.EXPIRED: later("This code is no longer valid. Please ask for a new one."),
    Refusal.OTHER_PURPOSE: later("This code is for something else. Please look where you got it what it is for."),
}


async def taken(context: Context, typed: str, purpose: Purpose) -> Code:
    """Use a code up. Raises UserError for one that is unknown, used, no longer valid or meant for something else."""
    found = await context.work.of(Codes).take(typed, purpose)
    if isinstance(found, Code):
        return found
    raise UserError(REFUSED[found])
