"""What coordinators do with forms: look, take along, change, take back, switch off."""

import asyncio
import re
from pathlib import Path
from textwrap import dedent

import pytest
from sqlalchemy import text

from bot.calls import Submit, Upload
from bot.core import Core
from bot.forms.definition import Definition, Kind, SeenBy
from bot.forms.keeping import Used, built_in, definitions, forms_of
from bot.people import Role
from bot.views import Errors, Message
from bot.written import shelf
from bot.written.parts import For
from storage.forms import Forms
from tests.asks.asking import change
from tests.databases import at_once
from tests.drivers.driver import Seen
from tests.forms.written import SMALL
from tests.platforms import on_each_platform
from tests.world import World

TWO = {"rosa": SMALL, "ravi": SMALL.replace("So-so", "Bad")}


async def opens(riverside: World, button: str, user: str = "rosa") -> Seen:
    """Press a button in the list of forms."""
    seen = await riverside.driver.commands(user, "/mentor-admin forms")
    return await riverside.driver.presses(user, button, seen)


async def adds(riverside: World, content: str | bytes, user: str = "rosa") -> Seen:
    """Send off a form as a file."""
    form = (await opens(riverside, "Add or change …", user)).form
    assert form is not None
    data = content if isinstance(content, bytes) else content.encode()
    return await riverside.driver.submits(user, form, {}, {"file": Upload("form.toml", data)})


async def used(core: Core) -> dict[str, Used]:
    """Return the forms that people are asked with, by name."""
    program, *_ = await core.programs()
    async with core.at_work(program) as context:
        return {one.definition.name: one for one in await forms_of(context)}


async def stored(core: Core, form: Used) -> Definition:
    """Return a form as it was used."""
    program, *_ = await core.programs()
    async with core.at_work(program) as context:
        return (await definitions(context, [form.id]))[form.id]


@on_each_platform
async def test_a_question_is_added_without_code(riverside: World) -> None:
    """A coordinator takes a form along, adds a question, hands it in; it is asked so from now on."""
    listed = await riverside.driver.commands("rosa", "/mentor-admin forms")
    assert "Session notes · for mentors · 5 questions\nIt comes with mentorbot." in listed.text
    card = await riverside.driver.presses("rosa", "Session notes", listed)
    assert "1. What did you cover?\na few lines · has to be answered · seen by both sides" in card.text
    downloaded = await riverside.driver.presses("rosa", "Download", card)
    source = (await files(riverside, downloaded))["notes.toml"].decode()
    assert built_in()["notes"] == source
    more = '\n[[question]]\nid = "mood"\nkind = "rating"\nask = "How did it feel?"\nseen_by = "author"\n'
    form = (await riverside.driver.presses("rosa", "Add or change …", downloaded)).form
    assert form is not None
    upload = Upload("notes.toml", (source + more).encode())
    done = await riverside.driver.submits("rosa", form, {}, {"file": upload})
    assert "From the next session on it is asked like this." in done.text
    assert "6. How did it feel?\na rating from 1 to 5 · seen by nobody else" in done.text
    assert "Since Monday 2 March 2026, by Rosa Delgado." in await riverside.asks("rosa", "/mentor-admin forms")
    assert 6 == len((await used(riverside.core))["notes"].definition.questions)


async def files(riverside: World, seen: Seen) -> dict[str, bytes]:
    """Return the files of an answer, which on Slack come as a direct message."""
    if seen.files:
        return dict(seen.files)
    return {name: content for one in await riverside.inbox("rosa") for name, content in one.files.items()}


@on_each_platform
async def test_a_wrong_form_is_refused_with_its_lines(riverside: World) -> None:
    """Privately, beside the field, and nothing is changed."""
    wrong = await adds(riverside, SMALL.replace('"one"', '"wun"').replace("title", "titel"))
    assert "Nothing was changed." in wrong.wrong
    assert "Line 3: There is no titel here. Did you mean title?" in wrong.wrong
    assert 'Line 8: kind has to be one of these: "rating", "one"' in wrong.wrong
    assert {*built_in()} == {*await used(riverside.core)}


async def test_a_form_is_changed_in_the_chat(riverside: World) -> None:
    """Its text stands in the field, mistakes are said beside it, and what was typed stays."""
    card = await opens(riverside, "Session notes")
    form = (await riverside.driver.presses("rosa", "Change …", card)).form
    assert form is not None
    source = form.values["text"]
    wrong = await riverside.driver.submits("rosa", form, {"text": source.replace('"long"', '"lang"', 1)})
    assert "Line 10: kind has to be one of these" in wrong.errors["text"]
    done = await riverside.driver.submits("rosa", form, {"text": source.replace("What did you cover?", "What was it?")})
    assert "1. What was it?" in done.text
    again = await adds(riverside, await row(riverside, "notes"))
    assert "is exactly so already. Nothing was changed." in again.wrong


async def row(riverside: World, name: str) -> str:
    """Return the newest text of a form."""
    async with riverside.database.work(1) as work:
        found = await work.of(Forms).newest(name)
    assert found is not None
    return found.source


async def test_a_file_or_a_text(riverside: World) -> None:
    """Neither of them and both of them are said; a file in another encoding too."""
    form = (await opens(riverside, "Add or change …")).form
    assert form is not None
    assert "add a file, or paste" in (await riverside.driver.submits("rosa", form, {})).wrong
    both = await riverside.driver.submits("rosa", form, {"text": SMALL}, {"file": Upload("a.toml", b"x")})
    assert "leave one of the two empty" in both.wrong
    assert "add a file, or paste" in (await adds(riverside, " \n")).wrong
    assert "Line 3:" in (await adds(riverside, SMALL.replace("How", "Wär").encode("cp1252"))).wrong
    assert "is too long" in (await adds(riverside, SMALL + "#" * 30_000)).wrong


async def test_what_was_asked_before_stays_readable(riverside: World) -> None:
    """A changed form is a new version; old answers point at the old one, also after its author has left."""
    await adds(riverside, SMALL)
    before = (await used(riverside.core))["mood"]
    await adds(riverside, SMALL.replace("So-so", "Not so good"))
    now = (await used(riverside.core))["mood"]
    assert before.id != now.id
    assert ("Good", "So-so") == (await stored(riverside.core, before)).questions[0].choices
    async with riverside.database.work(1) as work:
        rosa = await riverside.member(work, "rosa")
        assert 2 == len((await work.of(Forms).of(rosa))["form"])
        await work.of(Forms).forget(rosa)
    assert ("Good", "So-so") == (await stored(riverside.core, before)).questions[0].choices
    assert "by Somebody who has left." in await riverside.asks("rosa", "/mentor-admin forms")


async def test_a_change_is_taken_back(riverside: World) -> None:
    """The version before holds again, once; who came too late is told how it stands."""
    done = await adds(riverside, built_in()["notes"].replace("What did you cover?", "What was it?"))
    back = await riverside.driver.presses("rosa", "Take it back", done)
    assert "1. What did you cover?" in back.text
    late = await riverside.driver.presses("rosa", "Take it back", done)
    assert "This was changed meanwhile. It stands like this now:" in late.text
    assert "1. What did you cover?" in late.text
    assert built_in()["notes"] == await row(riverside, "notes")


async def test_a_form_is_switched_off_and_on(riverside: World) -> None:
    """Nobody is asked with it meanwhile; the second who presses is told how it stands."""
    card = await opens(riverside, "Session feedback · for mentors")
    off = await riverside.driver.presses("rosa", "Switch off", card)
    assert "is switched off: nobody is asked." in off.text
    assert {"notes", "feedback"} == {*await used(riverside.core)}
    assert "This was changed meanwhile" in (await riverside.driver.presses("rosa", "Switch off", card)).text
    assert "Switched off since Monday 2 March 2026" in await riverside.asks("rosa", "/mentor-admin forms")
    await riverside.driver.presses("rosa", "Switch on", off)
    assert {*built_in()} == {*await used(riverside.core)}


async def test_two_coordinators_at_once(riverside: World) -> None:
    """Whoever began before the other's change is told of it, and nothing of theirs takes its place unseen."""
    await change(riverside, "ravi", roles=frozenset({Role.COORDINATOR}))
    first = (await opens(riverside, "Add or change …")).form
    second = (await opens(riverside, "Add or change …", "ravi")).form
    assert first is not None
    assert second is not None
    await riverside.driver.submits("rosa", first, {"text": SMALL})
    told = await riverside.driver.submits("ravi", second, {"text": SMALL.replace("So-so", "Bad")})
    assert "Rosa Delgado changed How it was meanwhile. Nothing of yours was used." in told.wrong
    assert "So-so" in await row(riverside, "mood")
    anew = (await opens(riverside, "Add or change …", "ravi")).form
    assert anew is not None
    await riverside.driver.submits("ravi", anew, {"text": SMALL.replace("So-so", "Bad")})
    assert "Bad" in await row(riverside, "mood")


@at_once
async def test_the_same_moment(riverside: World) -> None:
    """Forms that are first used at once are kept once, and so are two changes: one of them is told of the other."""
    both = await asyncio.gather(used(riverside.core), used(riverside.core))
    assert both[0] == both[1]
    await change(riverside, "ravi", roles=frozenset({Role.COORDINATOR}))
    calls = [Submit(user, riverside.account(user), "forms.put:3", {"text": form}) for user, form in TWO.items()]
    replies = await asyncio.gather(*(riverside.core.handle(call) for call in calls))
    assert {Message, Errors} == {type(reply) for reply in replies}


async def test_forms_that_come_with_the_bot_follow_it(riverside: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """After an update new sessions are asked about with the new one; what is one's own, or switched off, stays."""
    before = await used(riverside.core)
    await adds(riverside, built_in()["feedback"].replace("What helped?", "What was good?"))
    card = await opens(riverside, "Session feedback · for mentors")
    await riverside.driver.presses("rosa", "Switch off", card)
    updated = {name: source.replace("covered", "discussed") for name, source in built_in().items()}
    updated = {name: source.replace("the coordinators", "us") for name, source in updated.items()}
    monkeypatch.setattr(shelf, "_sources", lambda _: list(updated.values()))
    now = await used(riverside.core)
    assert {"notes", "feedback"} == {*now}
    assert ("covered", "discussed") == tuple(one["notes"].definition.questions[0].id for one in (before, now))
    assert "covered" == (await stored(riverside.core, before["notes"])).questions[0].id
    assert "One thing that the coordinators should know?" == now["feedback"].definition.questions[3].ask
    assert now == await used(riverside.core)


async def test_who_changed_forms_is_noted(riverside: World) -> None:
    """In the log of who did what; nothing of what a form asks stands there."""
    await adds(riverside, SMALL)
    off = await riverside.driver.presses("rosa", "Switch off", await opens(riverside, "How it was"))
    await riverside.driver.presses("rosa", "Switch on", off)
    async with riverside.database.connect() as conn:
        noted = list(await conn.execute(text("SELECT action, subject FROM audit ORDER BY id")))
    async with riverside.database.work(1) as work:
        (form,) = await work.of(Forms).every()
    assert [(what, f"form:{form.id}") for what in ("forms.put", "forms.off", "forms.on")] == [
        tuple(one) for one in noted
    ]


async def test_a_program_has_room_for_twenty(riverside: World) -> None:
    """One more is refused; one of them can still be changed."""
    for number in range(20 - len(built_in())):
        assert "asked like this" in (await adds(riverside, SMALL.replace('"mood"', f'"mood{number}"', 1))).text
    assert "A program can have 20 forms." in (await adds(riverside, SMALL)).wrong
    done = await adds(riverside, SMALL.replace('"mood"', '"mood1"', 1).replace("So-so", "Bad"))
    assert "asked like this" in done.text


async def test_the_documentation_is_right(riverside: World) -> None:
    """The question and the form in docs/forms.md can be used as they stand there."""
    page = (Path(__file__).parents[2] / "docs" / "forms.md").read_text("utf-8")
    question, form = (
        re.search(r"   ```\n(   \[\[question.*?)```", page, re.DOTALL),
        re.search(r"```toml\n(.*?)```", page, re.DOTALL),
    )
    assert question is not None
    assert form is not None
    assert "How did you prepare?" in (await adds(riverside, built_in()["notes"] + "\n" + dedent(question[1]))).text
    assert "To be filled in within 3 days." in (await adds(riverside, form[1])).text
    every = [one.value for names in (For, Kind, SeenBy) for one in names]
    assert [] == [word for word in every if f'`"{word}"`' not in page]
    shown = re.search(r"> Line 10: (.*)", page)
    assert shown is not None
    wrong = built_in()["notes"].replace('"long"', '"lang"', 1)
    assert shown[1] in (await adds(riverside, wrong)).wrong
