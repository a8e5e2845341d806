"""What members see of a request of the team's, and what they can answer."""

import asyncio
from pathlib import Path

import pytest

from bot.calls import Press, Submit
from bot.language import isolated
from bot.views import Message
from storage.members import Members, NewMember, Role
from tests.asks.asking import PHOTO, asks, change, drafts, first, listed
from tests.databases import at_once
from tests.platforms import on_each_platform
from tests.world import World, world


@on_each_platform
async def test_everybody_is_asked(riverside: World) -> None:
    """Each member but the one who asks gets it, with who asks and for whom, and answers with a tap."""
    said = await asks(riverside, PHOTO)
    assert "It's on its way to 4 people, each at the hours that they like." in said
    for user in ("amara", "lena", "noor", "ravi"):
        seen = await first(riverside, user)
        assert ("Rosa Delgado asks you, for the team of Riverside Mentoring:", PHOTO) == seen.texts[:2]
        assert ["Done", "I can't"] == list(seen.buttons)
    assert [] == await riverside.inbox("rosa")
    assert "Thank you! The team can see your answer." in await riverside.presses(
        "amara", "Done", await first(riverside, "amara")
    )
    seen = await first(riverside, "amara")
    assert (True, f"“{PHOTO}” You said that it's done. Thank you! Nothing left to do here.") == (seen.edited, seen.text)
    await riverside.passes(days=20)
    assert 1 == len(await riverside.inbox("amara"))


@on_each_platform
async def test_an_answer_in_words(riverside: World) -> None:
    """A few words are written in a form, which says who reads them; a tap alone is no answer."""
    await asks(riverside, "Which day suits you?", audience="mentees", answer="words")
    seen = await first(riverside, "lena")
    assert ["Answer …", "I can't"] == list(seen.buttons)
    form = (await riverside.driver.presses("lena", "Answer …", seen)).form
    assert form is not None
    assert ("Only coordinators see it.", 1000) == (form.fields[0].hint, form.fields[0].limit)
    assert {"text": "Please write a few words."} == (await riverside.driver.submits("lena", form, {"text": " "})).errors
    thanks = await riverside.driver.submits("lena", form, {"text": "Tuesday"})
    assert "Thank you! The team can see your answer." in thanks.text
    assert "“Which day suits you?” You have answered. Thank you!" in (await first(riverside, "lena")).text
    assert "Lena Vogt: Tuesday" in (await listed(riverside, "Answers")).text
    forged = seen.buttons["Answer …"].replace("answer", "done")
    assert "no longer works" in await riverside.presses("noor", forged.replace(":1", ":2"))


async def test_who_cant_says_so(riverside: World) -> None:
    """I can't is an answer like any other, and ends the reminders."""
    await asks(riverside, PHOTO, audience="mentors")
    assert "That's all right, and thank you for saying so." in await riverside.presses(
        "amara", "I can't", await first(riverside, "amara")
    )
    assert "You said that you can't. That's all right." in (await first(riverside, "amara")).text
    await riverside.passes(days=20)
    assert 1 == len(await riverside.inbox("amara"))
    assert [] == await riverside.inbox("rosa")
    assert "Amara Okafor: can't" in (await listed(riverside, "Answers")).text


async def test_one_click_is_one_answer(riverside: World) -> None:
    """A click that comes twice, or another button afterwards, changes nothing more."""
    await asks(riverside, PHOTO, audience="mentors")
    seen = await first(riverside, "amara")
    await riverside.driver.presses("amara", "Done", seen, id_="one-click")
    assert (await riverside.driver.presses("amara", "Done", seen, id_="one-click")).nothing
    for button in ("Done", "I can't"):
        assert "You said that it's done." in await riverside.presses("amara", seen.buttons[button])
    assert "Amara Okafor: done" in (await listed(riverside, "Answers")).text


@at_once
async def test_two_answers_at_once(riverside: World) -> None:
    """The first one holds; the second press learns of it."""
    await asks(riverside, PHOTO, audience="mentors")
    amara = riverside.account("amara")
    presses = [Press(word, amara, f"asks.{word}:1") for word in ("done", "cannot")]
    replies = await asyncio.gather(*(riverside.core.handle(press) for press in presses))
    said = [reply.plain for reply in replies if isinstance(reply, Message)]
    assert [False, True] == sorted("Nothing left to do here." in text for text in said)
    done = "Nothing left to do here." not in said[0]
    assert ("Amara Okafor: done" if done else "Amara Okafor: can't") in (await listed(riverside, "Answers")).texts


async def test_somebody_elses_button_does_nothing(riverside: World) -> None:
    """Whoever presses a button that is another's, mentor, mentee or coordinator, is told so."""
    await asks(riverside, PHOTO, audience="mentors")
    seen = await first(riverside, "amara")
    for user in ("lena", "noor", "rosa", "ravi"):
        for button in seen.buttons.values():
            assert "Nothing was changed." in await riverside.presses(user, button)
    assert seen == await first(riverside, "amara")
    assert "0 of 1 have answered." in (await listed(riverside, "Answers")).text


@pytest.mark.parametrize("text", ["Tuesday 👍🏽 👩‍👩‍👧", "יום שלישי", "one\ntwo\n\nthree"])
async def test_words_of_every_kind(riverside: World, text: str) -> None:
    """Emoji, right-to-left scripts and line breaks arrive as they are."""
    await asks(riverside, text, audience="mentors", answer="words")
    assert text == (await first(riverside, "amara")).texts[1]
    form = (await riverside.driver.presses("amara", "Answer …", await first(riverside, "amara"))).form
    assert form is not None
    assert "Thank you!" in (await riverside.driver.submits("amara", form, {"text": text})).text
    listed_answer = f"Amara Okafor: {isolated(' '.join(text.split()))}"
    assert listed_answer in (await listed(riverside, "Answers")).texts


async def test_characters_that_no_database_takes(riverside: World) -> None:
    """They are left out of what is asked and of what is answered; nothing else is lost."""
    values = {"audience": "mentors", "text": "a\x00b\ud800c", "answer": "words"}
    rosa, amara = (riverside.account(user) for user in ("rosa", "amara"))
    assert "Ready to go?" in str(await riverside.core.handle(Submit("1", rosa, "asks.made", values)))
    await riverside.presses("rosa", "asks.send:1")
    assert "abc" == (await first(riverside, "amara")).texts[1]
    reply = await riverside.core.handle(Submit("2", amara, "asks.answered:1", {"text": "d\x00e\udfff"}))
    assert "Thank you!" in str(reply)
    assert "Amara Okafor: de" in (await listed(riverside, "Answers")).texts


async def test_too_many_words(riverside: World) -> None:
    """2,000 characters are too many; the form stays open, and 1,000 are taken."""
    await asks(riverside, "x" * 1000, audience="mentors", answer="words")
    assert "x" * 1000 == (await first(riverside, "amara")).texts[1]
    form = (await riverside.driver.presses("amara", "Answer …", await first(riverside, "amara"))).form
    assert form is not None
    errors = (await riverside.driver.submits("amara", form, {"text": "y" * 2000})).errors
    assert {"text": "This has 2000 characters; 1000 is the most I can take."} == errors
    assert "Thank you!" in (await riverside.driver.submits("amara", form, {"text": "y" * 1000})).text


async def test_what_the_team_waits_for_can_be_listed(riverside: World) -> None:
    """/mentor waiting shows it with its buttons, beside what pairings wait for, until it is answered."""
    await asks(riverside, PHOTO, audience="mentors")
    seen = await riverside.driver.commands("amara", "/mentor waiting")
    assert ("The team waits for your answer", PHOTO) == (seen.texts[0], seen.texts[2])
    assert "Nothing waits for you" not in seen.text
    await riverside.says("lena")
    both = await riverside.driver.commands("amara", "/mentor waiting")
    assert {"Done", "I can't", "No reply needed"} <= set(both.buttons)
    await riverside.presses("amara", "Done", both)
    assert "Waiting for you" == (await riverside.driver.commands("amara", "/mentor waiting")).texts[0]
    assert "Nothing waits for you" in await riverside.asks("lena", "/mentor waiting")


async def test_later_members_are_not_asked(riverside: World) -> None:
    """Whoever comes after a request was sent doesn't get it, and nobody who has left; it isn't waited for either."""
    await change(riverside, "noor", active=False)
    preview = await drafts(riverside, PHOTO, audience="mentees")
    assert "It goes to 1 person: Lena Vogt." in preview.text
    await riverside.presses("rosa", "Send it", preview)
    async with riverside.database.work(1) as work:
        await work.of(Members).save(NewMember("Yusuf Demir", frozenset({Role.MENTEE}), ()))
    await change(riverside, "noor", active=True)
    await riverside.passes(days=2)
    assert [] == await riverside.inbox("noor")
    assert "0 of 1 have answered" in await riverside.asks("rosa", "/mentor-admin asks")
    await change(riverside, "lena", active=False)
    assert "0 of 0 have answered" in await riverside.asks("rosa", "/mentor-admin asks")


async def test_a_coordinator_who_is_a_mentor_too(riverside: World) -> None:
    """They don't get what they ask the mentors for, but get what another coordinator asks, and answer like anybody."""
    await change(riverside, "amara", roles=frozenset({Role.MENTOR, Role.COORDINATOR}))
    await change(riverside, "ravi", roles=frozenset({Role.MENTOR}))
    assert "It goes to 1 person: Ravi Menon." in (await drafts(riverside, PHOTO, "amara", audience="mentors")).text
    await asks(riverside, PHOTO, audience="mentors")
    await riverside.presses("amara", "Done", await first(riverside, "amara"))
    assert "Amara Okafor: done" in (await listed(riverside, "Answers", "amara")).text


async def test_buttons_survive_a_restart(database_url: str, tmp_path: Path) -> None:
    """Between request, answer and reminder the bot may be started again: nothing is lost, nothing comes twice."""
    async with world(database_url, tmp_path) as before:
        preview = await drafts(before, PHOTO, audience="mentees")
        now = before.clock.now()
    async with world(database_url, tmp_path, at=now) as between:
        await between.driver.presses("rosa", "Send it", preview)  # nothing goes out before the bot is ended
        now = between.clock.now()
    async with world(database_url, tmp_path, at=now) as after_it:
        seen = await first(after_it, "lena")
        await after_it.presses("lena", "Done", seen)
        await after_it.passes(days=1)
        assert (1, 2) == (len(await after_it.inbox("lena")), len(await after_it.inbox("noor")))
