"""Who may read a report: a pure function of who answers reports, and of who must not read this one."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from storage.report_tables import Key


@dataclass(frozen=True, slots=True)
class Readers:
    """Who may read a report: responders in the order of reading, the main one first; and the outside contact."""

    responders: tuple[int, ...] = ()
    outside: bool = False

    @property
    def nobody(self) -> bool:
        """Whether there is nobody to read it, so that it must not be kept."""
        return not self.responders and not self.outside


def may_read(
    keys: Sequence[Key],
    barred: Collection[int],
    too_close: Mapping[int, Collection[int]],
    *,
    outside: bool,
    unsure: bool = False,
) -> Readers:
    """Return who may read a report.

    `keys` are those of the active responders, in the order of reading. `barred` are all who are named in it or
    excluded, members of any role, and whoever made it with a name; they don't read it, nor does whoever is too close
    with one of them. `outside`: there is an outside contact with a key. To them alone it goes if nobody is left, or if
    whoever made it is `unsure` who must not read it.
    """
    left = tuple(key.member_id for key in keys if is_free(key.member_id, barred, too_close))
    if unsure or not left:
        return Readers(outside=outside)
    return Readers(left)


def is_free(member_id: int, barred: Collection[int], too_close: Mapping[int, Collection[int]]) -> bool:
    """Tell whether somebody is neither barred nor too close with somebody who is."""
    return member_id not in barred and not set(too_close.get(member_id, ())) & set(barred)


def may_step_in(
    member_id: int, shown: Collection[int], barred: Collection[int], too_close: Mapping[int, Collection[int]]
) -> bool:
    """Tell whether a responder may step in: they were named to whoever reported, or allowed since, and are free."""
    return member_id in shown and is_free(member_id, barred, too_close)


def in_turn(responders: Sequence[int], away: Collection[int]) -> tuple[int, ...]:
    """Return who is to be told, one after the other: those who are away come last, but aren't left out."""
    return (*(one for one in responders if one not in away), *(one for one in responders if one in away))
