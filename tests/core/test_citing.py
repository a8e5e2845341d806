"""Where figures come from, as people read it."""

import pytest

from bot.citing import RULES, cited
from bot.policy import presets


@pytest.mark.parametrize(
    ("source", "read"),
    [
        ("004, mentor badge: 95% or more", "inzpireu's rules, mentor badge: 95% or more"),
        ("003, Code: within 3 working days", "amps's rules, Code: within 3 working days"),
        ("Our own handbook, page 3", "Our own handbook, page 3"),
        ("2026, our summer meeting", "2026, our summer meeting"),
        ("004", "004"),
    ],
)
def test_rules_are_called_by_their_preset(source: str, read: str) -> None:
    """A number says nothing to a coordinator; what a program wrote itself stays as it is."""
    assert read == cited(source)


def test_every_name_is_a_preset() -> None:
    """What the rules are called can be chosen in a program."""
    assert set(RULES.values()) <= set(presets())
