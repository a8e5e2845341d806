"""Next steps are read as people write them; whatever can't be read stays as it was typed."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.feedback.steps import MOST, steps
from bot.language import speaking
from bot.people import Member
from storage.next_steps import NewStep
from tests.feedback.people import AMARA, LENA

MONDAY = datetime(2026, 3, 2, 10, tzinfo=UTC)


def read(text: str, writer: Member = AMARA, other: Member = LENA) -> list[NewStep]:
    """Return what is read."""
    return steps(text, writer, other, MONDAY)


@pytest.mark.parametrize(
    ("line", "text", "member_id", "day"),
    [
        ("Lena: send the CV, by Friday", "send the CV", LENA.id, date(2026, 3, 6)),
        ("lena vogt: Send the CV by 5 March.", "Send the CV", LENA.id, date(2026, 3, 5)),
        ("- me: read it (by tomorrow)", "read it", AMARA.id, date(2026, 3, 3)),
        ("I: read it until next week", "read it", AMARA.id, date(2026, 3, 9)),
        ("both: think about Berlin", "think about Berlin", None, None),
        ("1. Amara: ask Kofi; by 2026-04-01", "ask Kofi", AMARA.id, date(2026, 4, 1)),
        ("Read the book", "Read the book", None, None),
        ("Book: read it", "Book: read it", None, None),
        ("Read the book by Le Guin", "Read the book by Le Guin", None, None),
        ("Lena: learn the talk by heart", "learn the talk by heart", LENA.id, None),
        ("Read it by 5 March 2020", "Read it by 5 March 2020", None, None),
        ("Look at https://example.org/a:b", "Look at https://example.org/a:b", None, None),
        ("Lena:", "Lena:", None, None),
    ],
)
def test_lines(line: str, text: str, member_id: int | None, day: date | None) -> None:
    """Who, what and by when are taken out where they can be read."""
    assert [NewStep(text, member_id, day.isoformat() if day else None)] == read(line)


def test_in_spanish() -> None:
    """Whoever writes in Spanish is read in Spanish."""
    with speaking("es"):
        assert [NewStep("enviar el CV", AMARA.id, "2026-03-06")] == read("yo: enviar el CV, hasta el viernes")


def test_many_lines() -> None:
    """Empty lines are none; of too many nothing is lost."""
    assert ["a", "b"] == [one.text for one in read("a\n\n  \nb\n")]
    found = read("\n".join(f"step {n}" for n in range(30)))
    assert MOST == len(found)
    assert "step 29" in found[-1].text


@given(st.text(max_size=300))
def test_whatever_is_typed(text: str) -> None:
    """Nothing that can be typed is refused, and there is a step for each line that says something."""
    found = read(text)
    assert len(found) <= MOST
    assert all(one.text.strip() for one in found)
    assert bool(found) == any(line.strip() for line in text.splitlines())
