"""On which days people may be reminded, as far as a history shows it."""

from collections import Counter, defaultdict
from dataclasses import replace
from zoneinfo import ZoneInfo

from adapters.replay.export import Export

ENOUGH = 20  # messages of one person, from which on their habits show
SHARE = 10  # one in so many of them on a day of rest, and it isn't one for this person


def choose_days(export: Export, days: frozenset[int]) -> Export:
    """Return the export with chosen days for each member, since nobody in it could be asked.

    `days` are the policy's weekdays (Monday is 0). Each other day is added on which a member, in their own
    zone, wrote at least one in ten of their messages, if there are at least twenty.
    """
    zones = {person.accounts[0].user: ZoneInfo(person.zone) for person in export.roster.people}
    written: defaultdict[str, Counter[int]] = defaultdict(Counter)
    for post in export.posts:
        if post.author in zones:
            written[post.author][post.at.astimezone(zones[post.author]).weekday()] += 1
    people = tuple(
        replace(person, days=days | _busy(written[person.accounts[0].user])) for person in export.roster.people
    )
    return replace(export, roster=replace(export.roster, people=people))


def _busy(written: Counter[int]) -> frozenset[int]:
    if written.total() < ENOUGH:
        return frozenset()
    return frozenset(day for day, count in written.items() if count * SHARE >= written.total())
