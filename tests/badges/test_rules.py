"""Each criterion at its threshold, one below, at the edges of its time, across zones and pauses, with too few cases."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import policy
from bot.badges.definition import Definition
from bot.badges.forecast import forecast
from bot.badges.keeping import built_in
from bot.badges.measures import MEASURES, Kind, Measure, Window
from bot.badges.reading import parse
from bot.badges.rules import Case, History, Standing, Verdict, ahead, standing, window
from bot.badges.wording import figure
from bot.calendar import Pause

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
DAY, SECOND = timedelta(days=1), timedelta(seconds=1)
RATE = policy.load().rate
COUNTS = [one for one, about in MEASURES.items() if about.kind is Kind.COUNT]
RATES = [one for one, about in MEASURES.items() if about.kind is Kind.RATE]
WINDOWED = [one for one in COUNTS if MEASURES[one].window is not Window.NEVER]


def badge(measure: Measure, needed: str, within: str = "") -> Definition:
    """Return a badge with one criterion."""
    time = f'within = "{within}"' if within else ""
    return parse(
        f'name="b"\ntitle="B"\nfor="both"\nabout="a"\n[[criterion]]\nmeasure="{measure}"\nat_least={needed}\n{time}'
    )


def count(measure: Measure, needed: int) -> Definition:
    """Return a badge for so many of something, within 60 days if it has a time."""
    return badge(measure, str(needed), "60d" if measure in WINDOWED else "")


def cases(*ages: timedelta) -> tuple[Case, ...]:
    """Return cases of so long ago."""
    return tuple(Case(f"case:{number}", NOW - age) for number, age in enumerate(ages))


def stands(definition: Definition, found: Sequence[Case], *pauses: Pause, **more: datetime) -> Standing:
    """Return how a badge stands with these cases of its measure."""
    events = (NOW - DAY,)  # one was held
    history = History({definition.criteria[0].measure: found}, pauses, events, more)
    return standing(definition, history, NOW, RATE)


def verdict(definition: Definition, found: Sequence[Case], *pauses: Pause, **more: datetime) -> Verdict:
    """Return how the one criterion of a badge stands."""
    return stands(definition, found, *pauses, **more).measured[0].verdict


@pytest.mark.parametrize("measure", COUNTS)
@pytest.mark.parametrize("needed", [1, 3])
def test_a_count_at_its_threshold_and_one_below(measure: Measure, needed: int) -> None:
    """Met with as many as are needed, or more; one fewer is missing."""
    found = cases(*(DAY * number for number in range(1, needed + 2)))
    assert Verdict.MISSED is verdict(count(measure, needed), found[: needed - 1])
    assert Verdict.MET is verdict(count(measure, needed), found[:needed])
    assert Verdict.MET is verdict(count(measure, needed), found)


@pytest.mark.parametrize(("made", "said"), [(0, "0 of 1"), (1, "1 of 1"), (2, "2, of 1 needed")])
def test_more_than_needed_is_said_as_such(made: int, said: str) -> None:
    """Nobody reads `2 of 1`."""
    (one,) = stands(count(Measure.GOALS_ACTIVE, 1), cases(*(DAY * number for number in range(made)))).measured
    assert said == figure(one)


@pytest.mark.parametrize("measure", WINDOWED)
def test_a_count_at_the_edges_of_its_time(measure: Measure) -> None:
    """What was exactly 60 days ago counts, what was a second earlier doesn't, nor what is still to come."""
    one = count(measure, 1)
    assert Verdict.MET is verdict(one, cases(60 * DAY))
    assert Verdict.MISSED is verdict(one, cases(60 * DAY + SECOND))
    assert Verdict.MET is verdict(one, cases(timedelta(0)))
    assert Verdict.MISSED is verdict(one, cases(-SECOND))


@pytest.mark.parametrize("measure", [one for one in COUNTS if one not in WINDOWED])
def test_a_count_without_a_time_never_grows_old(measure: Measure) -> None:
    """What was years ago counts."""
    assert Verdict.MET is verdict(count(measure, 1), cases(2000 * DAY))


WEEK = [Pause(NOW - 20 * DAY, NOW - 13 * DAY)]
PAUSES = [
    ("a week away stretches it", WEEK, 67 * DAY),
    (
        "two that overlap count once",
        [Pause(NOW - 20 * DAY, NOW - 13 * DAY), Pause(NOW - 15 * DAY, NOW - 10 * DAY)],
        70 * DAY,
    ),
    ("one that goes on counts so far", [Pause(NOW - 5 * DAY, None)], 65 * DAY),
    ("one that is still to come doesn't count", [Pause(NOW + DAY, NOW + 9 * DAY)], 60 * DAY),
    ("one before the time doesn't count", [Pause(NOW - 90 * DAY, NOW - 80 * DAY)], 60 * DAY),
    ("one that reaches in from before moves it whole", [Pause(NOW - 65 * DAY, NOW - 58 * DAY)], 67 * DAY),
    ("one that ends just where it begins", [Pause(NOW - 65 * DAY, NOW - 60 * DAY)], 65 * DAY),
    ("an empty one is none", [Pause(NOW - 20 * DAY, NOW - 20 * DAY)], 60 * DAY),
]


@pytest.mark.parametrize(("about", "pauses", "oldest"), PAUSES, ids=[one[0] for one in PAUSES])
def test_pauses_stretch_the_time(about: str, pauses: list[Pause], oldest: timedelta) -> None:
    """What is as old as that counts, what is older doesn't."""
    one = count(Measure.SESSIONS_ATTENDED, 1)
    assert Verdict.MET is verdict(one, cases(oldest), *pauses)
    assert Verdict.MISSED is verdict(one, cases(oldest + SECOND), *pauses)


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Asia/Kolkata", "America/St_Johns", "Pacific/Pago_Pago"])
def test_the_time_is_the_same_in_every_zone(zone: str) -> None:
    """Also over a change of clocks: so many times 24 hours."""
    at = (NOW - 60 * DAY).astimezone(ZoneInfo(zone))
    one = count(Measure.SESSIONS_BOOKED, 1)
    assert Verdict.MET is verdict(one, [Case("case:1", at)])
    assert Verdict.MISSED is verdict(one, [Case("case:1", at - SECOND)])


def answers(in_time: int, late: int, neither: int = 0) -> tuple[Case, ...]:
    """Return cases of a rate, late ones among the newest."""
    counts = [None] * neither + [False] * late + [True] * in_time
    return tuple(Case(f"case:{number}", NOW - DAY * number, each) for number, each in enumerate(counts))


RATED = [  # in time, late, and whether 95% and 90% of them are
    (0, 0, Verdict.NEUTRAL, Verdict.NEUTRAL),
    (9, 0, Verdict.NEUTRAL, Verdict.NEUTRAL),
    (0, 9, Verdict.NEUTRAL, Verdict.NEUTRAL),
    (10, 0, Verdict.MET, Verdict.MET),
    (9, 1, Verdict.MET, Verdict.MET),  # one is forgiven under 20
    (8, 2, Verdict.MISSED, Verdict.MET),
    (7, 3, Verdict.MISSED, Verdict.MISSED),
    (17, 2, Verdict.MISSED, Verdict.MET),
    (18, 1, Verdict.MET, Verdict.MET),
    (19, 1, Verdict.MET, Verdict.MET),
    (18, 2, Verdict.MISSED, Verdict.MET),
    (17, 3, Verdict.MISSED, Verdict.MISSED),
    (30, 2, Verdict.MISSED, Verdict.MET),  # over the newest 20 alone
]


@pytest.mark.parametrize("measure", RATES)
@pytest.mark.parametrize(("in_time", "late", "strict", "mild"), RATED)
def test_a_rate(measure: Measure, in_time: int, late: int, strict: Verdict, mild: Verdict) -> None:
    """Too few say nothing, one late is forgiven under 20, and what counts for neither isn't seen."""
    for neither in (0, 3):
        found = answers(in_time, late, neither)
        assert (strict, mild) == (verdict(badge(measure, '"95%"'), found), verdict(badge(measure, '"90%"'), found))


def test_after_a_withdrawal_all_counts_anew() -> None:
    """What was before doesn't count, but how things stand now does."""
    found, anew = cases(DAY, 3 * DAY), NOW - 2 * DAY
    for measure in COUNTS:
        one = count(measure, 2)
        assert Verdict.MET is verdict(one, found)
        expected = Verdict.MET if MEASURES[measure].present else Verdict.MISSED
        assert expected is verdict(one, found, b=anew)
    assert Verdict.MET is verdict(badge(Measure.RESPONSE_RATE, '"90%"'), answers(12, 0))
    assert Verdict.NEUTRAL is verdict(badge(Measure.RESPONSE_RATE, '"90%"'), answers(12, 0), b=anew)


@pytest.mark.parametrize(
    ("held", "pauses", "expected"),
    [
        ([], [], Verdict.NEUTRAL),
        ([NOW - 30 * DAY], [], Verdict.MISSED),
        ([NOW - 60 * DAY - SECOND], [], Verdict.NEUTRAL),
        ([NOW - 30 * DAY], [Pause(NOW - 31 * DAY, NOW - 29 * DAY)], Verdict.NEUTRAL),
        ([NOW - 61 * DAY], [Pause(NOW - 31 * DAY, NOW - 29 * DAY)], Verdict.MISSED),
    ],
)
def test_where_no_event_was_held_none_is_missed(held: list[datetime], pauses: list[Pause], expected: Verdict) -> None:
    """Nor one that was held while somebody was away."""
    history = History({}, tuple(pauses), tuple(held))
    found = standing(count(Measure.EVENTS_ATTENDED, 1), history, NOW, RATE)
    assert expected is found.measured[0].verdict


def test_a_badge_needs_something_measured() -> None:
    """What says nothing is no obstacle, and no merit; what isn't there yet is left out, and named."""
    mentor = parse(built_in()["mentor-accountability"])
    enough = {Measure.GOALS_LINKED: cases(DAY, DAY, DAY), Measure.SESSIONS_BOOKED: cases(DAY, DAY, DAY)}
    found = standing(mentor, History(enough), NOW, RATE)
    assert (True, [Measure.AVAILABILITY_CURRENT]) == (found.met, [one.criterion.measure for one in found.absent])
    assert not standing(badge(Measure.RESPONSE_RATE, '"90%"'), History(), NOW, RATE).met


AGES = st.lists(st.integers(0, 90), max_size=6)
SPANS = st.lists(st.tuples(st.integers(-10, 100), st.integers(0, 30)), max_size=4)


def pauses_of(spans: list[tuple[int, int]]) -> tuple[Pause, ...]:
    """Return pauses that began so many days ago, and lasted so many."""
    return tuple(Pause(NOW - DAY * ago, NOW - DAY * (ago - lasts)) for ago, lasts in spans)


@given(spans=SPANS, age=st.integers(0, 150), days=st.integers(1, 100))
def test_a_time_counted_back_is_the_same_counted_forth(spans: list[tuple[int, int]], age: int, days: int) -> None:
    """What lies within a time now is what isn't too old yet."""
    pauses, at, length = pauses_of(spans), NOW - DAY * age, DAY * days
    until = ahead(pauses, at, length)
    assert until is not None
    assert (at >= window(pauses, NOW, length)) == (NOW <= until)


@given(spans=SPANS, ages=AGES, more=SPANS)
def test_being_away_never_costs_anything(
    spans: list[tuple[int, int]], ages: list[int], more: list[tuple[int, int]]
) -> None:
    """With a further pause as much counts as before, or more."""
    one = count(Measure.SESSIONS_ATTENDED, 3)
    found = cases(*(DAY * age for age in ages))
    before, after = stands(one, found, *pauses_of(spans)), stands(one, found, *pauses_of([*spans, *more]))
    assert len(before.measured[0].cases) <= len(after.measured[0].cases)


@given(spans=SPANS, ages=AGES, needed=st.integers(1, 5))
def test_a_forecast_comes_true(spans: list[tuple[int, int]], ages: list[int], needed: int) -> None:
    """With what it asks for, by when it says, a badge is met; with one less, or a moment later, it isn't."""
    one, pauses = count(Measure.SESSIONS_ATTENDED, needed), pauses_of(spans)
    found = cases(*(DAY * age for age in ages))
    now = stands(one, found, *pauses)
    said = forecast(now, NOW)
    if said is None:
        assert now.met
        return
    (need,) = said.needs
    at = said.until or NOW
    new = [Case(f"new:{number}", at) for number in range(need.more)]
    history = {Measure.SESSIONS_ATTENDED: (*new, *found)}
    assert standing(one, History(history, pauses), at, RATE).met
    assert not standing(one, History({Measure.SESSIONS_ATTENDED: (*new[1:], *found)}, pauses), at, RATE).met
    if said.until is not None:
        assert not standing(one, History(history, pauses), at + SECOND, RATE).met


@given(in_time=st.integers(0, 25), late=st.integers(0, 25), share=st.sampled_from([50, 90, 95, 100]))
def test_a_forecast_of_a_rate_comes_true(in_time: int, late: int, share: int) -> None:
    """After so many more answers in time it is met, and not before."""
    one = badge(Measure.RESPONSE_RATE, f'"{share}%"')
    found = answers(in_time, late)
    said = forecast(stands(one, found), NOW)
    if said is None:
        assert stands(one, found).met
        return
    (need,) = said.needs
    new = [Case(f"new:{number}", NOW) for number in range(need.more)]
    assert stands(one, [*new, *found]).met
    assert not stands(one, [*new[1:], *found]).met
