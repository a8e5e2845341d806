"""A time away that was typed holds at once, is said as it was read, and can be taken back."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language import languages, speaking
from bot.members.away import Typed, readings
from bot.members.said import LONGEST, Said, pack, unpack
from bot.wording import full_day
from tests.platforms import on_each_platform
from tests.world import MONDAY, World

NOT_MEANT = "Not what I meant"
minutes = st.integers(0, 10**8).map(lambda count: MONDAY - timedelta(days=20_000) + timedelta(minutes=count))
words = st.text(max_size=60)


async def away(riverside: World) -> str:
    """Return what Amara's card says of her time away."""
    card = await riverside.driver.commands("amara", "/mentor me")
    (line,) = [line for line in card.texts if line.startswith(("Away:", "Away or lighter"))]
    return line


@on_each_platform
async def test_what_was_typed_holds_without_a_further_tap(riverside: World) -> None:
    """Whoever reads the echo on the way to the door is away, whether they press anything or not."""
    echo = await riverside.driver.commands("amara", "/mentor away until Monday")
    assert "you're away until Monday 9 March 2026" in echo.text
    assert ["I'm back already", NOT_MEANT] == list(echo.buttons)
    await riverside.says("lena")
    await riverside.passes(days=6)
    assert [] == await riverside.inbox("amara")


async def test_not_what_i_meant(riverside: World) -> None:
    """One tap takes it back and opens the form with what was typed."""
    echo = await riverside.driver.commands("amara", "/mentor away from Thursday until Monday")
    form = (await riverside.driver.presses("amara", NOT_MEANT, echo)).form
    assert form is not None
    assert {"until": "Monday", "start": "Thursday"} == form.values
    assert "Away or lighter weeks: not now" == await away(riverside)
    answer = await riverside.driver.submits("amara", form, {"until": "20 March", "start": ""})
    assert "until Friday 20 March 2026" in answer.text
    assert "Away: until Friday 20 March 2026" == await away(riverside)
    assert "no longer as it was" in await riverside.presses("amara", NOT_MEANT, echo)


async def test_what_it_had_ended_holds_again(riverside: World) -> None:
    """A mistyped day doesn't cost the holiday that was said before it."""
    await riverside.asks("amara", "/mentor away until 20 March")
    await riverside.passes(hours=1)
    echo = await riverside.driver.commands("amara", "/mentor away until tomorrow")
    assert "Away: until Tuesday 3 March 2026" == await away(riverside)
    await riverside.presses("amara", NOT_MEANT, echo)
    assert "Away: until Friday 20 March 2026" == await away(riverside)


async def test_an_open_pause_holds_again(riverside: World) -> None:
    """The same for one that had no end."""
    choices = await riverside.driver.commands("amara", "/mentor away")
    await riverside.presses("amara", "Until I say I'm back", choices)
    await riverside.passes(hours=1)
    echo = await riverside.driver.commands("amara", "/mentor away two weeks")
    await riverside.presses("amara", NOT_MEANT, echo)
    assert "Away: until you write /mentor back" == await away(riverside)


@on_each_platform
async def test_a_day_that_can_be_read_in_two_ways(riverside: World) -> None:
    """The likelier one holds at once; both are offered, and a tap takes the other one."""
    echo = await riverside.driver.commands("amara", "/mentor away until 5/3")
    assert "5/3 can be read in two ways" in echo.text
    labels = ["I'm back already", "Thursday 5 March 2026", "Sunday 3 May 2026", "Neither"]
    assert labels == list(echo.buttons)
    assert "Away: until Thursday 5 March 2026" == await away(riverside)
    await riverside.passes(minutes=5)
    other = await riverside.driver.presses("amara", "Sunday 3 May 2026", echo)
    assert "until Sunday 3 May 2026" in other.text
    assert "Away: until Sunday 3 May 2026" == await away(riverside)
    assert "no longer as it was" in await riverside.presses("amara", "Thursday 5 March 2026", echo)
    await riverside.presses("amara", NOT_MEANT, other)
    assert "Away or lighter weeks: not now" == await away(riverside)


async def test_the_first_reading_can_be_confirmed(riverside: World) -> None:
    """A tap on the day that holds already leaves it as it is."""
    echo = await riverside.driver.commands("amara", "/mentor away from 5/3 until 9/3")
    labels = ["Thursday 5 March 2026 to Monday 9 March 2026", "Sunday 3 May 2026 to Thursday 3 September 2026"]
    assert labels == list(echo.buttons)[1:3]
    await riverside.presses("amara", labels[0], echo)
    await riverside.passes(days=4)
    assert "Away: until Monday 9 March 2026" == await away(riverside)


async def test_an_old_button_takes_nothing_back(riverside: World) -> None:
    """After a day the days away have been lived: to take them back would make somebody late."""
    echo = await riverside.driver.commands("amara", "/mentor away two weeks")
    await riverside.passes(days=1, minutes=2)
    assert "no longer as it was" in await riverside.presses("amara", NOT_MEANT, echo)
    assert "Away: until Monday 16 March 2026" == await away(riverside)
    await riverside.asks("amara", "/mentor away two days")
    again = await riverside.driver.commands("amara", "/mentor away three days")
    await riverside.passes(hours=1)
    await riverside.asks("amara", "/mentor back")
    assert "no longer as it was" in await riverside.presses("amara", NOT_MEANT, again)


async def test_nobody_takes_back_for_another(riverside: World) -> None:
    """A button that was given to somebody else finds nothing."""
    echo = await riverside.driver.commands("amara", "/mentor away two weeks")
    stolen = echo.buttons[NOT_MEANT]
    assert "no longer as it was" in (await riverside.driver.presses("lena", stolen)).text
    assert "Away: until Monday 16 March 2026" == await away(riverside)


@pytest.mark.parametrize(
    ("zone", "first", "second"),
    [
        ("UTC", "5 March", "3 May"),
        ("Europe/Berlin", "5 March", "3 May"),
        ("America/Chicago", "3 May", "5 March"),
        ("US/Eastern", "3 May", "5 March"),
    ],
)
def test_which_reading_is_likelier(zone: str, first: str, second: str) -> None:
    """Where people write the month first, 5/3 is in May; where there is but one reading, nothing is asked."""
    found = readings(Typed("5/3"), MONDAY, zone)
    days = [full_day(span.until, zone) for span in found if span.until]
    assert [True, True] == [first in days[0], second in days[1]]
    for clear in ("25/12", "5.3.", "2026-03-05", "Monday", "5 March", "two weeks"):
        assert 1 == len(readings(Typed(clear), MONDAY, zone))


@pytest.mark.skipif("es" not in languages(), reason="bot/languages/es.po isn't there yet")
@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("dos semanas", "16 March"),
        ("hasta el lunes", "9 March"),
        ("el próximo lunes", "9 March"),
        ("mañana", "3 March"),
        ("pasado mañana", "4 March"),
        ("dentro de una semana", "9 March"),
        ("5 de marzo", "5 March"),
        ("el lunes que viene", "9 March"),
        ("Monday", "9 March"),
        ("two weeks", "16 March"),
    ],
)
def test_days_in_spanish(typed: str, day: str) -> None:
    """Who speaks Spanish may write days in Spanish, and in English."""
    with speaking("es"):
        (span,) = readings(Typed(typed), MONDAY, "Europe/Madrid")
    assert span.until is not None
    assert day in full_day(span.until, "Europe/Madrid")


@given(st.integers(1, 2**40), minutes, st.integers(0, 2**40), st.none() | minutes, words, words)
def test_a_button_remembers_what_was_said(
    pause: int, at: datetime, ended: int, until: datetime | None, end: str, begin: str
) -> None:
    """Packed and unpacked it is the same, or the words are left out; it always fits into a button."""
    packed = pack(Said(pause, at, ended, until, Typed(end, begin)))
    found = unpack(packed)
    assert len(packed) <= LONGEST
    assert (pause, at, ended, until) == (found.pause, found.at, found.ended, found.ended_until)
    plain = Typed(*(text.replace("|", " ").replace(":", " ") for text in (end, begin)))
    assert found.typed in (plain, Typed())


@pytest.mark.parametrize(
    "forged",
    ["", "1", "x" * 100, "00001.1.0.0.||", "00001.1.0.0.5/3||", "\u0660\u0660\u0660\u0661\u0661.1.0.0.||", "\x00"],
)
def test_what_was_never_given_out_is_refused(forged: str) -> None:
    """Anything else is no button of the bot's."""
    with pytest.raises(ValueError, match=r"^$"):
        unpack(forged)
