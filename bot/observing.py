"""From what was seen on a platform to the rows that remember it: set by set, however many there are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.calls import Deleted, Lost, Observation, Posted, Reacted
from bot.context import Context
from bot.facts import MessagesChanged, SpacesLost
from bot.grouping import by_pairing
from storage.members import Members
from storage.messages import MessageRow, Messages, NewMessage
from storage.pairings import Pairings, Place, Space
from storage.reactions import NewReaction, Reactions


@dataclass
class _Batch:
    """The rows of one batch. Of several reactions by one hand under one message, the last word counts.

    `addressed` are messages that were known already, and that an edit brought a mention into.
    """

    posted: list[NewMessage] = field(default_factory=list)
    addressed: list[NewMessage] = field(default_factory=list)
    deleted: list[NewMessage] = field(default_factory=list)
    reacted: dict[tuple[int, str, int, str], tuple[NewReaction, bool]] = field(default_factory=dict)


async def observe(context: Context, batch: Sequence[Observation]) -> None:
    """Remember a batch of one workspace. What happens outside the pairings' spaces leaves no trace."""
    spaces = await context.work.of(Pairings).spaces_at({seen.place for seen in batch})
    mine = [seen for seen in batch if seen.place in spaces]
    if not mine:
        return
    await _look(context, mine, spaces)
    people = await _people(context, mine)
    rows = _Batch()
    for seen in mine:
        _sort(rows, seen, spaces[seen.place], people)
    messages = context.work.of(Messages)
    said = await messages.add(rows.posted)
    rows.addressed = await messages.address(_spoken_to_anew(rows, said))
    await messages.mark_deleted(rows.deleted)
    reactions = context.work.of(Reactions)
    await reactions.add([new for new, there in rows.reacted.values() if there])
    await reactions.take([gone for gone, there in rows.reacted.values() if not there])
    await _tell(context, said, rows, {space.id: space.pairing.id for space in spaces.values()})


async def _look(context: Context, batch: Sequence[Observation], spaces: Mapping[Place, Space]) -> None:
    """Note which spaces are seen and which aren't any more; what happens in one shows that it is seen."""
    is_lost = {spaces[seen.place]: isinstance(seen, Lost) for seen in batch}  # the last word counts
    again = [space.id for space, lost in is_lost.items() if not lost and space.lost_at is not None]
    gone = [space.id for space, lost in is_lost.items() if lost]
    if again:
        await context.work.of(Pairings).find_again(again)
    if gone:
        await context.tell(SpacesLost(tuple(await context.work.of(Pairings).lose(gone))))


async def _people(context: Context, batch: Sequence[Observation]) -> Mapping[str, int]:
    users: set[str] = set()
    for seen in batch:
        if isinstance(seen, Posted):
            users |= {seen.author, *seen.addresses}
        elif isinstance(seen, Reacted):
            users.add(seen.author)
    place = batch[0].place
    members = context.work.of(Members)
    return await members.by_users(place.platform, place.workspace, users, only_active=True)


def _sort(rows: _Batch, seen: Observation, space: Space, people: Mapping[str, int]) -> None:
    pairing = space.pairing
    match seen:
        case Posted() if seen.author in people:
            author = people[seen.author]
            addressed = pairing.other(author) in {people.get(user) for user in seen.addresses} - {None}
            rows.posted.append(NewMessage(pairing.id, space.id, seen.message, author, seen.at, addressed))
        case Deleted():
            gone = NewMessage(pairing.id, space.id, seen.message, None, seen.at, deleted=True)
            rows.deleted.append(gone)
        case Reacted() if seen.author in people:
            reaction = NewReaction(space.id, seen.message, people[seen.author], seen.reaction, seen.at)
            key = (space.id, seen.message, reaction.member_id, seen.reaction)
            rows.reacted[key] = (reaction, not seen.taken_away)


def _spoken_to_anew(rows: _Batch, said: Sequence[MessageRow]) -> list[NewMessage]:
    """Return what may have been edited: an edit can also come before its message, or together with it."""
    new = {(row.space_id, row.external) for row in said if row.addressed}
    return [row for row in rows.posted if row.addressed and (row.space_id, row.external) not in new]


async def _tell(context: Context, said: Sequence[MessageRow], rows: _Batch, pairing_of: Mapping[int, int]) -> None:
    """Tell from which instant on each pairing's messages are different from before."""
    reacted = (reaction for reaction, _ in rows.reacted.values())
    touched: list[NewMessage | NewReaction] = [*rows.addressed, *rows.deleted, *reacted]
    keys = [(row.space_id, row.external) for row in touched]
    written = await context.work.of(Messages).instants(keys) if keys else {}
    since: dict[int, datetime] = {}
    for row in (*said, *touched):
        pairing = pairing_of[row.space_id]
        at = min(row.at, written.get((row.space_id, row.external), row.at))
        since[pairing] = min(at, since.get(pairing, at))
    if since:
        otherwise = {pairing_of[row.space_id] for row in touched}
        await context.tell(MessagesChanged(since, by_pairing(row for row in said if row.pairing_id not in otherwise)))
