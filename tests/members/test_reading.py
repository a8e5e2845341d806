"""Hours, days, zones, countries and languages as people write them."""

from collections.abc import Callable
from datetime import UTC, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import UserError
from bot.members import countries, describing, hours, speech, weekdays, zones
from bot.members.choices_wording import DAYS, HOURS

NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "opens", "closes"),
    [
        ("17:00-21:00", time(17), time(21)),
        ("5pm-9pm", time(17), time(21)),
        ("5 p.m. to 9 p.m.", time(17), time(21)),
        ("5-9pm", time(17), time(21)),
        ("5pm-9", time(17), time(21)),
        ("17-21", time(17), time(21)),
        ("9-5", time(9), time(17)),
        ("9\u20135", time(9), time(17)),
        ("9am-5", time(9), time(17)),
        ("11-2", time(11), time(14)),
        ("12-3", time(12), time(15)),
        ("8-12", time(8), time(12)),
        ("22:00-02:00", time(22), time(2)),
        ("22-2", time(22), time(2)),
        ("10pm-2am", time(22), time(2)),
        ("10pm-2", time(22), time(2)),
        ("09:00-05:00", time(9), time(5)),
        ("9.30 - 12", time(9, 30), time(12)),
        ("9h-17h30", time(9), time(17, 30)),
        ("from 9 until 17", time(9), time(17)),
        ("de las 9 a las 17", time(9), time(17)),
        ("noon-5pm", time(12), time(17)),
        ("8pm-midnight", time(20), time(0)),
        ("20:00-24:00", time(20), time(0)),
        ("0:00-24:00", time(0), time(0)),
        ("12am-12pm", time(0), time(12)),
        ("Evenings", time(17), time(21)),
        ("any time", time(9), time(21, 30)),
        ("\u202e17:00-21:00\u202c", time(17), time(21)),
        ("\u0661\u0667:\u0660\u0660-\u0662\u0661:\u0660\u0660", time(17), time(21)),
    ],
)
def test_hours(typed: str, opens: time, closes: time) -> None:
    """Hours are read as people mean them."""
    assert (opens, closes) == hours.parse(typed)


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("25:00-26:00", "25:00 isn't a time of day"),
        ("9:00-17:60", "17:60 isn't a time of day"),
        ("13pm-2pm", "13 pm isn't a time of day"),
        ("9-9", "end when they begin"),
        ("12-12", "end when they begin"),
        ("17:00-17:10", "at least 30 minutes"),
        ("whenever", 'couldn\'t read "whenever" as hours'),
        ("9", "couldn't read"),
        ("", "couldn't read"),
        ("\x00", "couldn't read"),
        ("🎉-🎉", "couldn't read"),
        ("17:00-21:00-22:00", "couldn't read"),
    ],
)
def test_hours_that_are_none(typed: str, answer: str) -> None:
    """What can't be read is refused, and it is said what would be right."""
    with pytest.raises(UserError, match=answer):
        hours.parse(typed)


def test_what_is_offered_is_what_is_set() -> None:
    """The labels of the buttons say the hours and days that they set."""
    for choice, label in HOURS.items():
        assert hours.OFFERED[choice] == hours.parse(label.split()[-1])
    for choice, label in DAYS.items():
        assert weekdays.OFFERED[choice] == weekdays.parse(label)


@pytest.mark.parametrize(
    ("typed", "days"),
    [
        ("mon wed thu", "023"),
        ("weekdays", "01234"),
        ("Monday to Friday", "01234"),
        ("Mon-Fri", "01234"),
        ("Mon \u2013 Wed, Sat", "0125"),
        ("every day", "0123456"),
        ("daily", "0123456"),
        ("Mondays and Fridays", "04"),
        ("tues, thurs & sun", "136"),
        ("sat to mon", "056"),
        ("the weekend", "56"),
        ("lunes a viernes", "01234"),
        ("de lunes a jueves y sábados", "01235"),
        ("LUNES, Miércoles", "02"),
        ("entre semana", "01234"),
        ("todos los días", "0123456"),
        ("martes thursday", "13"),
    ],
)
def test_days(typed: str, days: str) -> None:
    """Days are read in English and in Spanish, whole or short."""
    assert frozenset(map(int, days)) == weekdays.parse(typed)


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("blursday", "Did you mean Thursday"),
        ("mon wendsday", "Did you mean Wednesday"),
        ("mon to", "couldn't read"),
        ("to mon to", "couldn't read"),
        ("s", "couldn't read"),
        ("1 2 3", "couldn't read"),
        ("", "couldn't read"),
        ("and", "couldn't read"),
        ("🎉", "couldn't read"),
    ],
)
def test_days_that_are_none(typed: str, answer: str) -> None:
    """The word that can't be read is named, with a guess where there is one."""
    with pytest.raises(UserError, match=answer):
        weekdays.parse(typed)


def test_languages() -> None:
    """A language is found by its code and its names."""
    assert ["en", "en", "en"] == [speech.find(typed) for typed in ("EN", "English", "Inglés")]
    assert [None, None] == [speech.find(typed) for typed in ("klingon", "")]
    assert ["es", "de", "de", None] == [speech.called(typed) for typed in ("es-MX", "Alemán", "Deutsch", "?")]
    assert ["French", ""] == [speech.near(typed) for typed in ("Frnch", "?")]


def test_in_words() -> None:
    """What was chosen is said back in words."""
    assert "17:00\u201321:00" == describing.hours(time(17), time(21))
    assert "22:00\u201302:00 (over midnight)" == describing.hours(time(22), time(2))
    assert "20:00\u201324:00" == describing.hours(time(20), time(0))
    assert "the whole day" == describing.hours(time(0), time(0))
    said = [describing.days(frozenset(map(int, days))) for days in ("01234", "024", "56", "0123456", "3")]
    assert [
        "Monday to Friday",
        "Monday, Wednesday and Friday",
        "Saturday and Sunday",
        "every day",
        "Thursday",
    ] == said


ANYTHING = st.text(max_size=30) | st.lists(
    st.sampled_from(
        [*"0123456789", "pm", "am", "-", " ", ":", "to", "mon", "fri", "DE", "BY", "UTC", "+", "/", "every"]
    )
).map("".join)


@pytest.mark.parametrize(
    "read",
    [hours.parse, weekdays.parse, countries.find, speech.find, lambda text: zones.find(text, NOW)],
    ids=["hours", "days", "country", "language", "zone"],
)
@given(ANYTHING)
def test_anything_is_read_or_refused_in_words(read: Callable[[str], object], typed: str) -> None:
    """Whatever is typed: a value, or a text that can be shown to whoever typed it."""
    try:
        read(typed)
    except UserError as refused:
        said = str(refused).translate({0x2068: None, 0x2069: None})  # the marks around what is read from the right
        assert said.isprintable()


@given(ANYTHING)
def test_what_is_read_can_be_said(typed: str) -> None:
    """Hours and days that were taken can be said back, and mean the same again."""
    try:
        opens, closes = hours.parse(typed)
    except UserError:
        return
    said = describing.hours(opens, closes).removesuffix(" (over midnight)")
    assert "the whole day" == said or (opens, closes) == hours.parse(said)
