"""The methods of the stores of badges, called with what is another program's."""

from storage.awards import Awards
from storage.badge_choices import BadgeChoices
from storage.badges import Badges
from storage.evidence import Evidence, Sides
from storage.people import Role
from storage.store import Store
from tests.storage.attempts_outgoing import Attempt
from tests.storage.living import Theirs
from tests.storage.living_badges import DAY, new_award
from tests.storage.programs import HOUR, MONDAY

EARLIER, LATER = MONDAY - HOUR, MONDAY + 24 * HOUR

BADGES: dict[type[Store], dict[str, Attempt]] = {
    Badges: {
        "newest": lambda s, _: s.newest("kind"),
        "put": lambda s, _: s.put("kind", "name = 'theft'", None),
        "switch": lambda s, t: s.switch(t.earned.badge, off=True),
        "get": lambda s, t: s.get([t.earned.badge]),
        "version": lambda s, _: s.version("kind", 1),
        "every": lambda s, _: s.every(),
    },
    Awards: {
        "add": lambda s, t: s.add([new_award(t.ids.mentor, t.earned.badge)]),
        "get": lambda s, t: s.get([t.earned.award.id]),
        "lock": lambda s, t: s.lock(t.earned.award.id),
        "shown": lambda s, _: s.shown(0, 10),
        "count": lambda s, _: s.count(),
        "held": lambda s, t: s.held([t.ids.mentor]),
        "of_member": lambda s, t: s.of_member(t.ids.mentor),
        "ended": lambda s, t: s.ended([t.ids.mentor]),
        "listed": lambda s, _: s.listed(0, 10),
        "warned": lambda s, _: s.warned(),
        "proposed": lambda s, _: s.proposed(10),
        "warn": lambda s, t: s.warn(t.earned.award.id, MONDAY),
        "fine": lambda s, t: s.fine(t.earned.award.id),
        "propose": lambda s, t: s.propose(t.earned.award.id, "{}"),
        "keep": lambda s, t: s.keep(t.earned.award.id, MONDAY),
        "end": lambda s, t: s.end(t.earned.award.id, t.ids.mentor, "Theft"),
        "ask_to_post": lambda s, t: s.ask_to_post(t.earned.award.id),
        "post": lambda s, t: s.post(t.earned.award.id),
    },
    BadgeChoices: {
        "get": lambda s, t: _said(s, t.ids.mentor),
        "choose": lambda s, t: s.choose(t.ids.mentor, post=False),
        "asked": lambda s, t: s.asked(t.ids.mentor),
        "not_asked": lambda s, t: s.not_asked(t.ids.mentor),
        "days": lambda s, t: s.days([t.ids.mentor]),
        "leave_out": lambda s, t: s.leave_out(t.ids.mentor, [DAY]),
        "count_again": lambda s, t: s.count_again(t.ids.mentor, [DAY]),
    },
    Evidence: {
        "people": lambda s, t: _known(s, t.ids.mentor),
        "turns": lambda s, t: s.turns(_both(t), 10, LATER),
        "asked": lambda s, t: s.asked([t.ids.mentor, t.ids.mentee], 10, LATER),
        "sheets": lambda s, t: s.sheets(_both(t), 10, LATER),
        "taken_out": lambda s, t: s.taken_out([t.ids.mentor, t.ids.mentee]),
        "booked": lambda s, t: s.booked(_both(t), EARLIER, LATER),
        "attended": lambda s, t: s.attended(_both(t), EARLIER, LATER),
        "given": lambda s, t: s.given(_both(t), EARLIER, LATER),
        "active": lambda s, t: s.active(_both(t), LATER),
        "linked": lambda s, t: s.linked(_both(t), LATER),
        "updates": lambda s, t: s.updates(_both(t), EARLIER, LATER),
        "visited": lambda s, t: s.visited([t.ids.mentor, t.ids.mentee], EARLIER, LATER),
    },
}


def _both(theirs: Theirs) -> Sides:
    return Sides([theirs.ids.mentor, theirs.ids.mentee], [Role.MENTOR, Role.MENTEE])


async def _said(store: BadgeChoices, member_id: int) -> object:
    return (await store.get([member_id]))[member_id].post


async def _known(store: Evidence, member_id: int) -> object:
    return [one for one in await store.people(0, 10) if one.id == member_id]
