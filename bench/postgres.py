"""The tests' own PostgreSQL, with the settings of one that keeps what it has committed."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.postgres import Postgres, cluster, stop

DURABLE = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on", "shared_buffers": "128MB"}


@contextmanager
def durable(data: Path) -> Iterator[Postgres]:
    """Run a server whose databases lie in the empty folder `data`."""
    with cluster(data, DURABLE) as server:
        process = server.start()
        try:
            server.wait_until_ready(process)
            yield server
        finally:
            stop(process)
