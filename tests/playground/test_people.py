"""What people do reaches the core as it should; what the contract suite shows already is not repeated."""

import pytest

from adapters.playground.community import Person
from adapters.playground.incoming import mentioned
from bot.calls import Command, Posted
from bot.people import Place
from bot.views import message
from tests.drivers.driver import Rejected
from tests.playground.conftest import Desk

PEOPLE = [
    Person("lena", "Lena Vogt", ("mentee",), "Europe/Berlin"),
    Person("u2", "Lena Ångström", ("mentor",), "Europe/Berlin"),
    Person("amara", "Amara Okafor", ("mentor",), "Europe/London"),
    Person("u4", "נועה כהן", ("mentee",), "Asia/Jerusalem"),
]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hello", set()),
        ("@Amara", {"amara"}),
        ("hi @amara okafor, how are you?", {"amara"}),
        ("@Amara: see (@AMARA)", {"amara"}),
        ("@Lena", {"lena", "u2"}),
        ("@Lena Vogt", {"lena"}),
        ("@lena ångström and @Amara", {"u2", "amara"}),
        ("@u2", {"u2"}),
        ("@Amarantha", set()),
        ("amara@okafor.example", set()),
        ("me@amara", set()),
        ("שלום @נועה!", {"u4"}),
        ("@@Amara", {"amara"}),
        ("@", set()),
    ],
)
def test_whom_a_text_mentions(text: str, expected: set[str]) -> None:
    """An @ before a name, a first name or an id, as a word of its own."""
    assert expected == mentioned(PEOPLE, text)


def test_nobody_is_mentioned_where_nobody_is() -> None:
    """An empty community has no names to look for."""
    assert frozenset() == mentioned([], "@Amara")


async def test_an_unknown_root_is_refused_by_the_platform(desk: Desk) -> None:
    """As on Slack, a command of nobody's is told at once, and the roots that there are."""
    with pytest.raises(Rejected, match=r"no command /mentro here\. Commands begin with /mentor and /mentor-admin"):
        await desk.driver.commands("lena", "/mentro try")
    assert [] == desk.core.calls


async def test_a_root_alone_is_a_command(desk: Desk) -> None:
    """`/mentor` reaches the core, which knows what to say."""
    await desk.driver.commands("lena", "/mentor")
    assert [("mentor", "")] == [(call.root, call.text) for call in desk.core.calls if isinstance(call, Command)]


async def test_a_command_says_where_it_was_typed(desk: Desk) -> None:
    """The core learns the place."""
    await desk.driver.commands("lena", "/mentor try", space="amara-lena")
    [call] = desk.core.calls
    assert isinstance(call, Command)
    assert call.place is not None
    assert "amara-lena" == call.place.channel


async def test_a_repeated_reaction_is_one(desk: Desk) -> None:
    """Putting it twice, or taking away what isn't there, changes and tells nothing."""
    written = await desk.driver.says("lena", "Hello", "amara-lena")
    for _ in range(2):
        await desk.driver.reacts("amara", written, "heart", "amara-lena")
    for _ in range(2):
        await desk.driver.unreacts("amara", written, "heart", "amara-lena")
    assert 3 == len(desk.core.observed)


async def test_a_reply_to_what_is_gone_is_refused(desk: Desk) -> None:
    """One can't reply to a message that was deleted, or stands elsewhere."""
    written = await desk.driver.says("lena", "Hello", "amara-lena")
    elsewhere = await desk.driver.says("noor", "Hello", "amara-noor")
    await desk.driver.deletes("lena", written, "amara-lena")
    for gone in (written, elsewhere):
        with pytest.raises(Rejected, match="no longer there"):
            await desk.driver.says("amara", "Hi", "amara-lena", reply_to=gone)


async def test_a_reply_to_the_bot_addresses_nobody(desk: Desk) -> None:
    """The bot is no person."""
    sent = await desk.platform.send(Place("playground", "riverside", "amara-lena"), message("Hello."), "k1")
    await desk.driver.says("amara", "Thanks", sent.place.channel, reply_to=sent.message)
    assert [frozenset()] == [seen.addresses for seen in desk.core.observed if isinstance(seen, Posted)]


async def test_the_bots_messages_are_nobodys_to_change(desk: Desk) -> None:
    """Neither edited nor deleted by the one who got them."""
    sent = await desk.platform.send(desk.account("amara"), message("Hello."), "k1")
    with pytest.raises(Rejected):
        await desk.driver.edits("amara", sent.message, "Bye", sent.place.channel)
    with pytest.raises(Rejected):
        await desk.driver.deletes("amara", sent.message, sent.place.channel)


async def test_a_third_person_can_be_taken_in(desk: Desk) -> None:
    """A coordinator whom one side invites can write in a space."""
    await desk.driver.says("rosa", "Hello both", "amara-lena")
    assert ["rosa"] == [seen.author for seen in desk.core.observed if isinstance(seen, Posted)]


async def test_all_tabs_see_the_same(desk: Desk) -> None:
    """What one tab does, another is told."""
    async with type(desk.driver)(desk.platform.address) as other:
        written = await desk.driver.says("lena", "Hello", "amara-lena")
        await other.state()
        told = [frame["message"]["id"] for frame in other.told if frame["type"] == "message"]
    assert [written] == told


async def test_what_is_unread_is_kept(desk: Desk) -> None:
    """A message is new to the other side until they open the conversation; to its writer it never is."""
    written = await desk.driver.says("lena", "Hello", "amara-lena")
    assert {"lena": {"amara-lena": written}} == (await desk.driver.state())["read"]
