"""What coordinators do with a request before it is sent: look at it first, keep it, change it, send it once."""

import asyncio

import pytest

from bot.calls import Press
from bot.people import Role
from bot.views import Message
from storage.members import Members, NewMember
from storage.programs import State
from storage.settings import Settings
from tests.asks.asking import PHOTO, change, drafts, first, listed
from tests.databases import at_once
from tests.platforms import on_each_platform
from tests.world import World


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


@at_once
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
