"""What the gateway's events tell the bot."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.discord.emoji import name_of, written
from adapters.discord.guild import instant, is_id, just_before, place
from adapters.discord.observations import observed, posted
from bot.calls import Deleted, Found, Lost, Observation, Posted, Reacted

NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)
US = "900"
ID = "1300000000000000000"
PAIR = place("1", "2")
MESSAGE: dict[str, Any] = {
    "id": ID,
    "channel_id": "2",
    "guild_id": "1",
    "type": 0,
    "author": {"id": "5"},
    "content": "heliotrope",
    "mentions": [],
}
REACTION: dict[str, Any] = {
    "guild_id": "1",
    "channel_id": "2",
    "message_id": ID,
    "user_id": "5",
    "emoji": {"id": None, "name": "👀"},
}


def told(kind: str, event: dict[str, Any]) -> list[Observation]:
    """Return what an event tells now."""
    return observed(kind, event, US, NOW)


def test_a_message_is_who_where_and_when() -> None:
    """Its time is that of its id; nothing of what it says goes on."""
    (seen,) = told("MESSAGE_CREATE", MESSAGE)
    assert Posted(PAIR, ID, "5", instant(ID)) == seen
    assert "heliotrope" not in repr(seen)


@pytest.mark.parametrize(
    "other",
    [
        {"author": {"id": "5", "bot": True}},
        {"webhook_id": "7"},
        {"type": 7},
        {"type": 20},
        {"guild_id": None},
        {"author": None},
    ],
)
def test_what_no_person_wrote_in_a_channel_is_nothing(other: dict[str, Any]) -> None:
    """Bots, webhooks and Discord itself; direct messages are for the bot to answer."""
    assert [] == told("MESSAGE_CREATE", {**MESSAGE, **other})


def test_mentions_and_replies_address_somebody() -> None:
    """Who is mentioned, and whose message is answered; what is only passed on addresses nobody."""
    above = {"message_reference": {"type": 0}, "referenced_message": {"author": {"id": "8"}}, "type": 19}
    event = {**MESSAGE, **above, "mentions": [{"id": "6"}]}
    assert [{"6", "8"}] == [set(one.addresses) for one in told("MESSAGE_CREATE", event) if isinstance(one, Posted)]
    passed_on = {**event, "message_reference": {"type": 1}}
    assert [{"6"}] == [set(one.addresses) for one in told("MESSAGE_UPDATE", passed_on) if isinstance(one, Posted)]


def test_deletions_and_reactions() -> None:
    """One or many; a reaction by its short name, put or taken away."""
    many = {"ids": ["3", "4"], "channel_id": "2", "guild_id": "1"}
    assert [Deleted(PAIR, "3", NOW), Deleted(PAIR, "4", NOW)] == told("MESSAGE_DELETE_BULK", many)
    assert [Deleted(PAIR, ID, NOW)] == told("MESSAGE_DELETE", MESSAGE)
    assert [Reacted(PAIR, ID, "5", "eyes", NOW)] == told("MESSAGE_REACTION_ADD", REACTION)
    assert [Reacted(PAIR, ID, "5", "eyes", NOW, taken_away=True)] == told("MESSAGE_REACTION_REMOVE", REACTION)
    by_bots = ({"user_id": US}, {"member": {"user": {"bot": True}}}, {"guild_id": None})
    assert [[], [], []] == [told("MESSAGE_REACTION_ADD", {**REACTION, **other}) for other in by_bots]


def test_places_are_lost_and_found() -> None:
    """A channel or thread is deleted; the bot is taken out of a thread, and in again."""
    gone = {"id": "2", "guild_id": "1"}
    assert [[Lost(PAIR, NOW)]] * 2 == [told(kind, gone) for kind in ("CHANNEL_DELETE", "THREAD_DELETE")]
    assert [Lost(PAIR, NOW)] == told("THREAD_MEMBERS_UPDATE", {**gone, "removed_member_ids": [US, "5"]})
    assert [Found(PAIR, NOW)] == told("THREAD_MEMBERS_UPDATE", {**gone, "added_members": [{"user_id": US}]})
    assert [] == told("THREAD_MEMBERS_UPDATE", {**gone, "removed_member_ids": ["5"]})


def test_a_message_is_the_same_from_the_history() -> None:
    """Heard or read later, it is one and the same."""
    assert told("MESSAGE_CREATE", MESSAGE) == [posted("1", "2", {**MESSAGE, "guild_id": None})]


@pytest.mark.parametrize(
    ("emoji", "name"),
    [
        ("👀", "eyes"),
        ("👍🏽", "thumbsup"),
        ("❤️", "heart"),
        ("⏳", "hourglass_flowing_sand"),
        ("⌛", "hourglass"),
        ("", "unknown"),
    ],
)
def test_reactions_have_the_names_that_policies_know(emoji: str, name: str) -> None:
    """Whatever their tone of skin."""
    assert name == name_of({"id": None, "name": emoji})


def test_a_servers_own_emoji_has_a_name() -> None:
    """It is called as people called it, and written with its id."""
    own = {"id": "7", "name": "Eyes2"}
    assert ("Eyes2", "Eyes2:7") == (name_of(own), written(own))
    assert ("7", "👀") == (name_of({"id": "7", "name": None}), written({"id": None, "name": "👀"}))


@given(st.text(max_size=8))
def test_every_reaction_has_a_name(emoji: str) -> None:
    """Whatever was sent."""
    assert name_of({"id": None, "name": emoji})


@given(st.datetimes(datetime(2016, 1, 1), datetime(2040, 1, 1)).map(lambda at: at.replace(tzinfo=UTC)))  # noqa: DTZ001
def test_ids_tell_when_something_was_made(at: datetime) -> None:
    """What was made at an instant or later comes after the id just before it."""
    before = just_before(at)
    assert instant(str(before)) < at
    assert timedelta(0) <= at - instant(str(before + 1)) < timedelta(milliseconds=1)


@pytest.mark.parametrize("text", ["", "nobody", "-1", "0", "1.0", "9" * 20, str(2**63), "\u0661", " 1"])
def test_not_everything_is_an_id(text: str) -> None:
    """What can't be one isn't asked for."""
    assert not is_id(text)
