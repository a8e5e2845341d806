"""Forms in every version that was ever used, so that what was answered stays readable."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Boolean, Column, ForeignKey, Integer, String, Table, UniqueConstraint, func, select, update

from storage.batches import add_new
from storage.schema import Id, Instant, metadata
from storage.store import Store

forms = Table(
    "form",
    metadata,
    Column("id", Id, primary_key=True),
    Column("program_id", ForeignKey("program.id"), nullable=False),
    Column("name", String, nullable=False),
    Column("edition", Integer, nullable=False),
    Column("source", String, nullable=False),
    Column("built_in", Boolean, nullable=False),
    Column("by_id", ForeignKey("member.id"), index=True),
    Column("made_at", Instant, nullable=False),
    Column("off_at", Instant),
    UniqueConstraint("program_id", "name", "edition"),
    sqlite_autoincrement=True,
)


@dataclass(frozen=True, slots=True)
class FormRow:
    """A version of a form: its TOML, by whom and since when. `built_in`: it came with the bot."""

    id: int
    name: str
    version: int
    source: str
    built_in: bool
    by_id: int | None
    made_at: datetime
    off_at: datetime | None = None


_COLUMNS = tuple(forms.c["edition" if name == "version" else name] for name in FormRow.__dataclass_fields__)


class Forms(Store):
    """The forms of one program."""

    async def newest(self, name: str) -> FormRow | None:
        """Return the newest version of a form, also of one that is switched off."""
        return next(iter(await self.every(name)), None)

    async def put(self, name: str, source: str, by_id: int | None, *, built_in: bool = False) -> FormRow:
        """Keep a new version of a form, which holds from now on; return it. What holds already is kept once.

        Of several who do so at once the first one's is kept, and each gets that one: whoever changes a form locks the
        program before.
        """
        before = await self.newest(name)
        if before is not None and before.source == source and before.off_at is None:
            return before
        row = {
            "program_id": self.program,
            "name": name,
            "edition": before.version + 1 if before else 1,
            "source": source,
            "built_in": built_in,
            "by_id": by_id,
            "made_at": self.now,
        }
        await add_new(self.conn, forms, [row])
        return (await self.every(name))[0]

    async def switch(self, form_id: int, *, off: bool) -> None:
        """Switch a version off, or on again."""
        this = (forms.c.program_id == self.program, forms.c.id == form_id)
        await self.conn.execute(update(forms).where(*this).values(off_at=self.now if off else None))

    async def get(self, ids: Collection[int]) -> dict[int, FormRow]:
        """Return versions of forms by id."""
        query = select(*_COLUMNS).where(forms.c.program_id == self.program, self.among(forms.c.id, ids))
        return {row.id: FormRow(*row) for row in await self.conn.execute(query)}

    async def version(self, name: str, version: int) -> FormRow | None:
        """Return one version of a form."""
        one = (forms.c.program_id == self.program, forms.c.name == name, forms.c.edition == version)
        row = (await self.conn.execute(select(*_COLUMNS).where(*one))).first()
        return None if row is None else FormRow(*row)

    async def every(self, name: str | None = None) -> list[FormRow]:
        """Return the newest version of each form, or of one, by name, also of those that are switched off."""
        newest = select(func.max(forms.c.id)).where(forms.c.program_id == self.program).group_by(forms.c.name)
        query = select(*_COLUMNS).where(forms.c.program_id == self.program, forms.c.id.in_(newest))
        query = query if name is None else query.where(forms.c.name == name)
        return [FormRow(*row) for row in await self.conn.execute(query.order_by(forms.c.name))]

    async def of(self, member_id: int) -> dict[str, list[dict[str, Any]]]:
        """Return the versions of forms that a member made."""
        return {"form": await self.rows(forms, forms.c.by_id == member_id)}

    async def forget(self, member_id: int) -> None:
        """Take a member out of the forms that they made; what was asked with them stays readable."""
        mine = (forms.c.program_id == self.program, forms.c.by_id == member_id)
        await self.conn.execute(update(forms).where(*mine).values(by_id=None))
