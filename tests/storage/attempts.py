"""Every method of every store, called in one program with what is another one's."""

from collections.abc import Awaitable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from storage.asks import Asks
from storage.audit import Audit
from storage.badges import Badges
from storage.cases import Cases
from storage.channels import Channels
from storage.codes import Code, Codes, Purpose
from storage.contacts import Contacts
from storage.drafts import Drafts
from storage.events import Events
from storage.forms import Forms
from storage.goals import NOTHING, Goals, State
from storage.inbox import Inbox
from storage.journal import Journal, Page
from storage.leaving import Leavings
from storage.members import Account, Members, NewMember, Role
from storage.nudges import Nudges
from storage.outbox import Outbox
from storage.pairings import NewPairing, Pairings
from storage.presence import Presence
from storage.programs import Program
from storage.proposals import Proposals
from storage.rests import Rests
from storage.sessions import Sessions
from storage.settings import Settings
from storage.shadow import Shadow
from storage.store import Store
from storage.wishes import Kind, Wishes
from tests.storage.attempts_badges import BADGES
from tests.storage.attempts_events import EVENTS
from tests.storage.attempts_outgoing import OUTGOING, Attempt
from tests.storage.attempts_reports import REPORTS
from tests.storage.attempts_sessions import SESSIONS
from tests.storage.attempts_sheets import SHEETS
from tests.storage.attempts_spaces import SPACES
from tests.storage.living import CHANGE, KEY, Theirs
from tests.storage.programs import HOUR, MONDAY


async def _ids(found: Awaitable[list[Any]]) -> list[int]:
    return [member.id for member in await found]


async def _ids_but(found: Awaitable[list[Any]], own: int) -> list[int]:
    return [row.id for row in await found if row.id == own]


async def _own(found: Awaitable[Program], program: int) -> object:
    return (await found).id != program


async def _known(store: Members, theirs: Theirs) -> object:
    owned = tuple(await Members(store.conn, theirs.ids.program, store.now).accounts(theirs.ids.mentor))
    return await store.known(NewMember("Thief", frozenset({Role.MENTOR}), owned))


async def _account(store: Members, theirs: Theirs) -> object:
    (account,) = await Members(store.conn, theirs.ids.program, store.now).accounts(theirs.ids.mentor)
    return await store.by_account(account)


async def _saved(store: Members) -> object:
    return await store.save(NewMember("Thief", frozenset({Role.MENTOR}), (Account("slack", "two", "thief"),)))


async def _changed(store: Members, theirs: Theirs) -> object:
    mentor = (await Members(store.conn, theirs.ids.program, store.now).get([theirs.ids.mentor]))[theirs.ids.mentor]
    await store.change_all({mentor: {"name": "Thief"}})
    return None


async def _sealed(store: Audit) -> object:
    chain = await store.verify(KEY)
    return chain.heads or chain.rows or chain.unsealed or chain.broken


async def _taken(store: Codes, code: str) -> object:
    return isinstance(await store.take(code, Purpose.SETUP), Code)


# Every method of every store, called in the second program with what is the first one's.
ATTEMPTS: dict[type[Store], dict[str, Attempt]] = {
    **BADGES,
    **EVENTS,
    **OUTGOING,
    **REPORTS,
    **SESSIONS,
    **SHEETS,
    **SPACES,
    Leavings: {
        "begin": lambda s, t: s.begin(t.ids.mentor),
        "get": lambda s, _: s.get([1]),
        "among_members": lambda s, t: s.among_members([t.ids.mentor]),
        "lock": lambda s, _: s.lock([1]),
        "end_pairings": lambda s, t: s.end_pairings(t.ids.mentor),
        "pairings": lambda s, t: s.pairings(t.ids.mentor),
        "opening": lambda s, t: s.opening(t.ids.mentor),
        "unsaid": lambda s, _: s.unsaid(["test.kind"]),
        "going_on": lambda s, _: s.going_on(),
        "forgotten": lambda s, _: s.forgotten(),
        "clear": lambda s, _: s.clear([1]),
    },
    Pairings: {
        "get": lambda s, t: s.get([t.ids.pairing]),
        "lock": lambda s, t: s.lock([t.ids.pairing]),
        "going_on": lambda s, t: s.going_on(t.ids.mentor),
        "going_on_of": lambda s, t: s.going_on_of([t.ids.mentor]),
        "ever_of": lambda s, t: s.ever_of(t.ids.mentor),
        "after": lambda s, t: _ids_but(s.after(0, 10), t.ids.pairing),
        "spaces_at": lambda s, t: s.spaces_at([t.ids.place]),
        "between": lambda s, t: s.between(t.ids.mentor, t.ids.mentee),
        "spaces_after": lambda s, _: s.spaces_after(0, 10),
        "spaces_of": lambda s, t: s.spaces_of([t.ids.pairing]),
        "open_spaces": lambda s, t: s.open_spaces([t.ids.pairing]),
        "add_space": lambda s, t: s.add_space(t.ids.pairing, replace(t.ids.place, channel="new")),
        "close_spaces": lambda s, t: s.close_spaces(t.ids.pairing),
        "lose": lambda s, t: s.lose([t.ids.space]),
        "find_again": lambda s, t: s.find_again([t.ids.space]),
        "get_spaces": lambda s, t: s.get_spaces([t.ids.space]),
        "change": lambda s, t: s.change(t.ids.pairing, pace=timedelta(days=4), ended_at=MONDAY),
        "every": lambda s, t: _ids_but(s.every(), t.ids.pairing),
        "add_all": lambda s, t: s.add_all([NewPairing(t.ids.mentor, t.ids.mentee)]),
        "hand_over": lambda s, t: s.hand_over({t.ids.pairing: t.ids.mentor}),
        "save": lambda s, t: s.save(t.ids.mentor, t.ids.mentee, [t.ids.place], pace=timedelta(days=4)),
    },
    Rests: {
        "going_on": lambda s, t: s.going_on([t.ids.pairing]),
        "breaks": lambda s, t: s.breaks([t.ids.pairing]),
        "begin": lambda s, t: s.begin(t.ids.pairing, None),
        "end": lambda s, t: s.end(t.ids.pairing),
    },
    Wishes: {
        "wish": lambda s, t: s.wish(t.ids.pairing, t.ids.mentee, Kind.SAFETY, None),
        "open": lambda s, t: s.open([t.ids.pairing]),
        "get": lambda s, _: s.get([1]),
        "settle": lambda s, t: s.settle(t.ids.pairing),
        "read": lambda s, _: s.read(1),
        "propose": lambda s, t: s.propose(t.ids.pairing, t.ids.mentee, timedelta(days=4)),
        "proposals": lambda s, _: s.proposals([1]),
        "withdraw": lambda s, t: s.withdraw(t.ids.pairing),
    },
    Goals: {
        "add": lambda s, t: s.add(t.ids.pairing, t.ids.mentee, "Stolen"),
        "get": lambda s, t: s.get([t.goal]),
        "of_pairing": lambda s, t: s.of_pairing(t.ids.pairing, active=False),
        "counts": lambda s, t: s.counts([t.ids.pairing]),
        "change": lambda s, t: s.change(t.goal, "Stolen", NOTHING),
        "move": lambda s, t: s.move(t.goal, t.ids.mentee, 50, "Stolen"),
        "close": lambda s, t: s.close(t.goal, State.DONE, t.ids.mentee),
        "reopen": lambda s, t: s.reopen(t.goal),
        "put_off": lambda s, t: s.put_off(t.goal),
        "updates": lambda s, t: s.updates([t.goal], 10),
        "remindings": lambda s, t: s.remindings([t.ids.pairing]),
        "reminding": lambda s, t: s.reminding([t.goal]),
        "plan": lambda s, t: s.plan([t.goal]),
        "unplan": lambda s, t: s.unplan([(t.goal, 0)]),
        "mark_reminded": lambda s, t: s.mark_reminded([(t.goal, 0)]),
        "try_again": lambda s, t: s.try_again([(t.goal, 0)]),
        "begin_anew": lambda s, t: s.begin_anew([t.ids.pairing]),
        "with_active": lambda s, _: s.with_active(),
        "purge": lambda s, _: s.purge(MONDAY + HOUR),
    },
    Forms: {
        "newest": lambda s, _: s.newest("notes"),
        "put": lambda s, _: s.put("notes", "name = 'theft'", None),
        "switch": lambda s, _: s.switch(1, off=True),
        "get": lambda s, _: s.get([1]),
        "version": lambda s, _: s.version("notes", 1),
        "every": lambda s, _: s.every(),
    },
    Drafts: {
        "add": lambda s, _: s.add(0, "sealed"),
        "lock": lambda s, _: s.lock(1),
        "put": lambda s, _: s.put(1, None),
        "purge": lambda s, _: s.purge(MONDAY + HOUR),
    },
    Audit: {
        "add_all": lambda s, _: s.add_all("5ca1ab1e", "elsewhere", ["5ca1ab1e"]),
        "add": lambda s, _: s.add("5ca1ab1e", "elsewhere"),
        "by": lambda s, _: s.by("5ca1ab1e"),
        "seal": lambda s, _: s.seal(KEY),
        "head": lambda s, _: s.head(),
        "unseal": lambda s, _: s.unseal(),
        "verify": lambda s, _: _sealed(s),
    },
    Settings: {
        "get": lambda s, _: _own(s.get(), s.program),
        "lock": lambda s, _: _own(s.lock(), s.program),
        "put": lambda s, _: s.put(language="es"),
        "changes": lambda s, _: s.changes(),
        "add_change": lambda s, _: s.add_change(CHANGE),
    },
    Proposals: {
        "add": lambda s, t: s.add(t.ids.mentor, 1, {}),
        "take": lambda s, _: s.take(1),
        "purge": lambda s, _: s.purge(MONDAY + HOUR),
    },
    Codes: {
        "make": lambda s, _: s.make(Purpose.SETUP, MONDAY + HOUR),
        "take": lambda s, t: _taken(s, t.code),
        "withdraw": lambda s, t: s.withdraw(Purpose.SETUP, t.ids.mentor),
        "purge": lambda s, _: s.purge(MONDAY + 2 * HOUR),
    },
    Contacts: {
        "get": lambda s, _: s.get(),
        "put": lambda s, _: s.put(address="thief@example.org"),
        "prove": lambda s, t: s.prove(t.contact),
    },
    Channels: {
        "every": lambda s, _: s.every(),
        "put": lambda s, t: s.put(t.ids.place),
    },
    Presence: {
        "alive_at": lambda s, _: s.alive_at(),
        "note": lambda s, _: s.note(),
        "take_over": lambda s, _: s.take_over(MONDAY),
        "missed": lambda s, _: s.missed(MONDAY - HOUR, MONDAY + HOUR),
        "messages": lambda s, _: s.messages(MONDAY - HOUR, MONDAY + HOUR),
    },
    Shadow: {
        "noted": lambda s, _: s.noted(MONDAY - HOUR, MONDAY + HOUR),
        "newest": lambda s, t: s.newest("test.kind", t.ids.mentor),
        "alarms": lambda s, _: s.alarms("test.kind"),
        "take_back": lambda s, _: s.take_back(MONDAY - HOUR, ["test.kind"]),
        "take_back_nudges": lambda s, t: s.take_back_nudges([(t.turn, 0, 1)], MONDAY - HOUR),
        "turns": lambda s, _: s.turns(MONDAY - HOUR),
    },
    Inbox: {
        "take": lambda s, _: s.take("a call"),
        "purge": lambda s, _: s.purge(MONDAY + HOUR),
    },
    Journal: {
        "oldest": lambda s, _: s.oldest(10, 10**9),
        "strike": lambda s, _: s.strike([Page(one, "slack", "one", "[]") for one in range(1, 9)]),
    },
    Members: {
        "get": lambda s, t: s.get([t.ids.mentor]),
        "every": lambda s, _: _ids(s.every()),
        "change": lambda s, t: s.change(t.ids.mentor, name="Thief"),
        "take_account": lambda s, t: s.take_account(t.ids.mentor, Account("slack", "one", "mentor")),
        "add_account": lambda s, t: s.add_account(t.ids.mentor, Account("slack", "one", "mentor")),
        "with_role": lambda s, _: _ids(s.with_role(Role.MENTOR)),
        "by_account": _account,
        "by_users": lambda s, _: s.by_users("slack", "one", {"mentor", "mentee"}),
        "roles_in": lambda s, _: s.roles_in("slack", "one"),
        "accounts": lambda s, t: s.accounts(t.ids.mentor),
        "lock": lambda s, t: s.lock(t.ids.mentor),
        "known": _known,
        "users": lambda s, _: s.users("slack", "one"),
        "change_all": _changed,
        "add_all": lambda s, _: s.add_all([NewMember("Thief", frozenset({Role.MENTOR}), ())]),
        "save": lambda s, _: _saved(s),
        "pauses": lambda s, t: s.pauses([t.ids.mentor]),
        "pause": lambda s, t: s.pause(t.ids.mentor, MONDAY, None),
        "leave": lambda s, t: s.leave(t.ids.mentor),
        "come_back": lambda s, t: s.come_back(t.ids.mentor),
        "end_pauses": lambda s, t: s.end_pauses(t.ids.mentor, MONDAY + HOUR),
        "prolong_pause": lambda s, t: s.prolong_pause(t.ids.mentor, 1, MONDAY),
        "delete_pause": lambda s, t: s.delete_pause(t.ids.mentor, 1),
        "cancel_pauses": lambda s, t: s.cancel_pauses(t.ids.mentor, MONDAY - HOUR),
    },
}
# What may be answered although it isn't nothing: that something is new in the second program.
NEW = {
    (Asks, "draft"),
    (Cases, "add"),
    (Cases, "readers"),  # it answers for each id that it was given
    (Sessions, "draft"),
    (Events, "draft"),
    (Inbox, "take"),
    (Codes, "make"),
    (Contacts, "put"),
    (Forms, "put"),
    (Badges, "put"),
    (Pairings, "save"),
    (Proposals, "add"),
    (Pairings, "add_all"),
    (Members, "add_all"),
    (Pairings, "spaces_after"),
    (Members, "save"),
    (Members, "with_role"),
    (Members, "every"),
    (Outbox, "delivery"),
    (Nudges, "marked_from"),  # it gives back what it was given
}
