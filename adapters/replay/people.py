"""The people of an export, from its users.json."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from zoneinfo import available_timezones

from adapters.replay.archive import Source
from adapters.replay.documents import Record, clean, records
from bot.errors import UserError

NAME_LENGTH = 60  # leaves room for an id behind it
SLACKBOT = "USLACKBOT"  # Slack doesn't mark it as a bot


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in the workspace, gone or not."""

    id: str
    name: str
    zone: str
    bot: bool = False


@dataclass(frozen=True, slots=True)
class People:
    """Everybody in users.json, by id, and the workspace's own id."""

    team: str
    known: Mapping[str, Person]

    def is_bot(self, user: str) -> bool:
        """Say whether a user id is a bot's. Who isn't listed (a guest of another workspace) is a person."""
        return user == SLACKBOT or (user in self.known and self.known[user].bot)

    def get(self, user: str) -> Person:
        """Return who a user id belongs to, and under the bare id who isn't in the list."""
        return self.known.get(user) or Person(user, user, "UTC")


def read_people(source: Source) -> People:
    """Read users.json. Raises UserError if it isn't there, is wrong, or says two things about one id."""
    data = source.read("users.json")
    if data is None:
        raise UserError(f"{source.name} has no users.json, so it isn't a Slack workspace export.")
    people: dict[str, Person] = {}
    teams: Counter[str] = Counter()
    for record in records(data, "users.json"):
        person = _person(record)
        if person.id in people:
            raise UserError(f"{record.where}: the id {person.id} stands in the list twice.")
        people[person.id] = person
        teams[record.id("team_id")] += 1
    del teams[""]
    return People(teams.most_common(1)[0][0] if teams else "T0", people)


def _person(record: Record) -> Person:
    id_ = record.id("id")
    if not id_:
        raise UserError(f"{record.where}: there is no 'id'.")
    profile = record.record("profile")
    names = (
        record.text("real_name"),
        profile.text("real_name"),
        profile.text("display_name"),
        record.text("name"),
    )
    name = next(filter(None, (clean(name, NAME_LENGTH) for name in names)), id_)
    zone = record.text("tz")
    return Person(id_, name, zone if zone in _zones() else "UTC", record.flag("is_bot"))


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


def told_apart(people: Sequence[Person]) -> dict[str, str]:
    """Return a name for each user id that nobody else has: namesakes get their id behind it."""
    common = Counter(person.name for person in people)
    names: dict[str, str] = {}
    taken: set[str] = set()
    for person in people:
        name = person.name if common[person.name] == 1 else f"{person.name} ({person.id})"
        while name in taken:
            name = f"{name} ({person.id})"
        taken.add(name)
        names[person.id] = name
    return names
