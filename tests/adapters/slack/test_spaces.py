"""How channels are called."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.slack import limits
from adapters.slack.spaces import channel_name


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("Amara & Lena", "amara-lena-"),
        ("  ../..  ", "mentoring-"),
        ("👍🏽", "mentoring-"),
        ("", "mentoring-"),
        ("Zoë_O'Brien", "zoë-o-brien-"),
        ("अनिता", "अनिता-"),
        ("نور و لينا", "نور-و-لينا-"),
    ],
)
def test_a_name_that_slack_takes(name: str, begins: str) -> None:
    """Small letters, digits and hyphens, in any script."""
    assert channel_name(name, "space:1").startswith(begins)


@given(st.text(), st.text(), st.integers(1, 5))
def test_names_keep_to_the_limit(name: str, key: str, number: int) -> None:
    """However long the name was; the key's mark stays whole."""
    made = channel_name(name, key, number)
    mark = channel_name("", key, number).removeprefix("mentoring")
    assert len(made) <= limits.CHANNEL
    assert made.endswith(mark)
    assert made == made.lower()
    assert " " not in made


def test_another_key_is_another_name() -> None:
    """Two pairs of the same name have two channels."""
    assert channel_name("Ana & Ben", "space:1") != channel_name("Ana & Ben", "space:2")
    assert channel_name("Ana & Ben", "space:1") == channel_name("Ana & Ben", "space:1")
