"""What was filled in last is found without looking at every sheet."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0019"
down_revision: str | None = "0018"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

DONE = sa.text("done_at IS NOT NULL")


def upgrade() -> None:
    """Bring the tables up to date."""
    columns = ["program_id", "done_at", "id"]
    op.create_index("ix_sheet_done", "sheet", columns, postgresql_where=DONE, sqlite_where=DONE)
