"""Files that a command writes: whole, or not at all."""

from pathlib import Path

from bot.errors import UserError


def check(file: Path, export: Path) -> None:
    """Better to learn now than at the end that a file can't be written; what is in it stays until then."""
    if file.resolve() == export.resolve():
        raise UserError(f"{file} is the export itself. Please give the result another name.")
    try:
        _beside(file).touch()
        _beside(file).unlink()
    except OSError as error:
        raise UserError(f"{file} can't be written: {error.strerror}") from None


def write(file: Path, content: str) -> None:
    """Write a file whole or not at all."""
    try:
        _beside(file).write_text(content, "utf-8")
        _beside(file).replace(file)
    except OSError as error:
        raise UserError(f"{file} can't be written: {error.strerror}") from None


def _beside(file: Path) -> Path:
    return file.with_name(f".{file.name}.new")
