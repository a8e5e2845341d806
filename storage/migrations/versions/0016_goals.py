"""What the two of a pairing want to reach, and what they said of it on the way."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0016"
down_revision: str | None = "0015"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Bring the tables up to date."""
    op.create_table(
        "goal",
        sa.Column("id", ID, nullable=False),
        sa.Column("program_id", ID, nullable=False),
        sa.Column("pairing_id", ID, nullable=False),
        sa.Column("by_id", ID, nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("specific", sa.String()),
        sa.Column("measurable", sa.String()),
        sa.Column("achievable", sa.String()),
        sa.Column("relevant", sa.String()),
        sa.Column("timed", sa.String()),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("moved_at", sa.BigInteger(), nullable=False),
        sa.Column("closed_at", sa.BigInteger()),
        sa.Column("closed_by", ID),
        sa.Column("heard_at", sa.BigInteger(), nullable=False),
        sa.Column("reminded_at", sa.BigInteger()),
        sa.Column("reminder", sa.Integer(), nullable=False),
        sa.Column("in_vain", sa.Integer(), nullable=False),
        sa.Column("pending", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_goal_program_id")),
        sa.ForeignKeyConstraint(["pairing_id"], ["pairing.id"], name=op.f("fk_goal_pairing_id")),
        sa.ForeignKeyConstraint(["by_id"], ["member.id"], name=op.f("fk_goal_by_id")),
        sa.ForeignKeyConstraint(["closed_by"], ["member.id"], name=op.f("fk_goal_closed_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goal")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_goal_program_id"), "goal", ["program_id"])
    op.create_index("ix_goal_pairing", "goal", ["pairing_id"])
    _updates()


def _updates() -> None:
    op.create_table(
        "goal_update",
        sa.Column("id", ID, nullable=False),
        sa.Column("program_id", ID, nullable=False),
        sa.Column("goal_id", ID, nullable=False),
        sa.Column("member_id", ID, nullable=False),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.Column("line", sa.String()),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_goal_update_program_id")),
        sa.ForeignKeyConstraint(["goal_id"], ["goal.id"], name=op.f("fk_goal_update_goal_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_goal_update_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goal_update")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_goal_update_goal", "goal_update", ["goal_id"])
