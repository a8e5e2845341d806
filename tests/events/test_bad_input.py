"""What is typed or forged that can't be taken as it is: each gets a clear answer, and nothing is half done."""

import asyncio

import pytest

from bot.events.rules import TRIES
from storage.events import Events
from tests.databases import at_once
from tests.events.announcing import CIRCLE, announces, code, enters, fills, newest, types
from tests.world import World

WRONG = {
    "title": [("", "Please write what it is called"), ("\u200b \u2060", "Please write"), ("x" * 3_000, "3000 char")],
    "kind": [("party", "Please choose one of these.")],
    "time": [
        ("", "Please write a day and a time"),
        ("yesterday 18:00", "which is over"),
        ("2026-03-01 18:00", "which is over"),
        ("2028-03-01 18:00", "within the next year"),
        ("Thursday", "couldn't find one time of day"),
        ("18:00 CET", "without naming a zone"),
    ],
    "minutes": [("", "how long it takes"), ("5", "from 10 minutes to 12 hours"), ("a week", "from 10 minutes")],
    "venue": [("x" * 301, "301 characters")],
    "about": [("x" * 601, "601 characters")],
}
CASES = [(field, typed, says) for field, cases in WRONG.items() for typed, says in cases]


async def test_what_cannot_be_taken_is_said_where_it_was_typed(riverside: World) -> None:
    """Beside the field, and nothing is kept of it."""
    for field, typed, says in CASES:
        wrong = (await riverside.driver.submits("rosa", "events.made:0:0", {**CIRCLE, field: typed})).wrong
        assert (field, typed[:20], True) == (field, typed[:20], says in wrong), wrong
    async with riverside.database.work(1) as work:
        assert {} == await work.of(Events).get(range(1, 100))


@pytest.mark.parametrize(
    "title", ["حلقة الإرشاد", "👩🏽‍🚀 " * 20, "@everyone <!channel> *b* [a](http://b)", "=HYPERLINK(1)"]
)
async def test_whatever_it_is_called(riverside: World, title: str) -> None:
    """Right-to-left, emoji, mentions of everybody, formulas stand there as they were written."""
    await announces(riverside, title=title)
    await riverside.passes(days=1)
    assert " ".join(title.split()) in (await newest(riverside, "lena")).text


async def test_wrong_codes(riverside: World) -> None:
    """Too early, wrong, too often, too late: each is said, and only the right one in its time counts."""
    await announces(riverside)
    right = await code(riverside)
    assert "from the beginning on: Thursday 5 March, 18:00" in (await enters(riverside, "lena", right)).text
    await riverside.passes(days=3, hours=8)
    assert "type the code" in (await enters(riverside, "lena", " ")).wrong
    for _ in range(TRIES):
        assert "isn't the code of this event" in (await enters(riverside, "lena", "AAAAA")).wrong
    assert "That was a lot of codes." in (await enters(riverside, "lena", right)).text
    await riverside.passes(hours=24.9)
    assert "you were at" in (await enters(riverside, "amara", right)).text
    assert "It is noted already" in (await enters(riverside, "amara", right)).text
    await riverside.passes(hours=0.2)
    assert "until a day after the end" in (await enters(riverside, "noor", right)).text


async def test_a_time_that_is_over_when_it_is_announced(riverside: World) -> None:
    """What was typed lay around too long: it is said, and can be changed."""
    echo = await types(riverside, time="in 2 hours")
    await riverside.passes(hours=3)
    late = await riverside.driver.presses("rosa", "Announce it", echo)
    assert "This time is over by now." in late.text
    assert ["Change …", "Drop it"] == list(late.buttons)


async def test_two_coordinators_at_once(riverside: World) -> None:
    """The second is shown what the first changed, and may still say yes; after it began nothing is changed."""
    await announces(riverside)
    forms = [(await riverside.driver.presses("rosa", "events.change:1")).form for _ in range(2)]
    assert all(forms)
    echoes = [
        await riverside.driver.submits("rosa", form, {"title": title})
        for form, title in zip(forms, ("Circle of May", "Circle of June"), strict=True)
        if form is not None
    ]
    assert "Changed." in await riverside.presses("rosa", "Yes, change it", echoes[0])
    second = await riverside.driver.presses("rosa", "Yes, change it", echoes[1])
    assert "Somebody else has changed this event" in second.text
    assert "“Circle of May”" in second.text
    assert "Circle of June" in await riverside.presses("rosa", "Yes, change it", second)
    await riverside.passes(days=3, hours=8)
    assert "so it stays as it is. Nothing was changed." in await riverside.presses("rosa", "events.change:1")


async def test_where_somebody_was_nothing_is_called_off(riverside: World) -> None:
    """Whoever is noted as there is taken out first."""
    await announces(riverside)
    await riverside.passes(days=3, hours=8)
    await enters(riverside, "lena", await code(riverside))
    assert "so it stays. Nothing was changed." in await riverside.presses("rosa", "events.call_off:1")


@at_once
async def test_announced_and_entered_twice_at_once(riverside: World) -> None:
    """Two presses announce once; two codes note once."""
    echo = await types(riverside)
    press = echo.buttons["Announce it"]
    both = await asyncio.gather(*(riverside.driver.presses("rosa", press) for _ in range(2)))
    assert sorted(["Announced" in seen.text for seen in both]) == [False, True]
    await riverside.passes(days=3, hours=8)
    right = await code(riverside)
    await asyncio.gather(*(enters(riverside, "lena", right) for _ in range(2)))
    assert "1 was there: Lena Vogt" in await riverside.presses("rosa", "events.guests:1")


async def test_a_draft_goes(riverside: World) -> None:
    """A day after it was typed; another one can be announced as ever."""
    await types(riverside)
    await riverside.passes(days=1, hours=1)
    await riverside.core.daily()
    assert "isn't there any more" in await riverside.presses("rosa", "events.announce:1")
    assert "Announced" in (await announces(riverside)).text
    assert "has begun" not in (await fills(riverside, "rosa", "events.change:2", title="Other")).text
