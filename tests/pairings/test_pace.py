"""How a partner is named where somebody asks for another pace."""

import pytest

from bot.calls import Command
from bot.views import Message
from storage.programs import State
from tests.pairings.people import inbox, moves_to
from tests.world import World


@pytest.mark.parametrize(
    ("partner", "answer"),
    [(" @rosa", "aren't paired with anybody of that name"), (" @amara ", "I'll ask Amara Okafor whether 2 days")],
)
async def test_a_partner_with_blanks_around(riverside: World, partner: str, answer: str) -> None:
    """A mention is read with blanks around it, and who is nobody's partner is said to be none."""
    options = {"pace": "2 days", "partner": riverside.typed(partner)}
    lena = riverside.account("lena")
    reply = await riverside.core.handle(Command("1", lena, "mentor", "pace", options))
    assert isinstance(reply, Message)
    assert answer in reply.plain


@pytest.mark.parametrize("state", [State.SET_UP, State.SHADOW])
async def test_a_pace_that_is_proposed_before_the_start(riverside: World, state: State) -> None:
    """It is said that it waits, and the other side is asked once the program runs, not only as if."""
    await moves_to(riverside, state)
    answer = await riverside.asks("lena", "/mentor pace 4 days")
    assert "When it has, I'll ask Amara Okafor whether 4 days suits them too" in answer
    await riverside.passes(days=2)
    assert [] == await inbox(riverside, "amara")
    await moves_to(riverside, State.RUNNING)
    (asked,) = await inbox(riverside, "amara")
    assert "You and Lena Vogt have 4 days" in await riverside.presses("amara", "Yes, that suits me", asked)


async def test_an_answer_to_a_pace_outlives_trying_out(riverside: World) -> None:
    """Whoever proposed learns of the answer, also if the program is stopped and tried out in between."""
    await riverside.asks("lena", "/mentor pace 4 days")
    (asked,) = await inbox(riverside, "amara")
    await moves_to(riverside, State.SHADOW)
    await riverside.presses("amara", "Yes, that suits me", asked)
    await riverside.passes(days=1)
    assert [] == await inbox(riverside, "lena")
    await moves_to(riverside, State.RUNNING)
    (told,) = await riverside.inbox("lena")
    assert "Amara Okafor agrees" in told.text
