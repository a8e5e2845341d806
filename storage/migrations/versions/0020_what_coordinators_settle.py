"""Who talks to two people before their proposal goes on."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0020"
down_revision: str | None = "0018"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Bring the tables up to date."""
    with op.batch_alter_table("session", table_kwargs={"sqlite_autoincrement": True}) as table:
        table.add_column(sa.Column("talks_id", ID))
        table.create_foreign_key(op.f("fk_session_talks_id"), "member", ["talks_id"], ["id"])
