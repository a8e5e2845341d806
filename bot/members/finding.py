"""Who is meant by what a coordinator wrote: a mention, or a name."""

import unicodedata
from collections.abc import Collection, Iterable

from bot.context import Asked
from bot.people import Member
from storage.members import Members


async def mentioned(asked: Asked, word: str) -> Member | None:
    """Return the member whom `@` and a user id mean, where somebody asks; None for any other word.

    A handle means somebody where the platform was asked for it.
    """
    user = word.strip()
    if not (user.startswith("@") and user.isprintable()):  # no database takes some of the signs that aren't
        return None
    members, account = asked.work.of(Members), asked.account
    known = asked.profiles.get(user)
    ids = await members.by_users(
        account.platform, account.workspace, {known.account.user if known else user.removeprefix("@")}
    )
    return next(iter((await members.get(ids.values())).values()), None)


async def meant(asked: Asked, words: str) -> list[Member]:
    """Return whom words mean: a mention one member, a name all active ones who may be called so."""
    by_mention = await mentioned(asked, words)
    if by_mention is not None:
        return [by_mention]
    return found([one for one in await asked.work.of(Members).every() if one.active], words)


def called(people: Iterable[Member], name: str) -> list[Member]:
    """Return who is called so."""
    wanted = fold(name)
    return [one for one in people if wanted and fold(one.name) == wanted]


def found(people: Collection[Member], words: str) -> list[Member]:
    """Return who is meant by a name: whoever is called so, or else all of whose name it is a part."""
    wanted = fold(words.removeprefix("@"))
    return called(people, wanted) or [one for one in people if wanted and f" {wanted} " in f" {fold(one.name)} "]


def fold(name: str) -> str:
    """Return a name as it is compared: without case, doubled spaces and signs that can't be seen."""
    seen = "".join(sign for sign in unicodedata.normalize("NFKC", name) if unicodedata.category(sign) != "Cf")
    return " ".join(seen.casefold().split())
