"""A community event from its announcement to who was there, as everybody sees it."""

from pathlib import Path

from bot.context import Context
from bot.facts import CountsChanged
from bot.feature import Feature
from bot.features import FEATURES
from storage.channels import Channels
from tests.events.announcing import CIRCLE, announces, code, enters, fills, lists, newest, types
from tests.exports.test_lists import rows
from tests.platforms import on_each_platform
from tests.setup.empty import made_ready, start
from tests.world import LENA, World, world


@on_each_platform
async def test_from_the_announcement_to_who_was_there(riverside: World) -> None:
    """Typed, looked at, announced; one comes, is reminded, types the code; the coordinator sees who was there."""
    echo = await types(riverside)
    assert "Shall I announce this?" in echo.text
    assert "circle, Thursday 5 March, 18:00 (UTC)\nHow long: 1 hour\nWhere: https://zoom.us/j/1" in echo.text
    assert ["Announce it", "Change …", "Drop it"] == list(echo.buttons)
    said = await riverside.driver.presses("rosa", "Announce it", echo)
    assert "tell 3 people" in said.text
    assert await code(riverside) in said.text
    await riverside.passes(days=1)
    told = await newest(riverside, "lena")
    assert "A community event: “Mentoring circle”" in told.text
    assert CIRCLE["about"] in told.text
    assert ["I'll come", "I can't", "Details"] == list(told.buttons)
    comes = await riverside.driver.presses("lena", "I'll come", told)
    assert "you're coming to “Mentoring circle” on Thursday 5 March, 18:00 (UTC)" in comes.text
    assert "You're coming." in (await newest(riverside, "lena")).text
    assert "Should it suit you after all" in await riverside.presses("noor", "I can't", await newest(riverside, "noor"))
    await riverside.passes(days=2, hours=7)  # Thursday, 17:00
    reminded = await newest(riverside, "lena")
    assert "In 60 minutes: “Mentoring circle”" in reminded.text
    assert "In 60 minutes" not in (await newest(riverside, "noor")).text
    await riverside.passes(hours=1)
    right = await code(riverside)
    thanks = await fills(riverside, "lena", "I was there …", reminded, code=f" {right[:2].lower()}-{right[2:]} ")
    assert "you were at “Mentoring circle”. Thank you for coming!" in thanks.text
    page = await riverside.driver.presses("rosa", "events.guests:1")
    assert "1 said that they come: Lena Vogt" in page.text
    assert "1 was there: Lena Vogt" in page.text
    assert "1 can't come" in page.text
    desk = await riverside.presses("rosa", "events.show:1")
    assert "For coordinators:\n1 said that they come\n1 was there\n" in desk
    assert "You were there." in (await lists(riverside, "lena")).text


@on_each_platform
async def test_who_comes_is_told_of_what_changes(riverside: World) -> None:
    """Moved: told with a file for the calendar, once; the others' announcement says the new time. Called off: told."""
    await announces(riverside)
    await riverside.passes(days=1)
    await riverside.presses("lena", "I'll come", await newest(riverside, "lena"))
    await riverside.presses("noor", "I can't", await newest(riverside, "noor"))
    opened = await riverside.driver.presses("rosa", "events.show:1")
    assert "For coordinators:\n1 said that they come\nCode to show there" in opened.text
    echo = await fills(riverside, "rosa", "Change …", opened, time="Friday 18:30")
    assert "Shall I change it so?" in echo.text
    assert "Whoever said that they come is told." in await riverside.presses("rosa", "Yes, change it", echo)
    told = await newest(riverside, "lena")
    assert "Something has changed about “Mentoring circle”. It is now:" in told.text
    assert "Friday 6 March, 18:30 (UTC)" in told.text
    assert b"SEQUENCE:1" in told.files["event.ics"]
    assert "Friday 6 March, 18:30 (UTC)" in (await newest(riverside, "amara")).text
    assert "Something has changed" not in (await newest(riverside, "noor")).text
    off = await fills(riverside, "rosa", "events.call_off:1", words="The room is taken, sorry")
    assert "“Mentoring circle” is called off." in off.text
    told = await newest(riverside, "lena")
    assert "“Mentoring circle” on Friday 6 March, 18:30 is called off.\nThe room is taken, sorry" in told.text
    assert b"METHOD:CANCEL" in told.files["event.ics"]
    assert "is called off" in (await newest(riverside, "amara")).text
    assert "The room is taken" not in repr(await riverside.inbox("noor"))
    assert "Nothing was changed." in await riverside.presses("lena", "events.come:1")
    count = len(await riverside.inbox("lena"))
    await riverside.passes(days=3)
    assert count == len(await riverside.inbox("lena"))  # nobody is reminded


@on_each_platform
async def test_a_coordinator_notes_who_was_there(riverside: World) -> None:
    """Ticked in a list or by name, and taken out again: then no code brings them back."""
    await announces(riverside)
    await riverside.presses("lena", "events.come:1")
    assert "can be noted from then on" in (await riverside.driver.presses("rosa", "events.tick:1:0")).text
    await riverside.passes(days=3, hours=8)
    page = await riverside.driver.presses("rosa", "events.guests:1")
    assert "Nobody is noted as having been there" in page.text
    form = (await riverside.driver.presses("rosa", "Who was there? …", page)).form
    assert form is not None
    (lena,) = [value for value, label in form.fields[0].choices.items() if label == "Lena Vogt"]
    done = await riverside.driver.submits("rosa", form, {"there": lena, "others": "@amara, noor haddad"})
    assert "3 people noted." in done.text
    assert "3 were there: Amara Okafor, Lena Vogt and Noor Haddad" in done.text
    form = (await riverside.driver.presses("rosa", "events.tick:1:0")).form
    assert form is not None
    boxes = set(form.values["there"].split(","))
    done = await riverside.driver.submits("rosa", form, {"there": ",".join(boxes - {lena})})
    assert "1 person taken out." in done.text
    assert "has noted that you weren't there" in (await enters(riverside, "lena", await code(riverside))).text
    wrong = await fills(riverside, "rosa", "events.tick:1:0", others="Nobody Atall")
    assert 'I don\'t know "Nobody Atall"' in wrong.errors["others"]


@on_each_platform
async def test_a_time_that_can_mean_two_things(riverside: World) -> None:
    """It is asked for, and nothing goes out before it is clear; what was typed is there when the form opens again."""
    echo = await types(riverside, time="5/3 18:00")
    assert 'You wrote "5/3 18:00". Which one do you mean?' in echo.text
    assert "Announce it" not in echo.buttons
    clear = await riverside.driver.presses("rosa", "Thursday 5 March, 18:00 (UTC)", echo)
    assert "Announce it" in clear.buttons
    again = await fills(riverside, "rosa", "Change …", clear, title="Training on feedback", kind="training")
    assert "Which one do you mean?" in again.text
    assert "It's gone. Nobody was told." in await riverside.presses("rosa", "Drop it", again)


async def test_the_announcement_keeps_to_hours_and_budget(riverside: World) -> None:
    """Not while somebody is away, not again when it changes; who joins later hears of what is still to come."""
    await riverside.asks("lena", "/mentor away until Wednesday")
    await announces(riverside, time="Friday 18:00")
    await announces(riverside, title="Training", kind="training", time="Friday 19:30")
    await riverside.passes(days=1)
    assert [] == await riverside.inbox("lena")
    (told,) = await riverside.inbox("amara")
    assert "“Mentoring circle”" in told.text
    assert "“Training”" in told.text
    await riverside.passes(days=2)
    assert ["“Training”" in seen.text for seen in await riverside.inbox("lena")] == [True]
    assert [] == [seen for seen in await riverside.inbox("ravi") if "“Training”" in seen.text]


async def test_the_channel_hears_of_it(riverside: World) -> None:
    """Announced, changed and called off; where it is, members see under Details."""
    async with riverside.database.work(1) as work:
        await work.of(Channels).put(riverside.place())
    await announces(riverside)
    await riverside.jobs.round()
    (said,) = await riverside.driver.posts("lena", LENA)
    assert "A community event: “Mentoring circle”" in said.text
    assert CIRCLE["venue"] not in said.text
    assert "you're coming" in (await riverside.driver.presses("lena", "I'll come", said)).text
    await fills(riverside, "rosa", "events.call_off:1", words="Sorry")
    await riverside.jobs.round()
    assert "is called off.\nSorry" in (await riverside.driver.posts("lena", LENA))[-1].text


async def test_tried_out_nobody_hears_of_it_and_at_the_start_everybody_does(database_url: str, tmp_path: Path) -> None:
    """What was announced while the program was only tried out is announced anew, if it is still to come."""
    async with world(database_url, tmp_path, empty=True) as opened:
        await made_ready(opened)
        await opened.asks("rosa", "/mentor-admin shadow")
        await announces(opened)
        await opened.passes(days=1)
        assert "“Mentoring circle”" not in repr(await opened.inbox("lena"))
        await start(opened)
        await opened.passes(days=1)
        assert "“Mentoring circle”" in repr(await opened.inbox("lena"))


async def test_what_counts_is_told_to_the_other_rooms(database_url: str, tmp_path: Path) -> None:
    """By a code, by a coordinator, and when it is taken back; nothing when nothing changes."""
    told: list[tuple[int, ...]] = []
    listening = Feature("listening")

    @listening.on(CountsChanged)
    async def changed(_: Context, fact: CountsChanged) -> None:
        told.append(tuple(fact.member_ids))

    async with world(database_url, tmp_path, features=(*FEATURES, listening)) as opened:
        await announces(opened)
        await opened.passes(days=3, hours=8)
        await enters(opened, "lena", await code(opened))
        await fills(opened, "rosa", "events.tick:1:0", others="@noor, @lena")
        await fills(opened, "rosa", "events.tick:1:0", there="2")
        await fills(opened, "rosa", "events.tick:1:0")
    assert [(2,), (3,), (3,)] == told


async def test_the_list_as_a_file(riverside: World) -> None:
    """Who came to what; an event without anybody has a row as well."""
    await announces(riverside)
    await announces(riverside, title="=Training", kind="training", time="Friday 18:00")
    await riverside.presses("lena", "events.come:1")
    await riverside.passes(days=3, hours=8)
    await enters(riverside, "lena", await code(riverside))
    circle, training = await rows(riverside, "events")
    assert ["Mentoring circle", "circle", "2026-03-05 18:00", "60", "no", "Lena Vogt", "yes", "yes"] == circle
    assert ["'=Training", "training", "2026-03-06 18:00", "60", "no", "", "", ""] == training


async def test_two_changes_in_an_evening_are_told_once(riverside: World) -> None:
    """The next morning, as it is by then; what is changed without another time or place is told to nobody."""
    await announces(riverside, time="Friday 20 March 18:00")
    await riverside.passes(hours=11)  # Monday, 21:00
    await riverside.presses("lena", "events.come:1")
    for room in ("Room 1", "Room 2"):
        echo = await fills(riverside, "rosa", "events.change:1", venue=room)
        await riverside.presses("rosa", "Yes, change it", echo)
    await riverside.passes(hours=14)
    told = [seen for seen in await riverside.inbox("lena") if "Something has changed" in seen.text]
    assert [(1, True)] == [(seen.text.count("Something has changed"), "Room 2" in seen.text) for seen in told]
    echo = await fills(riverside, "rosa", "events.change:1", title="Circle of March")
    assert "Changed." in await riverside.presses("rosa", "Yes, change it", echo)
    await riverside.passes(days=1)
    assert told == [seen for seen in await riverside.inbox("lena") if "Something has changed" in seen.text]
