"""How often somebody may do something: never more than so many times within a time, and nobody else's matter."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.people import Account
from bot.reports.limits import Limits, Rate

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
AMARA, LENA = (Account("slack", "T1", user) for user in ("amara", "lena"))

rates = st.builds(Rate, st.integers(1, 4), st.integers(1, 60).map(lambda number: timedelta(minutes=number)))
waits = st.lists(st.integers(0, 40).map(lambda number: timedelta(minutes=number)), max_size=25)


@given(rates, waits)
def test_never_more_than_so_many_within_a_time(rate: Rate, steps: list[timedelta]) -> None:
    """What is allowed keeps to the rate in every stretch of time; what is refused would have broken it."""
    limits, now = Limits(rate), NOON
    taken: list[datetime] = []
    for step in steps:
        now += step
        recent = [at for at in taken if now - at < rate.within]
        assert (len(recent) < rate.times) == limits.take(AMARA, now)
        if len(recent) < rate.times:
            taken.append(now)


@given(rates, waits)
def test_when_it_may_be_done_again(rate: Rate, steps: list[timedelta]) -> None:
    """From that instant on, and not a microsecond earlier."""
    limits, now = Limits(rate), NOON
    for step in steps:
        now += step
        limits.take(AMARA, now)
    at = limits.again(AMARA, now)
    assert rate.allows(limits._past.get(limits._key(AMARA), ()), at)  # noqa: SLF001 - without counting it
    if at > now:
        assert not limits.take(AMARA, at - timedelta(microseconds=1))
    assert limits.take(AMARA, at)


def test_each_account_is_counted_by_itself() -> None:
    """Also where one has used up what is theirs."""
    limits = Limits(Rate(1, HOUR))
    assert [True, False, True] == [limits.take(one, NOON) for one in (AMARA, AMARA, LENA)]


def test_nothing_is_kept_that_no_longer_counts() -> None:
    """Not even that somebody was there; and never more people than there is room for."""
    limits = Limits(Rate(1, HOUR), most=3)
    for number in range(5):
        limits.take(Account("slack", "T1", str(number)), NOON)
    assert 3 == len(limits)
    limits.tidy(NOON + HOUR)
    assert 0 == len(limits)


def test_a_clock_that_was_put_back_locks_nobody_out() -> None:
    """What was counted in the future is no matter any more."""
    limits = Limits(Rate(1, HOUR))
    assert limits.take(AMARA, NOON + timedelta(days=30))
    assert limits.take(AMARA, NOON)


def test_nobody_can_be_found_in_it() -> None:
    """Neither by reading it nor by hashing an account in another process."""
    one, other = Limits(Rate(1, HOUR)), Limits(Rate(1, HOUR))
    for limits in (one, other):
        limits.take(AMARA, NOON)
    assert "amara" not in repr(vars(one))
    assert set(one._past).isdisjoint(other._past)  # noqa: SLF001 - what somebody would see who reads the memory
