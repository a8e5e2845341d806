"""Who is being forgotten, and whom direct messages don't reach."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0009"
down_revision: str | None = "0008"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Bring the tables up to date."""
    _made("leaving", "at", forgotten=True)
    _made("unreachable", "since", forgotten=False)


def _made(table: str, instant: str, *, forgotten: bool) -> None:
    op.create_table(
        table,
        sa.Column("id", ID, nullable=False),
        sa.Column("program_id", ID, nullable=False),
        sa.Column("member_id", ID, nullable=forgotten),
        sa.Column(instant, sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f(f"fk_{table}_program_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f(f"fk_{table}_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("member_id", name=op.f(f"uq_{table}_member_id")),
        sqlite_autoincrement=True,
    )
