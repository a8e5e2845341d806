"""Badges in versions, who earned them, and what members chose about them."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0023"
down_revision: str | None = "0022"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
HELD = sa.text("ended_at IS NULL")


def upgrade() -> None:
    """Bring the tables up to date."""
    _badges()
    _awards()
    _choices()


def _badges() -> None:
    op.create_table(
        "badge",
        sa.Column("id", ID, nullable=False),
        sa.Column("program_id", ID, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("built_in", sa.Boolean(), nullable=False),
        sa.Column("by_id", ID),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("off_at", sa.BigInteger()),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_badge_program_id")),
        sa.ForeignKeyConstraint(["by_id"], ["member.id"], name=op.f("fk_badge_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_badge")),
        sa.UniqueConstraint("program_id", "name", "edition", name=op.f("uq_badge_program_id_name_edition")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_badge_by_id"), "badge", ["by_id"])


def _awards() -> None:
    op.create_table(
        "award",
        sa.Column("id", ID, nullable=False),
        sa.Column("program_id", ID, nullable=False),
        sa.Column("member_id", ID, nullable=False),
        sa.Column("badge", sa.String(), nullable=False),
        sa.Column("badge_id", ID, nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("by_id", ID),
        sa.Column("by_hand", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String()),
        sa.Column("evidence", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("post_asked_at", sa.BigInteger()),
        sa.Column("posted_at", sa.BigInteger()),
        sa.Column("warned_at", sa.BigInteger()),
        sa.Column("warned_until", sa.BigInteger()),
        sa.Column("kept_until", sa.BigInteger()),
        sa.Column("proposed_at", sa.BigInteger()),
        sa.Column("proposal", sa.String()),
        sa.Column("ended_at", sa.BigInteger()),
        sa.Column("ended_by_id", ID),
        sa.Column("ended_reason", sa.String()),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_award_program_id")),
        sa.ForeignKeyConstraint(["badge_id"], ["badge.id"], name=op.f("fk_award_badge_id")),
        *(
            sa.ForeignKeyConstraint([one], ["member.id"], name=op.f(f"fk_award_{one}"))
            for one in ("member_id", "by_id", "ended_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_award")),
        sa.UniqueConstraint("key", name=op.f("uq_award_key")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_award_member", "award", ["member_id"])
    for one in ("by_id", "ended_by_id"):
        op.create_index(op.f(f"ix_award_{one}"), "award", [one])
    held = ["program_id", "member_id", "badge"]
    op.create_index("ix_award_held", "award", held, unique=True, postgresql_where=HELD, sqlite_where=HELD)


def _choices() -> None:
    op.create_table(
        "badge_choice",
        sa.Column("member_id", ID, nullable=False),
        sa.Column("program_id", ID, nullable=False),
        sa.Column("post", sa.Boolean()),
        sa.Column("asked_at", sa.BigInteger()),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_badge_choice_member_id")),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_badge_choice_program_id")),
        sa.PrimaryKeyConstraint("member_id", name=op.f("pk_badge_choice")),
    )
    op.create_table(
        "badge_day",
        sa.Column("member_id", ID, nullable=False),
        sa.Column("day", sa.String(), nullable=False),
        sa.Column("program_id", ID, nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_badge_day_member_id")),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_badge_day_program_id")),
        sa.PrimaryKeyConstraint("member_id", "day", name=op.f("pk_badge_day")),
    )
