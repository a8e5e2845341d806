"""Whose name stands in a text: whoever is named in a report must not be able to read it."""

from dataclasses import replace

import pytest

from bot.people import Member
from bot.reports.people import named

RAVI = Member(1, "k1", "Ravi Menon", frozenset(), "UTC")

TEXTS = {
    "the whole name": ("Ravi Menon", "It was ravi menon.", True),
    "a part of it": ("Ravi Menon", "Ravi's brother", True),
    "somebody who is called alike": ("Ravi Menon", "Ravindra", False),
    "without its accent": ("José Muñoz", "It was Jose", True),
    "with an accent too many": ("Jose Munoz", "It was José", True),
    "its accent apart": ("José Muñoz", "It was Jose\u0301", True),
    "signs that aren't seen": ("Ravi Menon", "\u2068Ra\u200bvi\u2069", True),
    "a name of two": ("Anne-Marie Duval", "anne marie said so", True),
    "with a title behind it": ("Ravi Menon", "Ravi-sir", True),
    "from right to left": ("מאיה לוי", "זו הייתה מאיה.", True),
    "with something at its end": ("김민수", "김민수가 그랬다", True),
    "nobody": ("Ravi Menon", "", False),
}


@pytest.mark.parametrize("case", TEXTS)
def test_whose_name_stands_in_a_text(case: str) -> None:
    """As people write it in a hurry."""
    name, text, stands = TEXTS[case]
    assert stands == (1 in named([replace(RAVI, name=name)], text))
