"""/mentor-admin waiting: who is away, and how answers went in the last weeks, in a picture and in words."""

import struct
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from bot.calendar import Calendar
from bot.calls import Command
from bot.language import speaking
from bot.nudges.chart import draw
from bot.nudges.overview_wording import in_words
from bot.nudges.weeks import FEW, SHOWN, Week, begin, mondays, weeks
from bot.views import Image, Message
from storage.answers import Answer
from tests.world import MONDAY, NOOR, World

_NUMBERS = count(1)
EVERY_DAY = Calendar(ZoneInfo("UTC"), frozenset(range(7)), time(9), time(19))
WORKING_DAYS = Calendar(ZoneInfo("UTC"), frozenset(range(5)), time(9), time(19))
HOUR = timedelta(hours=1)


async def overview(riverside: World) -> Message:
    """Ask for the overview."""
    call = Command(f"overview {next(_NUMBERS)}", riverside.account("rosa"), "mentor-admin", "waiting")
    reply = await riverside.core.handle(call)
    assert isinstance(reply, Message)
    return reply


async def test_how_answers_went(riverside: World) -> None:
    """The list stays as it was; below it the picture, and all that it shows in words, without a name."""
    for _ in range(3):
        await riverside.says("lena")
        await riverside.passes(hours=5)
        await riverside.says("amara")
        await riverside.passes(hours=19)
    (*_, image) = (shown := await overview(riverside)).blocks
    assert "All is well: no message waits longer than it should in 2 pairs." in shown.plain
    assert isinstance(image, Image)
    assert "Week of 2 March: 3 answers, half of them within 5 hours, 100% in time." in image.text
    assert "Week of 12 January: no answers." in image.text
    assert SHOWN + 1 == len(image.text.splitlines())
    for name in ("Amara", "Lena", "Noor", "Rosa"):
        assert name not in image.text
    assert (900, 400) == struct.unpack(">II", image.content[16:24])
    assert len(image.content) < 60_000


async def test_no_answers_no_picture(riverside: World) -> None:
    """Where nothing was answered in eight weeks there is nothing to draw."""
    await riverside.says("lena")
    assert [] == [block for block in (await overview(riverside)).blocks if isinstance(block, Image)]


async def test_few_answers_are_one_persons(riverside: World) -> None:
    """Under three answers in a week, how long they took would be somebody's own."""
    await riverside.says("lena")
    await riverside.passes(hours=5)
    await riverside.says("amara")
    image = (await overview(riverside)).blocks[-1]
    assert isinstance(image, Image)
    assert "Week of 2 March: 1 answer, too few to say more." in image.text


async def test_who_is_away(riverside: World) -> None:
    """Beside a pair that may need help stands that the one who is waited for is away, for coordinators."""
    await riverside.says("lena")
    await riverside.says("amara", NOOR)
    await riverside.passes(days=4)
    await riverside.asks("amara", "/mentor away until 20 March")
    texts = (await riverside.driver.commands("rosa", "/mentor-admin waiting")).texts
    assert "2 of 2 pairs may need help" == texts[0]
    place = next(index for index, text in enumerate(texts) if text.startswith("Lena Vogt has been waiting"))
    assert "Amara Okafor is away until Friday 20 March." == texts[place + 1]
    assert 1 == sum("is away" in text for text in texts)
    await riverside.asks("amara", "/mentor back")
    choices = await riverside.driver.commands("noor", "/mentor away")
    await riverside.presses("noor", "Until I say I'm back", choices)
    texts = (await riverside.driver.commands("rosa", "/mentor-admin waiting")).texts
    assert ["Noor Haddad is away."] == [text for text in texts if "is away" in text]


async def test_only_coordinators_see_it(riverside: World) -> None:
    """Nobody else is told that somebody is away, or how the program is doing."""
    await riverside.says("lena")
    await riverside.asks("amara", "/mentor away two weeks")
    assert "away" not in await riverside.asks("lena", "/mentor waiting")
    assert "This is for coordinators" in await riverside.asks("lena", "/mentor-admin waiting")


def answer(at: datetime, took: timedelta, limit: timedelta | None = None) -> Answer:
    """Return an answer that came at an instant."""
    return Answer(1, at - took, at, None if limit is None else at - took + limit)


def test_time_off_is_not_counted() -> None:
    """An answer on Monday to a message of Friday evening took the hours of the days that count."""
    friday = datetime(2026, 3, 6, 18, tzinfo=UTC)
    came = [answer(friday + timedelta(days=2, hours=16), timedelta(days=2, hours=16)) for _ in range(FEW)]
    newest = weeks(came, {1: WORKING_DAYS}, MONDAY + timedelta(days=8), "UTC")[-1]
    assert Week(date(2026, 3, 9), FEW, 16 * HOUR, 1.0) == newest


def test_weeks_begin_where_the_coordinator_lives() -> None:
    """The same instant is Sunday for one and Monday for another."""
    sunday_evening = datetime(2026, 3, 1, 23, tzinfo=UTC)
    assert [date(2026, 2, 23), date(2026, 3, 2)] == mondays(MONDAY, "UTC")[-2:]
    for zone, counts in (("UTC", [1, 0]), ("Asia/Kolkata", [0, 1])):
        found = weeks([answer(sunday_evening, HOUR)], {1: EVERY_DAY}, MONDAY, zone)
        assert counts == [week.answers for week in found[-2:]]


@given(
    st.lists(
        st.tuples(st.integers(0, 80), st.integers(0, 400), st.none() | st.integers(1, 300)).map(
            lambda row: answer(
                MONDAY - timedelta(days=row[0]), HOUR * row[1], None if row[2] is None else HOUR * row[2]
            )
        ),
        max_size=40,
    )
)
def test_whatever_came_is_in_its_week(came: list[Answer]) -> None:
    """Eight weeks, and each answer in one of them or too old; medians and shares are such as can be."""
    found = weeks(came, {1: EVERY_DAY}, MONDAY, "UTC")
    assert SHOWN == len(found)
    assert sum(week.answers for week in found) == sum(one.closed_at >= begin(MONDAY, "UTC") for one in came)
    for week in found:
        assert (week.median is None, week.share is None) == (week.answers < FEW, week.answers < FEW)
        assert week.share is None or 0 <= week.share <= 1
        assert week.median is None or timedelta(0) <= week.median <= 400 * HOUR


def test_what_the_picture_says_is_only_data() -> None:
    """Texts never become a part of what is drawn by; a picture comes out of every week that there can be."""
    some = [Week(date(2026, 3, 2), 0), Week(date(2026, 3, 9), 10**6, timedelta(0), 0.0)]
    with speaking("es"):
        assert draw(some).startswith(b"\x89PNG")
    assert draw([Week(date(2026, 3, 2), FEW, timedelta(days=400), 1.0)] * SHOWN).startswith(b"\x89PNG")
    assert "1,000,000 answers" in in_words(some) or "1000000 answers" in in_words(some)


async def test_a_program_that_is_stopped_says_so(riverside: World) -> None:
    """All is well would be half of the truth: nobody is reminded, and the way to Start is there."""
    assert {} == (await riverside.driver.commands("rosa", "/mentor-admin waiting")).buttons
    await riverside.presses("rosa", "setup.stop_now")
    stopped = await riverside.driver.commands("rosa", "/mentor-admin waiting")
    assert "The program isn't running, so I remind nobody just now." in stopped.texts[0]
    assert "is stopped since" in await riverside.presses("rosa", "Back to the set-up", stopped)
    assert "What is missing" in await riverside.presses("rosa", "Start", stopped)


async def test_a_program_that_is_tried_out_says_so(riverside: World) -> None:
    """Members get nothing of what is listed."""
    await riverside.presses("rosa", "setup.stop_now")
    await riverside.presses("rosa", "setup.shadow")
    assert "being tried out, so I remind nobody" in await riverside.asks("rosa", "/mentor-admin waiting")


async def test_from_the_list_to_the_pair(riverside: World) -> None:
    """Each pair has a button that opens its card."""
    await riverside.says("lena")
    await riverside.passes(days=4)
    listed = await riverside.driver.commands("rosa", "/mentor-admin waiting")
    assert "Amara Okafor" in await riverside.presses("rosa", "Open the pair", listed)
