"""The queries about members, their accounts and their pauses; tables and records are in storage/people.py."""

import secrets
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, select, update

from storage.batches import add_new, insert
from storage.people import (
    Account,
    Member,
    NewMember,
    PauseRow,
    Role,
    accounts,
    columns_of,
    member_of,
    members,
    pauses,
    roles_of,
)
from storage.store import Store

__all__ = [
    "Account",
    "Member",
    "Members",
    "NewMember",
    "PauseRow",
    "Role",
    "accounts",
    "members",
    "pauses",
]


_MEMBER = tuple(members.columns)
_PAUSE = tuple(pauses.c[name] for name in PauseRow.__dataclass_fields__)
# Every call asks who it is from, so that is composed once.
_BY_ACCOUNT = (
    accounts.c.program_id == bindparam("of_program"),
    *(accounts.c[name] == bindparam(f"of_{name}") for name in Account.__dataclass_fields__),
)
_OWNER = select(members).join(accounts, accounts.c.member_id == members.c.id).where(*_BY_ACCOUNT, members.c.active)
_USED = update(accounts).where(*_BY_ACCOUNT).values(used_at=bindparam("now"))


class Members(Store):
    """The members of one program."""

    async def get(self, ids: Collection[int]) -> dict[int, Member]:
        """Return the members with these ids, active or not."""
        return {row.id: member_of(row) for row in await self.having(_MEMBER, members.c.id, ids)}

    async def every(self) -> list[Member]:
        """Return all members, active or not, by name."""
        query = select(members).where(members.c.program_id == self.program)
        return [member_of(row) for row in await self.conn.execute(query.order_by(members.c.name, members.c.id))]

    async def change(self, member_id: int, **values: Any) -> None:
        """Change columns of a member's row; sets and times as in `Member`."""
        mine = (members.c.program_id == self.program, members.c.id == member_id)
        await self.conn.execute(update(members).where(*mine).values(**columns_of(values)))

    async def change_all(self, changed: Mapping[Member, Mapping[str, Any]]) -> None:
        """Change columns of many members' rows, in one statement; sets and times as in `Member`."""
        if not changed:
            return
        names = tuple(name for name in Member.__dataclass_fields__ if name != "id")
        rows = [
            {
                "id": member.id,
                "program_id": self.program,
                **columns_of({name: values.get(name, getattr(member, name)) for name in names}),
            }
            for member, values in changed.items()
        ]
        new, parameters = insert(self.conn, members, rows)
        touched = {name for values in changed.values() for name in values}
        put = new.on_conflict_do_update(
            index_elements=["id"],
            set_={name: new.excluded[name] for name in sorted(touched)},
            where=members.c.program_id == self.program,
        )
        await self.conn.execute(put, parameters)

    async def add_all(self, people: Sequence[NewMember]) -> list[Member]:
        """Add people who are no members yet, in two statements; return them in this order."""
        settings = {"badges": True, "celebrations": True, "active": True}
        rows = [
            {"program_id": self.program, "key": secrets.token_hex(8), **person.columns(), **settings}
            for person in people
        ]
        new = await add_new(self.conn, members, rows, *members.columns)
        by_key = {row.key: member_of(row) for row in new}
        added = [by_key[row["key"]] for row in rows]
        theirs = [
            {**_place(account), "program_id": self.program, "member_id": member.id}
            for member, person in zip(added, people, strict=True)
            for account in person.accounts
        ]
        await self.add_new(accounts, theirs)
        return added

    async def users(self, platform: str, workspace: str) -> dict[str, int]:
        """Return the member ids behind all of a workspace's user ids."""
        query = select(accounts.c.user, accounts.c.member_id).where(
            accounts.c.program_id == self.program,
            accounts.c.platform == platform,
            accounts.c.workspace == workspace,
        )
        return {row.user: row.member_id for row in await self.conn.execute(query)}

    async def add_account(self, member_id: int, account: Account) -> bool:
        """Give a member a further account, as the one last used; False if it is somebody's already."""
        whose = {"program_id": self.program, "member_id": member_id, "used_at": self.now}
        return await self.add_new(accounts, [{**_place(account), **whose}]) == 1

    async def take_account(self, member_id: int, account: Account) -> bool:
        """Take an account away from a member; False if it isn't theirs."""
        theirs = (accounts.c.program_id == self.program, accounts.c.member_id == member_id, *_is(account))
        return (await self.conn.execute(delete(accounts).where(*theirs))).rowcount == 1

    async def lock(self, member_id: int) -> None:
        """Let others wait who send to this member, until this transaction ends; SQLite has one writer anyway."""
        mine = (members.c.program_id == self.program, members.c.id == member_id)
        await self.conn.execute(select(members.c.id).where(*mine).with_for_update(key_share=True))

    async def with_role(self, role: Role) -> list[Member]:
        """Return the active members with a role, by name."""
        has_it = ("," + members.c.roles + ",").contains(f",{role},")
        query = select(members).where(members.c.program_id == self.program, members.c.active, has_it)
        return [member_of(row) for row in await self.conn.execute(query.order_by(members.c.name, members.c.id))]

    async def by_account(self, account: Account, *, noted: bool = True) -> Member | None:
        """Return who an account belongs to, and note that it was used; None if nobody who is active.

        Without being `noted` this leaves no trace.
        """
        mine = {"of_program": self.program, **{f"of_{name}": value for name, value in _place(account).items()}}
        row = (await self.conn.execute(_OWNER, mine)).first()
        if row is None:
            return None
        if noted:
            await self.conn.execute(_USED, {**mine, "now": self.now})
        return member_of(row)

    async def by_users(
        self, platform: str, workspace: str, users: Collection[str], *, only_active: bool = False
    ) -> dict[str, int]:
        """Return the member ids behind a workspace's user ids; strangers are left out."""
        query = select(accounts.c.user, accounts.c.member_id).where(
            accounts.c.program_id == self.program,
            accounts.c.platform == platform,
            accounts.c.workspace == workspace,
            self.among(accounts.c.user, users),
        )
        if only_active:
            query = query.join(members, members.c.id == accounts.c.member_id).where(members.c.active)
        return {row.user: row.member_id for row in await self.conn.execute(query)}

    async def roles_in(self, platform: str, workspace: str) -> dict[str, frozenset[Role]]:
        """Return what the active members of a workspace are, by user id."""
        there = (accounts.c.platform == platform, accounts.c.workspace == workspace, members.c.active)
        query = select(accounts.c.user, members.c.roles).join(accounts, accounts.c.member_id == members.c.id)
        rows = await self.conn.execute(query.where(members.c.program_id == self.program, *there))
        return {row.user: roles_of(row.roles) for row in rows}

    async def accounts(self, member_id: int) -> list[Account]:
        """Return a member's accounts, the one last used first."""
        query = select(accounts.c.platform, accounts.c.workspace, accounts.c.user).where(
            accounts.c.program_id == self.program, accounts.c.member_id == member_id
        )
        order = (
            accounts.c.used_at.desc().nulls_last(),
            accounts.c.platform,
            accounts.c.workspace,
            accounts.c.user,
        )
        return [Account(*row) for row in await self.conn.execute(query.order_by(*order))]

    async def known(self, person: NewMember) -> Member | None:
        """Return who has one of somebody's accounts."""
        found: int | None = None
        for account in person.accounts:
            query = select(accounts.c.member_id).where(accounts.c.program_id == self.program, *_is(account))
            found = found or await self.conn.scalar(query)
        return None if found is None else (await self.get([found])).get(found)

    async def save(self, person: NewMember) -> int:
        """Add somebody, or the accounts that are new of who has one already; return the member's id."""
        known = await self.known(person)
        if known is None:
            return (await self.add_all([person]))[0].id
        theirs = {"program_id": self.program, "member_id": known.id}
        await self.add_new(accounts, [{**_place(account), **theirs} for account in person.accounts])
        return known.id

    async def pauses(self, member_ids: Collection[int]) -> dict[int, list[PauseRow]]:
        """Return the pauses of each of these members, oldest first."""
        found: dict[int, list[PauseRow]] = {member_id: [] for member_id in member_ids}
        for row in await self.having(_PAUSE, pauses.c.member_id, member_ids, (pauses.c.since, pauses.c.id)):
            found[row.member_id].append(PauseRow(*row))
        return found

    async def leave(self, member_id: int) -> None:
        """Let a member be away from now on until they are brought back."""
        row = {"program_id": self.program, "member_id": member_id, "since": self.now, "until": None, "left": True}
        await self.conn.execute(pauses.insert().values(**row))

    async def come_back(self, member_id: int) -> None:
        """End what `leave` began, and nothing that the member said; one that begins later never was: clocks go back."""
        mine = (pauses.c.program_id == self.program, pauses.c.member_id == member_id, pauses.c.left)
        await self.conn.execute(delete(pauses).where(*mine, pauses.c.since >= self.now))
        await self.conn.execute(update(pauses).where(*mine, pauses.c.until.is_(None)).values(until=self.now))

    async def pause(self, member_id: int, since: datetime, until: datetime | None, *, lighter: bool = False) -> None:
        """Add a pause, or lighter weeks."""
        row = {"program_id": self.program, "member_id": member_id, "since": since, "until": until, "lighter": lighter}
        await self.conn.execute(pauses.insert().values(**row, announced=since > self.now))

    async def end_pauses(self, member_id: int, at: datetime, *, lighter: bool | None = None) -> int:
        """Let every pause that goes on at `at` end there; return how many there were.

        `lighter`: only lighter weeks (true), only time away (false), or both. What was announced for later stays; what
        wasn't and begins later all the same, as the clock was set back, never was.
        """
        theirs = (pauses.c.program_id == self.program, pauses.c.member_id == member_id)
        going_on = (pauses.c.until.is_(None)) | (pauses.c.until > at)
        kind = () if lighter is None else (pauses.c.lighter == lighter,)
        mine, begun = (*theirs, going_on, *kind), pauses.c.since <= at
        never = (await self.conn.execute(delete(pauses).where(*mine, ~begun, ~pauses.c.announced))).rowcount
        return never + (await self.conn.execute(update(pauses).where(*mine, begun).values(until=at))).rowcount

    async def prolong_pause(self, member_id: int, pause_id: int, until: datetime | None) -> None:
        """Let a pause of a member end at another time."""
        mine = (pauses.c.program_id == self.program, pauses.c.member_id == member_id, pauses.c.id == pause_id)
        await self.conn.execute(update(pauses).where(*mine).values(until=until))

    async def delete_pause(self, member_id: int, pause_id: int) -> None:
        """Delete a pause of a member, as if it had never been said."""
        await self.delete(pauses, (pauses.c.member_id == member_id) & (pauses.c.id == pause_id))

    async def cancel_pauses(self, member_id: int, at: datetime) -> int:
        """Delete the pauses that begin later than `at`; return how many there were."""
        coming = (pauses.c.program_id == self.program, pauses.c.member_id == member_id, pauses.c.since > at)
        return (await self.conn.execute(delete(pauses).where(*coming))).rowcount

    async def of(self, member_id: int) -> dict[str, list[dict[str, Any]]]:
        """Return all that is stored here of a member."""
        return {
            "member": await self.rows(members, members.c.id == member_id),
            "account": await self.rows(accounts, accounts.c.member_id == member_id),
            "pause": await self.rows(pauses, pauses.c.member_id == member_id),
        }

    async def forget(self, member_id: int) -> None:
        """Delete all that is stored here of a member. Other stores must have forgotten them before."""
        await self.delete(pauses, pauses.c.member_id == member_id)
        await self.delete(accounts, accounts.c.member_id == member_id)
        await self.delete(members, members.c.id == member_id)


def _place(account: Account) -> dict[str, str]:
    return {"platform": account.platform, "workspace": account.workspace, "user": account.user}


def _is(account: Account) -> tuple[Any, ...]:
    return (
        accounts.c.platform == account.platform,
        accounts.c.workspace == account.workspace,
        accounts.c.user == account.user,
    )
