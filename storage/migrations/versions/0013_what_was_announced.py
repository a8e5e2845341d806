"""Which time away was announced for later, and which began when it was said: also if the clock is set back then."""

from collections.abc import Sequence
from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

from storage.schema import micros

revision: str = "0013"
down_revision: str | None = "0012"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    """Bring the tables up to date."""
    op.add_column("pause", sa.Column("announced", sa.Boolean(), server_default=sa.false(), nullable=False))
    pause = sa.table("pause", *map(sa.column, ("since", "announced")))
    ahead = pause.c.since > micros(datetime.now(UTC))
    op.execute(pause.update().where(ahead).values(announced=sa.true()))
