"""A member's accounts: what is for them goes to the one last used, and to a further one if that can't be reached."""

from collections.abc import Mapping, Sequence
from contextlib import suppress

from bot.core import Core
from bot.deliveries.reasons import Reason
from bot.errors import Closed, Gone, Refused
from bot.people import Account
from bot.ports import Platform, Sent
from bot.views import Message
from storage.members import Members

Platforms = Mapping[str, Platform]


async def reachable(platforms: Platforms, members: Members, member_id: int) -> list[Account]:
    """Return the accounts on connected platforms, the one last used first. Raises Refused if there are none."""
    found = [account for account in await members.accounts(member_id) if account.platform in platforms]
    if not found:
        raise Refused(Reason.NO_ACCOUNT)
    return found


async def send(core: Core, platforms: Platforms, accounts: Sequence[Account], message: Message, key: str) -> Sent:
    """Send to one account: a further one gets it only where the one before is gone, or takes no direct messages."""
    account, *others = accounts
    said = core.leading(message, account.platform)
    try:
        with core.telemetry.delivering(account.platform, "sent"):
            return await platforms[account.platform].send(account, said, key)
    except (Gone, Closed):
        if not others:
            raise
    return await send(core, platforms, others, message, key)


async def find(platforms: Platforms, accounts: Sequence[Account], key: str) -> Sent | None:
    """Look for what was sent on each account; on one that is gone there is nothing."""
    for account in accounts:
        with suppress(Gone, Closed):
            sent = await platforms[account.platform].find(account, key)
            if sent is not None:
                return sent
    return None
