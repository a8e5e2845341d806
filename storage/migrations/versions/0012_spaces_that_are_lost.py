"""Spaces that the bot doesn't see any more."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0012"
down_revision: str | None = "0011"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    """Bring the tables up to date."""
    op.add_column("space", sa.Column("lost_at", sa.BigInteger(), nullable=True))
