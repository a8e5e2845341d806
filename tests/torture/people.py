"""The town of the torture: who is paired with whom, and its roster file."""

from dataclasses import dataclass

from bot.people import Account, Place

PLATFORM = "pretended"
WORKSPACE = "town"
ZONES = ("UTC", "Europe/London", "Europe/Berlin", "America/New_York", "Asia/Karachi")


@dataclass(frozen=True, slots=True)
class Pair:
    """A pairing: its people's user ids, which are their names as well, and its channel."""

    mentor: str
    mentee: str
    channel: str

    def other(self, user: str) -> str:
        """Return the other side."""
        return self.mentee if user == self.mentor else self.mentor

    @property
    def place(self) -> Place:
        """Where the two write."""
        return Place(PLATFORM, WORKSPACE, self.channel)


@dataclass(frozen=True, slots=True)
class Town:
    """The pairs; a mentee is in one of them, a mentor in several."""

    pairs: tuple[Pair, ...]

    def of(self, user: str) -> list[Pair]:
        """Return somebody's pairs."""
        return [pair for pair in self.pairs if user in (pair.mentor, pair.mentee)]

    @property
    def mentors(self) -> list[str]:
        """All mentors, each once."""
        return list(dict.fromkeys(pair.mentor for pair in self.pairs))

    @property
    def mentees(self) -> list[str]:
        """All mentees."""
        return [pair.mentee for pair in self.pairs]


def town(pairs: int) -> Town:
    """Pair `pairs` mentees with half as many mentors."""
    mentors = max(1, pairs // 2)
    return Town(tuple(Pair(f"mentor{n % mentors:02}", f"mentee{n:02}", f"pair{n:02}") for n in range(pairs)))


def account(user: str) -> Account:
    """Return somebody's account."""
    return Account(PLATFORM, WORKSPACE, user)


def roster(town: Town) -> str:
    """Write the town down as the roster that a bot enrols."""
    people = [_person(n, user, "mentor") for n, user in enumerate(town.mentors)]
    people += [_person(n, user, "mentee") for n, user in enumerate(town.mentees)]
    people += [_person(0, "rosa", "coordinator")]
    pairings = [
        f'[[pairings]]\nmentor = "{pair.mentor}"\nmentee = "{pair.mentee}"\ncoordinator = "rosa"\n'
        f'spaces = ["{PLATFORM}/{WORKSPACE}/{pair.channel}"]\n'
        for pair in town.pairs
    ]
    return "\n".join(['[program]\nname = "Town"\npolicy = "default"\n', *people, *pairings])


def _person(number: int, user: str, role: str) -> str:
    zone = ZONES[number % len(ZONES)]
    return (
        f'[[people]]\nname = "{user}"\nroles = ["{role}"]\nzone = "{zone}"\n'
        f'accounts = ["{PLATFORM}/{WORKSPACE}/{user}"]\n'
    )
