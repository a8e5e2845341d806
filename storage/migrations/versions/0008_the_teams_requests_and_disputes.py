"""What the team asks members for, and what members say shouldn't count as late."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0008"
down_revision: str | None = "0007"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Bring the tables up to date."""
    op.create_table(
        "ask",
        sa.Column("id", ID, nullable=False),
        sa.Column("program_id", ID, nullable=False),
        sa.Column("by_id", ID),
        sa.Column("audience", sa.String(), nullable=False),
        sa.Column("to_id", ID),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("in_words", sa.Boolean(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("sent_at", sa.BigInteger()),
        sa.Column("closed_at", sa.BigInteger()),
        sa.Column("tell_at", sa.BigInteger()),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_ask_program_id")),
        sa.ForeignKeyConstraint(["by_id"], ["member.id"], name=op.f("fk_ask_by_id")),
        sa.ForeignKeyConstraint(["to_id"], ["member.id"], name=op.f("fk_ask_to_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ask")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_ask_program_id"), "ask", ["program_id"])
    _recipients()
    _disputes()


def _recipients() -> None:
    op.create_table(
        "ask_recipient",
        sa.Column("id", ID, nullable=False),
        sa.Column("program_id", ID, nullable=False),
        sa.Column("ask_id", ID, nullable=False),
        sa.Column("member_id", ID, nullable=False),
        sa.Column("delivered_at", sa.BigInteger()),
        sa.Column("failed_at", sa.BigInteger()),
        sa.Column("answered_at", sa.BigInteger()),
        sa.Column("answer", sa.String()),
        sa.Column("text", sa.String()),
        sa.Column("limit_at", sa.BigInteger()),
        sa.Column("version", sa.Integer()),
        sa.Column("told_at", sa.BigInteger()),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_ask_recipient_program_id")),
        sa.ForeignKeyConstraint(["ask_id"], ["ask.id"], name=op.f("fk_ask_recipient_ask_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_ask_recipient_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ask_recipient")),
        sa.UniqueConstraint("ask_id", "member_id", name=op.f("uq_ask_recipient_ask_id_member_id")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_ask_recipient_member", "ask_recipient", ["member_id"])
    op.create_table(
        "ask_reminder",
        sa.Column("recipient_id", ID, nullable=False),
        sa.Column("rung", sa.Integer(), nullable=False),
        sa.Column("program_id", ID, nullable=False),
        sa.Column("sent_at", sa.BigInteger()),
        sa.Column("failed_at", sa.BigInteger()),
        sa.ForeignKeyConstraint(["recipient_id"], ["ask_recipient.id"], name=op.f("fk_ask_reminder_recipient_id")),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_ask_reminder_program_id")),
        sa.PrimaryKeyConstraint("recipient_id", "rung", name=op.f("pk_ask_reminder")),
    )


def _disputes() -> None:
    op.create_table(
        "dispute",
        sa.Column("id", ID, nullable=False),
        sa.Column("program_id", ID, nullable=False),
        sa.Column("member_id", ID, nullable=False),
        sa.Column("turn_id", ID),
        sa.Column("recipient_id", ID),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("decided_at", sa.BigInteger()),
        sa.Column("taken_out", sa.Boolean()),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_dispute_program_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_dispute_member_id")),
        sa.ForeignKeyConstraint(["turn_id"], ["turn.id"], name=op.f("fk_dispute_turn_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["recipient_id"], ["ask_recipient.id"], name=op.f("fk_dispute_recipient_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dispute")),
        sa.UniqueConstraint("turn_id", name=op.f("uq_dispute_turn_id")),
        sa.UniqueConstraint("recipient_id", name=op.f("uq_dispute_recipient_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_dispute_member_id"), "dispute", ["member_id"])
