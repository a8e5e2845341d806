"""Unlocking: a passphrase is tried outside of any transaction, and counts as wrong until it turns out to be right.

So however many are tried at once, none is tried unseen. What is unlocked is kept under a token for a quarter of an
hour; the token stands in the private answer's buttons, and nowhere else.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from typing import TypeVar

from bot.context import Afterwards, Asked, Context, Reading
from bot.errors import UserError
from bot.feature import Answer, word
from bot.language import t
from bot.reports.sealing import Unreadable, public_of, session, unlock
from bot.responding import key_wording as wording
from bot.responding.feature import RESPONDERS, feature
from bot.responding.listing import listed
from bot.responding.opening import own_secret
from bot.responding.passphrases import TRIES, wait_after
from bot.views import Form, Message, message
from storage.responders import Key, Responders

OPEN_FOR = timedelta(minutes=15)

T = TypeVar("T")


@feature.button("responding.unlock", who=RESPONDERS, answer=Answer.FORM)
async def ask(asked: Asked) -> Form | Message:
    """Ask for the passphrase, unless none is tried just now."""
    key = await asked.work.of(Responders).key(asked.member.id)
    if key is None:
        raise UserError(wording.NO_KEY)
    return _slowed(asked, key) or wording.unlock_form()


@feature.form("responding.unlocked", who=RESPONDERS)
async def unlocked(asked: Asked, values: Mapping[str, str]) -> Message | Afterwards:
    """Open whoever's key it is for a while, and list what there is to read."""
    return await try_passphrase(asked, values.get("passphrase", ""), _open, lambda secret: secret)


@feature.button("responding.lock", word, who=RESPONDERS)
async def lock_again(asked: Asked, token: str) -> Message:
    """End all that is unlocked."""
    await own_secret(asked, token)
    await asked.work.of(Responders).end_unlocks(asked.member.id)
    return wording.locked()


@feature.daily
async def tidy(context: Context) -> None:
    """Delete what was unlocked once."""
    await context.work.of(Responders).purge()


async def try_passphrase(
    asked: Asked,
    typed: str,
    then: Callable[[Asked, Key, T], Awaitable[Message]],
    prepare: Callable[[str], T],
    *,
    again: str = "responding.unlock",
) -> Message | Afterwards:
    """Try a passphrase; if it is right, `prepare` makes of the secret key, as slowly, what `then` goes on with.

    `again` is the button that asks for it once more.
    """
    responders = asked.work.of(Responders)
    key = await responders.key(asked.member.id)
    if key is None:  # said in a message: what is wrong with a form is shown with what was typed in it
        return message(t(wording.NO_KEY))
    if slowed := _slowed(asked, key):
        return slowed
    wait = wait_after(key.wrong + 1)
    await responders.count_wrong(asked.member.id, key.wrong + 1, None if wait is None else asked.now + wait)

    def tried() -> T | None:
        try:
            return prepare(unlock(key.sealed, typed))
        except Unreadable:
            return None

    async def answer(begin: Reading) -> Message:
        found = await asyncio.to_thread(tried)
        async with begin() as now:
            if found is None:
                return await _wrong(now, again)
            there = await now.work.of(Responders).key(asked.member.id)
            if there is None or there.sealed != key.sealed:
                return wording.changed_meanwhile()
            await now.work.of(Responders).count_wrong(asked.member.id, 0, None)
            return await then(now, there, found)

    return Afterwards(answer, asked, writes=True)


async def _wrong(asked: Asked, again: str) -> Message:
    """Note that a passphrase was wrong, and say how it goes on."""
    await asked.work.audit.add(asked.member.key, "responding.wrong_passphrase")
    key = await asked.work.of(Responders).key(asked.member.id)
    if key is not None and (slowed := _slowed(asked, key)):
        await asked.work.audit.add(asked.member.key, "responding.slowed")
        return slowed
    return wording.wrong(max(TRIES - (key.wrong if key else 0), 1), again)


def _slowed(asked: Asked, key: Key) -> Message | None:
    if key.locked_until is None or key.locked_until <= asked.now:
        return None
    return wording.slowed(key.locked_until, asked.member.zone)


async def _open(asked: Asked, key: Key, secret: str) -> Message:
    if public_of(secret) != key.public:
        await asked.work.audit.add(asked.member.key, "responding.not_their_key")
        return wording.not_your_key()
    token, id_, sealed = session(secret)
    responders = asked.work.of(Responders)
    await responders.purge()
    await responders.unlock(id_, asked.member.id, sealed, asked.now + OPEN_FOR)
    await asked.work.audit.add(asked.member.key, "responding.unlocked")
    return await listed(asked, token, 0)
