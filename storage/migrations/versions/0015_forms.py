"""Forms in every version that was used."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from storage.schema import Id, Instant

revision: str = "0015"
down_revision: str | None = "0014"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    """Bring the tables up to date."""
    op.create_table(
        "form",
        sa.Column("id", Id, nullable=False),
        sa.Column("program_id", Id, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("built_in", sa.Boolean(), nullable=False),
        sa.Column("by_id", Id, nullable=True),
        sa.Column("made_at", Instant, nullable=False),
        sa.Column("off_at", Instant, nullable=True),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_form_program_id")),
        sa.ForeignKeyConstraint(["by_id"], ["member.id"], name=op.f("fk_form_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_form")),
        sa.UniqueConstraint("program_id", "name", "edition", name=op.f("uq_form_program_id_name_edition")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_form_by_id"), "form", ["by_id"])
