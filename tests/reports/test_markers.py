"""What is written in a report and around it is read by those who may, and is nowhere else: not for a moment."""

import io
import tempfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from prometheus_client import generate_latest

from storage.backup import back_up
from tests.core.test_privacy import Words
from tests.core.test_unseen import in_files, is_private, requests
from tests.core.traces import PEOPLE
from tests.platforms import on_each_platform
from tests.reports.life import OURS, Life, lived
from tests.reports.making import PASSPHRASE, responders
from tests.storage.tables import every_row
from tests.world import LENA, NOOR, World

THE_MESSAGE = {"the message"}  # Amara wrote it in their space, where it stands; the playground keeps that


@pytest.mark.parametrize("named", [False, True], ids=["without a name", "with a name"])
@on_each_platform
async def test_words_are_nowhere_in_clear(
    riverside: World,
    tmp_path: Path,
    log: io.StringIO,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    *,
    named: bool,
) -> None:
    """From the first word to the outcome, whatever goes wrong meanwhile; and the writer's steps touch reports alone."""
    there = tmp_path / "temporary"
    there.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(there))
    keys = await responders(riverside, "ravi", "rosa")
    words = Words()
    life = Life(riverside, words, named)

    async def backup() -> None:
        nowhere_in(tmp_path, words)
        if riverside.url.startswith("sqlite"):
            await back_up(riverside.url, tmp_path / "backup.db")

    await lived(life, backup)
    never_read = {"a question that breaks", "digits", "a code"}
    assert set(words.made.values()) == words.found_in("".join(life.read)) | never_read
    assert life.touched <= OURS
    assert [] == list(there.iterdir())
    files = nowhere_in(tmp_path, words)
    rows = repr(await every_row(riverside.database, noted=True))
    figures = generate_latest(riverside.core.telemetry.registry).decode()
    for shown in (rows, log.getvalue(), figures, "".join(capfd.readouterr())):
        assert set() == words.found_in(shown)
    await nobody_else_reads(life)
    secrets = [PASSPHRASE, life.code, life.code.replace(" ", ""), "discrimination", *keys.secrets.values()]
    for secret in secrets:
        found = [name for name, content in files.items() if secret.encode() in content]
        assert ([], False) == (found, secret in rows + log.getvalue()), secret


def nowhere_in(folder: Path, words: Words) -> Mapping[str, bytes]:
    """Look into every file that there is; return them."""
    files = in_files(folder)
    for name, content in files.items():
        assert set() == words.found_in(content) - THE_MESSAGE, name
    return files


async def nobody_else_reads(life: Life) -> None:
    """Look into all that the bot said where others, or a lock screen, may show it."""
    for user in PEOPLE:
        inbox = [seen.text for seen in await life.world.inbox(user)]
        assert set() == life.words.found_in("".join(inbox))
        assert life.name not in "".join(inbox)
    for space in (LENA, NOOR):
        posts = await life.world.driver.posts("amara", life.world.place(space).channel)
        assert set() == life.words.found_in(repr(posts))
    sent = [(name, body) for name, body in requests(life.world) if life.words.found_in(repr(body))]
    assert [] == [name for name, body in sent if not is_private(name, body)]
