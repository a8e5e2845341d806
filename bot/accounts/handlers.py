"""/mentor link: a code made on one account and typed on the other makes both the same member's."""

from datetime import timedelta

from bot.accounts import wording
from bot.codes import taken
from bot.context import Asked, Newcomer
from bot.errors import UserError
from bot.feature import Feature, Option, word
from bot.people import EVERYONE, Account
from bot.views import Message
from storage.codes import Codes, Purpose
from storage.members import Members

VALID_FOR = timedelta(minutes=15)
CODE = Option("code", "the code that I gave you on your other account")

feature = Feature("accounts")


@feature.command("link", "Use me from a second account, too", who=EVERYONE, options=(CODE,))
async def link(asked: Asked, code: str | None = None) -> Message:
    """Make a code for a member's other account; a code that is typed here can't be for this one."""
    if code is not None:
        found = await taken(asked, code, Purpose.ACCOUNT)
        raise UserError(wording.TYPED_HERE if found.member_id == asked.member.id else wording.SOMEBODY_ELSES)
    codes = asked.work.of(Codes)
    await codes.withdraw(Purpose.ACCOUNT, asked.member.id)
    made = await codes.make(Purpose.ACCOUNT, asked.now + VALID_FOR, asked.member.id)
    await asked.work.audit.add(asked.member.key, "accounts.code")
    others = [other for other in await asked.work.of(Members).accounts(asked.member.id) if other != asked.account]
    return wording.code(made, others)


@feature.newcomer("link", options=(CODE,))
async def link_newcomer(newcomer: Newcomer, code: str | None = None) -> Message:
    """Make the account from which a code is typed that of the member for whom it was made."""
    if code is None:
        raise UserError(wording.CODE_NEEDED)
    found = await taken(newcomer, code, Purpose.ACCOUNT)
    members = newcomer.work.of(Members)
    member = (await members.get([found.member_id or 0])).get(found.member_id or 0)
    if member is None or not member.active or not await members.add_account(member.id, newcomer.account):
        raise UserError(wording.NOT_ANY_MORE)
    await newcomer.work.outbox.wake([member.id])
    await newcomer.work.audit.add(member.key, "accounts.linked")
    return wording.linked(member.name)


@feature.button("accounts.unlink", word, word, word, who=EVERYONE)
async def unlink(asked: Asked, platform: str, workspace: str, user: str) -> Message:
    """Take another account of one's own away: from then on it is a stranger's."""
    account = Account(platform, workspace, user)
    if account == asked.account:
        raise UserError(wording.THIS_ONE)
    if not await asked.work.of(Members).take_account(asked.member.id, account):
        raise UserError(wording.NOT_YOURS)
    await asked.work.outbox.wake([asked.member.id])
    await asked.work.audit.add(asked.member.key, "accounts.unlinked")
    return wording.unlinked()
