"""What is to come of everything that is declared, when it may be done: the table of tests/core/test_permissions.py."""

from tests.asks import allowed as asks
from tests.community import allowed as community
from tests.core import allowed
from tests.core.allowed import Done
from tests.members import allowed as members
from tests.settings import allowed as settings
from tests.setup import allowed as setup

DONE: dict[str, Done] = {
    **allowed.ALLOWED,
    **asks.ALLOWED,
    **community.ALLOWED,
    **members.ALLOWED,
    **settings.ALLOWED,
    **setup.ALLOWED,
}
