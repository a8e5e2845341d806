"""What stands in a button's action: checked before its function runs."""


def number(text: str) -> int:
    """Read a button's argument: a whole number that a database can hold. Raises ValueError for anything else."""
    if not (text.isascii() and text.isdigit() and len(text) <= 18):  # noqa: PLR2004 - 18 digits fit into 64 bits
        raise ValueError
    return int(text)


def word(text: str) -> str:
    """Read a button's argument: a word that a database can hold. Raises ValueError for anything else."""
    if not (text.isprintable() and 0 < len(text) <= 80):  # noqa: PLR2004 - longer than any platform's ids
        raise ValueError
    return text
