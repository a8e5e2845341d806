"""Private reports: sealed cases, who may read them, and the keys of those who answer."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0021"
down_revision: str | None = "0020"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Bring the tables up to date."""
    _keys_of_responders()
    _unlocked()
    _contact()
    _cases()
    _in_cases()


def _keys(table: str, **targets: str) -> list[sa.ForeignKeyConstraint]:
    return [
        sa.ForeignKeyConstraint([column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}"))
        for column, target in {"program_id": "program", **targets}.items()
    ]


def _keys_of_responders() -> None:
    op.create_table(
        "responder_key",
        sa.Column("program_id", ID, nullable=False),
        sa.Column("member_id", ID, nullable=False),
        sa.Column("public", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("wrong", sa.Integer(), nullable=False),
        sa.Column("locked_until", sa.BigInteger()),
        *_keys("responder_key", member_id="member"),
        sa.PrimaryKeyConstraint("member_id", name=op.f("pk_responder_key")),
    )
    op.create_table(
        "too_close",
        sa.Column("program_id", ID, nullable=False),
        sa.Column("member_id", ID, nullable=False),
        sa.Column("other_id", ID, nullable=False),
        *_keys("too_close", member_id="member", other_id="member"),
        sa.PrimaryKeyConstraint("program_id", "member_id", "other_id", name=op.f("pk_too_close")),
    )
    op.create_index("ix_too_close_other_id", "too_close", ["other_id"])


def _unlocked() -> None:
    op.create_table(
        "report_unlock",
        sa.Column("program_id", ID, nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("member_id", ID, nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        *_keys("report_unlock", member_id="member"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_unlock")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_report_unlock_member_id", "report_unlock", ["member_id"])


def _contact() -> None:
    op.create_table(
        "report_contact",
        sa.Column("program_id", ID, nullable=False),
        sa.Column("recovery", sa.String()),
        sa.Column("outside", sa.String()),
        sa.Column("without", sa.Boolean(), nullable=False),
        *_keys("report_contact"),
        sa.PrimaryKeyConstraint("program_id", name=op.f("pk_report_contact")),
    )


def _cases() -> None:
    op.create_table(
        "report_case",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("program_id", ID, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("public", sa.String(), nullable=False),
        sa.Column("hour", sa.BigInteger(), nullable=False),
        sa.Column("receipt", sa.LargeBinary(), nullable=False),
        sa.Column("coded", sa.LargeBinary(), nullable=False),
        sa.Column("hidden", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.Integer(), nullable=False),
        sa.Column("told", sa.Boolean(), nullable=False),
        sa.Column("taken_by_id", ID),
        sa.Column("acknowledged_at", sa.BigInteger()),
        sa.Column("answered_at", sa.BigInteger()),
        sa.Column("closed_at", sa.BigInteger()),
        *_keys("report_case", taken_by_id="member"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_case")),
        sa.UniqueConstraint("program_id", "name", name=op.f("uq_report_case_program_id_name")),
        sa.UniqueConstraint("program_id", "receipt", name=op.f("uq_report_case_program_id_receipt")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_report_case_taken_by_id", "report_case", ["taken_by_id"])


def _in_cases() -> None:
    op.create_table(
        "report_wrap",
        sa.Column("program_id", ID, nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("reader", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        *_keys("report_wrap", case_id="report_case"),
        sa.PrimaryKeyConstraint("program_id", "case_id", "reader", name=op.f("pk_report_wrap")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_report_wrap_case", "report_wrap", ["case_id"])
    op.create_table(
        "report_entry",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("program_id", ID, nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("hour", sa.BigInteger(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        *_keys("report_entry", case_id="report_case"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_entry")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_report_entry_case", "report_entry", ["case_id"])
