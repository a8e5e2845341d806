"""What Slack's events tell the bot: pure, event by event."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.slack.observations import observed
from adapters.slack.workspace import Workspace, instant, time_stamp
from bot.calls import Deleted, Found, Lost, Posted, Reacted

RIVERSIDE = Workspace("T1", "Riverside", "https://riverside.slack.com/", "UBOT", "B1")
SPACE = RIVERSIDE.place("C1")
AT = datetime(2025, 3, 4, 12, 0, 0, 100, tzinfo=UTC)
TS = "1741089600.000100"
LATER = "1741093200.000200"
WRITTEN: dict[str, Any] = {"type": "message", "channel": "C1", "user": "U1", "ts": TS, "text": "heliotrope"}


@pytest.mark.parametrize("subtype", [None, "file_share", "thread_broadcast", "me_message"])
def test_what_people_write_is_told(subtype: str | None) -> None:
    """A message, with a file, from a thread to the channel, or as /me; without a word of it."""
    event = WRITTEN if subtype is None else {**WRITTEN, "subtype": subtype}
    assert Posted(SPACE, TS, "U1", AT) == observed(RIVERSIDE, event)
    assert "heliotrope" not in repr(observed(RIVERSIDE, event))


@pytest.mark.parametrize(
    "more",
    [
        {"subtype": "bot_message", "bot_id": "B9"},
        {"bot_id": "B9"},
        {"user": "UBOT"},
        {"subtype": "channel_join"},
        {"subtype": "group_topic"},
        {"subtype": "group_archive", "user": "UBOT"},
        {"subtype": "group_join", "user": "UBOT"},
        {"subtype": "something_new"},
        {"user": None},
    ],
    ids=str,
)
def test_what_others_write_is_not(more: dict[str, Any]) -> None:
    """Bots, apps, the bot itself and Slack are no people, and nor is what isn't known yet."""
    assert None is observed(RIVERSIDE, {**WRITTEN, **more})


@pytest.mark.parametrize(
    ("event", "seen"),
    [
        ({**WRITTEN, "subtype": "group_archive"}, Lost),
        ({**WRITTEN, "subtype": "channel_archive"}, Lost),
        ({"type": "group_left", "channel": "C1", "event_ts": TS}, Lost),
        ({"type": "group_deleted", "channel": "C1", "event_ts": TS}, Lost),
        ({**WRITTEN, "subtype": "group_unarchive"}, Found),
        ({**WRITTEN, "subtype": "group_join", "user": "UBOT", "inviter": "U1"}, Found),
    ],
    ids=lambda value: value.get("subtype") or value["type"] if isinstance(value, dict) else None,
)
def test_whether_a_channel_is_seen(event: dict[str, Any], seen: type[Lost | Found]) -> None:
    """What others archive or delete, and where the bot is taken out, is lost until it is opened or the bot is back."""
    assert seen(SPACE, AT) == observed(RIVERSIDE, event)


def test_whom_it_addresses() -> None:
    """Everybody who is mentioned, and who began the thread; channels and groups are nobody."""
    text = "<@U2> and <@W3|lena>, see <#C9|general> <!here> <!subteam^S1|@team> &lt;@U7&gt; <https://x.org/@U8>"
    event = {**WRITTEN, "text": text, "thread_ts": "1741000000.000000", "parent_user_id": "U4"}
    posted = observed(RIVERSIDE, event)
    assert isinstance(posted, Posted)
    assert {"U2", "W3", "U4"} == posted.addresses


def test_the_first_message_of_a_thread_addresses_nobody() -> None:
    """It names itself as the thread that it is in."""
    assert Posted(SPACE, TS, "U1", AT) == observed(RIVERSIDE, {**WRITTEN, "thread_ts": TS, "parent_user_id": "U1"})


def test_a_reply_that_goes_to_the_channel_too() -> None:
    """What begins its thread stands in another place there."""
    root = {"user": "U4", "ts": "1741000000.000000"}
    event = {**WRITTEN, "subtype": "thread_broadcast", "thread_ts": root["ts"], "root": root}
    assert Posted(SPACE, TS, "U1", AT, frozenset({"U4"})) == observed(RIVERSIDE, event)


def _changed(message: dict[str, Any], before: dict[str, Any]) -> dict[str, Any]:
    hidden = {"type": "message", "subtype": "message_changed", "channel": "C1", "ts": LATER, "event_ts": LATER}
    return {**hidden, "message": message, "previous_message": before}


def test_an_edit() -> None:
    """It is the same message, at its own time, with whom it addresses now."""
    event = _changed({**WRITTEN, "text": "Hello <@U2>"}, WRITTEN)
    assert Posted(SPACE, TS, "U1", AT, frozenset({"U2"})) == observed(RIVERSIDE, event)


def test_a_preview_is_no_edit() -> None:
    """Slack puts previews under links by itself."""
    assert None is observed(RIVERSIDE, _changed({**WRITTEN, "attachments": [{}]}, WRITTEN))


def test_an_edit_of_the_bots_own_message() -> None:
    """What the bot changes is no news."""
    own = {**WRITTEN, "user": "UBOT", "bot_id": "B1"}
    assert None is observed(RIVERSIDE, _changed({**own, "text": "New"}, own))


def test_a_deletion() -> None:
    """It names the message; above answers Slack leaves a stone, which is a deletion as well."""
    gone = Deleted(SPACE, TS, instant(LATER))
    event = {"type": "message", "subtype": "message_deleted", "channel": "C1", "deleted_ts": TS, "ts": LATER}
    assert gone == observed(RIVERSIDE, {**event, "previous_message": WRITTEN})
    assert gone == observed(RIVERSIDE, event)
    stone = {"type": "message", "subtype": "tombstone", "user": "USLACKBOT", "ts": TS, "text": "This was deleted."}
    assert gone == observed(RIVERSIDE, _changed(stone, WRITTEN))
    assert None is observed(RIVERSIDE, {**event, "previous_message": {**WRITTEN, "user": "UBOT"}})


def test_reactions() -> None:
    """They come with their short name, whatever tone the hand has; those to files and the bot's own don't count."""
    event: dict[str, Any] = {"type": "reaction_added", "user": "U2", "reaction": "wave::skin-tone-3", "event_ts": LATER}
    event |= {"item": {"type": "message", "channel": "C1", "ts": TS}}
    assert Reacted(SPACE, TS, "U2", "wave", instant(LATER)) == observed(RIVERSIDE, event)
    taken = {**event, "type": "reaction_removed"}
    assert Reacted(SPACE, TS, "U2", "wave", instant(LATER), taken_away=True) == observed(RIVERSIDE, taken)
    assert None is observed(RIVERSIDE, {**event, "item": {"type": "file", "file": "F1"}})
    assert None is observed(RIVERSIDE, {**event, "user": "UBOT"})


def test_other_events_tell_nothing() -> None:
    """What isn't taken note of is nothing."""
    assert None is observed(RIVERSIDE, {"type": "team_join", "user": {"id": "U1"}})


@given(st.datetimes(min_value=datetime(1971, 1, 1), max_value=datetime(2100, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001
def test_a_time_stamp_is_an_instant(at: datetime) -> None:
    """To the microsecond, in both directions."""
    assert at == instant(time_stamp(at))
