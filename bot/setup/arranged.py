"""Who would answer private reports: what has to be there before a program starts, or is knowingly gone without."""

from dataclasses import dataclass

from bot.context import Context
from bot.people import Member, Role
from storage.members import Members
from storage.responders import Responders

LEAST = 2  # responders with a key: one may be away, or be who a report is about


@dataclass(frozen=True, slots=True)
class Arranged:
    """Who answers private reports.

    `ready` are the responders with a key, in the order of reading; `keyless` are the others. `called` is how the
    outside contact is called and reached, `key` their public key. `without`: a coordinator goes on as it is.
    """

    ready: tuple[Member, ...]
    keyless: tuple[Member, ...]
    called: str
    key: str | None
    recovery: bool
    without: bool

    @property
    def outside(self) -> bool:
        """Whether there is an outside contact whom a reporter can be told of, and who can read."""
        return bool(self.called) and self.key is not None

    @property
    def complete(self) -> bool:
        """Whether somebody can read whatever is reported, whomever it is about."""
        return len(self.ready) >= LEAST and self.outside

    @property
    def decided(self) -> bool:
        """Whether the program may start: all is there, or a coordinator knows that it isn't."""
        return self.complete or self.without


async def arranged(context: Context) -> Arranged:
    """Look who answers private reports."""
    store = context.work.of(Responders)
    people = {one.id: one for one in await context.work.of(Members).with_role(Role.RESPONDER)}
    ready = [people[key.member_id] for key in await store.keys() if key.member_id in people]
    contact = await store.contact()
    return Arranged(
        ready=tuple(ready),
        keyless=tuple(one for one in people.values() if one not in ready),
        called=context.policy.reports.outside,
        key=contact.outside,
        recovery=contact.recovery is not None,
        without=contact.without,
    )
