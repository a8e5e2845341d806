"""Laws of times of sessions as people write them: whatever is typed, wherever and whenever."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import example, given
from hypothesis import strategies as st

from bot.errors import UserError
from bot.sessions.times import BACK_AT_MOST, LONGEST, MOST, nearest, read, read_past
from bot.sessions.times_wording import said
from tests.sessions.test_times import BERLIN, CHICAGO, NOW

ZONES = [
    *("UTC", BERLIN, CHICAGO, "America/St_Johns", "Asia/Kolkata", "Asia/Kathmandu", "Pacific/Kiritimati"),
    *("Australia/Lord_Howe", "Africa/Casablanca", "America/Santiago", "Pacific/Apia", "Africa/Lagos"),
]

moments = st.integers(0, 60 * 24 * 365 * 4).map(
    lambda count: datetime(2025, 1, 1, tzinfo=UTC) + timedelta(minutes=count)
)
WORDS = """
at on next last this today tomorrow thursday mon may mar 5 18:00 6pm 6 am pm noon midnight . , - / : 5/3 2026-03-05
in two hours weeks h 18h a las mañana jueves de la tarde tonight week march utc + Z 24:00 00:00 31 30 february
"""
words = st.sampled_from(WORDS.split())


@given(st.one_of(st.lists(words, max_size=8).map(" ".join), st.text(max_size=40)), moments, st.sampled_from(ZONES))
@example("31 4 18:00", NOW, BERLIN)
def test_nothing_but_times_to_come(typed: str, now: datetime, zone: str) -> None:
    """Whatever is typed is either read, as instants of the next year, or refused in words."""
    for how, reads in ((1, read), (-1, read_past)):
        try:
            found = reads(typed, now, zone)
        except UserError:
            continue
        assert 1 <= len(found) <= MOST
        assert len(set(found)) == len(found)
        for at in found:
            assert timedelta(0) <= how * (at - now) <= (LONGEST if how > 0 else BACK_AT_MOST)
            assert at.tzinfo is UTC


@given(moments, st.integers(1, 60 * 24 * 360), st.sampled_from(ZONES))
@example(datetime(2026, 10, 1, tzinfo=UTC), 24 * 24 * 60 + 60, BERLIN)
def test_what_is_said_can_be_read(now: datetime, ahead: int, zone: str) -> None:
    """An instant that is written down as its zone's clock shows it, is read as that instant."""
    at = now + timedelta(minutes=ahead)
    wall = at.astimezone(ZoneInfo(zone))
    found = read(f"{wall:%Y-%m-%d %H:%M}", now, zone)
    assert at in found
    assert len(found) == len({wall.replace(fold=fold).utcoffset() for fold in (0, 1)})
    assert len({said(one, now, zone) for one in found}) == len(found)


springs = [
    *((date(2026, 3, 29), BERLIN), (date(2026, 3, 8), CHICAGO), (date(2026, 10, 4), "Australia/Lord_Howe")),
    *(
        (date(2026, 9, 6), "America/Santiago"),
        (date(2026, 3, 22), "Africa/Casablanca"),
        (date(2011, 12, 30), "Pacific/Apia"),
    ),
    *((date(2006, 4, 2), "America/St_Johns"), (date(2026, 10, 25), BERLIN), (date(2026, 6, 1), "Asia/Kolkata")),
]
early = st.integers(0, 4 * 60).map(lambda count: time(count // 60, count % 60))


@given(st.sampled_from(springs), early)
@example((date(2026, 3, 29), BERLIN), time(2, 0))
@example((date(2011, 12, 30), "Pacific/Apia"), time(12, 0))
def test_the_nearest_times(day: tuple[date, str], at: time) -> None:
    """A local time has no nearest ones if some minute shows it; else it lies between two that follow each other."""
    wall, zone = datetime.combine(day[0], at), day[1]
    begin = datetime.combine(day[0], time(0), UTC) - timedelta(days=1)
    minutes = [begin + timedelta(minutes=count) for count in range(3 * 24 * 60)]
    shown = [one.astimezone(ZoneInfo(zone)).replace(tzinfo=None) for one in minutes]
    near = nearest(wall, zone)
    assert (wall in shown) == (near is None)
    if near is not None:
        before, after = (minutes.index(one) for one in near)
        assert before + 1 == after
        assert shown[before] < wall < shown[after]
