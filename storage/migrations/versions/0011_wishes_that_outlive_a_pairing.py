"""A wish because of safety stays until it was read, also when its pairing is deleted."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0011"
down_revision: str | None = "0010"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Bring the tables up to date."""
    with op.batch_alter_table("wish", table_kwargs={"sqlite_autoincrement": True}) as table:
        table.alter_column("pairing_id", existing_type=ID, nullable=True)
