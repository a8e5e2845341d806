"""What people do with an app's buttons, selects and forms, and what they see in return."""

from typing import Any

import discord
import pytest
from discord import ui

from tests.stand_ins.discord import Discord, Guild, NotPossible, Reply, labels
from tests.stand_ins.discord_bot import Asked, Bot, code


def row(*names: str) -> ui.View:
    """Return a row of buttons."""
    view = ui.View()
    for name in names:
        view.add_item(ui.Button(label=name, custom_id=f"do.{name}"))
    return view


class Form(ui.Modal):
    """A form with a text, a choice and a file."""

    def __init__(self) -> None:
        super().__init__(title="A form", custom_id="form")
        options = [discord.SelectOption(label=name.title(), value=name) for name in ("red", "blue")]
        self.add_item(ui.Label(text="Why", component=ui.TextInput(custom_id="why", max_length=9, default="so")))
        self.add_item(ui.Label(text="Colour", component=ui.Select(custom_id="colour", options=options)))
        self.add_item(ui.Label(text="File", component=ui.FileUpload(custom_id="file", required=False)))


async def opens(asked: Asked) -> None:
    """Open a form."""
    await asked.response.send_modal(Form())


async def test_a_press_opens_a_form_that_is_sent_off(server: Discord, guild: Guild, bot: Bot, town: str) -> None:
    """A button opens a form with what was filled in before; what is in it arrives, and the message can change."""
    amara = server.person("amara", guild)
    message = await bot.text(town).send("What now?", view=row("Form"))

    async def take(asked: Asked) -> None:
        await asked.response.edit_message(content="Thank you.", view=None)

    bot.on(opens, take)
    [on] = amara.sees(town)
    assert ["Form"] == list(labels(on.components))
    seen = await amara.presses(on, "Form")
    assert seen.modal is not None
    assert ("A form", seen.modal) == (seen.modal.title, amara.modal)
    for values in (
        {"why": "x" * 10, "colour": "red"},
        {"colour": "green"},
        {},
        {"what": "x"},
        {"why": "", "colour": "red"},
    ):
        with pytest.raises(NotPossible):
            await amara.submits(values)
    await amara.closes()
    bot.on(opens)
    bot.acts.reverse()
    await amara.presses(on, "Form")
    after = await amara.submits({"Colour": "Blue", "file": [("a.txt", b"abc")]})
    assert (Reply.UPDATE, "Thank you.", []) == (after.first, on.content, on.components)
    data: Any = bot.interactions[-1].data
    told = {one["component"]["custom_id"]: one["component"] for one in data["components"]}
    assert ("so", ["blue"]) == (told["why"]["value"], told["colour"]["values"])
    [upload] = data["resolved"]["attachments"].values()
    attached = discord.Attachment(data=upload, state=bot._connection)  # noqa: SLF001
    assert (b"abc", message.id) == (await attached.read(), bot.interactions[-1].message.id)  # type: ignore[union-attr]
    with pytest.raises(NotPossible):
        await amara.submits()


async def test_a_form_follows_no_form(server: Discord, guild: Guild, bot: Bot, town: str) -> None:
    """What is sent off can't be answered with another form."""
    amara = server.person("amara", guild)
    codes: list[int] = []

    async def again(asked: Asked) -> None:
        codes.append(await code(asked.response.send_modal(Form())))
        await asked.response.send_message("Go on", view=row("On"), ephemeral=True)

    bot.on(opens, again, opens)
    await amara.commands("/mentor away until: x", town)
    seen = await amara.submits({"colour": "red"})
    assert [50035] == codes
    assert (await amara.presses(seen.ephemerals[0], "On")).modal


async def test_only_who_sees_a_button_can_press_it(server: Discord, guild: Guild, bot: Bot, town: str) -> None:
    """Not another's private answer, nothing in a hidden channel, nothing that is off or was deleted."""
    amara, rosa = server.person("amara", guild), server.person("rosa", guild)

    async def answer(asked: Asked) -> None:
        await asked.response.send_message("Only you", view=row("Go"), ephemeral=True)

    bot.on(answer)
    [private] = (await amara.commands("/mentor away until: x", town)).ephemerals
    hidden = server.text_channel(guild, "pair", amara, private=True)
    posted = await bot.text(hidden.id).send("Hello", view=row("Go"))
    for message in (private, hidden.messages[0]):
        with pytest.raises(NotPossible):
            await rosa.presses(message, "Go")
    with pytest.raises(NotPossible):
        await amara.presses(hidden.messages[0], "Stop")
    [kept] = hidden.messages
    await posted.delete()
    with pytest.raises(NotPossible):
        await amara.presses(kept, "Go")


async def test_a_select_tells_what_was_chosen(server: Discord, guild: Guild, bot: Bot, town: str) -> None:
    """Options by what stands on them, people as they are."""
    amara, lena = server.person("amara", guild), server.person("lena", guild)
    view = ui.View()
    view.add_item(ui.Select(custom_id="colour", options=[discord.SelectOption(label="Red", value="r")]))
    view.add_item(ui.UserSelect(custom_id="who"))
    await bot.text(town).send("Choose", view=view)

    async def quietly(asked: Asked) -> None:
        await asked.response.defer()

    bot.on(quietly, quietly)
    [on] = amara.sees(town)
    await amara.chooses(on, "colour", ["Red"], wait=0)
    await amara.chooses(on, "who", [lena], wait=0)
    chosen: Any = [one.data for one in bot.interactions]
    assert [["r"], [lena.id]] == [one["values"] for one in chosen]
    with pytest.raises(NotPossible):
        await amara.chooses(on, "colour", ["Green"])
