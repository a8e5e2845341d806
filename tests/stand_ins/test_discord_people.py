"""What people do with an app: commands, buttons, selects, forms; and what they see in return."""

from datetime import timedelta
from typing import Any

import discord
import pytest
from discord import ui

from bot.clock import SetClock
from tests.stand_ins.discord import Can, Discord, Guild, NotPossible, Reply, labels
from tests.stand_ins.discord_bot import Bot, code, failure

Asked = discord.Interaction[Bot]
COMMANDS: list[dict[str, Any]] = [
    {
        "name": "mentor",
        "description": "For members",
        "options": [
            {
                "type": 1,
                "name": "away",
                "description": "Be away",
                "options": [
                    {"type": 3, "name": "until", "description": "When", "required": True, "autocomplete": True},
                    {"type": 6, "name": "who", "description": "Who"},
                    {"type": 4, "name": "days", "description": "Days", "min_value": 1, "max_value": 9},
                    {"type": 5, "name": "quietly", "description": "Tell nobody"},
                    {
                        "type": 3,
                        "name": "why",
                        "description": "Why",
                        "choices": [{"name": "Ill", "value": "i"}, {"name": "Busy", "value": "b"}],
                    },
                    {"type": 11, "name": "file", "description": "A file"},
                ],
            }
        ],
    },
    {"name": "admin", "description": "For some", "default_member_permissions": str(1 << 5), "contexts": [0]},
    {"name": "Try this", "type": 3},
    {"name": "Try them", "type": 2},
]


@pytest.fixture
async def town(server: Discord, guild: Guild, bot: Bot) -> str:
    """Return a channel, once the app has commands."""
    await bot.http.bulk_upsert_global_commands(int(server.app.id), COMMANDS)
    return server.text_channel(guild, "town").id


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


async def test_a_command_is_answered_privately(server: Discord, guild: Guild, bot: Bot, town: str) -> None:
    """Its options are typed; the answer is seen by who asked and by nobody else, and stands in no history."""
    amara, lena = server.person("amara", guild, locale="es-ES"), server.person("lena", guild)

    async def answer(asked: Asked) -> None:
        await asked.response.send_message("Away.", ephemeral=True)

    bot.on(answer)
    seen = await amara.commands("/mentor away until: 5 May who: @lena days: 3 quietly: True why: Ill", town)
    assert (Reply.MESSAGE, ["Away."]) == (seen.first, [one.content for one in seen.ephemerals])
    assert ([seen.messages[0]], [], []) == (amara.ephemerals, lena.ephemerals, server.channels[town].messages)
    [asked] = bot.interactions
    assert (int(town), int(amara.id), "es-ES") == (asked.channel_id, asked.user.id, str(asked.locale))
    data: Any = asked.data
    options = {one["name"]: one["value"] for one in data["options"][0]["options"]}
    assert {"until": "5 May", "who": lena.id, "days": 3, "quietly": True, "why": "i"} == options
    assert "lena" == data["resolved"]["users"][lena.id]["username"]
    assert 10008 == await code(bot.text(town).fetch_message(int(seen.messages[0].id)))


async def test_a_client_sends_only_what_is_declared(server: Discord, guild: Guild, bot: Bot, town: str) -> None:
    """Unknown commands and options, wrong kinds and what is missing are held back."""
    amara = server.person("amara", guild)
    for text in (
        "/other",
        "/mentor",
        "/mentor away",
        "/mentor away soon",
        "/mentor away until: x days: many",
        "/mentor away until: x days: 10",
        "/mentor away until: x who: @nobody",
        "/mentor away until: x why: Tired",
    ):
        with pytest.raises(NotPossible):
            await amara.commands(text, town)
    with pytest.raises(NotPossible):
        await amara.commands("/mentor away", town, {"until": "x", "where": "y"})
    assert [] == bot.interactions


async def test_what_is_typed_is_completed(server: Discord, guild: Guild, bot: Bot, town: str) -> None:
    """Suggestions come while an option is typed that has them."""
    amara = server.person("amara", guild)

    async def suggest(asked: Asked) -> None:
        data: Any = asked.data
        typed = next(one for one in data["options"][0]["options"] if one.get("focused"))
        choice = discord.app_commands.Choice(name=f"{typed['value']}morrow", value="t")
        await asked.response.autocomplete([choice])

    bot.on(suggest)
    seen = await amara.suggests("/mentor away", "until", "to", town)
    assert [{"name": "tomorrow", "value": "t"}] == [{k: one[k] for k in ("name", "value")} for one in seen.choices]
    with pytest.raises(NotPossible):
        await amara.suggests("/mentor away", "why", "I", town)


async def test_a_command_can_be_hidden(server: Discord, guild: Guild, bot: Bot, town: str) -> None:
    """Who lacks its permission isn't offered it, unless the administrators opened it; in private it isn't there."""
    amara, rosa = server.person("amara", guild), server.person("rosa", guild)
    role = server.role(guild, "team", int(Can.MANAGE_GUILD))
    guild.members[rosa.id].roles.append(role.id)
    assert [False, True] == ["admin" in who.menu(town) for who in (amara, rosa)]
    assert "admin" in server.person(guild.owner).menu(town)
    guild.opened.add("admin")
    assert "admin" in amara.menu(town)
    assert {"mentor"} == set(rosa.menu())


async def test_an_answer_can_come_later(server: Discord, guild: Guild, bot: Bot, town: str, clock: SetClock) -> None:
    """Deferred within three seconds, edited and followed up within fifteen minutes; then the token is dead."""
    amara = server.person("amara", guild)

    async def later(asked: Asked) -> None:
        await asked.response.defer(ephemeral=True, thinking=True)
        await asked.edit_original_response(content="At last.")
        await asked.followup.send("And more.", ephemeral=True)

    bot.on(later)
    seen = await amara.commands("/mentor away until: x", town)
    assert Reply.LATER == seen.first
    assert await server.changes.until(lambda: len(amara.ephemerals) == 2, 10)
    assert ["At last.", "And more."] == [one.content for one in amara.ephemerals]
    [asked] = bot.interactions
    clock.move_to(clock.now() + timedelta(minutes=16))
    error = await failure(asked.edit_original_response(content="Too late."))
    assert (401, 50027) == (error.status, error.code)


async def test_the_first_follow_up_ends_the_thinking(server: Discord, guild: Guild, bot: Bot, town: str) -> None:
    """After a deferred answer it takes its place, private as that was."""
    amara = server.person("amara", guild)

    async def later(asked: Asked) -> None:
        await asked.response.defer(ephemeral=True, thinking=True)
        await asked.followup.send("Here.")

    bot.on(later)
    seen = await amara.commands("/mentor away until: x", town)
    assert (["Here."], 1) == ([one.content for one in seen.ephemerals], len(amara.ephemerals))


async def test_it_is_answered_once_and_in_time(
    server: Discord, guild: Guild, bot: Bot, town: str, clock: SetClock
) -> None:
    """A second first answer is refused, one that comes after three seconds too; before it nothing else is taken."""
    amara = server.person("amara", guild)
    codes: list[int] = []

    async def twice(asked: Asked) -> None:
        codes.append(await code(asked.followup.send("Too early.")))
        await asked.response.send_message("Once.", ephemeral=True)
        asked.response._response_type = None  # noqa: SLF001
        codes.append(await code(asked.response.send_message("Twice.", ephemeral=True)))

    async def late(asked: Asked) -> None:
        clock.move_to(clock.now() + timedelta(seconds=4))
        codes.append(await code(asked.response.send_message("Late.")))

    bot.on(twice, late)
    await amara.commands("/mentor away until: x", town)
    server.interactions.within = 0.2
    seen = await amara.commands("/mentor away until: x", town)
    assert ("The application did not respond", []) == (seen.error, seen.messages)
    assert await server.changes.until(lambda: len(codes) == 3, 10)
    assert [10015, 40060, 10062] == codes


async def test_an_app_that_is_away_is_told_so(server: Discord, guild: Guild) -> None:
    """Without a connection a press fails, as the person sees; nobody waits."""
    amara = server.person("amara", guild)
    seen = await amara.presses(None, custom_id="do.it", channel=amara.dm.id)
    assert "This interaction failed" == seen.error


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


async def test_a_menu_names_its_message(server: Discord, guild: Guild, bot: Bot, town: str) -> None:
    """The app learns which message it was used on, and reads that one; or which person."""
    amara, lena = server.person("amara", guild), server.person("lena", guild)
    id_ = await lena.says(town, "Hello")

    async def answer(asked: Asked) -> None:
        await asked.response.send_message("Noted.", ephemeral=True)

    bot.on(answer, answer)
    seen = await amara.shortcut("Try this", amara.sees(town)[-1])
    assert ["Noted."] == [one.content for one in seen.ephemerals]
    data: Any = bot.interactions[0].data
    assert (id_, "Hello") == (data["target_id"], data["resolved"]["messages"][id_]["content"])
    await amara.shortcut("Try them", lena, town)
    data = bot.interactions[1].data
    assert (lena.id, "lena") == (data["target_id"], data["resolved"]["users"][lena.id]["username"])
    with pytest.raises(NotPossible):
        await amara.shortcut("Another", lena, town)


async def test_an_interaction_can_be_told_twice(server: Discord, guild: Guild, bot: Bot, town: str) -> None:
    """With the same id and token: the second time nothing more can be answered at first."""
    amara = server.person("amara", guild)
    codes: list[int] = []

    async def answer(asked: Asked) -> None:
        await asked.response.send_message("Once.", ephemeral=True)

    async def again(asked: Asked) -> None:
        codes.append(await code(asked.response.send_message("Twice.", ephemeral=True)))

    bot.on(answer, again)
    seen = await amara.commands("/mentor away until: x", town)
    second = await amara.commands("/mentor away until: x", town, id_=seen.id, wait=0)
    assert await server.changes.until(lambda: bool(codes), 10)
    assert ([40060], 1, []) == (codes, len(amara.ephemerals), second.messages)
    assert 1 == len({one.id for one in bot.interactions})


async def test_commands_keep_their_ids(server: Discord, guild: Guild, bot: Bot, town: str) -> None:
    """Put again they are the same; what isn't named any more is gone; a server has its own."""
    app = int(server.app.id)
    before = {one["name"]: one["id"] for one in await bot.http.get_global_commands(app)}
    rows: Any = [*COMMANDS[:1], {"name": "new", "description": "New"}]
    after = {one["name"]: one["id"] for one in await bot.http.bulk_upsert_global_commands(app, rows)}
    assert ({"mentor", "new"}, before["mentor"]) == (set(after), after["mentor"])
    await bot.http.bulk_upsert_guild_commands(app, int(guild.id), [{"name": "here", "description": "x", "type": 1}])
    assert {"mentor", "new", "here"} == set(server.person("amara", guild).menu(town))


async def test_commands_are_changed_one_by_one(server: Discord, guild: Guild, bot: Bot, town: str) -> None:
    """Added, put in the place of one of the same name, changed and taken away; checked as all at once are."""
    app, amara = int(server.app.id), server.person("amara", guild)
    rows: list[Any] = [{"name": "one", "description": words, "type": 1} for words in ("One", "Another")]
    one, again = [await bot.http.upsert_global_command(app, row) for row in rows]
    assert one["id"] == again["id"]
    changed = await bot.http.edit_global_command(app, int(one["id"]), {"name": "two"})
    assert (one["id"], "Another") == (changed["id"], changed["description"])
    assert "two" in amara.menu(town)
    error = await failure(bot.http.edit_global_command(app, int(one["id"]), {"name": "Not so"}))
    assert 50035 == error.code
    await bot.http.delete_global_command(app, int(one["id"]))
    assert "two" not in amara.menu(town)
    assert 10063 == (await failure(bot.http.delete_global_command(app, int(one["id"])))).code
