"""A real export, if one lies beside the project: `shared/data/slack-export-racket-2017.zip`."""

from pathlib import Path

import pytest

from adapters.replay.export import Export, read

DATA = Path(__file__).parents[3] / "shared" / "data"
EXPORT = DATA / "slack-export-racket-2017.zip"

pytestmark = pytest.mark.skipif(not EXPORT.exists(), reason=f"skipped: there is no {EXPORT.name} beside the project")


@pytest.fixture(scope="module")
def export() -> Export:
    """Read the export once."""
    return read(EXPORT)


def test_every_conversation_is_read(export: Export) -> None:
    """110 conversations of 50 people; join messages are left out."""
    assert 110 == len(export.roster.pairings)
    assert 50 == len(export.roster.people)
    assert 1369 == len(export.observations)
    assert {"channel_join": 220} == export.notes.messages_skipped


def test_messages_are_in_order(export: Export) -> None:
    """As they were written, whatever the order of files."""
    times = [seen.at for seen in export.observations]
    assert sorted(times) == times


def test_mentions_are_found(export: Export) -> None:
    """Real people mention each other often."""
    assert 278 == sum(bool(post.addresses) for post in export.posts)
