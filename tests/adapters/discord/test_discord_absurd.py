"""What the gateway tells that can't be so."""

import pytest

from tests.adapters.discord.community import Scene

ABSURD: list[tuple[str, dict[str, object]]] = [
    ("MESSAGE_CREATE", {"id": "9" * 60, "author": {"id": "1"}}),
    ("MESSAGE_CREATE", {"id": None, "author": {"id": "1"}}),
    ("MESSAGE_CREATE", {"author": "somebody"}),
    ("MESSAGE_DELETE_BULK", {"ids": 7}),
    ("MESSAGE_REACTION_ADD", {"user_id": "1", "emoji": None, "message_id": "1"}),
    ("THREAD_MEMBERS_UPDATE", {"id": "1", "added_members": [3]}),
    ("GUILD_DELETE", {}),
    ("INTERACTION_CREATE", {"type": 2}),
    ("INTERACTION_CREATE", {}),
]


@pytest.mark.parametrize(("kind", "event"), ABSURD)
async def test_an_absurd_event_ends_nothing(riverside_discord: Scene, kind: str, event: dict[str, object]) -> None:
    """It is left out, and what comes after it is heard on the same connection."""
    there = riverside_discord
    about = {"guild_id": there.guild.id, "channel_id": there.channel.id}
    there.discord.events.tell(kind, about | event, guild=there.guild.id)
    written = await there.driver.says(there.lena.id, "Hello", there.channel.id)
    assert [written] == [getattr(seen, "message", None) for seen in there.observed()]
    assert (1, 0) == (there.discord.gateway.identified, there.discord.gateway.resumed)
    assert there.platform.connected
