"""Making a key, making another one when its passphrase is lost, and changing the passphrase."""

import asyncio
import hashlib
from collections.abc import Mapping

from bot.context import Afterwards, Asked, Reading
from bot.errors import UserError
from bot.feature import Answer, word
from bot.language import t
from bot.reports.sealing import identity, lock
from bot.responding import hour as hours
from bot.responding import key_wording as wording
from bot.responding.feature import RESPONDERS, feature
from bot.responding.passphrases import fault
from bot.responding.unlocking import try_passphrase
from bot.views import Form, Message, action, message
from storage.cases import Case, Cases, reader, reading_member
from storage.responders import Key, Responders


@feature.button("responding.key", who=RESPONDERS, answer=Answer.FORM)
async def make(asked: Asked) -> Form | Message:
    """Ask for the passphrase of a key."""
    return wording.has_one() if await _key(asked) else wording.form()


@feature.form("responding.key_made", who=RESPONDERS)
async def made(asked: Asked, values: Mapping[str, str]) -> Message | Afterwards:
    """Make a key; whoever has one keeps it."""
    if await _key(asked) is not None:
        return wording.has_one()
    return await _locked(asked, values, None)


@feature.button("responding.lost", who=RESPONDERS)
async def lost(asked: Asked) -> Message:
    """Say what a new key would mean."""
    key = await _mine(asked)
    reads, alone = await _reads(asked)
    return wording.lost(_stamp(key), len(reads), alone)


@feature.button("responding.key_form", word, who=RESPONDERS, answer=Answer.FORM)
async def make_anew(asked: Asked, stamp: str) -> Form | Message:
    """Ask for the passphrase of a new key."""
    same = _stamp(await _mine(asked)) == stamp
    return wording.form_anew(stamp) if same else wording.changed_meanwhile()


@feature.form("responding.key_anew", word, who=RESPONDERS)
async def made_anew(asked: Asked, stamp: str, values: Mapping[str, str]) -> Message | Afterwards:
    """Make a new key in the place of the one that the form was about; of any other one, nothing happens."""
    key = await _key(asked)
    if key is None:
        return message(t(wording.NO_KEY))
    if _stamp(key) != stamp:
        return wording.changed_meanwhile()
    return await _locked(asked, values, key)


@feature.button("responding.passphrase", who=RESPONDERS, answer=Answer.FORM)
async def change(asked: Asked) -> Form:
    """Ask for another passphrase."""
    await _mine(asked)
    return wording.form_change()


@feature.form("responding.passphrase_changed", who=RESPONDERS)
async def changed(asked: Asked, values: Mapping[str, str]) -> Message | Afterwards:
    """Lock the same key with another passphrase, if the one so far is right; what is unlocked ends."""
    typed = values.get("passphrase", "")
    if wrong := fault(typed, values.get("again", "")):
        return wording.not_good(wrong, "responding.passphrase")

    async def relocked(asked: Asked, key: Key, sealed: bytes) -> Message:
        await asked.work.of(Responders).put_key(asked.member.id, key.public, sealed)
        await asked.work.audit.add(asked.member.key, "responding.passphrase_changed")
        return wording.passphrase_changed()

    return await try_passphrase(
        asked, values.get("now", ""), relocked, lambda secret: lock(secret, typed), again="responding.passphrase"
    )


async def _locked(asked: Asked, values: Mapping[str, str], before: Key | None) -> Message | Afterwards:
    """Make a key and lock it with a passphrase, which takes its time; keep it if nothing has changed meanwhile."""
    typed = values.get("passphrase", "")
    if wrong := fault(typed, values.get("again", "")):
        return wording.not_good(wrong, action("responding.key_form", _stamp(before)) if before else "responding.key")

    async def answer(begin: Reading) -> Message:
        secret, public = identity()
        sealed = await asyncio.to_thread(lock, secret, typed)
        async with begin() as again:
            return await _kept(again, before, public, sealed)

    return Afterwards(answer, asked, writes=True)


async def _kept(asked: Asked, before: Key | None, public: str, sealed: bytes) -> Message:
    there = await _key(asked)
    if (there and there.public) != (before and before.public):
        return wording.has_one() if before is None else wording.changed_meanwhile()
    reads, _ = await _reads(asked)
    for case in reads:
        await asked.work.of(Cases).unwrap(case.id, reader(asked.member.id))
    await asked.work.of(Responders).put_key(asked.member.id, public, sealed)
    await hours.begin(asked)
    await asked.work.audit.add(asked.member.key, "responding.key_made" if before is None else "responding.key_anew")
    return wording.made() if before is None else wording.made_anew(len(reads))


async def _reads(asked: Asked) -> tuple[list[Case], int]:
    """Return the reports that come to whoever asks, and how many of them come to no other responder."""
    mine = await asked.work.of(Cases).read_by(reader(asked.member.id))
    names = await asked.work.of(Cases).readers([case.id for case in mine])
    others = [{reading_member(name) for name in names[case.id]} - {None, asked.member.id} for case in mine]
    return mine, sum(not who for who in others)


async def _key(asked: Asked) -> Key | None:
    return await asked.work.of(Responders).key(asked.member.id)


async def _mine(asked: Asked) -> Key:
    key = await _key(asked)
    if key is None:
        raise UserError(wording.NO_KEY)
    return key


def _stamp(key: Key) -> str:
    """Return what tells a key from another one of the same member."""
    return hashlib.sha256(key.public.encode()).hexdigest()[:16]
