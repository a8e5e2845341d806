"""What people do with the bot's commands, buttons and forms, and how it answers them."""

import asyncio
import io
from dataclasses import replace
from datetime import timedelta

from bot.calls import Command, Press, Submit, Upload
from bot.views import Button, Errors, Field, File, Form, Image, Message, message
from tests.adapters.discord.community import Scene, scene
from tests.drivers.discord import QUICK, served
from tests.stand_ins.discord.community import Message as Shown
from tests.stand_ins.discord.interactions import Reply

CALLBACK = "POST /interactions/{interaction_id}/{interaction_token}/callback"
IMPATIENT = replace(QUICK, patience=0.1)
LONG = Form("Long", "trying.long:1", tuple(Field(f"f{number}", f"Field {number}") for number in range(12)))
LEFT_OUT = replace(LONG, fields=tuple(replace(field, required=False) for field in LONG.fields))
ONE = Form("One", "trying.one:1", (Field("name", "Your name", "Zoë"), Field("list", "List", file=True, required=False)))


def texts_of(shown: Shown) -> list[str]:
    """Return the texts of a message, as the bot wrote them."""
    return [row["content"] for row in shown.components if "content" in row]


async def test_options_are_typed(riverside_discord: Scene) -> None:
    """What is typed stands beside its option; people by their id; what is only said or not, as nothing more."""
    there = riverside_discord
    options = {"what": f"<@{there.lena.id}> & *all*", "yes": True}
    await there.amara.commands("/mentor try", there.channel.id, options)
    await there.amara.commands("/mentor try", None, {"yes": False})
    first, second = there.core.calls
    here = there.account(there.amara)
    assert isinstance(first, Command)
    assert isinstance(second, Command)
    assert (here, "mentor", "try", there.space) == (first.account, first.root, first.text, first.place)
    assert {"what": f"@{there.lena.id} & *all*", "yes": ""} == first.options
    assert (here, {}, None) == (second.account, second.options, second.place)


async def test_known_choices_are_completed(riverside_discord: Scene) -> None:
    """While somebody types; the core isn't asked."""
    answer = await riverside_discord.amara.suggests("/mentor try", "what", "ANOTH")
    assert ["another thing"] == [one["value"] for one in answer.choices]
    assert [] == riverside_discord.core.calls


async def test_all_answers_are_private(riverside_discord: Scene) -> None:
    """Nobody else sees what is answered in a channel or below a message for all."""
    there = riverside_discord
    sent = await there.platform.send(there.space, message("For you two.", actions=(Button("Ask", "trying.ask"),)), "k1")
    posted = there.channel.message(sent.message)
    for answer in (
        await there.amara.commands("/mentor try", there.channel.id),
        await there.amara.presses(posted, "Ask"),
        await there.amara.shortcut("Try this", posted),  # type: ignore[arg-type]
    ):
        (shown,) = answer.messages
        assert (Reply.MESSAGE, there.amara.id) == (answer.first, shown.to)
    assert [sent.message] == [one.id for one in there.channel.messages]


async def test_an_answer_below_an_answer_takes_its_place(riverside_discord: Scene) -> None:
    """Private answers don't pile up."""
    there = riverside_discord
    there.core.otherwise = message("Choose.", actions=(Button("Ask", "trying.ask"),))
    first = await there.amara.commands("/mentor try")
    there.core.otherwise = message("Chosen.")
    second = await there.amara.presses(first.messages[0], "Ask")
    assert (Reply.UPDATE, first.messages) == (second.first, second.messages)
    assert 1 == len(there.amara.ephemerals)


async def test_what_takes_long_is_answered_late() -> None:
    """Discord is told in time; the answer comes in the place of that, also one of several parts with a file."""
    async with scene(IMPATIENT) as there:
        there.core.go.clear()
        there.core.otherwise = message("Ω " * 2500)
        asked = asyncio.create_task(there.amara.commands("/mentor try"))
        await there.discord.changes.until(lambda: bool(there.asked(CALLBACK)), 30)
        there.core.go.set()
        answer = await asked
        await there.platform.settled()
        assert Reply.LATER == answer.first
        assert [True, True] == [one.to == there.amara.id for one in answer.messages]
        assert [4000, 1000] == [sum(len(row["content"]) for row in one.components) for one in answer.messages]


async def test_a_form_that_comes_late_has_a_button() -> None:
    """Discord opens a form only as a first answer."""
    async with scene(IMPATIENT) as there:
        there.core.go.clear()
        there.core.otherwise = ONE
        asked = asyncio.create_task(there.amara.commands("/mentor try"))
        await there.discord.changes.until(lambda: bool(there.asked(CALLBACK)), 30)
        there.core.go.set()
        answer = await asked
        await there.platform.settled()
        opened = await there.amara.presses(answer.messages[0], "Open it")
        assert opened.modal is not None
        assert "One" == opened.modal.title
        assert 1 == len(there.core.calls)


async def test_what_takes_longer_than_an_answer_may(log: io.StringIO) -> None:
    """After a quarter of an hour Discord takes no answer any more: that is noted as such, and nothing else ends."""
    async with scene(IMPATIENT) as there:
        there.core.go.clear()
        asked = asyncio.create_task(there.amara.commands("/mentor try", wait=0.2))
        await there.discord.changes.until(lambda: bool(there.asked(CALLBACK)), 30)
        there.clock.move_to(there.clock.now() + timedelta(minutes=16))
        there.core.go.set()
        await asked
        await there.platform.settled()
        assert "the time for an answer is over" in log.getvalue()
        assert there.platform.connected
        assert "Noted." == (await there.driver.commands(there.amara.id, "/mentor try")).text


async def test_a_long_form_goes_step_by_step(riverside_discord: Scene) -> None:
    """A modal holds five fields: between its steps a button goes on, and the core gets all at once."""
    there = riverside_discord
    there.core.answers["trying.open"] = LONG
    typed = {f"f{number}": str(number) for number in range(12)}
    form = (await there.driver.presses(there.amara.id, "trying.open")).form
    assert form is not None
    assert 5 == len(form.fields)
    answer = await there.driver.submits(there.amara.id, form, typed)
    assert "Noted." == answer.text
    call = there.core.calls[-1]
    assert isinstance(call, Submit)
    assert ("trying.long:1", typed) == (call.action, call.values)
    assert 1 == len(there.amara.ephemerals)


async def test_what_is_wrong_is_put_right(riverside_discord: Scene) -> None:
    """Errors stand beside the fields' labels; a button opens the form again, with what was typed."""
    there = riverside_discord
    there.core.answers["trying.open"] = ONE
    there.core.answers["trying.one:1"] = Errors({"name": "Too short.", "": "Not yet."})
    form = (await there.driver.presses(there.amara.id, "trying.open")).form
    assert form is not None
    upload = Upload("people.csv", b"a;b")
    refused = await there.driver.submits(there.amara.id, form, {"name": "Zo"}, {"list": upload})
    assert {"name": "Too short.\nNot yet."} == refused.errors
    again = (await there.driver.presses(there.amara.id, "Change it", refused)).form
    assert again is not None
    assert {"name": "Zo", "list": ""} == again.values
    there.core.answers["trying.one:1"] = message("Taken.")
    answer = await there.driver.submits(there.amara.id, again, {"name": "Zoë"})
    assert "Taken." == answer.text
    first, second = (call for call in there.core.calls if isinstance(call, Submit))
    assert ({"list": upload}, {}) == (first.files, second.files)
    assert first.id != second.id


async def test_old_buttons_and_forms_work_after_a_restart() -> None:
    """What stands in Discord since before the bot was started is pressed and sent off as ever."""
    async with scene() as there:
        await there.platform.send(
            there.account(there.amara), message("Look.", actions=(Button("Ask", "trying.ask"),)), "k"
        )
        there.core.answers["trying.open"] = ONE
        await there.driver.presses(there.amara.id, "trying.open")
        await there.platform.close()
        there.core.calls.clear()
        async with served(there.core, there.discord, there.guild) as (_, driver):
            (seen,) = await driver.inbox(there.amara.id)
            assert "Noted." == (await driver.presses(there.amara.id, "Ask", seen)).text
            there.core.answers["trying.one:1"] = Errors({"name": "Too short."})
            answer = await there.amara.submits({"name": "Zo"})
            texts = [row["content"] for row in answer.messages[0].components]
            assert ["Too short.", "-# This is what you wrote:", "Zo"] == texts[1:]
        press, submit = there.core.calls
        assert isinstance(press, Press)
        assert isinstance(submit, Submit)
        assert ("trying.ask", "trying.one:1", {"name": "Zo"}) == (press.action, submit.action, submit.values)


async def test_a_step_without_what_was_before_is_no_form() -> None:
    """After a restart in the middle of a long form nothing half-done reaches the core."""
    async with scene() as there:
        there.core.answers["trying.open"] = LONG
        await there.driver.presses(there.amara.id, "trying.open")
        await there.platform.close()
        there.core.calls.clear()
        async with served(there.core, there.discord, there.guild):
            answer = await there.amara.submits({f"f{number}": f"said {number}" for number in range(5)})
            (told, *given_back) = texts_of(answer.messages[0])
            assert "no longer" in told
            assert ["-# This is what you wrote:", *(f"said {number}" for number in range(5))] == given_back
        assert [] == there.core.calls


async def test_what_was_typed_in_steps_outlasts_a_restart() -> None:
    """It stands in the answer between two steps; when the bot has forgotten the form, that stays as it is."""
    async with scene() as there:
        there.core.answers["trying.open"] = LEFT_OUT
        await there.amara.presses(custom_id="0trying.open")
        first = await there.amara.submits({"f0": "Long words", "f3": "Longer words"})
        between = first.messages[0]
        assert ["-# This is what you wrote:", "Long words", "Longer words"] == texts_of(between)[1:]
        opened = await there.amara.presses(between, "Go on")
        assert opened.modal is not None
        second = await there.amara.submits({"f5": "The longest words"})
        assert [between] == second.messages
        assert ["Long words", "Longer words", "The longest words"] == texts_of(between)[2:]
        await there.platform.close()
        there.core.calls.clear()
        async with served(there.core, there.discord, there.guild):
            answer = await there.amara.presses(between, "Go on")
            assert between not in answer.messages
            assert "What you wrote in it stands above." in texts_of(answer.messages[0])[0]
            assert "The longest words" in texts_of(between)
        assert [] == there.core.calls


async def test_what_was_typed_stands_below_what_is_wrong(riverside_discord: Scene) -> None:
    """What somebody wrote themself, whatever becomes of the button that opens the form again."""
    there = riverside_discord
    there.core.answers["trying.open"] = ONE
    there.core.answers["trying.one:1"] = Errors({"name": "Too short."})
    await there.amara.presses(custom_id="0trying.open")
    unchanged = await there.amara.submits({})
    assert ["-# Not taken yet:", "-# Your name", "Too short."] == texts_of(unchanged.messages[0])
    await there.amara.presses(custom_id="0trying.open")
    refused = await there.amara.submits({"name": "Zo @everyone"})
    assert ["-# This is what you wrote:", r"Zo \@everyone"] == texts_of(refused.messages[0])[3:]


async def test_a_file_that_does_not_arrive_loses_no_words(riverside_discord: Scene) -> None:
    """In a step of a form: it is opened again with what was typed."""
    there = riverside_discord
    fields = (Field("list", "List", file=True, required=False), *LEFT_OUT.fields)
    there.core.answers["trying.open"] = replace(LONG, fields=fields)
    await there.amara.presses(custom_id="0trying.open")
    there.core.answers["trying.long:1"] = message("Taken.")
    sent = asyncio.create_task(there.amara.submits({"f0": "Words", "list": [("people.csv", b"a;b")]}))
    await asyncio.sleep(0)  # it is told
    there.discord.interactions.uploads.clear()
    answer = await sent
    assert "Words" in texts_of(answer.messages[0])
    again = await there.amara.presses(answer.messages[0], "Change it")
    assert again.modal is not None
    assert (
        "Words"
        == next(one for one in again.modal.body["components"] if one["component"]["custom_id"] == "f0")["component"][
            "value"
        ]
    )


async def test_pictures_and_files_are_answered_with(riverside_discord: Scene) -> None:
    """They come along with a private answer."""
    there = riverside_discord
    there.core.otherwise = Message((Image("a.png", b"1", "One."), File("b.json", b"2", "Two.")))
    seen = await there.driver.commands(there.amara.id, "/mentor try")
    assert ({"a.png": "One."}, {"b.json": b"2"}) == (seen.images, seen.files)


async def test_a_form_is_somebodys_own(riverside_discord: Scene) -> None:
    """What somebody else has in hand is not opened."""
    there = riverside_discord
    there.core.answers["trying.open"] = LONG
    await there.driver.presses(there.amara.id, "trying.open")
    answer = await there.lena.presses(custom_id="!trying.long:1")
    assert answer.modal is None
    assert "no longer" in answer.messages[0].components[0]["content"]


async def test_what_was_written_before_is_known_first(riverside_discord: Scene) -> None:
    """The message that an entry of its menu means was taken in before."""
    there = riverside_discord
    written = await there.lena.says(there.channel.id, "Hello", wait=False)
    on = there.channel.message(written)
    assert on is not None
    await there.lena.shortcut("Try this", on)
    assert [written] == [getattr(seen, "message", None) for seen in there.core.observed]


async def test_another_language_is_spoken(riverside_discord: Scene) -> None:
    """What the adapter itself says is in the language in which somebody uses Discord."""
    there = riverside_discord
    there.discord.users[there.lena.id].locale = "es-ES"
    answer = await there.lena.presses(custom_id="!gone")
    assert "no longer" not in answer.messages[0].components[0]["content"]
