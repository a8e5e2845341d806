"""Community events, and who says that they come, and who was there."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0024"
down_revision: str | None = "0023"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Bring the tables up to date."""
    op.create_table(
        "event",
        sa.Column("id", ID, nullable=False),
        sa.Column("program_id", ID, nullable=False),
        sa.Column("by_id", ID),
        sa.Column("replaces_id", ID),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("venue", sa.String(), nullable=False),
        sa.Column("typed", sa.String(), nullable=False),
        sa.Column("starts_at", sa.BigInteger()),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("changes", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("announced_at", sa.BigInteger()),
        sa.Column("ended_at", sa.BigInteger()),
        sa.Column("ended_words", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_event_program_id")),
        sa.ForeignKeyConstraint(["by_id"], ["member.id"], name=op.f("fk_event_by_id")),
        sa.ForeignKeyConstraint(["replaces_id"], ["event.id"], name=op.f("fk_event_replaces_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_event_program_id_starts_at", "event", ["program_id", "starts_at"])
    op.create_index("ix_event_replaces", "event", ["replaces_id"])
    _guests()


def _guests() -> None:
    op.create_table(
        "event_guest",
        sa.Column("event_id", ID, nullable=False),
        sa.Column("member_id", ID, nullable=False),
        sa.Column("program_id", ID, nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("coming", sa.Boolean()),
        sa.Column("attended_at", sa.BigInteger()),
        sa.Column("decided", sa.Boolean(), nullable=False),
        sa.Column("wrong_codes", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_event_guest_event_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_event_guest_member_id")),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_event_guest_program_id")),
        sa.PrimaryKeyConstraint("event_id", "member_id", name=op.f("pk_event_guest")),
    )
    op.create_index("ix_event_guest_member", "event_guest", ["member_id"])
