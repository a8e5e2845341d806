"""Session notes and feedback, next steps, and what several people said together."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0018"
down_revision: str | None = "0017"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
OPEN = sa.text("done_at IS NULL AND withdrawn_at IS NULL")


def upgrade() -> None:
    """Bring the tables up to date."""
    _sheets()
    _in_sheets()
    _totals()
    _next_steps()


def _keys(table: str, **targets: str) -> list[sa.ForeignKeyConstraint]:
    return [
        sa.ForeignKeyConstraint([column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}"))
        for column, target in {"program_id": "program", **targets}.items()
    ]


def _sheets() -> None:
    op.create_table(
        "sheet",
        sa.Column("id", ID, nullable=False),
        sa.Column("program_id", ID, nullable=False),
        sa.Column("session_id", ID, nullable=False),
        sa.Column("pairing_id", ID, nullable=False),
        sa.Column("member_id", ID, nullable=False),
        sa.Column("form_id", ID, nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("delivered_at", sa.BigInteger()),
        sa.Column("failed_at", sa.BigInteger()),
        sa.Column("remind_at", sa.BigInteger()),
        sa.Column("limit_at", sa.BigInteger()),
        sa.Column("version", sa.Integer()),
        sa.Column("done_at", sa.BigInteger()),
        sa.Column("empty", sa.Boolean(), nullable=False),
        sa.Column("withdrawn_at", sa.BigInteger()),
        *_keys("sheet", session_id="session", pairing_id="pairing", member_id="member", form_id="form"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sheet")),
        sa.UniqueConstraint("session_id", "member_id", "form", name=op.f("uq_sheet_session_id_member_id_form")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_sheet_member_made", "sheet", ["member_id", "made_at"])
    op.create_index("ix_sheet_pairing", "sheet", ["pairing_id"])
    op.create_index("ix_sheet_open", "sheet", ["program_id", "id"], postgresql_where=OPEN, sqlite_where=OPEN)


def _in_sheets() -> None:
    op.create_table(
        "sheet_answer",
        sa.Column("sheet_id", ID, nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("program_id", ID, nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("counted", sa.Boolean(), nullable=False),
        *_keys("sheet_answer", sheet_id="sheet"),
        sa.PrimaryKeyConstraint("sheet_id", "question", name=op.f("pk_sheet_answer")),
    )
    op.create_table(
        "sheet_reminder",
        sa.Column("sheet_id", ID, nullable=False),
        sa.Column("rung", sa.Integer(), nullable=False),
        sa.Column("program_id", ID, nullable=False),
        sa.Column("by_id", ID),
        sa.Column("sent_at", sa.BigInteger()),
        sa.Column("failed_at", sa.BigInteger()),
        *_keys("sheet_reminder", sheet_id="sheet", by_id="member"),
        sa.PrimaryKeyConstraint("sheet_id", "rung", name=op.f("pk_sheet_reminder")),
    )


def _totals() -> None:
    op.create_table(
        "sheet_total",
        sa.Column("id", ID, nullable=False),
        sa.Column("program_id", ID, nullable=False),
        sa.Column("member_id", ID, nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("choice", sa.String(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        *_keys("sheet_total", member_id="member"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sheet_total")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_sheet_total_member", "sheet_total", ["member_id"])


def _next_steps() -> None:
    op.create_table(
        "next_step",
        sa.Column("id", ID, nullable=False),
        sa.Column("program_id", ID, nullable=False),
        sa.Column("session_id", ID, nullable=False),
        sa.Column("pairing_id", ID, nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("member_id", ID),
        sa.Column("due_day", sa.String()),
        sa.Column("done_at", sa.BigInteger()),
        *_keys("next_step", session_id="session", pairing_id="pairing", member_id="member"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_next_step")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_next_step_pairing", "next_step", ["pairing_id"])
    op.create_index("ix_next_step_session", "next_step", ["session_id"])
