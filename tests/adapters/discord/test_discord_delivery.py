"""What goes out when Discord is busy or broken, when people are gone, and when it has to be found again."""

from dataclasses import replace
from datetime import timedelta

import pytest

from adapters.discord.guild import place
from bot.calls import Posted, Reacted
from bot.errors import Busy, Closed, Gone, Refused
from bot.ports import Sent
from bot.views import Button, File, Image, Message, message
from tests.adapters.discord.community import Scene, scene
from tests.drivers.discord import QUICK
from tests.stand_ins.discord import Can

HELLO = message("Hello.", actions=(Button("Ask", "trying.ask"),))
POST = "POST /channels/{channel_id}/messages"


@pytest.mark.parametrize("way", ["500", "dropped"])
async def test_a_message_whose_answer_was_lost_is_there_once(riverside_discord: Scene, way: str) -> None:
    """Discord's library asks again by itself after a 500, the bot after a lost connection: it is one message."""
    there = riverside_discord
    if way == "500":
        there.discord.faults.breaks(POST, after=True)
    else:
        there.discord.faults.drops(POST, after=True)
        with pytest.raises(Busy):
            await there.platform.send(there.space, HELLO, "k1")
    sent = await there.platform.send(there.space, HELLO, "k1")
    assert [sent.message] == [one.id for one in there.channel.messages]


async def test_a_message_is_found_long_after(riverside_discord: Scene) -> None:
    """When Discord has forgotten its nonce: in the history, behind many others, by what stands in it."""
    there = riverside_discord
    sent = await there.platform.send(there.space, HELLO, "k1")
    for number in range(150):
        await there.lena.says(there.channel.id, str(number), wait=False)
    there.clock.move_to(there.clock.now() + timedelta(days=1))
    assert sent == await there.platform.find(there.space, "k1")
    assert None is await there.platform.find(there.space, "k2")


async def test_a_long_message_is_found_and_edited_as_one(riverside_discord: Scene) -> None:
    """It has several parts; an edit may have more of them, or fewer."""
    there = riverside_discord
    sent = await there.platform.send(there.space, message("a" * 3000, "b" * 3000, "c"), "k1")
    assert sent == await there.platform.find(there.space, "k1")
    for texts in (("d" * 3000, "e" * 3000, "f" * 3000), ("g",), ("h" * 3000, "i" * 3000)):
        await there.platform.edit(sent, message(*texts))
        shown = [row["content"] for one in there.channel.messages for row in one.components]
        assert list(texts) == shown
        assert sent == await there.platform.find(there.space, "k1")


async def test_edits_take_pictures_along(riverside_discord: Scene) -> None:
    """An edited message shows the new ones, and those of before are gone."""
    there = riverside_discord
    amara = there.account(there.amara)
    sent = await there.platform.send(amara, render_of("a.png", "b.json"), "k1")
    await there.platform.edit(sent, render_of("c.png", "d.json"))
    (seen,) = await there.driver.inbox(there.amara.id)
    assert ({"c.png": "One."}, {"d.json": b"2"}) == (seen.images, seen.files)
    await there.platform.edit(sent, message("Nothing more."))
    (seen,) = await there.driver.inbox(there.amara.id)
    assert ({}, {}) == (seen.images, seen.files)


def render_of(image: str, file: str) -> Message:
    """Return a message with a picture and a file."""
    return Message((Image(image, b"1", "One."), File(file, b"2", "Two.")))


async def test_limits_are_waited_for(riverside_discord: Scene) -> None:
    """A short one by the library itself; a long one, and one without a name, is told on."""
    there = riverside_discord
    there.discord.faults.limits(POST, 0.05)
    await there.platform.send(there.space, HELLO, "k1")
    there.discord.faults.limits(POST, 90)
    with pytest.raises(Busy) as busy:
        await there.platform.send(there.space, HELLO, "k2")
    assert timedelta(seconds=90) == busy.value.retry_after
    there.discord.faults.limits(POST, 7, via=False)
    with pytest.raises(Busy):
        await there.platform.send(there.space, HELLO, "k3")


async def test_who_gives_up_waiting_blocks_nobody() -> None:
    """A limit that holds for all: whoever has no patience is told so, and afterwards everything goes on."""
    async with scene(replace(QUICK, asking=0.2)) as there:
        there.discord.faults.limits(POST, 0.6, everywhere=True)
        with pytest.raises(Busy):
            await there.platform.send(there.space, HELLO, "k1")
        for _ in range(20):
            try:
                sent = await there.platform.send(there.space, HELLO, "k1")
                break
            except Busy:
                continue
        assert [sent.message] == [one.id for one in there.channel.messages]


async def test_trouble_is_busy() -> None:
    """What fails for a moment is tried again later, and is still connected."""
    async with scene(replace(QUICK, asking=0.5)) as there:
        there.discord.faults.breaks(POST, 502, times=9)
        with pytest.raises(Busy):
            await there.platform.send(there.space, HELLO, "k1")
        assert there.platform.connected


async def test_closed_direct_messages(riverside_discord: Scene) -> None:
    """Somebody takes none: that is something else than being gone."""
    there = riverside_discord
    there.amara.closes_dms()
    with pytest.raises(Closed):
        await there.platform.send(there.account(there.amara), HELLO, "k1")


@pytest.mark.parametrize("how", ["left", "banned", "kicked bot"])
async def test_who_is_not_there_gets_nothing(riverside_discord: Scene, how: str) -> None:
    """Members leave or are banned, the bot is kicked; also where another server is in common."""
    there = riverside_discord
    other = there.discord.guild("Hillside")
    await there.amara.joins(other)
    if how == "left":
        await there.amara.leaves(there.guild)
    else:
        user = there.amara.id if how == "banned" else there.discord.app.bot
        there.discord.kick(there.guild, user, banned=how == "banned")
    await there.discord.settled()
    with pytest.raises(Gone):
        await there.platform.send(there.account(there.amara), HELLO, "k1")
    assert [] == there.amara.inbox
    if how == "kicked bot":
        with pytest.raises(Gone):
            await there.platform.history(there.space, there.clock.now())
        with pytest.raises(Gone):
            await there.platform.send(there.space, HELLO, "k1")


async def test_a_missing_permission_is_refused(riverside_discord: Scene) -> None:
    """It will not help to try again."""
    there = riverside_discord
    there.channel.overwrites[there.discord.app.bot].deny = int(Can.SEND_MESSAGES)
    with pytest.raises(Refused):
        await there.platform.send(there.space, HELLO, "k1")


async def test_nobody_is_pinged(riverside_discord: Scene) -> None:
    """Whatever a text says, nobody is notified of it, and it is seen as it is."""
    there = riverside_discord
    text = f"@everyone @here <@{there.lena.id}> <@&{there.guild.id}>"
    await there.platform.send(there.space, message(text), "k1")
    (seen,) = await there.driver.posts(there.lena.id, there.channel.id)
    assert (text,) == seen.texts
    assert [] == there.lena.pings


async def test_history_reads_page_by_page(riverside_discord: Scene) -> None:
    """All that people wrote, with their reactions; nothing of what the bot itself put."""
    there = riverside_discord
    written = [await there.lena.says(there.channel.id, str(number), wait=False) for number in range(230)]
    await there.amara.reacts(there.channel.id, written[3], "👀")
    await there.amara.reacts(there.channel.id, written[3], "👍🏽")
    found = await there.platform.history(there.space, there.clock.now() - timedelta(hours=1))
    assert written == [fact.message for fact in found if isinstance(fact, Posted)]
    expected = {(written[3], there.amara.id, "eyes"), (written[3], there.amara.id, "thumbsup")}
    assert expected == {(fact.message, fact.author, fact.reaction) for fact in found if isinstance(fact, Reacted)}


async def test_people_are_looked_up(riverside_discord: Scene) -> None:
    """By id, handle or shown name; who manages the server does so by a role or as its owner."""
    there = riverside_discord
    role = there.discord.role(there.guild, "Team", int(Can.MANAGE_GUILD))
    there.discord.person("rosa", there.guild, roles=[role])
    there.discord.users[there.amara.id].locale = "es-ES"
    await there.amara.commands("/mentor try")
    words = [f"@{there.amara.id}", "@lena", "Rosa Delgado", f"@{there.guild.owner}", "@nobody", "a@example.org", "@"]
    found = await there.platform.look_up(there.guild.id, words)
    assert {
        words[0]: ("Amara Okafor", "es-ES", False),
        words[1]: ("Lena Vogt", None, False),
        words[2]: ("Rosa Delgado", None, True),
        words[3]: ("owner-of-riverside", None, True),
    } == {word: (one.name, one.language, one.manages) for word, one in found.items()}
    bot = f"@{there.discord.app.bot}"
    assert {} == await there.platform.look_up(there.guild.id, [bot])
    with pytest.raises(Refused):
        await there.platform.look_up(there.guild.id, [str(number) for number in range(1001)])


async def test_an_unknown_message_is_gone(riverside_discord: Scene) -> None:
    """Also one in a channel that can't be."""
    there = riverside_discord
    for unknown in (Sent(there.space, "1"), Sent(place(there.guild.id, "nowhere"), "1")):
        with pytest.raises(Gone):
            await there.platform.edit(unknown, HELLO)
