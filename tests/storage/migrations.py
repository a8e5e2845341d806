"""A mentorbot of the next version, as far as its tables go: the migrations of this one and one more."""

import shutil
from pathlib import Path

from storage.versions import MIGRATIONS

NEXT = "9000"
# A table that others point at, so that SQLite has to make it anew under their feet.
SCRIPT = """
import sqlalchemy as sa
from alembic import op

revision = "{next}"
down_revision = "{before}"

def upgrade():
    with op.batch_alter_table("program", recreate="auto") as batch_op:
        batch_op.add_column(sa.Column("motto", sa.String(), nullable=False, server_default="onwards"))
        batch_op.alter_column("policy", existing_type=sa.String(), nullable=True)
"""


def next_version(folder: Path, before: str) -> Path:
    """Return a folder of migrations in which one follows that makes the version `before`."""
    scripts = folder / "next" / "migrations"
    shutil.copytree(MIGRATIONS, scripts, ignore=shutil.ignore_patterns("__pycache__"))
    (scripts / "versions" / f"{NEXT}_a_motto.py").write_text(SCRIPT.format(next=NEXT, before=before))
    return scripts


def also(scripts: Path, sql: str) -> None:
    """Let the next version do one thing more."""
    (script,) = (scripts / "versions").glob(f"{NEXT}_*")
    script.write_text(script.read_text() + f'    op.execute("{sql}")\n')
