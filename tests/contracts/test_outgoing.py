"""What every platform must do with what the bot says, over its real wire: each adapter passes all of this.

A platform joins by a function and a line in PLATFORMS, in `tests/drivers/worlds.py`.
"""

from base64 import b64decode

import pytest

from bot.calls import Press
from bot.errors import Gone
from bot.people import Account, Place
from bot.ports import Sent
from bot.views import Actions, Button, File, Heading, Image, Link, Message, Note, Text, message
from tests.drivers.worlds import World

HARD_TEXTS = {
    "markup": "a < b & c > d <b>bold</b> *stars* _lines_ `code` &amp; <script>alert(1)</script>",
    "mentions": "<!channel> <@U123> @everyone @here #general [link](http://example.org) :wave:",
    "emoji": "Thanks 👍🏽 👩‍👩‍👧 🏳️‍🌈",
    "right to left": "שלום עולם, مرحبا بالعالم",
    "lines": "first line\nsecond line\n\nafter a gap",
    "long": "Ω" * 2999 + ".",
}


PNG = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mP8/x8AAwMCAO+ip1sAAAAASUVORK5CYII="  # one pixel
)


async def test_what_is_sent_arrives(world: World) -> None:
    """A person finds the message in their own conversation with the bot, and nobody else does."""
    await world.platform.send(world.amara, message("Hello."), "k1")
    assert [("Hello.",)] == [seen.texts for seen in await world.driver.inbox(world.amara.user)]
    assert [] == await world.driver.inbox(world.lena.user)


async def test_what_was_sent_is_found_by_its_key(world: World) -> None:
    """After a crash the bot finds out that a message is there already."""
    sent = await world.platform.send(world.amara, message("Hello."), "k1")
    assert sent == await world.platform.find(world.amara, "k1")


async def test_what_was_not_sent_is_not_found(world: World) -> None:
    """An unknown key is nothing, and neither is somebody else's."""
    await world.platform.send(world.amara, message("Hello."), "k1")
    assert None is await world.platform.find(world.amara, "k2")
    assert None is await world.platform.find(world.lena, "k1")


async def test_one_key_is_one_message(world: World) -> None:
    """What is sent again under its key does not arrive again."""
    first = await world.platform.send(world.amara, message("Hello."), "k1")
    assert first == await world.platform.send(world.amara, message("Hello again."), "k1")
    assert ["Hello."] == [seen.text for seen in await world.driver.inbox(world.amara.user)]


async def test_one_key_for_two_people_is_two_messages(world: World) -> None:
    """Keys are unique for each person."""
    first = await world.platform.send(world.amara, message("Hello."), "k1")
    assert first != await world.platform.send(world.lena, message("Hello."), "k1")


async def test_messages_keep_their_order(world: World) -> None:
    """The oldest message comes first."""
    for number in range(3):
        await world.platform.send(world.amara, message(str(number)), f"k{number}")
    assert ["0", "1", "2"] == [seen.text for seen in await world.driver.inbox(world.amara.user)]


async def test_an_edit_changes_what_is_seen(world: World) -> None:
    """The new text stands in the place of the old one, and its buttons are the new ones."""
    old = message("Old.", actions=(Button("Press", "trying.old"),))
    sent = await world.platform.send(world.amara, old, "k1")
    await world.platform.edit(sent, message("New.", actions=(Button("Press", "trying.new"),)))
    [seen] = await world.driver.inbox(world.amara.user)
    assert (("New.",), {"Press": "trying.new"}, True) == (seen.texts, seen.buttons, seen.edited)


async def test_what_was_edited_is_still_found(world: World) -> None:
    """An edit keeps key and place."""
    sent = await world.platform.send(world.amara, message("Old."), "k1")
    await world.platform.edit(sent, message("New."))
    assert sent == await world.platform.find(world.amara, "k1")


async def test_an_edit_of_what_is_not_there_fails(world: World) -> None:
    """A message that is unknown or gone says so."""
    sent = await world.platform.send(world.amara, message("Hello."), "k1")
    elsewhere = Place(world.platform.name, sent.place.workspace, "nowhere")
    for unknown in (Sent(sent.place, "1"), Sent(elsewhere, sent.message)):
        with pytest.raises(Gone):
            await world.platform.edit(unknown, message("New."))


async def test_what_people_wrote_is_not_the_bots_to_edit(world: World) -> None:
    """A person's message stays as it is."""
    written = await world.driver.says(world.lena.user, "Hello", world.space.channel)
    with pytest.raises(Gone):
        await world.platform.edit(Sent(world.space, written), message("Bye."))
    assert ["Hello"] == await world.driver.reads(world.lena.user, world.space.channel)


async def test_nothing_is_sent_to_strangers(world: World) -> None:
    """Somebody who isn't there, or is in another workspace, is gone."""
    elsewhere = Account(world.platform.name, "another", world.amara.user)
    nobody = Account(world.platform.name, world.amara.workspace, "nobody")
    for stranger in (elsewhere, nobody):
        with pytest.raises(Gone):
            await world.platform.send(stranger, message("Hello."), "k1")


@pytest.mark.parametrize("text", HARD_TEXTS.values(), ids=HARD_TEXTS)
async def test_texts_arrive_as_they_are(world: World, text: str) -> None:
    """No character of a text means anything to the platform: it is seen as it was sent."""
    shown = Message((Heading("H " + text[:100]), Text(text), Note(text)))
    await world.platform.send(world.amara, shown, "k1")
    [seen] = await world.driver.inbox(world.amara.user)
    assert ("H " + text[:100], text, text) == seen.texts


async def test_every_button_comes_back_as_it_was_given_out(world: World) -> None:
    """Each action of each row, as long as it may be, reaches the core unchanged under the presser's account."""
    actions = [f"trying.{number}:{'x' * (90 - len(str(number)))}" for number in range(10)]
    buttons = [Button(f"Button {number}", action, primary=number == 0) for number, action in enumerate(actions)]
    rows = (Actions(tuple(buttons[:5])), Actions(tuple(buttons[5:])))
    await world.platform.send(world.amara, Message((Text("Choose."), *rows)), "k1")
    [seen] = await world.driver.inbox(world.amara.user)
    for button in buttons:
        await world.driver.presses(world.amara.user, button.label, seen)
    pressed = [(call.account, call.action) for call in world.core.calls if isinstance(call, Press)]
    assert [(world.amara, action) for action in actions] == pressed


async def test_a_link_leads_to_a_message(world: World) -> None:
    """It names the space and the message, and following it tells the bot nothing."""
    written = await world.driver.says(world.lena.user, "Hello", world.space.channel)
    link = Link("Open", world.space, written)
    await world.platform.send(world.amara, message("Look.", actions=(link,)), "k1")
    [seen] = await world.driver.inbox(world.amara.user)
    assert {"Open": (world.space.channel, written)} == seen.links
    assert [] == world.core.calls


async def test_an_announcement_is_seen_by_all(world: World) -> None:
    """In a channel that everybody sees: with its picture and buttons, once for its key, and found again under it."""
    said = Message((Text("Well done!"), Image("badge.png", PNG, "A badge."), Actions((Button("Press", "trying.a"),))))
    sent = await world.platform.send(world.hall, said, "k1")
    assert sent == await world.platform.send(world.hall, said, "k1")
    assert (sent, None) == (await world.platform.find(world.hall, "k1"), await world.platform.find(world.hall, "k2"))
    for user in (world.amara.user, world.outsider):
        [seen] = await world.driver.posts(user, world.hall.channel)
        assert ("Well done!", {"badge.png": "A badge."}) == (seen.texts[0], seen.images)
        await world.driver.presses(user, "Press", seen)
    assert [world.amara.user, world.outsider] == [call.account.user for call in world.core.calls]


async def test_a_picture_has_its_text_and_a_file_its_bytes(world: World) -> None:
    """Whoever can't see a picture is told what it shows; a file arrives byte by byte."""
    content = bytes(range(256))
    shown = Message((Image("chart.png", PNG, "Three of four."), File("data.json", content, "All of it.")))
    await world.platform.send(world.amara, shown, "k1")
    [seen] = await world.driver.inbox(world.amara.user)
    assert ({"chart.png": "Three of four."}, {"data.json": content}) == (seen.images, seen.files)
