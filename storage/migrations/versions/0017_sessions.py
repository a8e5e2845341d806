"""Sessions, the times that are proposed for them, their goals, and what each side says afterwards."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0017"
down_revision: str | None = "0016"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
PEOPLE = ("by_id", "approved_by_id", "moved_by_id", "ended_by_id", "decided_by_id")


def upgrade() -> None:
    """Bring the tables up to date."""
    op.create_table(
        "session",
        sa.Column("id", ID, nullable=False),
        sa.Column("program_id", ID, nullable=False),
        sa.Column("pairing_id", ID, nullable=False),
        sa.Column("by_id", ID, nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("starts_at", sa.BigInteger()),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("link", sa.String()),
        sa.Column("agenda", sa.String(), nullable=False),
        sa.Column("prepare", sa.String(), nullable=False),
        sa.Column("replaces_id", ID),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("sent_at", sa.BigInteger()),
        sa.Column("asked_at", sa.BigInteger()),
        sa.Column("answer_by", sa.BigInteger()),
        sa.Column("approved_by_id", ID),
        sa.Column("booked_at", sa.BigInteger()),
        sa.Column("moved_by_id", ID),
        sa.Column("moved_at", sa.BigInteger()),
        sa.Column("ended_by_id", ID),
        sa.Column("ended_at", sa.BigInteger()),
        sa.Column("ended_words", sa.String(), nullable=False),
        sa.Column("short_notice", sa.Boolean(), nullable=False),
        sa.Column("logged", sa.Boolean(), nullable=False),
        sa.Column("recording_mentor_at", sa.BigInteger()),
        sa.Column("recording_mentee_at", sa.BigInteger()),
        sa.Column("held_at", sa.BigInteger()),
        sa.Column("decided_by_id", ID),
        sa.Column("decided_at", sa.BigInteger()),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_session_program_id")),
        sa.ForeignKeyConstraint(["pairing_id"], ["pairing.id"], name=op.f("fk_session_pairing_id")),
        sa.ForeignKeyConstraint(["replaces_id"], ["session.id"], name=op.f("fk_session_replaces_id")),
        *(sa.ForeignKeyConstraint([one], ["member.id"], name=op.f(f"fk_session_{one}")) for one in PEOPLE),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session")),
        sa.UniqueConstraint("uid", name=op.f("uq_session_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_session_pairing", "session", ["pairing_id", "starts_at"])
    op.create_index("ix_session_state", "session", ["program_id", "state", "starts_at"])
    op.create_index("ix_session_replaces", "session", ["replaces_id"])
    _times()
    _goals()
    _words()


def _times() -> None:
    op.create_table(
        "session_time",
        sa.Column("id", ID, nullable=False),
        sa.Column("program_id", ID, nullable=False),
        sa.Column("session_id", ID, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("starts_at", sa.BigInteger(), nullable=False),
        sa.Column("typed", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_session_time_program_id")),
        sa.ForeignKeyConstraint(["session_id"], ["session.id"], name=op.f("fk_session_time_session_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session_time")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_session_time_session_id"), "session_time", ["session_id"])


def _goals() -> None:
    op.create_table(
        "session_goal",
        sa.Column("session_id", ID, nullable=False),
        sa.Column("goal_id", ID, nullable=False),
        sa.Column("program_id", ID, nullable=False),
        sa.ForeignKeyConstraint(["session_id"], ["session.id"], name=op.f("fk_session_goal_session_id")),
        sa.ForeignKeyConstraint(["goal_id"], ["goal.id"], name=op.f("fk_session_goal_goal_id")),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_session_goal_program_id")),
        sa.PrimaryKeyConstraint("session_id", "goal_id", name=op.f("pk_session_goal")),
    )
    op.create_index("ix_session_goal_goal", "session_goal", ["goal_id"])


def _words() -> None:
    op.create_table(
        "session_word",
        sa.Column("session_id", ID, nullable=False),
        sa.Column("member_id", ID, nullable=False),
        sa.Column("program_id", ID, nullable=False),
        sa.Column("answer", sa.String()),
        sa.Column("reason", sa.String()),
        sa.Column("late_minutes", sa.Integer()),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["session_id"], ["session.id"], name=op.f("fk_session_word_session_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_session_word_member_id")),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_session_word_program_id")),
        sa.PrimaryKeyConstraint("session_id", "member_id", name=op.f("pk_session_word")),
    )
    op.create_index("ix_session_word_member", "session_word", ["member_id", "at"])
