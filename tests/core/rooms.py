"""What is to come of everything that is declared, when it may be done: the table of tests/core/test_permissions.py."""

from tests.accounts import allowed as accounts
from tests.asks import allowed as asks
from tests.badges import allowed as badges
from tests.badges import allowed_desk as badges_desk
from tests.community import allowed as community
from tests.core import allowed
from tests.core.allowed import Done
from tests.deliveries import allowed as deliveries
from tests.events import allowed as events
from tests.exports import allowed as exports
from tests.feedback import allowed as feedback
from tests.forms import allowed as forms
from tests.goals import allowed as goals
from tests.members import allowed as members
from tests.mydata import allowed as mydata
from tests.pairings import allowed as pairings
from tests.reports import allowed as reports
from tests.responding import allowed as responding
from tests.sessions import allowed as sessions
from tests.sessions import allowed_around as around_sessions
from tests.settings import allowed as settings
from tests.setup import allowed as setup

DONE: dict[str, Done] = {
    **allowed.ALLOWED,
    **accounts.ALLOWED,
    **asks.ALLOWED,
    **badges.ALLOWED,
    **badges_desk.ALLOWED,
    **community.ALLOWED,
    **deliveries.ALLOWED,
    **events.ALLOWED,
    **exports.ALLOWED,
    **feedback.ALLOWED,
    **goals.ALLOWED,
    **forms.ALLOWED,
    **members.ALLOWED,
    **mydata.ALLOWED,
    **pairings.ALLOWED,
    **responding.ALLOWED,
    **reports.ALLOWED,
    **sessions.ALLOWED,
    **around_sessions.ALLOWED,
    **settings.ALLOWED,
    **setup.ALLOWED,
}
