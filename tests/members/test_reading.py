"""Hours, days, zones, countries and languages as people write them."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time

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


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("Europe/Berlin", "Europe/Berlin"),
        ("europe/berlin", "Europe/Berlin"),
        ("Berlin", "Europe/Berlin"),
        ("new york", "America/New_York"),
        ("Nueva York", "America/New_York"),
        ("St. Louis", "America/Chicago"),
        ("mumbai", "Asia/Kolkata"),
        ("são paulo", "America/Sao_Paulo"),
        ("Buenos Aires", "America/Argentina/Buenos_Aires"),
        ("UTC", "UTC"),
        ("US/Eastern", "US/Eastern"),
    ],
)
def test_zones(typed: str, zone: str) -> None:
    """A zone is found by its name, its city, or a large city in it."""
    assert zone == zones.find(typed, NOW).zone


@pytest.mark.parametrize(
    ("typed", "guess", "offset"),
    [
        ("UTC+2", "Africa/Johannesburg", True),
        ("GMT-6", "America/Chicago", True),
        ("+05:30", "Asia/Kolkata", True),
        ("\u22125", "America/New_York", True),
        ("EST", "America/New_York", True),
        ("Berln", "Europe/Berlin", False),
        ("Europe/Barlin", "Europe/Berlin", False),
        ("Europe/Munich", "Europe/Berlin", False),
        ("Lima, Peru", "America/Lima", False),
        ("London time", "Europe/London", False),
        ("York", "America/New_York", False),
        ("Germany", "Europe/Berlin", False),
        ("US Eastern", "US/Eastern", False),
        ("Pacific", "US/Pacific", False),
        ("asia", None, False),
        ("Etc/GMT+5", None, True),
        ("UTC+99", None, True),
        ("../../etc/passwd", None, False),
        ("", None, False),
        ("\x00", None, False),
        ("x" * 500, None, False),
    ],
)
def test_zones_that_are_none(typed: str, guess: str | None, offset: bool) -> None:
    """An offset is refused as one; a name that isn't known gets a guess where one comes near."""
    found = zones.find(typed, NOW)
    assert (None, offset) == (found.zone, found.offset)
    assert guess in found.guesses if guess else not found.guesses


@pytest.mark.parametrize(
    ("typed", "zone", "near"),
    [
        ("europe/berlin", "Europe/Berlin", "Europe/Berlin"),
        ("America/New York", "America/New_York", "America/New_York"),
        ("Berlin", None, "Europe/Berlin"),
        ("Bogota, Colombia", None, "America/Bogota"),
        ("Bangalor", None, "Asia/Kolkata"),
        ("EST", None, "America/New_York"),
        ("UTC+2", None, ""),
        ("nowhere at all", None, ""),
    ],
)
def test_zones_in_lists(typed: str, zone: str | None, near: str) -> None:
    """A list needs a zone's whole name; of anything else it is said which zone may have been meant."""
    assert (zone, near) == (zones.named(typed), zones.near(typed))


def test_an_offset_is_that_of_today() -> None:
    """In summer London is where New York's neighbours think it is: an hour ahead."""
    assert "Europe/London" in zones.find("UTC+1", datetime(2026, 7, 1, tzinfo=UTC)).guesses
    assert "Europe/London" not in zones.find("UTC+1", NOW).guesses


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("DE", "DE"),
        ("de-by", "DE-BY"),
        ("US MO", "US-MO"),
        ("Germany", "DE"),
        ("Alemania", "DE"),
        ("Deutschland", "DE"),
        ("españa", "ES"),
        ("UK", "GB"),
        ("Côte d'Ivoire", "CI"),
        ("日本", "JP"),
        ("no", "NO"),
        ("none", None),
        ("ninguno", None),
    ],
)
def test_countries(typed: str, code: str | None) -> None:
    """A country is found by its code and by its names in English, Spanish, and its own language."""
    assert code == countries.find(typed)


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("Germny", "Did you mean Germany"),
        ("DE-XX", "no part XX of Germany. There are: DE-BB, "),
        ("JP-13", "I know no parts of Japan"),
        ("🎉", "such as DE"),
        ("", "such as DE"),
        ("x" * 500, "such as DE"),
    ],
)
def test_countries_that_are_none(typed: str, answer: str) -> None:
    """What is no country gets a guess, a list of its parts, or how to write one."""
    with pytest.raises(UserError, match=answer):
        countries.find(typed)


@pytest.mark.parametrize(
    ("typed", "code", "near"),
    [
        ("Siria", "SY", ""),
        ("de-by", "DE-BY", ""),
        ("England", "GB-ENG", ""),
        ("DE-XX", None, ""),
        ("Grmany", None, "Germany"),
        ("Atlantis", None, ""),
    ],
)
def test_countries_in_lists(typed: str, code: str | None, near: str) -> None:
    """In a list any country will do, also one whose holidays aren't known, but no part that there isn't."""
    assert code == countries.listed(typed)
    assert code or near == countries.near(typed)


def test_guesses_and_holidays() -> None:
    """Whose holidays somebody may keep is guessed from where their clock is."""
    assert ["DE", "DK", "NO"] == countries.guesses("Europe/Berlin")
    assert ["FR", "DE", "DK"] == countries.guesses("Europe/Berlin", "FR")
    assert (["US"], []) == (countries.guesses("US/Central"), countries.guesses("UTC"))
    assert date(2026, 6, 4) == countries.next_holiday("DE-BY", date(2026, 5, 26))  # Corpus Christi, not everywhere
    assert date(2027, 1, 1) == countries.next_holiday("DE", date(2026, 12, 27))


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
