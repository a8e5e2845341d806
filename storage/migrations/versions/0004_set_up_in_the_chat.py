"""Codes that work once, a program's contact for worries, and its channel."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0004"
down_revision: str | None = "0003"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Bring the tables up to date."""
    op.create_table(
        "code",
        sa.Column("id", ID, nullable=False),
        sa.Column("program_id", ID, nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("member_id", ID),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.Column("used_at", sa.BigInteger()),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_code_program_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_code_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_code")),
        sa.UniqueConstraint("program_id", "hash", name=op.f("uq_code_program_id_hash")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_code_member", "code", ["member_id"])
    op.create_table(
        "contact",
        sa.Column("id", ID, nullable=False),
        sa.Column("program_id", ID, nullable=False),
        sa.Column("member_id", ID),
        sa.Column("address", sa.String()),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("proven_at", sa.BigInteger()),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_contact_program_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_contact_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact")),
        sa.UniqueConstraint("program_id", name=op.f("uq_contact_program_id")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "channel",
        sa.Column("program_id", ID, nullable=False),
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("set_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_channel_program_id")),
        sa.PrimaryKeyConstraint("program_id", "platform", "workspace", name=op.f("pk_channel")),
    )
