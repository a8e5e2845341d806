"""Times of sessions as people write them: read in their zone, in every way they can be meant, and never guessed."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.errors import UserError
from bot.language import languages, speaking
from bot.members.dates import Order
from bot.sessions.times import NoSuchTime, read, read_past
from bot.sessions.times_wording import in_both, said

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)  # a Monday; 9:00 in Berlin and Madrid
BERLIN, CHICAGO, MADRID = "Europe/Berlin", "America/Chicago", "Europe/Madrid"


def local(at: datetime, zone: str) -> str:
    """Return an instant as a clock shows it."""
    return f"{at.astimezone(ZoneInfo(zone)):%d %b %H:%M}"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Thursday 6pm", ["05 Mar 18:00"]),
        ("thu 6 p.m.", ["05 Mar 18:00"]),
        ("18:00 on 5 March", ["05 Mar 18:00"]),
        ("Thursday, 5 March, 18:00", ["05 Mar 18:00"]),
        ("March 5th at 6 in the evening", ["05 Mar 18:00"]),
        ("6PM, March 5", ["05 Mar 18:00"]),
        ("5.3. 18.30", ["05 Mar 18:30"]),
        ("25/12 18:00", ["25 Dec 18:00"]),
        ("2026-03-05 18:00", ["05 Mar 18:00"]),
        ("2026-03-05T18:00", ["05 Mar 18:00"]),
        ("5/3 6pm", ["05 Mar 18:00", "03 May 18:00"]),
        ("5-3 6pm", ["05 Mar 18:00", "03 May 18:00"]),
        ("tomorrow noon", ["03 Mar 12:00"]),
        ("tomorrow morning at 9", ["03 Mar 09:00"]),
        ("the day after tomorrow at 18:00", ["04 Mar 18:00"]),
        ("in two hours", ["02 Mar 11:00"]),
        ("in an hour", ["02 Mar 10:00"]),
        ("in half an hour", ["02 Mar 09:30"]),
        ("in 90 minutes", ["02 Mar 10:30"]),
        ("in two weeks at 18h", ["16 Mar 18:00"]),
        ("18:00", ["02 Mar 18:00"]),
        ("8am", ["03 Mar 08:00"]),
        ("today 18:00", ["02 Mar 18:00"]),
        ("2 March 18:00", ["02 Mar 18:00"]),
        ("tonight at 8", ["02 Mar 20:00"]),
        ("this evening at 8", ["02 Mar 20:00"]),
        ("Thursday midnight", ["05 Mar 00:00", "06 Mar 00:00"]),
        ("next Thursday 6pm", ["05 Mar 18:00", "12 Mar 18:00"]),
        ("this Thursday 6pm", ["05 Mar 18:00"]),
        ("Thursday next week 6pm", ["12 Mar 18:00"]),
        ("Monday 6pm", ["02 Mar 18:00", "09 Mar 18:00"]),
        ("Monday 8am", ["09 Mar 08:00"]),
        ("next Monday 6pm", ["09 Mar 18:00"]),
        ("Thursday at 6", ["05 Mar 18:00", "05 Mar 06:00"]),
        ("Thursday at 9", ["05 Mar 09:00", "05 Mar 21:00"]),
        ("Thursday 6 o'clock", ["05 Mar 18:00", "05 Mar 06:00"]),
        ("Thursday at 18", ["05 Mar 18:00"]),
        ("Thursday 6:30", ["05 Mar 06:30"]),
        ("Thursday 06:30", ["05 Mar 06:30"]),
        ("Thursday 18h30", ["05 Mar 18:30"]),
        ("Thursday 12am", ["05 Mar 00:00"]),
        ("Thursday 12pm", ["05 Mar 12:00"]),
        ("Thursday \uff16pm", ["05 Mar 18:00"]),
        ("Thurs 6pm", ["05 Mar 18:00"]),
        ("Tues, 6pm", ["03 Mar 18:00"]),
        ("next Weds at 18:00", ["04 Mar 18:00", "11 Mar 18:00"]),
        ("tmrw 6pm", ["03 Mar 18:00"]),
    ],
)
def test_as_people_write_it(typed: str, meant: list[str]) -> None:
    """Each way that a text can be meant is given, the likelier one first."""
    assert meant == [local(at, BERLIN) for at in read(typed, NOW, BERLIN)]


@pytest.mark.skipif("es" not in languages(), reason="bot/languages/es.po isn't there yet")
@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("mañana a las 18", ["03 Mar 18:00"]),
        ("el jueves a las 6 de la tarde", ["05 Mar 18:00"]),
        ("el jueves que viene a las seis y media", ["05 Mar 18:30", "05 Mar 06:30"]),
        ("el próximo jueves a las 18h", ["05 Mar 18:00"]),
        ("jueves de la semana que viene a las 18", ["12 Mar 18:00"]),
        ("pasado mañana a las 18:00", ["04 Mar 18:00"]),
        ("mañana por la mañana a las 9", ["03 Mar 09:00"]),
        ("esta tarde a las 7", ["02 Mar 19:00"]),
        ("5 de marzo a las 18", ["05 Mar 18:00"]),
        ("miercoles 18.30", ["04 Mar 18:30"]),
        ("sábado al mediodía", ["07 Mar 12:00"]),
        ("dentro de dos horas", ["02 Mar 11:00"]),
        ("en media hora", ["02 Mar 09:30"]),
        ("Thursday 6pm", ["05 Mar 18:00"]),
    ],
)
def test_in_spanish(typed: str, meant: list[str]) -> None:
    """Who speaks Spanish may write times in Spanish, and in English."""
    with speaking("es"):
        assert meant == [local(at, MADRID) for at in read(typed, NOW, MADRID)]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("5/3 6pm", ["03 May 18:00", "05 Mar 18:00"]),
        ("Thursday 6:30", ["05 Mar 18:30", "05 Mar 06:30"]),
        ("Thursday 06:30", ["05 Mar 06:30"]),
        ("Thursday 13:30", ["05 Mar 13:30"]),
    ],
)
def test_where_months_come_first_and_people_say_am_and_pm(typed: str, meant: list[str]) -> None:
    """What is likely depends on where somebody is."""
    assert meant == [local(at, CHICAGO) for at in read(typed, NOW, CHICAGO)]


@pytest.mark.skipif("es" not in languages(), reason="bot/languages/es.po isn't there yet")
@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("hace una hora", ["02 Mar 08:00"]),
        ("hace media hora", ["02 Mar 08:30"]),
        ("anoche a las 9", ["01 Mar 21:00"]),
        ("el lunes pasado a las 18:00", ["23 Feb 18:00"]),
    ],
)
def test_what_has_been_in_spanish(typed: str, meant: list[str]) -> None:
    """Who speaks Spanish notes a session in Spanish."""
    with speaking("es"):
        assert meant == [local(at, MADRID) for at in read_past(typed, NOW, MADRID)]


def test_an_order_can_be_given() -> None:
    """Whoever has said how they write days isn't asked again."""
    assert ["05 Mar 18:00"] == [local(at, CHICAGO) for at in read("5/3 6pm", NOW, CHICAGO, Order.DAY)]


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("", "a day and a time"),
        ("next Thursday", "one time of day"),
        ("Thursday", "one time of day"),
        ("soon", "one time of day"),
        ("Thursday 18", "one time of day"),
        ("Thursday 25:00", "one time of day"),
        ("Thursday 18:75", "one time of day"),
        ("Thursday 18am", "one time of day"),
        ("Thursday 6pm or 7pm", "one time of day"),
        ("Thursday 18:00-19:00", "one time of day"),
        ("Thursday at 12 at night", "one time of day"),
        ("someday 18:00", "couldn't read"),
        ("next week 18:00", "couldn't read"),
        ("march 18:00", "couldn't read"),
        ("2026 18:00", "couldn't read"),
        ("31 February 18:00", "couldn't read"),
        ("yesterday 18:00", "is over"),
        ("today 8am", "is over"),
        ("2 March 8am", "is over"),
        ("2026-03-01 18:00", "is over"),
        ("in 0 minutes", "is over"),
        ("0001-01-01 00:00", "is over|couldn't read"),
        ("2027-03-05 18:00", "within the next year"),
        ("9999-12-31 23:59", "within the next year|couldn't read"),
        ("last Thursday 18:00", "is over"),
        ("last night at 9", "is over"),
        ("2026-13-05 18:00", "couldn't read"),
        ("Friday 5 March 18:00", "Thursday 5 March 2026"),
        ("Thursday 6pm EST", "without naming a zone"),
        ("Thursday 18:00 UTC", "without naming a zone"),
        ("2026-03-05T18:00Z", "without naming a zone"),
        ("2026-03-05 18:00+01:00", "without naming a zone"),
        ("Thursday 18:00" + " " * 10_000 + "x", "couldn't read"),
        ("<!channel> @everyone", "one time of day"),
    ],
)
def test_what_cant_be_read(typed: str, why: str) -> None:
    """It is said what is wrong with it, and what would be right; nothing is guessed."""
    with pytest.raises(UserError, match=why):
        read(typed, NOW, BERLIN)


def test_a_time_that_clocks_skip() -> None:
    """The two nearest times that do exist are named, and given."""
    with pytest.raises(NoSuchTime, match=r"02:30 doesn't exist.*29 March, 01:59 or Sunday 29 March, 03:00") as refusal:
        read("29 March 02:30", NOW, BERLIN)
    assert ["29 Mar 01:59", "29 Mar 03:00"] == [local(at, BERLIN) for at in refusal.value.near]


def test_a_time_that_comes_twice() -> None:
    """Both are given, and what is said of them says which is which; the hours around it come once."""
    both = read("25 October 02:30", NOW, BERLIN)
    assert [timedelta(hours=1)] == [both[1] - both[0]]
    first, second = (said(at, NOW, BERLIN) for at in both)
    assert "Sunday 25 October, 02:30, before the clocks go back (Europe/Berlin)" == first
    assert "Sunday 25 October, 02:30, after the clocks go back (Europe/Berlin)" == second
    assert [1, 1] == [len(read(f"25 October {hour}", NOW, BERLIN)) for hour in ("01:30", "03:00")]


def test_while_an_hour_comes_twice() -> None:
    """Between the two, the one to come can be booked and the one that was can be noted."""
    now = datetime(2026, 10, 25, 0, 40, tzinfo=UTC)  # 02:40 in Berlin, for the first time
    assert [datetime(2026, 10, 25, 1, 30, tzinfo=UTC)] == read("today 02:30", now, BERLIN)
    assert [datetime(2026, 10, 25, 0, 30, tzinfo=UTC)] == read_past("today 02:30", now, BERLIN)


def test_the_same_time_for_both() -> None:
    """Each reads their own time, and how late it is for the other if that is another time."""
    at = datetime(2026, 3, 5, 17, tzinfo=UTC)
    assert "Thursday 5 March, 18:00 (Europe/Berlin)" == in_both(at, NOW, BERLIN, "Ana", MADRID)
    other = "Thursday 5 March, 18:00 (Europe/Berlin); for Ana it's Friday 6 March, 07:00 (Pacific/Kiritimati)"
    assert other == in_both(at, NOW, BERLIN, "Ana", "Pacific/Kiritimati")


def test_another_year_is_named() -> None:
    """A day of next year isn't taken for one of this."""
    (at,) = read("15 January 18:00", NOW, BERLIN)
    assert "Friday 15 January 2027, 18:00 (Europe/Berlin)" == said(at, NOW, BERLIN)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("yesterday 6pm", ["01 Mar 18:00"]),
        ("Thursday 18:00", ["26 Feb 18:00"]),
        ("last Thursday 18:00", ["26 Feb 18:00"]),
        ("Monday 8:00", ["02 Mar 08:00", "23 Feb 08:00"]),
        ("today 8:00", ["02 Mar 08:00"]),
        ("7:00", ["02 Mar 07:00"]),
        ("20:00", ["01 Mar 20:00"]),
        ("1 February 18:00", ["01 Feb 18:00"]),
        ("an hour ago", ["02 Mar 08:00"]),
        ("90 minutes ago", ["02 Mar 07:30"]),
        ("last night at 9", ["01 Mar 21:00"]),
    ],
)
def test_what_has_been(typed: str, meant: list[str]) -> None:
    """A session that is noted afterwards was at the last such time."""
    assert meant == [local(at, BERLIN) for at in read_past(typed, NOW, BERLIN)]


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("tomorrow 18:00", "still to come"),
        ("1 December 2025 18:00", "last 60 days"),
        ("x", "one time of day.*yesterday 6pm"),
        ("someday 18:00", "couldn't read.*yesterday 6pm"),
        ("", "yesterday 6pm"),
        ("in an hour", "one time"),
        ("ago", "one time"),
    ],
)
def test_what_has_not_been(typed: str, why: str) -> None:
    """What is to come, or too long ago, is refused."""
    with pytest.raises(UserError, match=why):
        read_past(typed, NOW, BERLIN)
