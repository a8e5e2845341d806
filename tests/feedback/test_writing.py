"""After a session both are asked for a few words, and answer with a short form or one tap."""

import asyncio

import pytest

from bot.calls import Call, Press, Submit
from bot.views import Errors, Message
from tests.databases import at_once
from tests.feedback.meeting import SEND, met, newest, not_held, opened, says_yes, writes
from tests.platforms import on_each_platform
from tests.world import World

NOTES = "Session notes …"
FEEDBACK = "Session feedback …"
WRITTEN = {"covered": "We talked about Berlin", "steps": "Lena: send the CV, by Friday", "private": "shy today"}


@on_each_platform
async def test_notes_and_feedback(riverside: World) -> None:
    """The mentor writes notes, the mentee gives feedback; the message says that it is done, and nothing follows."""
    session_id = await met(riverside)
    seen = await newest(riverside, "amara")
    assert "Your session with Lena Vogt today: a few words while it's fresh?" in seen.text
    assert [NOTES, FEEDBACK, "Nothing to add", "Later today"] == list(seen.buttons)
    form = await opened(riverside, "amara", NOTES)
    assert "With Lena Vogt, 2 Mar" == form.title
    assert "Only you will see this." in {field.name: field.hint for field in form.fields}["private"]
    said = await riverside.driver.submits("amara", form, WRITTEN)
    assert "Thank you! Session notes: it's kept" in said.text
    assert "1 next step goes to Lena Vogt and you before your next session." in said.text
    assert "Session notes came in. Thank you!" in (await newest(riverside, "amara")).text
    assert NOTES not in (await newest(riverside, "amara")).buttons
    await riverside.presses("amara", "Nothing to add", await newest(riverside, "amara"))
    assert ["Nothing to add"] == [
        word for word in ("Nothing to add",) if word not in (await newest(riverside, "amara")).buttons
    ]
    said = await writes(riverside, "lena", FEEDBACK, {"rating": "5", "private": "I was nervous"})
    assert "Thank you! Session feedback: it's kept" in said.text
    await riverside.passes(days=20)
    assert [1, 1] == [len(await riverside.inbox(user)) for user in ("amara", "lena")]
    read = await riverside.driver.presses("lena", f"feedback.read:{session_id}")
    assert "We talked about Berlin" in read.text
    assert "I was nervous" in read.text
    assert "shy today" not in read.text
    read = await riverside.driver.presses("amara", f"feedback.read:{session_id}")
    assert "shy today" in read.text
    assert "nervous" not in read.text
    assert "5 - very good" not in read.text


@on_each_platform
async def test_one_tap_is_enough(riverside: World) -> None:
    """Nothing to add is said with one tap, about all that was asked; it can be written all the same."""
    await met(riverside)
    said = await riverside.driver.presses("amara", "Nothing to add", await newest(riverside, "amara"))
    assert "Thank you! Nothing to add: noted." in said.text
    assert "nothing to add, you said. Thank you!" in (await newest(riverside, "amara")).text
    form = await opened(riverside, "amara", NOTES, said)
    assert SEND not in form.values
    assert "it's kept" in (await riverside.driver.submits("amara", form, WRITTEN)).text
    await riverside.passes(days=20)
    assert 1 == len(await riverside.inbox("amara"))
    assert "Session notes came in." in (await newest(riverside, "amara")).text


@on_each_platform
async def test_a_draft(riverside: World) -> None:
    """What is written can be kept as a draft, even if something is missing; it is found again and sent with a tap."""
    await met(riverside)
    said = await writes(riverside, "lena", FEEDBACK, {"team": "A quiet room", SEND: "draft"})
    assert "kept as a draft. Nobody but you sees it." in said.text
    assert "something is still missing" in await riverside.presses("lena", "Send it", said)
    form = await opened(riverside, "lena", FEEDBACK)
    assert "A quiet room" == form.values["team"]
    asked = await riverside.driver.presses("lena", "Nothing to add", await newest(riverside, "lena"))
    assert "You have written something and not sent it." in asked.text
    assert [FEEDBACK, "Throw the draft away"] == list(asked.buttons)
    said = await riverside.driver.submits("lena", form, {"rating": "4", SEND: "draft"})
    assert "it's kept" in await riverside.presses("lena", "Send it", said)
    assert "was sent already" in await riverside.presses("lena", "Send it", said)
    assert "was sent already" in await riverside.presses("lena", "Throw the draft away", asked)


async def test_a_mistake_loses_nothing(riverside: World) -> None:
    """What is wrong is said beside its field; what was typed stays, and is there as a draft if the form is closed."""
    await met(riverside)
    said = await writes(riverside, "amara", NOTES, {"private": "remember this"})
    assert {"covered": "Please answer this one."} == said.errors
    assert "remember this" == (await opened(riverside, "amara", NOTES)).values["private"]
    said = await writes(riverside, "amara", NOTES, {"covered": "x" * 2001})
    assert "there is room for 2000" in said.errors["covered"]
    action = (await opened(riverside, "amara", NOTES)).action
    reply = await riverside.core.handle(Submit("long", riverside.account("amara"), action, {"covered": "x" * 10_000}))
    assert isinstance(reply, Errors)
    assert "This has 10000 characters" in reply.errors["covered"]


async def test_nothing_is_written(riverside: World) -> None:
    """An empty form isn't taken: there is a button for that."""
    await met(riverside)
    said = await writes(riverside, "amara", FEEDBACK, {})
    assert "Please answer something" in said.wrong


async def test_the_same_in_another_order(riverside: World) -> None:
    """What was chosen comes in any order from a platform, and is still what was sent before."""
    await met(riverside)
    form = await opened(riverside, "lena", FEEDBACK)
    for chosen, answer in (("1,2", "Thank you!"), ("2,1", "was sent already")):
        assert answer in (await riverside.driver.submits("lena", form, {"rating": "4", "helped": chosen})).text


@at_once
async def test_two_submits_are_one(riverside: World) -> None:
    """A form that comes twice is one; another text after it isn't lost unseen: its form stays open."""
    await met(riverside)
    amara = riverside.account("amara")
    forms = [Submit(f"form {number}", amara, "feedback.written:2", WRITTEN) for number in (1, 2)]
    replies = await asyncio.gather(*(riverside.core.handle(form) for form in forms))
    said = sorted(reply.plain for reply in replies if isinstance(reply, Message))
    assert [True, True] == [said[0].startswith("Thank you!"), said[1].startswith("This was sent already")]
    other = await riverside.core.handle(Submit("3", amara, "feedback.written:2", {"covered": "Something else"}))
    assert isinstance(other, Errors)
    assert "What stands here was not sent." in other.errors[""]
    assert "Something else" not in (await riverside.driver.presses("amara", "feedback.read:1")).text
    assert 1 == (await riverside.asks("amara", "/mentor notes")).count("send the CV")


@at_once
async def test_a_tap_and_a_form_at_once(riverside: World) -> None:
    """Whichever comes first holds, and what was written isn't lost."""
    await met(riverside)
    amara = riverside.account("amara")
    calls: list[Call] = [Press("1", amara, "feedback.nothing:1"), Submit("2", amara, "feedback.written:2", WRITTEN)]
    await asyncio.gather(*(riverside.core.handle(call) for call in calls))
    assert "We talked about Berlin" in (await riverside.driver.presses("amara", "feedback.read:1")).text


@on_each_platform
async def test_it_turns_out_that_they_did_not_meet(riverside: World) -> None:
    """Nobody is asked any more; what is being typed just then is kept, and asked for again if they met after all."""
    session_id = await met(riverside)
    form = await opened(riverside, "amara", NOTES)
    await not_held(riverside, session_id)
    assert "isn't marked as held yet: nothing to write now." in (await newest(riverside, "amara")).text
    assert "isn't marked as held just now" in (await riverside.driver.submits("amara", form, WRITTEN)).text
    assert "There is nothing to write" in await riverside.presses("lena", f"feedback.nothing:{session_id}")
    await riverside.passes(days=20)
    assert [1, 1] == [len(await riverside.inbox(user)) for user in ("amara", "lena")]
    await says_yes(riverside, "amara", session_id)
    assert NOTES in (await newest(riverside, "amara")).buttons
    assert "We talked about Berlin" == (await opened(riverside, "amara", NOTES)).values["covered"]


@pytest.mark.parametrize("user", ["lena", "noor", "rosa", "ravi"])
async def test_somebody_elses_buttons_do_nothing(riverside: World, user: str) -> None:
    """Whoever presses what is another's is told so, and sees nothing of it."""
    await met(riverside)
    await riverside.driver.submits("amara", "feedback.written:2", {**WRITTEN, SEND: "draft"})
    for action in ("write:2", "send:2", "nothing:9", "drop:9", "later:9"):
        said = await riverside.driver.presses(user, f"feedback.{action}")
        assert said.form is None
        assert "Berlin" not in said.text
        assert said.text
    said = await riverside.driver.submits(user, "feedback.written:2", WRITTEN)
    assert "Berlin" not in repr(said)
    assert "We talked about Berlin" == (await opened(riverside, "amara", NOTES)).values["covered"]
    if user != "lena":
        assert "Berlin" not in (await riverside.driver.presses(user, "feedback.read:1")).text


async def test_prefilled_with_goals(riverside: World) -> None:
    """The goals of the session are chosen already, among those that the two have."""
    for text in ("Speak up", "Find a flat"):
        await riverside.driver.submits("lena", "goals.made:1", {"text": text})
    await met(riverside, goals=[2])
    form = await opened(riverside, "amara", NOTES, await riverside.driver.commands("amara", "/mentor notes"))
    (goals,) = [field for field in form.fields if field.name == "goals"]
    assert ({"1": "Speak up", "2": "Find a flat"}, "2") == (dict(goals.choices), goals.value)
    await riverside.driver.submits("amara", form, WRITTEN)
    assert "Find a flat" in (await riverside.driver.presses("lena", "feedback.read:1")).text
    forged = await riverside.driver.submits("amara", "feedback.written:1", {"rating": "9"})
    assert {"rating": "Please choose from the list."} == forged.errors


async def test_next_steps_are_done(riverside: World) -> None:
    """Both see them in /mentor notes, either says that one is done, or isn't after all."""
    await met(riverside)
    await writes(riverside, "amara", NOTES, WRITTEN)
    seen = await riverside.driver.commands("lena", "/mentor notes")
    assert "You: send the CV (by Friday 6 March)" in seen.text
    assert "Lena Vogt: send the CV (by Friday 6 March)" in await riverside.asks("amara", "/mentor notes")
    done = await riverside.driver.presses("amara", "feedback.step_done:1")
    assert "Done: send the CV" in done.text
    assert "stands so already" in await riverside.presses("lena", "feedback.step_done:1")
    assert "send the CV" not in await riverside.asks("lena", "/mentor notes")
    await riverside.presses("amara", "It isn't done after all", done)
    assert "send the CV" in await riverside.asks("lena", "/mentor notes")
