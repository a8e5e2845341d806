"""Who holds a row of the outbox; and what is due is found program by program."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0002"
down_revision: str | None = "0001"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    """Bring the tables up to date."""
    op.add_column("outbox", sa.Column("held_by", sa.String(), nullable=True))
    _replace("ix_outbox_waiting", "outbox", ["program_id", "not_before"], "state = 'waiting'")
    _replace("ix_due_at", "due", ["program_id", "at"], "at IS NOT NULL")


def downgrade() -> None:
    """Go back to the tables of before."""
    _replace("ix_due_at", "due", ["at"], "at IS NOT NULL")
    _replace("ix_outbox_waiting", "outbox", ["not_before"], "state = 'waiting'")
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_column("held_by")


def _replace(index: str, table: str, columns: list[str], where: str) -> None:
    op.drop_index(index, table)
    op.create_index(index, table, columns, postgresql_where=sa.text(where), sqlite_where=sa.text(where))
