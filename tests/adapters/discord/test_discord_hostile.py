"""What nobody should send, and what comes at a bad moment: everybody gets an answer, and it is theirs alone."""

import asyncio
import io
from dataclasses import replace

import pytest

from adapters.discord import limits
from bot.calls import Submit, Upload
from bot.views import Button, Errors, Field, Form, message
from tests.adapters.discord.community import Scene, scene
from tests.drivers.discord import QUICK
from tests.stand_ins.discord.community import EPHEMERAL, LOADING
from tests.stand_ins.discord.interactions import Act, Answer
from tests.stand_ins.discord.people import Person

CALLBACK = "POST /interactions/{interaction_id}/{interaction_token}/callback"
EDIT = "PATCH /webhooks/{webhook_id}/{webhook_token}/messages/@original"
IMPATIENT = replace(QUICK, patience=0.1)
FAULT = "Something went wrong on my side"
GARBAGE = ("x", "@", "!", "~", "0", "?@" + "A" * 11, "0@///////////", "\u202e", "\x00", "\ud83d\ude00" * 50, "0" * 100)


async def forged(by: Person, act: Act, data: object, channel: str | None = None) -> Answer:
    """Send what no client sends."""
    begun = by._begin(act, by._place(channel))  # noqa: SLF001 - it is beyond what a person does
    return await by._sends(begun, data, None)  # type: ignore[arg-type]  # noqa: SLF001


def said(answer: Answer) -> str:
    """Return what an answer says, which nobody else sees."""
    assert answer.error == "", answer.error
    assert all(one.to is not None and one.flags & EPHEMERAL and not one.flags & LOADING for one in answer.messages)
    return "\n".join(row["content"] for one in answer.messages for row in one.components if "content" in row)


@pytest.mark.parametrize("where", ["server", "direct"])
@pytest.mark.parametrize("custom_id", GARBAGE)
async def test_a_forged_button_is_answered(riverside_discord: Scene, custom_id: str, where: str) -> None:
    """Whatever its custom_id is."""
    there = riverside_discord
    channel = there.channel.id if where == "server" else None
    assert said(await there.amara.presses(custom_id=custom_id, channel=channel))


@pytest.mark.parametrize("custom_id", GARBAGE)
async def test_a_forged_form_is_answered(riverside_discord: Scene, custom_id: str) -> None:
    """Whatever its custom_id is: also what calls itself a step of a form."""
    assert said(await forged(riverside_discord.amara, Act.SUBMIT, {"custom_id": custom_id, "components": []}))


ODD: list[tuple[Act, object]] = [
    (Act.COMPONENT, {"custom_id": "x", "component_type": 3, "values": ["a"]}),
    (Act.COMPONENT, {"custom_id": None, "component_type": 2}),
    (Act.COMPONENT, {"custom_id": 5, "component_type": 2}),
    (Act.COMPONENT, {}),
    (Act.COMPONENT, None),
    (Act.COMMAND, {}),
    (Act.COMMAND, None),
    (Act.COMMAND, {"name": "mentor", "type": 1, "options": [None]}),
    (Act.COMMAND, {"name": "mentor", "type": 1, "options": ["x"]}),
    (Act.COMMAND, {"name": "mentor", "type": 1, "options": [{"name": "try", "options": [{"value": 5}]}]}),
    (Act.COMMAND, {"name": "mentor", "type": 1, "options": [{"name": "try", "type": 1, "options": {"a": 1}}]}),
    (Act.COMMAND, {"name": "never", "type": 1}),
    (Act.COMMAND, {"name": "never", "type": 2, "target_id": "1"}),
    (Act.COMMAND, {"name": "never", "type": 3}),
    (Act.COMMAND, {"name": "never", "type": 77}),
    (Act.SUBMIT, {}),
    (Act.SUBMIT, {"custom_id": "0trying.sent", "components": ["x", None, {"component": "y"}]}),
    (Act.SUBMIT, {"custom_id": "0trying.sent", "components": [{"component": {"custom_id": "a", "values": 7}}]}),
    (
        Act.SUBMIT,
        {
            "custom_id": "0trying.sent",
            "components": [{"component": {"type": 19, "custom_id": "a", "values": ["1"]}}],
            "resolved": {"attachments": {"1": {"filename": "x"}}},
        },
    ),
]


@pytest.mark.parametrize(("act", "data"), ODD)
async def test_an_odd_interaction_is_answered(riverside_discord: Scene, act: Act, data: object) -> None:
    """Kinds, commands and options that nobody declared, or of another shape: never silence, never for all to see."""
    there = riverside_discord
    assert said(await forged(there.amara, act, data, there.channel.id))
    assert [] == there.channel.messages
    assert there.platform.connected


@pytest.mark.parametrize(
    "data",
    [
        {"name": "gone", "options": [{"name": "try", "options": [{"name": "what", "focused": True, "value": "o"}]}]},
        {"name": "mentor", "options": [{"name": "try", "options": [{"name": "gone", "focused": True, "value": "o"}]}]},
        {"name": "mentor", "options": [{"name": "try", "options": [{"name": "what", "focused": True, "value": 5}]}]},
        {"name": "mentor", "options": ["x"]},
        {"name": "mentor", "options": [{"name": "try", "options": [7]}]},
        {},
        None,
    ],
)
async def test_nothing_completes_what_is_not_there(riverside_discord: Scene, data: object) -> None:
    """A command that was taken away, an option of another kind: nothing is offered, and nothing fails."""
    answer = await forged(riverside_discord.amara, Act.SUGGEST, data, riverside_discord.channel.id)
    assert ("", []) == (answer.error, answer.choices)


# What goes wrong on the way to an answer.

LONG = Form("Long", "trying.long:1", tuple(Field(f"f{number}", f"Field {number}") for number in range(7)))
FILE_FIRST = Form(
    "Long",
    "trying.long:2",
    (
        Field("list", "List", file=True),
        *(Field(f"f{number}", f"Field {number}", required=False) for number in range(6)),
    ),
)


@pytest.mark.parametrize("after", [False, True])
async def test_trouble_at_the_first_answer(riverside_discord: Scene, *, after: bool) -> None:
    """Discord breaks down before or after it has taken an answer of several parts: all of them are shown, once."""
    there = riverside_discord
    there.core.otherwise = message("a" * 3000, "b" * 3000)
    there.discord.faults.breaks(CALLBACK, after=after)
    answer = await there.amara.commands("/mentor try", there.channel.id)
    await there.platform.settled()
    assert 1 == said(answer).count("a" * 3000) == said(answer).count("b" * 3000)


@pytest.mark.parametrize("after", [False, True])
async def test_a_connection_that_is_lost_at_the_first_answer(riverside_discord: Scene, *, after: bool) -> None:
    """A connection that stood idle may be gone when it is used: it is answered over another one, once."""
    there = riverside_discord
    there.discord.faults.drops(CALLBACK, after=after)
    answer = await there.amara.commands("/mentor try", there.channel.id)
    await there.platform.settled()
    assert "Noted." == said(answer)


async def test_a_connection_that_is_lost_at_a_late_answer() -> None:
    """The same, when something was told to wait for it."""
    async with scene(IMPATIENT) as there:
        there.core.go.clear()
        there.discord.faults.drops(EDIT)
        asked = asyncio.create_task(there.amara.commands("/mentor try", there.channel.id))
        await there.discord.changes.until(lambda: bool(there.asked(CALLBACK)), 30)
        there.core.go.set()
        answer = await asked
        await there.platform.settled()
        assert "Noted." == said(answer)


@pytest.mark.parametrize("below", [False, True])
async def test_trouble_when_it_takes_long(*, below: bool) -> None:
    """Discord breaks down after it was told to wait: what is answered is shown all the same, to nobody else."""
    async with scene(IMPATIENT) as there:
        sent = await there.platform.send(there.space, message("Both.", actions=(Button("Ask", "trying.ask"),)), "k1")
        posted = there.channel.message(sent.message)
        there.core.go.clear()
        there.discord.faults.breaks(CALLBACK, after=True)
        asked = asyncio.create_task(
            there.amara.presses(posted, "Ask") if below else there.amara.commands("/mentor try", there.channel.id)
        )
        await there.discord.changes.until(lambda: len(there.asked(CALLBACK)) > 1, 30)
        there.core.go.set()
        answer = await asked
        await there.platform.settled()
        assert "Noted." == said(answer)
        assert [sent.message] == [one.id for one in there.channel.messages]


async def test_an_answer_that_discord_refuses(riverside_discord: Scene) -> None:
    """A form, or a message, that Discord doesn't take for a reason of its own: whoever asked is told so."""
    there = riverside_discord
    there.discord.faults.breaks(CALLBACK, 400)
    assert "can't show you my answer" in said(await there.amara.commands("/mentor try", there.channel.id))
    there.core.otherwise = Form("Odd", "trying.odd", (Field("same", "One"), Field("same", "Two")))
    assert "can't show you my answer" in said(await there.amara.commands("/mentor try", there.channel.id))


async def test_an_answer_that_discord_refuses_late() -> None:
    """Nobody is left waiting for what can't come."""
    async with scene(IMPATIENT) as there:
        there.core.go.clear()
        there.discord.faults.breaks(EDIT, 400)
        asked = asyncio.create_task(there.amara.commands("/mentor try", there.channel.id))
        await there.discord.changes.until(lambda: bool(there.asked(CALLBACK)), 30)
        there.core.go.set()
        answer = await asked
        await there.platform.settled()
        assert "can't show you my answer" in said(answer)


async def test_a_fault_of_ours_is_told(riverside_discord: Scene, log: io.StringIO) -> None:
    """With a reference under which it stands in the log."""
    there = riverside_discord
    there.core.fault = RuntimeError("broken")
    told = said(await there.amara.commands("/mentor try", there.channel.id))
    assert FAULT in told
    assert told.rpartition(" ")[2] in log.getvalue()


async def test_an_answer_after_fifteen_minutes(log: io.StringIO) -> None:
    """Discord takes none any more; the bot goes on."""
    async with scene(IMPATIENT) as there:
        there.core.go.clear()
        asked = asyncio.create_task(there.amara.commands("/mentor try", there.channel.id, wait=0))
        await there.discord.changes.until(lambda: bool(there.asked(CALLBACK)), 30)
        await asked
        there.clock.move_to(there.clock.now().replace(minute=16))
        there.core.go.set()
        await there.platform.settled()
        assert "Noted." == said(await there.amara.commands("/mentor try", there.channel.id))
    assert "Traceback" not in log.getvalue()
    assert "the time for an answer is over" in log.getvalue()


async def test_whose_program_it_is_takes_long() -> None:
    """Of several servers, the database doesn't say in time in whose program somebody is: they are told to try again."""
    async with scene() as there:
        await there.amara.joins(there.discord.guild("Hillside"))
        there.core.slow = asyncio.Event()
        assert "too long" in said(await there.amara.commands("/mentor try"))


async def test_a_file_in_a_step_that_takes_long() -> None:
    """It is waited for, and the form goes on."""
    async with scene(IMPATIENT) as there:
        there.core.answers["trying.open"] = FILE_FIRST
        await there.amara.presses(custom_id="0trying.open")
        there.discord.download = asyncio.Event()
        asked = asyncio.create_task(there.amara.submits({"list": [("a.csv", b"a;b")]}))
        await there.discord.changes.until(lambda: len(there.asked(CALLBACK)) > 1, 30)
        there.discord.download.set()
        answer = await asked
        await there.platform.settled()
        assert "Step 1 of 2 is done" in said(answer)
        opened = await there.amara.presses(answer.messages[0], "Go on")
        assert opened.modal is not None
        assert "Noted." == said(await there.amara.submits({}))
        call = there.core.calls[-1]
        assert isinstance(call, Submit)
        assert {"list": Upload("a.csv", b"a;b")} == call.files


async def test_what_is_wrong_at_the_end_of_a_long_form(riverside_discord: Scene) -> None:
    """The file of its last step is in hand as well, when something is put right."""
    there = riverside_discord
    last = (*LONG.fields[:6], Field("list", "List", file=True))
    there.core.answers["trying.open"] = replace(LONG, fields=last)
    there.core.answers["trying.long:1"] = Errors({"f6": "Too short.", "f5": "No."})
    await there.amara.presses(custom_id="0trying.open")
    answer = await there.amara.submits({f"f{number}": "x" for number in range(5)})
    await there.amara.presses(answer.messages[0], "Go on")
    answer = await there.amara.submits({"f5": "y", "list": [("a.csv", b"a;b")]})
    assert "No." in said(answer)
    there.core.answers["trying.long:1"] = message("Taken.")
    await there.amara.presses(answer.messages[0], "Change it")
    assert "Taken." in said(await there.amara.submits({"f5": "z", "list": [("b.csv", b"c;d")]}))
    first, second = (call for call in there.core.calls if isinstance(call, Submit))
    assert ({"list": Upload("a.csv", b"a;b")}, "y") == (first.files, first.values["f5"])
    assert ({"list": Upload("b.csv", b"c;d")}, "z") == (second.files, second.values["f5"])


async def test_of_a_huge_file_only_the_beginning_is_read(riverside_discord: Scene) -> None:
    """More than any form takes: whatever else there is never comes into memory."""
    there = riverside_discord
    there.core.answers["trying.open"] = Form("One", "trying.one:1", (Field("list", "List", file=True),))
    await there.amara.presses(custom_id="0trying.open")
    await there.amara.submits({"list": [("a.csv", b"x" * (3 * limits.FILE_BYTES))]})
    call = there.core.calls[-1]
    assert isinstance(call, Submit)
    assert limits.FILE_BYTES < len(call.files["list"].content) < limits.FILE_BYTES + 2**20
