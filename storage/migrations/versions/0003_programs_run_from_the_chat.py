"""What state a program is in, what members chose, and effects on the spaces of pairings."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0003"
down_revision: str | None = "0002"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Bring the tables up to date. A program that is there was running: it goes on to."""
    _add("program", sa.Column("version", sa.Integer(), nullable=False, server_default="0"))
    _add("program", sa.Column("state", sa.String(), nullable=False, server_default="running"))
    _add("program", sa.Column("since", sa.BigInteger()))
    _add("program", sa.Column("language", sa.String(), nullable=False, server_default="en"))
    _add("program", sa.Column("alive_at", sa.BigInteger()))
    _add("member", sa.Column("language", sa.String()))
    _add("member", sa.Column("badges", sa.Boolean(), nullable=False, server_default=sa.true()))
    _add("member", sa.Column("celebrations", sa.Boolean(), nullable=False, server_default=sa.true()))
    _add("member", sa.Column("welcomed_at", sa.BigInteger()))
    _add("pause", sa.Column("lighter", sa.Boolean(), nullable=False, server_default=sa.false()))
    _add("pairing", sa.Column("made_at", sa.BigInteger()))
    _add("turn", sa.Column("version", sa.Integer()))
    _for_pairings_too()
    op.create_table(
        "policy_change",
        sa.Column("id", ID, nullable=False),
        sa.Column("program_id", ID, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("figure", sa.String(), nullable=False),
        sa.Column("value", sa.String()),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_policy_change_program_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_policy_change")),
        sa.UniqueConstraint("program_id", "version", "figure", name=op.f("uq_policy_change_program_id_version_figure")),
        sqlite_autoincrement=True,
    )


def _add(table: str, column: sa.Column[object]) -> None:
    op.add_column(table, column)


def _for_pairings_too() -> None:
    """Let rows of the outbox be for a pairing instead of a member. SQLite can't change a column: it copies the table."""
    if op.get_bind().dialect.name == "sqlite":
        _copied()
    else:
        op.alter_column("outbox", "member_id", nullable=True)
        op.add_column("outbox", sa.Column("pairing_id", ID))
        op.create_foreign_key(op.f("fk_outbox_pairing_id"), "outbox", "pairing", ["pairing_id"], ["id"])
    op.create_index("ix_outbox_pairing", "outbox", ["pairing_id"])


def _copied() -> None:
    kept = "id, program_id, key, kind, args, member_id, effect, urgency, due_at, not_before, state, delivery_id, "
    kept += "lease_until, held_by, attempts, reason"
    op.create_table(
        "outbox_new",
        sa.Column("id", ID, nullable=False),
        sa.Column("program_id", ID, nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("args", sa.String(), nullable=False),
        sa.Column("member_id", ID),
        sa.Column("pairing_id", ID),
        sa.Column("effect", sa.String(), nullable=False),
        sa.Column("urgency", sa.String(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("not_before", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("delivery_id", ID),
        sa.Column("lease_until", ID),
        sa.Column("held_by", sa.String()),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String()),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_outbox_program_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_outbox_member_id")),
        sa.ForeignKeyConstraint(["pairing_id"], ["pairing.id"], name=op.f("fk_outbox_pairing_id")),
        sa.ForeignKeyConstraint(["delivery_id"], ["delivery.id"], name=op.f("fk_outbox_delivery_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sa.UniqueConstraint("key", name=op.f("uq_outbox_key")),
        sqlite_autoincrement=True,
    )
    op.execute(f"INSERT INTO outbox_new ({kept}) SELECT {kept} FROM outbox")  # noqa: S608 - names of our own
    # No id may come again, not even that of a row that is gone.
    op.execute("DELETE FROM sqlite_sequence WHERE name = 'outbox_new'")
    op.execute("INSERT INTO sqlite_sequence SELECT 'outbox_new', seq FROM sqlite_sequence WHERE name = 'outbox'")
    op.drop_table("outbox")
    op.rename_table("outbox_new", "outbox")
    op.create_index("ix_outbox_delivery_id", "outbox", ["delivery_id"])
    op.create_index("ix_outbox_member", "outbox", ["member_id"])
    _partial("ix_outbox_dead", ["program_id"], "state = 'dead'")
    _partial("ix_outbox_waiting", ["program_id", "not_before"], "state = 'waiting'")


def _partial(index: str, columns: list[str], where: str) -> None:
    op.create_index(index, "outbox", columns, postgresql_where=sa.text(where), sqlite_where=sa.text(where))
