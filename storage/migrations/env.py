"""How Alembic reaches the database: through the connection that `storage.opening` holds."""

from alembic import context

from storage import programs, work  # noqa: F401 - these and every store register their tables
from storage.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transaction_per_migration=False,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
