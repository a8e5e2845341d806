"""Reports in the making: sealed, and nobody's."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0022"
down_revision: str | None = "0021"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Bring the tables up to date."""
    op.create_table(
        "report_draft",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("program_id", ID, nullable=False),
        sa.Column("hour", sa.BigInteger(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_report_draft_program_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_draft")),
        sqlite_with_rowid=False,
    )
