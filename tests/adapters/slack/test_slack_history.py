"""What happened in a channel, read again."""

from datetime import timedelta

import pytest

from bot.calls import Posted, Reacted
from bot.errors import Busy, Gone, Refused
from bot.people import Place
from tests.adapters.slack.scene import NOON, Scene

# History.


async def test_a_long_history_with_threads(riverside_slack: Scene) -> None:
    """Page by page, with new answers in old threads; of the old ones nothing comes but reactions."""
    lena, amara, channel = riverside_slack.lena, riverside_slack.amara, riverside_slack.channel.id
    above = await lena.says(channel, "An old question")
    await amara.says(channel, "An old answer", thread=above)
    riverside_slack.clock.move_to(NOON + timedelta(days=3))
    since = riverside_slack.clock.now()
    below = await amara.says(channel, "A new answer", thread=above)
    too = await lena.says(channel, "To all", thread=above, broadcast=True)
    for number in range(230):
        await lena.says(channel, str(number))
    await amara.reacts(channel, above, "heart")
    found = await riverside_slack.platform.history(riverside_slack.space, since)
    posted = [seen for seen in found if isinstance(seen, Posted)]
    assert (232, below, too) == (len(posted), posted[0].message, posted[1].message)
    assert {lena.id} == posted[0].addresses
    assert [Reacted(riverside_slack.space, above, amara.id, "heart", since)] == [
        seen for seen in found if isinstance(seen, Reacted)
    ]


async def test_a_history_that_is_limited(riverside_slack: Scene) -> None:
    """It is read later."""
    riverside_slack.slack.faults.limits("conversations.history", 30)
    with pytest.raises(Busy) as busy:
        await riverside_slack.platform.history(riverside_slack.space, NOON)
    assert timedelta(seconds=30) == busy.value.retry_after


async def test_the_history_of_a_public_channel_that_the_bot_is_not_in(riverside_slack: Scene) -> None:
    """Without being in there, and without the permission to look, the bot sees nothing."""
    elsewhere = riverside_slack.slack.channel("general", riverside_slack.amara, bot=False)
    place = Place("slack", riverside_slack.space.workspace, elsewhere.id)
    with pytest.raises((Gone, Refused)):
        await riverside_slack.platform.history(place, NOON)
