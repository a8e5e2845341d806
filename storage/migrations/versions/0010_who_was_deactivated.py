"""Which time away is a deactivation's, and ends when somebody is brought back."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0010"
down_revision: str | None = "0009"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    """Bring the tables up to date."""
    op.add_column("pause", sa.Column("left", sa.Boolean(), server_default=sa.false(), nullable=False))
    pause = sa.table("pause", *map(sa.column, ("member_id", "until", "lighter", "left")))
    member = sa.table("member", *map(sa.column, ("id", "active")))
    gone = sa.select(member.c.id).where(member.c.active.is_(sa.false()))
    theirs = (pause.c.member_id.in_(gone), pause.c.until.is_(None), pause.c.lighter.is_(sa.false()))
    op.execute(pause.update().where(*theirs).values(left=sa.true()))
