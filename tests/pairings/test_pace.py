"""How a partner is named where somebody asks for another pace."""

import pytest

from bot.calls import Command
from bot.people import Account
from bot.views import Message
from tests.world import World


@pytest.mark.parametrize(
    ("partner", "answer"),
    [(" @rosa", "aren't paired with anybody of that name"), (" @amara ", "I'll ask Amara Okafor whether 2 days")],
)
async def test_a_partner_with_blanks_around(riverside: World, partner: str, answer: str) -> None:
    """A mention is read with blanks around it, and who is nobody's partner is said to be none."""
    options = {"pace": "2 days", "partner": partner}
    lena = Account("playground", "riverside", "lena")
    reply = await riverside.core.handle(Command("1", lena, "mentor", "pace", options))
    assert isinstance(reply, Message)
    assert answer in reply.plain
