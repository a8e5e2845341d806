"""What is typed or forged that can't be taken as it is: each gets a clear answer."""

import pytest

from tests.goals.wanting import opens, sees, wants
from tests.platforms import on_each_platform
from tests.world import World


@pytest.mark.parametrize("text", ["", "  \n ", "\u200b \u2060"])
async def test_a_goal_needs_words(riverside: World, text: str) -> None:
    """Said beside the field."""
    assert (
        "Please write one sentence." in (await riverside.driver.submits("lena", "goals.made:1", {"text": text})).wrong
    )


@pytest.mark.parametrize(
    "text",
    [
        "أريد أن أتحدث في الاجتماعات",
        "👩🏽‍🚀 " * 50,
        "@everyone <!channel> <@U1> *bold* `code` [a](http://b)",
        '=HYPERLINK("http://x")',
        "x" * 300,
        "\u202eright to left\u202c",
    ],
)
@on_each_platform
async def test_whatever_is_written_is_shown_as_it_is(riverside: World, text: str) -> None:
    """Right-to-left, emoji, mentions of everybody, formulas, as much as there is room for: in the list and the note."""
    made = await riverside.driver.submits("lena", "goals.made:1", {"text": text})
    assert "can see it too" in made.text
    kept = " ".join(text.split())
    assert kept in (await sees(riverside)).text
    await riverside.passes(days=1)
    assert kept in (await riverside.inbox("amara"))[0].text


async def test_what_is_too_long_is_said_where_it_was_typed(riverside: World) -> None:
    """With how long it is; nothing is kept of it."""
    await wants(riverside)
    long = "x" * 3_000
    said = "This has 3000 characters; 300 is the most I can take."
    driver = riverside.driver
    assert said == (await driver.submits("lena", "goals.made:1", {"text": long})).errors["text"]
    assert said == (await driver.submits("lena", "goals.changed:1", {"text": long})).errors["text"]
    assert said == (await driver.submits("lena", "goals.grown:1", {"timed": long})).errors["timed"]
    update = await driver.submits("lena", "goals.updated:1", {"percent": "40", "line": long, "specific": long})
    assert f"{said}\n{said}" == update.wrong
    assert "0% □□□□□□□□□□" in (await sees(riverside)).text


@pytest.mark.parametrize("percent", ["", "-10", "110", "1e1", "45", "٤٠", "40%"])
async def test_a_share_that_was_not_offered(riverside: World, percent: str) -> None:
    """Said beside the field."""
    await wants(riverside)
    forged = await riverside.driver.submits("lena", "goals.updated:1", {"percent": percent, "line": "Twice"})
    assert {"percent": "Please choose one of these."} == dict(forged.errors)


async def test_ten_goals_are_enough(riverside: World) -> None:
    """Whoever had the form open when the tenth came is told beside the field, and nothing typed is lost."""
    for number in range(9):
        await wants(riverside, f"Goal {number}")
    form = await opens(riverside, "amara", "goals.new:1")
    await wants(riverside, "The tenth")
    late = await riverside.driver.submits("amara", form, {"text": "The eleventh"})
    assert "You two have 10 goals already" in late.errors["text"]
    await riverside.driver.presses("lena", "goals.done:1")
    assert "The eleventh" in (await riverside.driver.submits("amara", form, {"text": "The eleventh"})).text
    assert "You two have 10 goals already" in await riverside.presses("lena", "goals.reopen:1")


async def test_goals_of_others_are_nobodys_business(riverside: World) -> None:
    """A goal of another pairing, one that there isn't, and one of a pairing that has ended get the same answer."""
    await wants(riverside)
    old = await riverside.driver.presses("noor", "goals.show:99")
    for name in ("show", "update", "done", "drop", "change", "grow", "later", "reopen", "celebrate"):
        assert old.text == await riverside.presses("noor", f"goals.{name}:1")
    for form, values in (("changed", {"text": "Mine"}), ("updated", {"percent": "10"}), ("grown", {"timed": "May"})):
        assert old.text == (await riverside.driver.submits("noor", f"goals.{form}:1", values)).wrong
    await riverside.driver.presses("rosa", "pairings.end_now:1")
    assert old.text == await riverside.presses("lena", "goals.show:1")
