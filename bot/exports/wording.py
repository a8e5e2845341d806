"""What is said about lists as files."""

from collections.abc import Collection, Iterable
from difflib import get_close_matches

from bot.declarations import Export
from bot.language import n, t
from bot.members.words import shown
from bot.tables import Format
from bot.views import Actions, Block, Button, File, Heading, Message, Note, Text, action


def lists(exports: Iterable[Export]) -> Message:
    """Show which lists there are."""
    blocks: list[Block] = [Heading(t("Lists for a spreadsheet"))]
    for export in exports:
        blocks.append(Text(about(export)))
        blocks.append(
            Actions(
                (
                    Button(t("{list} (Excel)", list=export.name), action("exports.write", export.name, Format.XLSX)),
                    Button(t("{list} (CSV)", list=export.name), action("exports.write", export.name, Format.CSV)),
                )
            )
        )
    return Message((*blocks, _care()))


def _care() -> Note:
    return Note(t("A list holds what is about people. Please keep it safe, and delete it when you no longer need it."))


def about(export: Export) -> str:
    """Say what is in a list."""
    return t(export.about)


def written(export: Export, rows: int, file: File) -> Message:
    """Hand a list over."""
    entries = n("{n} entry.", "{n} entries.", rows) if rows else t("There is nothing in it yet.")
    return Message((Text(entries), file, _care()))


def no_list(typed: str, known: Collection[str]) -> str:
    """Say which lists there are."""
    near = get_close_matches(typed.strip().casefold(), known, n=1)
    if near:
        return t('I have no list "{typed}". Did you mean {near}?', typed=shown(typed), near=near[0])
    return t('I have no list "{typed}". There are: {known}.', typed=shown(typed), known=", ".join(known))


def no_format(typed: str) -> str:
    """Say which formats there are."""
    return t('I can\'t write "{typed}". I can write: xlsx, csv.', typed=shown(typed))
