"""What is read from an export, and what is left out."""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest

from adapters.replay.export import Export, read
from bot.calls import Posted, Reacted
from bot.people import Account, Place, Role
from tests.replay.building import DAY, Json, folder, said, stamp, zipped

TWO = {"groups.json": [{"id": "G1", "name": "pair", "members": ["UA", "UB"]}]}
PLACE = Place("replay", "T1", "G1")


def _read(path: Path, *messages: Json) -> Export:
    return read(folder(path, {DAY: list(messages)}))


def _addresses(export: Export) -> list[set[str]]:
    return [set(post.addresses) for post in export.posts]


def test_a_conversation_of_two_people_becomes_a_pairing(tmp_path: Path) -> None:
    """The one listed first is the mentor; names, zones and accounts are Slack's, bots don't count."""
    roster = read(folder(tmp_path)).roster
    ann, ben = roster.people
    assert ("Ann", "ben", (PLACE,)) == (
        roster.pairings[0].mentor,
        roster.pairings[0].mentee,
        roster.pairings[0].spaces,
    )
    assert (Account("replay", "T1", "UA"),) == ann.accounts
    assert ("Europe/Berlin", "America/Chicago") == (ann.zone, ben.zone)
    assert [[Role.MENTOR], [Role.MENTEE]] == [list(ann.roles), list(ben.roles)]


def test_messages_come_in_order_and_without_their_text(tmp_path: Path) -> None:
    """What the core gets is who wrote when, under Slack's own id and exact to the microsecond."""
    export = _read(tmp_path, said(60, "UB", "marker"), said(0, "UA", "marker"))
    first = datetime(2024, 3, 4, 11, 0, 0, 100, tzinfo=UTC)
    assert Posted(PLACE, stamp(0), "UA", first) == export.observations[0]
    assert ["UA", "UB"] == [post.author for post in export.posts]
    assert "marker" not in repr(export)


def test_conversations_are_put_in_one_order_of_time(tmp_path: Path) -> None:
    """A reaction stays right behind its message."""
    first = said(1800, "UC", reactions=[{"name": "tada", "users": ["UA"]}])
    changes = {"dms.json": [{"id": "D1", "members": ["UC", "UA"]}], "D1/2024-03-04.json": [first]}
    seen = read(folder(tmp_path, changes)).observations
    assert ["G1", "D1", "D1", "G1"] == [one.place.channel for one in seen]
    assert isinstance(seen[2], Reacted)


@pytest.mark.parametrize(
    ("written", "microseconds"), [("1709550000", 0), ("1709550000.1", 100_000), ("1709550000.000001", 1)]
)
def test_times_are_read_exactly(tmp_path: Path, written: str, microseconds: int) -> None:
    """However many places they have."""
    (post,) = _read(tmp_path, said(0, "UA", ts=written)).posts
    assert (1709550000, microseconds) == (int(post.at.timestamp()), post.at.microsecond)


@pytest.mark.parametrize("top", ["", "my export/"])
def test_a_zip_gives_what_its_folder_gives(tmp_path: Path, top: str) -> None:
    """Also one that was packed anew, with a folder around everything."""
    packed = read(zipped(tmp_path / "e.zip", {"__MACOSX/users.json": b"", "f.txt": b""}, top))
    assert read(folder(tmp_path / "e")).observations == packed.observations


def test_a_byte_order_mark_is_no_harm(tmp_path: Path) -> None:
    """Some programs put one before UTF-8."""
    assert [] == list(read(folder(tmp_path, {"dms.json": b"\xef\xbb\xbf[]"})).roster.pairings[1:])


@pytest.mark.parametrize(
    ("text", "more", "expected"),
    [
        ("<@UB> and <@UC|cat>", {}, {"UB", "UC"}),
        ("<@UA> to myself", {}, set()),
        ("<#C123|general> <!here> <@> <https://x.y>", {}, set()),
        ("in a thread", {"thread_ts": stamp(0), "parent_user_id": "UB"}, {"UB"}),
        ("in a thread of an older export", {"thread_ts": stamp(0)}, {"UB"}),
        ("under one's own", {"thread_ts": stamp(50), "parent_user_id": "UA"}, set()),
        ("a thread's first message", {"thread_ts": stamp(100), "parent_user_id": "UB"}, set()),
        ("in a thread that isn't there", {"thread_ts": stamp(7)}, set()),
    ],
)
def test_mentions_and_threads_say_whom_a_message_is_for(
    tmp_path: Path, text: str, more: Mapping[str, Json], expected: set[str]
) -> None:
    """Only the ids are kept, never one's own."""
    export = _read(tmp_path, said(0, "UB"), said(50, "UA"), said(100, "UA", text, **more))
    assert [set(), set(), expected] == _addresses(export)


@pytest.mark.parametrize("kind", ["thread_broadcast", "file_share", "me_message", "file_comment"])
def test_these_kinds_are_messages_of_people(tmp_path: Path, kind: str) -> None:
    """They are written by a person to be read by another."""
    assert 1 == len(_read(tmp_path, said(0, "UA", subtype=kind)).observations)


def test_a_comment_on_a_file_has_its_writer_one_level_down(tmp_path: Path) -> None:
    """Older exports have it so."""
    comment = {"type": "message", "subtype": "file_comment", "ts": stamp(0), "comment": {"user": "UB"}}
    assert ["UB"] == [post.author for post in _read(tmp_path, comment).posts]


@pytest.mark.parametrize(
    ("message", "reason"),
    [
        (said(9, "UA", subtype="channel_join"), "channel_join"),
        (said(9, "UA", subtype="channel_topic"), "channel_topic"),
        (said(9, "UA", subtype="tombstone", hidden=True), "tombstone"),
        (said(9, "UA", subtype="message_deleted"), "message_deleted"),
        (said(9, "UA", hidden=True), "hidden"),
        (said(9, "UA", bot_id="B1"), "from a bot"),
        (said(9, "BOT"), "from a bot"),
        (said(9, "USLACKBOT"), "from a bot"),
        ({"type": "message", "subtype": "bot_message", "ts": "x", "user": "not an id"}, "from a bot"),
        ({"type": "message", "ts": stamp(9)}, "without an author"),
        ({"type": "canvas", "ts": 9}, "not a message"),
        (said(0, "UA"), "in the export twice"),
    ],
)
def test_what_no_person_wrote_is_left_out_and_counted(tmp_path: Path, message: Json, reason: str) -> None:
    """The reader of the result is told what was left out and why."""
    export = _read(tmp_path, said(0, "UA"), message)
    assert 1 == len(export.observations)
    assert {reason: 1} == export.notes.messages_skipped


def test_an_edited_message_keeps_its_time(tmp_path: Path) -> None:
    """Editing is no answer and no question."""
    edited = said(0, "UA", edited={"user": "UA", "ts": stamp(999)})
    assert [stamp(0)] == [post.message for post in _read(tmp_path, edited).posts]


def test_reactions_count_as_given_at_once(tmp_path: Path) -> None:
    """They stand behind their message, at its time; bots' are left out and the skin's colour plays no part."""
    thumb = {"name": "thumbsup::skin-tone-2", "users": ["UB", "BOT", "UB"], "count": 3}
    export = _read(tmp_path, said(0, "UA", reactions=[thumb, {"name": "eyes", "users": ["UA"]}]))
    post, *reactions = export.observations
    assert [
        Reacted(PLACE, stamp(0), "UB", "thumbsup", post.at),
        Reacted(PLACE, stamp(0), "UA", "eyes", post.at),
    ] == reactions
    assert 2 == export.notes.reactions_without_time


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"mpims.json": [{"id": "G2", "name": "pair", "members": ["UA", "UB", "UC"]}]}, "with more than two people"),
        (
            {"dms.json": [{"id": "G2", "members": ["UA", "UA"]}], "G2/2024-01-01.json": [said(0, "UA")]},
            "with one person alone",
        ),
        ({"dms.json": [{"id": "G2", "members": ["UA", "UC"]}]}, "in which nobody wrote"),
        ({"dms.json": [{"id": "G2", "members": ["UA", "BOT"]}]}, "in which nobody wrote"),
    ],
)
def test_other_conversations_are_left_out_and_counted(tmp_path: Path, changes: Mapping[str, Json], reason: str) -> None:
    """Only what two people say to each other can wait for one of them."""
    export = read(folder(tmp_path, changes))
    assert 1 == len(export.roster.pairings)
    assert {reason: 1} == export.notes.conversations_skipped


def test_public_channels_are_read_on_request(tmp_path: Path) -> None:
    """Those with two people in them; the others are counted as left out."""
    changes = {"groups.json": None, "channels.json": [{"id": "G1", "name": "pair", "members": ["UA", "UB"]}]}
    assert 1 == len(read(folder(tmp_path, changes), channels=True).roster.pairings)


def test_direct_conversations_lie_in_folders_named_by_id(tmp_path: Path) -> None:
    """They have no name."""
    changes = {"dms.json": [{"id": "D1", "members": ["UC", "UA"]}], "D1/2024-01-01.json": [said(0, "UC")]}
    roster = read(folder(tmp_path, changes)).roster
    assert [("Ann", "ben"), ("cat", "Ann")] == [(pair.mentor, pair.mentee) for pair in roster.pairings]
    assert {Role.MENTOR, Role.MENTEE} == roster.people[0].roles
    assert 3 == len(roster.people)


def test_the_same_two_people_are_one_pairing_with_all_their_conversations(tmp_path: Path) -> None:
    """An answer in one of them is an answer."""
    changes = {"dms.json": [{"id": "D1", "members": ["UB", "UA"]}], "D1/2024-01-01.json": [said(5, "UB")]}
    (pairing,) = read(folder(tmp_path, changes)).roster.pairings
    assert ("Ann", "ben") == (pairing.mentor, pairing.mentee)
    assert ["G1", "D1"] == [space.channel for space in pairing.spaces]


def test_a_group_that_stands_in_two_lists_is_read_once(tmp_path: Path) -> None:
    """Some exports list groups of direct messages as groups as well."""
    changes = {"mpims.json": [{"id": "G1", "name": "pair", "members": ["UA", "UB"]}]}
    export = read(folder(tmp_path, changes))
    assert (1, {}) == (len(export.roster.pairings[0].spaces), export.notes.conversations_skipped)


@pytest.mark.parametrize("members", [[], ["UB"], ["BOT"]])
def test_who_left_is_still_one_of_the_two(tmp_path: Path, members: list[str]) -> None:
    """Archived channels list nobody: then those who wrote are its people."""
    export = read(folder(tmp_path, {"groups.json": [{"id": "G1", "name": "pair", "members": members}]}))
    assert ["Ann", "ben"] == [person.name for person in export.roster.people]


def test_namesakes_are_told_apart(tmp_path: Path) -> None:
    """A roster knows people by name; who shares one has Slack's id behind it."""
    names = ["Ann", "Ann", "Ann (UA)"]
    users = [{"id": id_, "real_name": name} for id_, name in zip(["UA", "UB", "UC"], names, strict=True)]
    dms = {"dms.json": [{"id": "D1", "members": ["UC", "UA"]}], "D1/2024-01-01.json": [said(0, "UC")]}
    roster = read(folder(tmp_path, {"users.json": users, **TWO, **dms})).roster
    assert ["Ann (UA)", "Ann (UB)", "Ann (UA) (UC)"] == [person.name for person in roster.people]


@pytest.mark.parametrize(
    ("user", "name", "zone"),
    [
        ({"real_name": "\u001b[31mRed\n\ud800 "}, "[31mRed", "UTC"),
        ({"profile": {"display_name": "nick"}, "name": "n"}, "nick", "UTC"),
        ({"real_name": " ", "name": "n", "tz": "Mars/Olympus"}, "n", "UTC"),
        ({"tz": "../../etc/passwd"}, "UA", "UTC"),
        ({"tz": None, "real_name": "प्रेम\u200d"}, "प्रेम\u200d", "UTC"),
        ({"tz": "Asia/Kathmandu", "real_name": "x" * 500}, "x" * 60, "Asia/Kathmandu"),
    ],
)
def test_names_and_zones_are_made_fit_to_be_used(tmp_path: Path, user: Json, name: str, zone: str) -> None:
    """No control characters reach a terminal, and a zone that isn't one is UTC."""
    person = read(folder(tmp_path, {"users.json": [{"id": "UA", **user}], **TWO})).roster.people[0]
    assert (name, zone) == (person.name, person.zone)


def test_people_who_are_not_in_the_list_go_by_their_id(tmp_path: Path) -> None:
    """Guests of other workspaces may be missing in users.json."""
    people = read(folder(tmp_path, {"users.json": [], **TWO})).roster.people
    assert ["UA", "UB"] == [person.name for person in people]


def test_files_that_are_no_day_are_not_read(tmp_path: Path) -> None:
    """A conversation's folder may hold canvases."""
    changes = {"pair/canvas_in_the_conversation.json": b"{", "pair/2024-03-05": b"{"}
    assert 2 == len(read(folder(tmp_path, changes)).observations)
