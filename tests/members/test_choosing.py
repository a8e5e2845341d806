"""A member says when and how they like to be reminded; what comes later is as they said."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.language import languages
from tests.platforms import on_each_platform
from tests.world import World, world


@pytest.fixture
async def at_home(sqlite_url: str, tmp_path: Path) -> AsyncIterator[World]:
    """Open it on SQLite, where only answers are looked at."""
    async with world(sqlite_url, tmp_path) as opened:
        yield opened


async def reminded(riverside: World, **span: float) -> int:
    """Let time pass; return how many reminders Amara has by then."""
    await riverside.passes(**span)
    return len(await riverside.inbox("amara"))


@on_each_platform
async def test_hours(riverside: World) -> None:
    """Who chose evenings isn't reminded at noon."""
    answer = await riverside.asks("amara", "/mentor hours 5pm-9pm")
    assert "17:00\u201321:00" in answer
    assert "The next time I'd remind you would be Monday 2 March, 17:00." in answer
    await riverside.says("lena")
    assert 0 == await reminded(riverside, hours=30.9)
    assert 1 == await reminded(riverside, hours=0.2)  # Tuesday, just after 17:00


async def test_hours_over_midnight(riverside: World) -> None:
    """Somebody who works at night is reminded at night."""
    assert "22:00\u201302:00 (over midnight)" in await riverside.asks("amara", "/mentor hours 22:00-02:00")
    await riverside.says("lena")
    assert 0 == await reminded(riverside, hours=35.9)
    assert 1 == await reminded(riverside, hours=0.2)


async def test_hours_that_change_while_a_message_waits(riverside: World) -> None:
    """What waits already comes at the new hours."""
    await riverside.asks("amara", "/mentor hours 20:00-21:00")
    await riverside.says("lena")
    assert 0 == await reminded(riverside, hours=25)
    await riverside.asks("amara", "/mentor hours any time")
    assert 1 == await reminded(riverside, minutes=5)


async def test_days(riverside: World) -> None:
    """Days that weren't chosen neither count nor bring a reminder."""
    answer = await riverside.asks("amara", "/mentor days mon wed thu")
    assert "these days: Monday, Wednesday and Thursday" in answer
    await riverside.says("lena")
    assert 0 == await reminded(riverside, hours=47)  # all of Tuesday
    assert 1 == await reminded(riverside, hours=2)


async def test_the_weekend(riverside: World) -> None:
    """Who chose every day is reminded on Saturday, too."""
    assert "every day" in await riverside.asks("amara", "/mentor days todos los días")
    await riverside.passes(days=4)
    await riverside.says("lena")
    assert 1 == await reminded(riverside, days=1, hours=1)


@on_each_platform
async def test_zone(riverside: World) -> None:
    """The same hours are other hours in another zone."""
    answer = await riverside.asks("amara", "/mentor zone new york")
    assert "America/New_York. It's 05:00 there now." in answer
    assert "Monday 2 March, 09:00" in answer
    await riverside.says("lena")
    assert 0 == await reminded(riverside, hours=27.9)
    assert 1 == await reminded(riverside, hours=0.2)  # 09:00 in New York is 14:00 here


async def test_country(riverside: World) -> None:
    """On a public holiday of one's country nothing counts and nobody is reminded."""
    await riverside.passes(days=30)  # Wednesday 1 April; Friday and Monday are Easter
    answer = await riverside.asks("amara", "/mentor country Alemania")
    assert "public holidays of Germany" in answer
    assert "The next one is Friday 3 April 2026." in answer
    await riverside.passes(days=1)
    await riverside.says("lena")
    assert 0 == await reminded(riverside, days=4.9)
    assert 1 == await reminded(riverside, days=0.2)  # Tuesday
    assert "I keep no public holidays" in await riverside.asks("amara", "/mentor country none")


@on_each_platform
@pytest.mark.skipif("es" not in languages(), reason="bot/languages/es.po isn't there yet")
async def test_language(riverside: World) -> None:
    """A reminder comes in the language that was chosen, with days as they are written in it."""
    await riverside.says("lena")
    await riverside.passes(days=1)
    (english,) = await riverside.inbox("amara")
    await riverside.asks("amara", "/mentor language español")
    await riverside.asks("amara", "/mentor away until 2026-03-10")
    assert "martes" in await riverside.asks("amara", "/mentor away hasta el martes")
    await riverside.asks("amara", "/mentor back")
    assert "English" in await riverside.asks("amara", "/mentor language inglés")
    await riverside.asks("amara", "/mentor language ES")
    await riverside.passes(days=6)
    *_, spanish = await riverside.inbox("amara")
    assert ("lunes" in english.text, "lunes" in spanish.text) == (False, True)


async def test_a_language_that_the_bot_doesnt_speak(at_home: World) -> None:
    """The answer says which ones it speaks."""
    answer = await at_home.asks("amara", "/mentor language klingon")
    assert 'I don\'t speak "klingon" yet. I speak: English' in answer


async def test_the_card_says_what_holds_and_where_it_comes_from(riverside: World) -> None:
    """Everything is the program's until somebody chooses; each choice has its button."""
    card = await riverside.driver.commands("amara", "/mentor me")
    for line in (
        "Hours: 09:00\u201319:30, as in your program",
        "Days: Monday to Friday, as in your program",
        "Time zone: UTC; it's 10:00 there now",
        "Holidays: none, as you've named no country",
        "Language: English, as in your program",
        "Away or lighter weeks: not now",
        "Badges: on. Celebrations: on.",
    ):
        assert line in card.texts
    labels = ["Hours …", "Days …", "Time zone …", "Holidays …", "Language …"]
    labels += ["I'll be away …", "Lighter weeks …", "Badges off", "Celebrations off", "My badges"]
    assert labels == list(card.buttons)
    choices = await riverside.driver.presses("amara", "Hours …", card)
    echo = await riverside.driver.presses("amara", "Evenings 17-21", choices)
    again = await riverside.driver.presses("amara", "All my choices", echo)
    assert "Hours: 17:00\u201321:00, as you chose" in again.texts
    assert "as in your program" in (await riverside.driver.commands("lena", "/mentor me")).text


async def test_back_to_the_programs(at_home: World) -> None:
    """A choice can be undone, by typing it and with a button."""
    await at_home.asks("amara", "/mentor hours 17-21")
    await at_home.asks("amara", "/mentor days sat")
    assert "hours of your program, 09:00" in await at_home.asks("amara", "/mentor hours as in my program")
    choices = await at_home.driver.commands("amara", "/mentor days")
    assert "Monday to Friday" in await at_home.presses("amara", "As in my program", choices)
    assert "as you chose" not in await at_home.asks("amara", "/mentor me")


async def test_badges_and_celebrations(riverside: World) -> None:
    """Both can be turned off and on, and it is said that it holds from then on."""
    card = await riverside.driver.commands("amara", "/mentor me")
    assert "From now on I award you none" in await riverside.presses("amara", "Badges off", card)
    assert "From now on I leave you out" in await riverside.presses("amara", "Celebrations off", card)
    card = await riverside.driver.commands("amara", "/mentor me")
    assert "Badges: off. Celebrations: off." in card.texts
    assert "badges are on" in await riverside.presses("amara", "Badges on", card)


@on_each_platform
@pytest.mark.parametrize(
    ("form", "wrong", "right"),
    [
        ("hours", "25:00-26:00", "5pm-9pm"),
        ("days", "blursday", "Monday to Friday"),
        ("zone", "Mars/Base", "Berlin"),
        ("country", "Atlantis", "Germany"),
        ("lighter", "nine years", "two weeks"),
    ],
)
async def test_forms_keep_what_was_typed(at_home: World, form: str, wrong: str, right: str) -> None:
    """What can't be read is said beside its field; what is right is taken."""
    opened = (await at_home.driver.presses("amara", f"members.{form}_form")).form
    assert opened is not None
    (field,) = opened.fields
    refused = await at_home.driver.submits("amara", opened, {field.name: wrong})
    assert {field.name} == set(refused.errors)
    taken = await at_home.driver.submits("amara", opened, {field.name: right})
    assert "Noted:" in taken.text


async def test_an_offset_is_refused_with_a_guess(at_home: World) -> None:
    """A zone is a place: who gives an offset hears why, and can take a guess with one tap."""
    answer = await at_home.driver.commands("amara", "/mentor zone UTC-6")
    assert "doesn't tell me when your clocks change" in answer.text
    assert "America/Chicago" in answer.buttons
    assert "Time zone: UTC;" in await at_home.asks("amara", "/mentor me")
    assert "your time zone is America/Chicago" in await at_home.presses("amara", "America/Chicago", answer)


NONSENSE = [
    "x" * 500,
    "\u202e\u0645\u0631\u062d\u0628\u0627\u202c",
    "🏖️🎉",
    "none of your business",
    "-",
    "'; DROP TABLE member; --",
]


@pytest.mark.parametrize("what", ["hours", "days", "zone", "country", "language", "lighter", "away until"])
async def test_nonsense_changes_nothing(at_home: World, what: str) -> None:
    """Whatever is typed: a short private answer that says what would be right, and everything is as it was."""
    before = await at_home.asks("amara", "/mentor me")
    for typed in NONSENSE:
        answer = await at_home.asks("amara", f"/mentor {what} {typed}")
        assert (typed, True) == (typed, "Noted" not in answer and "went wrong" not in answer)
        assert (typed, True) == (typed, 20 < len(answer) < 400)
    assert before == await at_home.asks("amara", "/mentor me")


async def test_what_was_chosen_outlives_a_restart(database_url: str, tmp_path: Path) -> None:
    """It is theirs, whatever the file with the people says."""
    async with world(database_url, tmp_path) as riverside:
        for choice in ("hours 17-21", "days mon", "zone Berlin", "country DE", "language english"):
            await riverside.asks("amara", f"/mentor {choice}")
        before = await riverside.asks("amara", "/mentor me")
    async with world(database_url, tmp_path) as riverside:
        assert before == await riverside.asks("amara", "/mentor me")
