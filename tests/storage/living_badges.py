"""What there is of badges in a program that has a row in every table."""

from dataclasses import dataclass
from datetime import date

from storage.awards import Award, Awards, NewAward
from storage.badge_choices import BadgeChoices
from storage.badges import Badges
from storage.work import Work

DAY = date(2026, 3, 2)


@dataclass(frozen=True)
class Earned:
    """The first program's badge, and its mentor's award."""

    badge: int
    award: Award


def new_award(member_id: int, badge_id: int, by_id: int | None = None) -> NewAward:
    """Return a badge that a member is to get."""
    return NewAward(member_id, "kind", badge_id, "{}", "{}", by_id, None if by_id is None else "Always there")


async def earned(work: Work, member_id: int, by_id: int) -> Earned:
    """Let a member have a badge by hand, be warned and proposed, and have chosen."""
    badge = await work.of(Badges).put("kind", f'name = "kind" # {by_id}', by_id)
    (award,) = await work.of(Awards).add([new_award(member_id, badge.id, by_id)])
    await work.of(Awards).warn(award.id, work.now)
    await work.of(Awards).propose(award.id, "{}")
    await work.of(BadgeChoices).choose(member_id, post=True)
    await work.of(BadgeChoices).leave_out(member_id, [DAY])
    return Earned(badge.id, (await work.of(Awards).get([award.id]))[award.id])
