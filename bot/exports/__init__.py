"""/mentor-admin export: lists as files for a spreadsheet, made from what the features declare."""

import asyncio
from collections.abc import Sequence

from bot.context import Afterwards, Asked, Reading
from bot.errors import UserError
from bot.exports import wording
from bot.feature import Export, Feature, Option
from bot.members import wording as members_wording
from bot.people import COORDINATORS
from bot.tables import Format, writer
from bot.views import File, Message


def make(features: Sequence[Feature]) -> Feature:
    """Return the feature that writes the others' lists."""
    feature = Feature("exports")
    exports = {export.name: export for one in features for export in one.exports}

    @feature.command(
        "export",
        "Get a list as a file for a spreadsheet",
        who=COORDINATORS,
        options=(
            Option("list", "which list", known=tuple(exports)),
            Option("format", "xlsx (Excel, LibreOffice) or csv", also=("as",), known=tuple(Format)),
        ),
    )
    async def export(asked: Asked, list: str = "", format: str = "") -> Message | Afterwards:  # noqa: A002 - what they are called
        """Write a list, or say which there are."""
        wanted, *others = list.casefold().split() or [""]
        if not wanted:
            return wording.lists(exports.values())
        if wanted not in exports:
            raise UserError(wording.no_list(list, exports))
        return await _written(asked, exports[wanted], _format(format or " ".join(others)))

    @feature.button("exports.write", str, Format, who=COORDINATORS)
    async def write(asked: Asked, name: str, as_: Format) -> Afterwards:
        """Write the list of a button."""
        if name not in exports:
            raise UserError(members_wording.OLD_BUTTON)
        return await _written(asked, exports[name], as_)

    return feature


def _format(typed: str) -> Format:
    word = typed.strip().casefold().removeprefix(".")
    if word in {"", "excel"}:
        return Format.XLSX
    try:
        return Format(word)
    except ValueError:
        raise UserError(wording.no_format(typed)) from None


async def _written(asked: Asked, export: Export, as_: Format) -> Afterwards:
    """Note who takes a list away; it is written afterwards, page after page, while other work goes on."""
    await asked.work.audit.add(asked.member.key, f"exports.{export.name}")

    async def answer(reading: Reading) -> Message:
        table, rows = writer(as_, asked.member.zone), -1
        async with reading() as reader:
            async for page in export.run(reader):
                await asyncio.to_thread(table.add, page)
                rows += len(page)
        content = await asyncio.to_thread(table.done)
        return wording.written(export, rows, File(f"{export.name}.{as_}", content, wording.about(export)))

    return Afterwards(answer, asked)
