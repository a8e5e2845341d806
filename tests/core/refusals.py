"""What whoever may not do something is told instead."""

from bot.accounts import wording as accounts_wording
from bot.community import import_wording
from bot.deliveries import wording as deliveries_wording
from bot.events import wording as events_wording
from bot.members import wording as members_wording
from bot.mydata import wording as mydata_wording
from bot.nudges import wording
from bot.pairings import own_wording
from bot.pairings import wording as pairings_wording
from bot.people import Role
from bot.reports import draft as report_drafts
from bot.reports.beginning_wording import MESSAGE_GONE
from bot.responding import key_wording, opening, writing_wording
from bot.sessions import proposing_wording
from bot.sessions import wording as sessions_wording
from tests.core.rooms import DONE
from tests.core.scene import DECLARED, Person

REFUSALS = {
    members_wording.STRANGER,
    members_wording.OTHERS,
    members_wording.NOT_FOR_YOUR_ROLE,
    members_wording.OLD_BUTTON,
    wording.NOT_FOR_YOU,
    wording.NOT_YOURS,
    wording.NOT_A_SPACE,
    import_wording.too_old().plain,
    deliveries_wording.NO_LONGER,
    mydata_wording.NOT_YOURS,
    mydata_wording.NOT_THE_NAME,
    mydata_wording.NO_LONGER_HERE,
    own_wording.ANSWERED_ALREADY,
    pairings_wording.NOT_A_PACE,
    accounts_wording.NOT_YOURS,
    proposing_wording.GONE,
    events_wording.GONE,
    sessions_wording.NO_PAIRING,
    key_wording.NO_KEY,
    opening.NOT_OPEN,
    opening.NOT_OPEN_TO_WRITE,
    opening.NOT_YOURS,
    writing_wording.GONE,
    report_drafts.GONE,
    MESSAGE_GONE,
}


WELCOMED = {"/mentor link": accounts_wording.CODE_NEEDED}  # what a stranger is told otherwise


def refusals(name: str, person: Person, *, forged: bool = False) -> set[str]:
    """Return what may be answered to somebody who may not; nothing if they may."""
    done, who = DONE[name], DECLARED[name].who
    if not person.known:
        if person.there and done.outsiders:
            return set()
        return {WELCOMED.get(name, members_wording.STRANGER), members_wording.STRANGER}
    if not who & person.roles:
        role = members_wording.OTHERS if who == {Role.COORDINATOR} else members_wording.NOT_FOR_YOUR_ROLE
        return {role, members_wording.OLD_BUTTON} if forged else {role}
    owns = person.owns or (done.both and person.label == "the other side")
    if done.owned and not (owns and person.home):
        return REFUSALS - {members_wording.STRANGER, members_wording.OTHERS, members_wording.NOT_FOR_YOUR_ROLE}
    return set()
