"""/mentor-admin contact and /mentor contact: who is there for worries, and the proof that they can be reached."""

import re
from collections.abc import Sequence
from datetime import timedelta

from bot.codes import taken
from bot.context import Asked, Context, Newcomer
from bot.errors import UserError
from bot.feature import Option, Part, number
from bot.members import wording as members_wording
from bot.members.finding import called, mentioned
from bot.people import COORDINATORS, EVERYONE, Member, Role
from bot.setup import contacts_wording as wording
from bot.setup.feature import feature
from bot.setup.status import reached
from bot.views import Message
from storage.codes import Codes, Purpose, looks_like_one
from storage.contacts import Contact, Contacts
from storage.members import Members
from storage.outbox import NewRow, OutboxRow, Urgency
from storage.settings import Settings

ASKS = "setup.contact"
PROVEN = "setup.contact_proven"
VALID_FOR = timedelta(days=14)
OUTSIDE = "outside"  # who proves an address need not be a member
_ADDRESS = re.compile(r"[^\s@<>]+@[^\s@<>.]+(\.[^\s@<>.]+)+")
LONGEST = 254  # characters of an address


@feature.command(
    "contact",
    "Name the program's contact for worries, and prove that they can be reached",
    who=COORDINATORS,
    options=(Option("who", "a member (@amara), an address (help@example.org), or the code that came back from there"),),
)
async def contact(asked: Asked, who: str = "") -> Message:
    """Let a member or an address be the contact, or take a code as proof."""
    word = "".join(char for char in who if char.isprintable()).strip()  # no database keeps the rest
    if not word:
        return wording.shown(await reached(asked))
    if "@" in word:
        return await (_member(asked, word) if word.startswith("@") else _address(asked, word))
    if looks_like_one(word) and not await _named(asked, word):
        return await _prove_by_code(asked, word, asked.member)
    return await _member(asked, word)


@feature.command(
    "contact",
    "See whom you can turn to with a worry",
    who=EVERYONE,
    options=(Option("code", "for whoever got one from a coordinator"),),
)
async def my_contact(asked: Asked, code: str | None = None) -> Message:
    """Say who the contact is, or take a code as proof."""
    if code is not None:
        return await _prove_by_code(asked, code, asked.member)
    return wording.told(await reached(asked))


@feature.newcomer("contact", options=(Option("code", "the code that came from a coordinator"),))
async def newcomers_contact(newcomer: Newcomer, code: str | None = None) -> Message:
    """Take a code as proof from somebody who is no member."""
    if code is None:
        raise UserError(members_wording.STRANGER)
    return await _prove_by_code(newcomer, code, None)


async def _address(asked: Asked, word: str) -> Message:
    if len(word) > LONGEST or not _ADDRESS.fullmatch(word):
        raise UserError(wording.no_address(word))
    before = await _locked(asked)
    if before is not None and before.address == word and before.proven_at is not None:
        return wording.already(word)
    await asked.work.of(Contacts).put(address=word)
    code = await asked.work.of(Codes).make(Purpose.CONTACT, asked.now + VALID_FOR, asked.member.id)
    await asked.work.audit.add(asked.member.key, "setup.contact")
    return wording.pass_on(word, code)


async def _member(asked: Asked, word: str) -> Message:
    before = await _locked(asked)
    person = await _found(asked, word)  # now that nobody can begin to forget them meanwhile
    if before is not None and before.member_id == person.id and before.proven_at is not None:
        return wording.already(person.name)
    id_ = await asked.work.of(Contacts).put(member_id=person.id)
    row = NewRow(row_key(id_), ASKS, (id_, asked.member.id), person.id, asked.now, urgency=Urgency.AT_ONCE)
    await asked.work.outbox.add([row])
    await asked.work.audit.add(asked.member.key, "setup.contact", person.key)
    return wording.asked(person.name)


async def _locked(asked: Asked) -> Contact | None:
    """Return who is the contact until now; the codes for it end: they prove nothing of another one."""
    await asked.work.of(Settings).lock()
    found = await asked.work.of(Contacts).get()
    if found is None or found.proven_at is None:
        await asked.work.of(Codes).withdraw(Purpose.CONTACT)
    return found


async def _found(asked: Asked, word: str) -> Member:
    """Return the member whom a mention or a name means. Raises UserError."""
    by_mention = await mentioned(asked, word)
    if by_mention is not None and by_mention.active:
        return by_mention
    found = await _named(asked, word.removeprefix("@"))
    if not found:
        raise UserError(wording.no_member(word))
    if len(found) > 1:
        raise UserError(wording.several(word))
    return found[0]


async def _named(asked: Asked, name: str) -> list[Member]:
    return [one for one in called(await asked.work.of(Members).every(), name) if one.active]


async def _prove_by_code(context: Context, code: str, by: Member | None) -> Message:
    await context.work.of(Settings).lock()
    used = await taken(context, code, Purpose.CONTACT)
    found = await context.work.of(Contacts).get()
    if found is None or found.address is None or not await context.work.of(Contacts).prove(found.id):
        raise UserError(wording.OTHER_CONTACT)
    await context.work.audit.add(by.key if by else OUTSIDE, "setup.contact_proven")
    await _tell_who_named(context, found, used.member_id, by)
    return wording.proven(found.address)


@feature.button("setup.contact_yes", number, who=EVERYONE)
async def contact_yes(asked: Asked, id_: int) -> Message:
    """Take the press of the one who is asked as proof."""
    await asked.work.of(Settings).lock()
    found = await asked.work.of(Contacts).get()
    if found is None or found.id != id_ or found.member_id != asked.member.id:
        raise UserError(members_wording.OLD_BUTTON)
    if await asked.work.of(Contacts).prove(id_):
        await asked.work.audit.add(asked.member.key, "setup.contact_proven", asked.member.key)
        await asked.work.outbox.edit([row_key(id_)])  # the question says by now that it was answered
        for row in await asked.work.outbox.by_keys([row_key(id_)]):
            await _tell_who_named(asked, found, row.args[1], asked.member)
    return wording.thanks(asked.program.name)


def row_key(contact_id: int) -> str:
    """Return the key under which the question to a contact is unique."""
    return f"contact:{contact_id}"


async def _tell_who_named(context: Context, contact: Contact, named_by: int | None, by: Member | None) -> None:
    """Tell the coordinator who named the contact that they can be reached; all, if that one no longer is any."""
    coordinators = [one.id for one in await context.work.of(Members).with_role(Role.COORDINATOR)]
    told = [named_by] if named_by in coordinators else coordinators
    rows = [
        NewRow(f"proven:{contact.id}:{id_}", PROVEN, (contact.id,), id_, context.now, urgency=Urgency.ASKED)
        for id_ in told
        if by is None or id_ != by.id
    ]
    await context.work.outbox.add(rows)


@feature.composer(PROVEN, always=True)
async def compose_proven(context: Context, member_id: int, rows: Sequence[OutboxRow]) -> Part:
    """Tell a coordinator that the contact can be reached, unless it is somebody else by then."""
    found, contact = await context.work.of(Contacts).get(), await reached(context)
    row = next((row for row in rows if found is not None and row.args[0] == found.id), None)
    if row is None or contact is None:
        return Part((), frozenset())
    return Part(wording.now_proven(contact, context.program.name), frozenset({row.id}))


@feature.composer(ASKS, always=True)
async def compose(context: Context, member_id: int, rows: Sequence[OutboxRow]) -> Part:
    """Ask a member whether they are the contact, or show that they said yes.

    Whoever was taken back by then isn't asked.
    """
    found = await context.work.of(Contacts).get()
    row = next((row for row in rows if found is not None and row.args[0] == found.id), None)
    if row is None or found is None:
        return Part((), frozenset())
    people = await context.work.of(Members).get([row.args[1]])
    asker = people[row.args[1]].name if row.args[1] in people else context.program.name
    ask = wording.question if found.proven_at is None else wording.answered
    return Part(ask(row.args[0], asker, context.program.name), frozenset({row.id}))
