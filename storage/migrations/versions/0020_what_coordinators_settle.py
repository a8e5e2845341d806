"""Who talks to two people before their proposal goes on; disputes about notes and feedback that count as late."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

revision: str = "0020"
down_revision: str | None = "0019"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

# SQLite makes a table anew; those that it points at need not be read for that.
ALONE: dict[str, Any] = {"table_kwargs": {"sqlite_autoincrement": True}, "reflect_kwargs": {"resolve_fks": False}}
ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Bring the tables up to date."""
    with op.batch_alter_table("session", **ALONE) as table:
        table.add_column(sa.Column("talks_id", ID))
        table.create_foreign_key(op.f("fk_session_talks_id"), "member", ["talks_id"], ["id"])
    with op.batch_alter_table("dispute", **ALONE) as table:
        table.add_column(sa.Column("sheet_id", ID))
        table.create_foreign_key(op.f("fk_dispute_sheet_id"), "sheet", ["sheet_id"], ["id"], ondelete="CASCADE")
        table.create_unique_constraint(op.f("uq_dispute_sheet_id"), ["sheet_id"])
