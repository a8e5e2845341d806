"""What coordinators do with requests: look at them first, send them once, read the answers, close them."""

import asyncio
import csv
import io
import re
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.asks import desk_wording
from bot.asks.answers import table
from bot.asks.rules import excerpt, found, readable
from bot.calls import Press
from bot.people import Member, Role
from bot.views import File, Message
from storage.asks import Answer, Answered, Ask, Audience
from storage.members import Members, NewMember
from storage.programs import State
from storage.settings import Settings
from tests.asks.asking import asks, change, drafts, first, listed
from tests.platforms import on_each_platform
from tests.world import MONDAY, World

PHOTO = "Please send me your photo."


async def test_a_request_is_looked_at_first(riverside: World) -> None:
    """Before anything goes out: who gets it, how many, how they answer, and the text."""
    preview = await drafts(riverside, PHOTO, audience="mentees")
    assert ("Ready to go?", "It goes to 2 people: Lena Vogt and Noor Haddad.") == preview.texts[:2]
    assert {"They answer with a tap.", PHOTO} <= set(preview.texts)
    assert ["Send it", "Not yet"] == list(preview.buttons)
    await riverside.passes(days=2)
    assert [] == await riverside.inbox("lena")


async def test_not_yet(riverside: World) -> None:
    """A request that isn't sent is kept as a draft, which can be changed, thrown away, or sent after all."""
    preview = await drafts(riverside, PHOTO, audience="one", who="Lena Vogt")
    kept = await riverside.driver.presses("rosa", "Not yet", preview)
    assert "nothing was sent. I keep it as a draft" in kept.text
    form = (await riverside.driver.presses("rosa", "Change it …", kept)).form
    assert form is not None
    assert {"audience": "one", "who": "Lena Vogt", "text": PHOTO, "answer": "tap"} == form.values
    again = await riverside.driver.submits("rosa", form, {"text": "Please call me.", "answer": "words"})
    assert {"They answer in a few words.", "Please call me."} <= set(again.texts)
    assert "A draft of Rosa Delgado's" in await riverside.asks("rosa", "/mentor-admin asks")
    same = await listed(riverside, "Look at it")
    assert again.texts == same.texts
    await riverside.presses("rosa", "Send it", same)
    assert "Please call me." in (await first(riverside, "lena")).texts
    for button in ("Not yet", "Send it"):
        assert "was sent already. Nothing was changed." in await riverside.presses("rosa", button, preview)
    for button in kept.buttons.values():
        assert "was sent already. Nothing was changed." in await riverside.presses("rosa", button)
    late = await riverside.driver.submits("rosa", form, {"text": "Too late"})
    assert "was sent already. Nothing was changed." in late.text


async def test_a_draft_is_thrown_away(riverside: World) -> None:
    """Then its buttons are old ones."""
    preview = await drafts(riverside, PHOTO)
    kept = await riverside.driver.presses("rosa", "Not yet", preview)
    assert "The draft is gone." in await riverside.presses("rosa", "Throw it away", kept)
    assert "no longer works" in await riverside.presses("rosa", "Send it", preview)
    assert "The team has asked for nothing so far." in await riverside.asks("rosa", "/mentor-admin asks")


@on_each_platform
@pytest.mark.parametrize("who", ["Lena Vogt", "lena  vogt", "lena", "@lena", "@Lena Vogt", "vogt", "\u202eLena"])
async def test_one_person_is_asked(riverside: World, who: str) -> None:
    """By mention, by the whole name or a part of it that is one person's alone; signs that nobody sees don't count."""
    assert "It goes to 1 person: Lena Vogt." in (await drafts(riverside, PHOTO, audience="one", who=who)).text


@pytest.mark.parametrize(
    ("who", "error"),
    [
        ("", "Please write the person's name"),
        ("@", "Please write the person's name"),
        ("Zoe", 'I know nobody called "Zoe"'),
        ("x" * 300, "I know nobody called"),
        ("@nobody", "I know nobody called"),
        ("@rosa", "That's you. Please choose somebody else."),
        ("vogt", "That could be Lena Vogt and Lina Vogt. Please write the whole name"),
        ("Noor Haddad", "Noor Haddad isn't active in the program just now."),
    ],
)
async def test_a_name_that_is_nobodys(riverside: World, who: str, error: str) -> None:
    """Beside the field it says what was wrong; what was typed stays."""
    async with riverside.database.work(1) as work:
        await work.of(Members).save(NewMember("Lina Vogt", frozenset({Role.MENTEE}), ()))
    await change(riverside, "noor", active=False)
    errors = (await drafts(riverside, PHOTO, audience="one", who=who)).errors
    assert (["who"], True) == (list(errors), error in errors["who"])


async def test_a_form_that_is_not_filled_in(riverside: World) -> None:
    """Each field says what it lacks, and nothing is kept."""
    wrong = await drafts(riverside, " \n ", answer="perhaps", audience="mentors", who="Lena Vogt")
    assert {"text", "answer", "who"} == set(wrong.errors)
    assert 'Choose "One person" above, or leave this empty.' in wrong.errors["who"]
    assert {"audience"} == set((await drafts(riverside, PHOTO, audience="dragons")).errors)
    long = await drafts(riverside, "x" * 2000)
    assert {"text": "This has 2000 characters; 1000 is the most I can take."} == long.errors
    assert "asked for nothing so far" in await riverside.asks("rosa", "/mentor-admin asks")


async def test_it_reaches_nobody(riverside: World) -> None:
    """Who would get it is seen anew when it is sent: with nobody left, it stays a draft."""
    preview = await drafts(riverside, PHOTO, audience="mentors")
    await change(riverside, "amara", active=False)
    assert "nothing was sent" in await riverside.presses("rosa", "Send it", preview)
    assert "It would go to nobody" in (await listed(riverside, "Look at it")).text


@pytest.mark.parametrize("state", [State.SET_UP, State.SHADOW])
async def test_a_program_that_isnt_running(riverside: World, state: State) -> None:
    """Nothing reaches members before Start: the request is kept as a draft until then."""
    async with riverside.database.work(1) as work:
        await work.of(Settings).put(state=state)
    preview = await drafts(riverside, PHOTO)
    assert "The program isn't running yet. You can send this once it is." in preview.texts
    assert "isn't running yet, so nothing was sent." in await riverside.presses("rosa", "Send it", preview)
    async with riverside.database.work(1) as work:
        await work.of(Settings).put(state=State.RUNNING)
    assert "It's on its way" in await riverside.presses("rosa", "Send it", preview)
    assert PHOTO in (await first(riverside, "amara")).texts


async def test_two_coordinators_send_at_once(riverside: World) -> None:
    """One request goes out; the second one learns that it was sent."""
    await change(riverside, "ravi", roles=frozenset({Role.COORDINATOR}))
    await drafts(riverside, PHOTO, audience="mentors")
    accounts = [riverside.account(user) for user in ("rosa", "ravi")]
    replies = await asyncio.gather(
        *(riverside.core.handle(Press(f"send {one.user}", one, "asks.send:1")) for one in accounts)
    )
    said = sorted(reply.plain for reply in replies if isinstance(reply, Message))
    assert ["It's on its way", "This request wa"] == [text[:15] for text in said]
    assert 1 == len(await riverside.inbox("amara"))


async def test_a_request_is_closed(riverside: World) -> None:
    """Nobody is reminded further, what went out says so, and old buttons do nothing; the answers stay."""
    await asks(riverside, PHOTO, audience="mentees")
    await riverside.presses("noor", "Done", await first(riverside, "noor"))
    seen = await first(riverside, "lena")
    assert "Closed: nobody is reminded" in (await listed(riverside, "Close")).text
    closed = await first(riverside, "lena")
    assert (True, {}) == (closed.edited, dict(closed.buttons))
    assert "The team has closed this request." in closed.text
    for button in seen.buttons.values():
        assert "The team has closed this request." in await riverside.presses("lena", button)
    assert "You said that it's done." in (await first(riverside, "noor")).text
    await riverside.passes(days=30)
    assert (1, []) == (len(await riverside.inbox("lena")), await riverside.inbox("rosa"))
    seen = await riverside.driver.commands("rosa", "/mentor-admin asks")
    assert "1 of 2 has answered. Closed." in seen.text
    assert ["Answers"] == list(seen.buttons)
    assert "closed already" in await riverside.presses("rosa", "asks.close:1")
    assert "No message has counted" not in await riverside.asks("lena", "/mentor rate why")
    assert "taken back by Rosa Delgado; doesn't count." in await riverside.asks("lena", "/mentor rate why")


async def test_a_late_one_stays_late_when_it_is_closed(riverside: World) -> None:
    """Closing takes away only what could still have been answered in time."""
    await asks(riverside, PHOTO, audience="mentors")
    await riverside.passes(days=4)
    await listed(riverside, "Close")
    assert "no answer so far; counts as late." in await riverside.asks("amara", "/mentor rate why")


async def test_what_waits_in_the_outbox_ends_with_the_request(riverside: World) -> None:
    """A request that is closed before it has reached somebody never does."""
    await riverside.asks("lena", "/mentor away until Friday")
    await asks(riverside, PHOTO, audience="mentees")
    await listed(riverside, "Close")
    await riverside.passes(days=20)
    assert [] == await riverside.inbox("lena")


async def test_answers_before_it_arrives(riverside: World) -> None:
    """Somebody who is away and answers from the list doesn't get it afterwards."""
    await riverside.asks("lena", "/mentor away until Friday")
    await asks(riverside, PHOTO, audience="mentees")
    seen = await riverside.driver.commands("lena", "/mentor waiting")
    await riverside.presses("lena", "Done", seen)
    await riverside.passes(days=20)
    assert [] == await riverside.inbox("lena")


async def test_the_list_shows_the_newest(riverside: World) -> None:
    """Eight of them, with a word that there are more."""
    for number in range(9):
        await drafts(riverside, f"Request {number}")
    seen = await riverside.driver.commands("rosa", "/mentor-admin asks")
    assert ("Request 8" in seen.text, "Request 0" in seen.text) == (True, False)
    assert "Older ones are not shown." == seen.texts[-1]


async def test_members_cant(riverside: World) -> None:
    """Requests and answers are for coordinators."""
    await asks(riverside, PHOTO)
    for command in ("/mentor-admin ask", "/mentor-admin asks"):
        assert "This is for coordinators." in await riverside.asks("amara", command)
    for button in ("answers", "close", "send", "look", "change", "drop", "keep"):
        assert "This is for coordinators." in await riverside.presses("lena", f"asks.{button}:1")


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


@given(st.text(st.characters(), max_size=50))
def test_every_text_can_be_kept(text: str) -> None:
    """What is left of a text can be written as UTF-8 and holds no NUL; a text without such signs loses nothing."""
    kept = readable(text)
    assert "\x00" not in kept
    assert kept == kept.encode().decode()
    assert kept == readable(kept)


@given(st.text(), st.integers(1, 40))
def test_an_excerpt_is_short(text: str, length: int) -> None:
    """One line of so many characters at most, and the whole text if it fits."""
    short = excerpt(text, length)
    line = " ".join(text.split())
    assert len(short) <= length
    assert short == line or short.endswith("…")


def test_whole_names_come_first() -> None:
    """Who is called just so is meant, also where others have it in their name."""
    people = [Member(id_, "", name, frozenset(), "UTC") for id_, name in enumerate(("Ana", "Ana Lima", "Banana"))]
    assert [people[0]] == found(people, "ANA")
    assert [people[1]] == found(people, "@ lima")
    assert [] == found(people, "nan")
    assert [] == found(people, " ")
