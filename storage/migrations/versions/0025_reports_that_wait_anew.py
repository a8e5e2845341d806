"""Reports whose time began anew: whoever made them wrote something after an answer."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0025"
down_revision: str | None = "0024"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    """Bring the tables up to date."""
    op.add_column("report_case", sa.Column("since", sa.BigInteger()))
