"""Who could read a report, and who of them must not: asked of the database, decided by `bot.reports.readers`."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from unicodedata import category, normalize

from bot.context import Context
from bot.people import Member, Role
from bot.reports.readers import Readers, may_read
from bot.setup.status import reached
from storage.members import Members
from storage.report_tables import Key
from storage.responders import Responders

SHORTEST = 3  # letters of a part of a name that is looked for in a text
_UNSEEN = frozenset({"Mn", "Cf"})  # categories of accents, and of signs that take no place


@dataclass(frozen=True, slots=True)
class Answering:
    """Who answers reports: `responders` in the order of reading, with their `keys`, and who can be named beside them.

    `outside`: there is an outside contact with a key.
    """

    responders: tuple[Member, ...]
    keys: tuple[Key, ...]
    coordinators: tuple[Member, ...]
    outside: str | None
    recovery: str | None

    @property
    def everybody(self) -> tuple[Member, ...]:
        """Whoever may learn of a report: its readers, and coordinators, who learn that one is late."""
        return (*self.responders, *self.coordinators)

    def names(self, member_ids: Collection[int]) -> list[str]:
        """Return the names of some of them."""
        return [one.name for one in self.everybody if one.id in member_ids]


async def answering(context: Context, *, held: bool = False) -> Answering:
    """Return who answers reports; `held`: none of them loses their key until this transaction ends."""
    store = context.work.of(Responders)
    active = {one.id: one for one in await context.work.of(Members).with_role(Role.RESPONDER)}
    keys = tuple(key for key in await store.keys(held=held) if key.member_id in active)
    responders = tuple(active[key.member_id] for key in keys)
    coordinators = await context.work.of(Members).with_role(Role.COORDINATOR)
    contact = await store.contact()
    others = tuple(one for one in coordinators if one not in responders)
    return Answering(responders, keys, others, contact.outside, contact.recovery)


async def contact(context: Context) -> str | None:
    """Return who is there for worries, as far as they can be reached; they needn't have a key."""
    found = await reached(context)
    return found.who if found is not None and found.proven else None


async def readers(context: Context, there: Answering, barred: Collection[int], *, unsure: bool) -> Readers:
    """Return who may read a report that these must not learn of."""
    close = await context.work.of(Responders).too_close()
    return may_read(there.keys, barred, close, outside=there.outside is not None, unsure=unsure)


def named(people: Sequence[Member], *texts: str) -> frozenset[int]:
    """Return whose whole name stands in one of the texts, or a part of it as a word of its own."""
    plain = [_plain(text) for text in texts]
    words = {word for text in plain for word in _words(text)}
    return frozenset(one.id for one in people if _stands(_plain(one.name), plain, words))


def _stands(name: str, texts: Sequence[str], words: Collection[str]) -> bool:
    parts = {part for part in _words(name) if len(part) >= SHORTEST}
    return not parts.isdisjoint(words) or any(name in text for text in texts)


def _plain(text: str) -> str:
    """Return a text without case, accents, and signs that can't be seen: somebody in a hurry leaves them out."""
    signs = normalize("NFKD", text.casefold())
    return "".join(sign for sign in signs if category(sign) not in _UNSEEN).strip()


def _words(text: str) -> list[str]:
    """Return the words of a text, without what stands around them; the parts of "Anne-Marie" are words, too."""
    return "".join(sign if sign.isalnum() or category(sign).startswith("M") else " " for sign in text).split()
