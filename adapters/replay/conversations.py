"""The conversations that an export lists: who is in them and in which folder they lie."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from adapters.replay.archive import Source
from adapters.replay.documents import Record, records
from bot.errors import UserError

PRIVATE = ("groups.json", "mpims.json", "dms.json")
PUBLIC = ("channels.json",)
NAME_BYTES = 255  # the longest that a file system takes


@dataclass(frozen=True, slots=True)
class Conversation:
    """A channel or direct conversation. `folders`: where its messages may lie, the likeliest first."""

    id: str
    members: tuple[str, ...]
    folders: tuple[str, ...]
    file: str


def conversations(source: Source, *, channels: bool) -> Iterator[Conversation]:
    """Give each conversation of the export once. Raises UserError for a list that is wrong.

    Lists that aren't there are empty: which of them an export has depends on what Slack was asked for.
    """
    listed: dict[str, str] = {}
    for file in PRIVATE + (PUBLIC if channels else ()):
        for record in records(source.read(file) or b"[]", file):
            found = _conversation(record, file)
            if listed.get(found.id) == file:
                raise UserError(f"{record.where}: the id {found.id} stands in the list twice.")
            if found.id not in listed:  # some exports list a group of direct messages as a group as well
                listed[found.id] = file
                yield found


def _conversation(record: Record, file: str) -> Conversation:
    id_ = record.id("id")
    if not id_:
        raise UserError(f"{record.where}: there is no 'id'.")
    name = record.text("name")
    if name and not _is_folder_name(name):
        raise UserError(f"{record.where}: 'name' can't be the name of a folder.")
    folders = (name, id_) if name else (id_,)
    return Conversation(id_, tuple(dict.fromkeys(record.ids("members"))), folders, file)


def _is_folder_name(name: str) -> bool:
    strange = any(c in "/\\" or unicodedata.category(c)[0] == "C" for c in name)
    return not strange and name not in (".", "..") and len(name.encode()) <= NAME_BYTES
