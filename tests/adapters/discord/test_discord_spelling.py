"""Texts in which people and commands stand: as they are seen and written on Discord."""

import pytest

from adapters.discord.naming import named
from adapters.discord.spelling import Spelling
from adapters.discord.text import escape
from bot.features import FEATURES
from bot.views import Button, Message, message

AMARA = "1214165444206788609"


@pytest.mark.parametrize(
    ("said", "spelled"),
    [
        ("write /mentor link ABCDE-FGHJK", "write /mentor link code: ABCDE-FGHJK"),
        (
            "Name a member with /mentor-admin contact @name, or",
            "Name a member with /mentor-admin contact who: @name, or",
        ),
        ("/mentor-admin contact help@example.org.", "/mentor-admin contact who: help@example.org."),
        ("/mentor-admin setup ABCDE-FGHJK", "/mentor-admin setup code: ABCDE-FGHJK"),
        ("write /mentor link on the other account", "write /mentor link on the other account"),
        ("/mentor waiting @amara", "/mentor waiting @amara"),
    ],
)
def test_what_is_typed_stands_behind_its_options_name(said: str, spelled: str) -> None:
    """A command can be copied as it stands; where a sentence goes on, and where there is no option, nothing changes."""
    assert message(spelled) == Spelling(FEATURES).message(message(said))


def test_people_are_shown_by_their_ids() -> None:
    """A number that is nobody's stays one; so does what belongs to an address or a word."""
    assert f"Amara (<@{AMARA}>), 12 <@{AMARA}>" == escape(f"Amara (@{AMARA}), 12 @{AMARA}")
    for plain in ("@12", f"a@{AMARA}", f"@{AMARA}x", f"@{AMARA}@example.org", f"@{AMARA}00"):
        assert plain == escape(plain)


async def test_buttons_show_handles() -> None:
    """Nothing is a mention on a button; whoever isn't known keeps their id."""

    async def handles(users: object) -> dict[str, str]:
        return {AMARA: "amara"}

    other = AMARA.replace("1214", "1215")
    said = message("Whom?", actions=(Button(f"@{AMARA}", "a.b:1"), Button(f"@{other}", "a.b:2")))
    assert message("Whom?", actions=(Button("@amara", "a.b:1"), Button(f"@{other}", "a.b:2"))) == await named(
        said, handles
    )


async def test_no_one_is_asked_for_in_vain() -> None:
    """Messages without anybody on a button cost nothing."""

    async def handles(users: object) -> dict[str, str]:
        raise AssertionError

    said: Message = message("Hello", actions=(Button("Later", "a.b:1"),))
    assert said == await named(said, handles)
