"""What may stand below a message or in a modal."""

from tests.stand_ins.discord.errors import Json


def check_message(rows: list[Json], *, modern: bool) -> None:
    """Raise unless components are as a message may have them."""


def texts(rows: list[Json]) -> list[str]:
    """Return the texts that stand in components."""
    found: list[str] = []
    for row in rows:
        found += [row["content"]] if row.get("type") == 10 else []
        found += texts(row.get("components") or [])
    return found
