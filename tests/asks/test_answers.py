"""What coordinators are told of the answers: the newest, and all of them in a table."""

import csv
import io
import re
from datetime import timedelta

from bot.asks import desk_wording
from bot.asks.answers import table
from bot.calls import Press
from bot.views import File, Message
from storage.asks import Answer, Answered, Ask, Audience
from tests.asks.asking import PHOTO, asks, first
from tests.platforms import on_each_platform
from tests.world import MONDAY, World


@on_each_platform
async def test_the_file_of_answers(riverside: World) -> None:
    """All answers are in a table, whole, and no spreadsheet takes one for a formula."""
    await asks(riverside, "Which day?", answer="words")
    for user, text in (("amara", '=HYPERLINK("http://x","y")'), ("lena", "z" * 1000), ("ravi", "שלום, 👋\nline")):
        form = (await riverside.driver.presses(user, "Answer …", await first(riverside, user))).form
        assert form is not None
        await riverside.driver.submits(user, form, {"text": text})
    rosa = riverside.account("rosa")
    reply = await riverside.core.handle(Press("answers", rosa, "asks.answers:1"))
    assert isinstance(reply, Message)
    (file,) = [block for block in reply.blocks if isinstance(block, File)]
    assert "answers-1.csv" == file.name
    rows = list(csv.reader(io.StringIO(file.content.decode("utf-8-sig"), newline="")))
    at = "2026-03-02 10:00"
    assert [
        ["Name", "Answer", "In words", "When (UTC)"],
        ["Amara Okafor", "answered", '\'=HYPERLINK("http://x","y")', at],
        ["Lena Vogt", "answered", "z" * 1000, at],
        ["Noor Haddad", "no answer so far", "", ""],
        ["Ravi Menon", "answered", "שלום, 👋\nline", at],
    ] == rows
    assert f"Lena Vogt: {'z' * 119}…" in reply.plain
    assert "No answer so far: Noor Haddad." in reply.plain


def test_many_answers() -> None:
    """Of a thousand the twenty newest are shown; all are in the file."""
    made = [MONDAY + timedelta(minutes=number) for number in range(1000)]
    every = [Answered(f"Person {number}", Answer.DONE, None, at, failed=False) for number, at in enumerate(made)]
    ask = Ask(
        1,
        1,
        Audience.EVERYBODY,
        None,
        PHOTO,
        in_words=False,
        made_at=MONDAY,
        sent_at=MONDAY,
        closed_at=None,
        tell_at=None,
    )
    seen = desk_wording.answers(ask, every, table(every)).plain
    assert [f"Person {number}" for number in range(999, 979, -1)] == re.findall("Person [0-9]+", seen)
    assert "The 20 newest answers; all of them are in the file." in seen
    assert 1001 == len(list(csv.reader(io.StringIO(table(every).decode()))))
