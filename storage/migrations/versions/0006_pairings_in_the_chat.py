"""Rests of pairings, what the two of a pairing ask for, and when a space was closed."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0006"
down_revision: str | None = "0005"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Bring the tables up to date."""
    op.add_column("space", sa.Column("closed_at", sa.BigInteger()))
    op.create_table(
        "rest",
        *_of_pairing("rest"),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("until", sa.BigInteger()),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_rest_pairing", "rest", ["pairing_id", "since"])
    op.create_table(
        "wish",
        *_of_pairing("wish"),
        *_of_member("wish"),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("talked", sa.String()),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.UniqueConstraint("pairing_id", "member_id", name=op.f("uq_wish_pairing_id_member_id")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_wish_member_id", "wish", ["member_id"])
    op.create_table(
        "pace_proposal",
        *_of_pairing("pace_proposal"),
        *_of_member("pace_proposal"),
        sa.Column("pace_seconds", sa.Integer()),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.UniqueConstraint("pairing_id", name=op.f("uq_pace_proposal_pairing_id")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_pace_proposal_member_id", "pace_proposal", ["member_id"])


def _of_pairing(table: str) -> list[sa.schema.SchemaItem]:
    return [
        sa.Column("id", ID, nullable=False),
        sa.Column("program_id", ID, nullable=False),
        sa.Column("pairing_id", ID, nullable=False),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f(f"fk_{table}_program_id")),
        sa.ForeignKeyConstraint(["pairing_id"], ["pairing.id"], name=op.f(f"fk_{table}_pairing_id")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    ]


def _of_member(table: str) -> list[sa.schema.SchemaItem]:
    return [
        sa.Column("member_id", ID, nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f(f"fk_{table}_member_id")),
    ]
