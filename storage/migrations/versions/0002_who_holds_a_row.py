"""Who holds a row of the outbox, how exchanges stand, and indexes for finding what is due and what still waited."""

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
    dead = sa.text("state = 'dead'")
    op.create_index("ix_outbox_dead", "outbox", ["program_id"], postgresql_where=dead, sqlite_where=dead)
    until = sa.text("coalesce(closed_at, 9223372036854775807)")
    op.create_index("ix_turn_pairing_until", "turn", ["pairing_id", until])
    op.create_table(
        "tail",
        sa.Column("pairing_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("program_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["pairing_id"], ["pairing.id"], name=op.f("fk_tail_pairing_id")),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_tail_program_id")),
        sa.PrimaryKeyConstraint("pairing_id", name=op.f("pk_tail")),
    )


def _replace(index: str, table: str, columns: list[str], where: str) -> None:
    op.drop_index(index, table)
    op.create_index(index, table, columns, postgresql_where=sa.text(where), sqlite_where=sa.text(where))
