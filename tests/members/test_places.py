"""Zones and countries as people write them, alone and in lists."""

from datetime import UTC, date, datetime

import pytest

from bot.errors import UserError
from bot.members import countries, zones

NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)


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
