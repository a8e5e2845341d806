"""What members decide for themselves: days left out, a name on a certificate, a question to a coordinator."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.badges.days import in_a_row, read
from bot.errors import UserError
from storage.awards import Awards
from storage.badge_choices import BadgeChoices
from tests.badges.earning import HALL, TITLE, earns, gives, with_badges
from tests.drivers.driver import Seen
from tests.goals.wanting import opens
from tests.world import MONDAY, World

TODAY = MONDAY.date()


@pytest.fixture
async def riverside(database_url: str, tmp_path: Path) -> AsyncIterator[World]:
    """Open a program in which mentees can earn a badge."""
    async with with_badges(database_url, tmp_path) as opened:
        yield opened


async def leaves_out(riverside: World, first: str, last: str = "") -> Seen:
    """Type days that are left out."""
    form = await opens(riverside, "lena", "badges.days_form")
    return await riverside.driver.submits("lena", form, {"first": first, "last": last})


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [
        ("today", "", (0, 0)),
        ("yesterday", "", (-1, -1)),
        ("26 February", "1 March", (-4, -1)),
        ("2026-02-23", "Friday", (-7, -3)),
        ("1/3", "", (-1, -1)),
    ],
)
def test_days_as_people_write_them(first: str, last: str, days: tuple[int, int]) -> None:
    """Read as days up to today where they can be."""
    found = read(first, last, TODAY, "UTC")
    assert days == ((found[0] - TODAY).days, (found[1] - TODAY).days)


@pytest.mark.parametrize(("first", "last"), [("when pigs fly", ""), ("today", "yesterday"), ("\u202e", "\x00")])
def test_what_are_no_days(first: str, last: str) -> None:
    """It is said what is wrong."""
    with pytest.raises(UserError):
        read(first, last, TODAY, "UTC")


def test_days_in_a_row() -> None:
    """All of them, with both ends."""
    first, last = read("2026-02-27", "2026-03-02", TODAY, "UTC")
    assert [27, 28, 1, 2] == [day.day for day in in_a_row(first, last)]


async def test_days_are_left_out(riverside: World) -> None:
    """At most 14 of the last 92, no reason is asked, badges are looked at anew at once; and it can be taken back."""
    await earns(riverside)
    await riverside.passes(days=8, hours=1)
    assert "something is missing" in (await riverside.inbox("lena"))[-1].text
    assert "Only days up to today" in (await leaves_out(riverside, "in 3 days")).wrong
    assert "That is long ago" in (await leaves_out(riverside, "1 October 2025")).wrong
    assert "you can leave out 14 more" in (await leaves_out(riverside, "20 February", "today")).wrong
    noted = await leaves_out(riverside, "Sunday", "Monday")
    assert "Sunday 8 March 2026 to Monday 9 March 2026" in noted.text
    assert "You can leave out 12 more days." in noted.text
    await riverside.passes(minutes=1)
    looked = await riverside.asks("lena", "/mentor badge")
    assert "✓ At least 1 update on goals" in looked
    assert "Days on which you were away, or that you leave out, don't count" in looked
    assert "this is settled" in (await riverside.inbox("lena"))[1].text
    assert "Done: 2 days count again." in await riverside.presses("lena", "badges.count_again")
    async with riverside.database.work(1) as work:
        lena = await riverside.member(work, "lena")
        assert {lena: []} == await work.of(BadgeChoices).days([lena])


async def test_a_certificate(riverside: World) -> None:
    """It says what was said at the award, and is the same each time; its name can be another one."""
    assert "no badge with a certificate" in await riverside.asks("lena", "/mentor certificate")
    await earns(riverside)
    shown = await riverside.driver.commands("lena", "/mentor certificate")
    assert ["Lena Vogt" in shown.text, TITLE in shown.text, "keep it" not in shown.text] == [True] * 3
    made = await riverside.driver.presses("lena", "Make it", shown)
    await riverside.passes(days=30)
    again = await riverside.driver.presses("lena", "Make it", shown)
    assert made.files == again.files
    assert {b"%PDF"} == {content[:4] for content in made.files.values()}
    form = await opens(riverside, "lena", "Another name …", shown)
    other = await riverside.driver.submits("lena", form, {"name": "Лена Фогт"})
    assert other.files.values()
    assert other.files != made.files


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("สมชาย", "I have no letters for this: ส ม ช า ย"),
        ("🏅", "I have no letters for this: 🏅"),
        ("L" * 81, "80 characters are the most"),
        (" \u202e\u200b ", "Please write a name."),
    ],
)
async def test_a_name_that_cannot_be_written(riverside: World, name: str, wrong: str) -> None:
    """It is said beside the field, and what was typed stays."""
    await gives(riverside, "lena")
    said = await riverside.driver.submits("lena", "badges.certificate_named:1", {"name": name})
    assert wrong in said.errors["name"]


@pytest.mark.parametrize(("reason", "said"), [("Always there 🏅", "• Always there"), ("สมชาย", "What it stands for")])
async def test_a_certificate_without_what_cannot_be_written(riverside: World, reason: str, said: str) -> None:
    """Of others' words signs are left out, or a line of which there are no letters: nobody is without a certificate."""
    await gives(riverside, "lena", reason)
    shown = await riverside.driver.commands("lena", "/mentor certificate")
    assert (True, False) == (said in shown.text, reason in shown.text)
    assert (await riverside.driver.presses("lena", "Make it", shown)).files


async def test_nobody_has_what_is_another_ones(riverside: World) -> None:
    """A forged id, a badge that is another's, and one that there isn't, get the same answer."""
    await gives(riverside, "lena")
    actions = ("yes", "no", "give_back", "given_back", "certificate", "certificate_of", "certificate_name")
    said = {(await riverside.driver.presses("noor", f"badges.{one}:{id_}")).text for one in actions for id_ in (1, 99)}
    said |= {(await riverside.driver.presses("amara", f"badges.{one}")).text for one in ("why:1", "wrong:1:0")}
    said |= {(await riverside.driver.presses("lena", f"badges.wrong:1:{one}")).text for one in (2, 3, 10**17)}
    assert {"This button is from an older message and no longer works. Nothing was changed."} == said


async def test_a_question(riverside: World) -> None:
    """Coordinators are asked once a week; the first answer is told, in nobody's words."""
    why = await riverside.driver.commands("lena", "/mentor badge why")
    assert "I'll tell you what they found" in (await riverside.driver.presses("lena", "1. This isn't right", why)).text
    again = await riverside.driver.presses("lena", "1. This isn't right", why)
    assert "You've asked for that already this week." in again.text
    await riverside.passes(hours=1)
    (asked,) = await riverside.inbox("rosa")
    assert f"badge “{TITLE}”: At least 1 active goal, 0 of 1." in asked.text
    assert "no longer works" in (await riverside.driver.presses("rosa", "badges.answer:2:1:1:202610:1")).text
    assert "I'll tell Lena Vogt" in await riverside.presses("rosa", "I've put it right", asked)
    assert "answered that already" in await riverside.presses("rosa", "It's right as it is", asked)
    await riverside.passes(days=1)
    (answer,) = await riverside.inbox("lena")
    assert f"About the badge “{TITLE}”, At least 1 active goal: a coordinator has looked" in answer.text
    assert "Nothing left to do" in (await riverside.inbox("rosa"))[0].text


async def test_forgotten(riverside: World) -> None:
    """What is kept of badges can be had, and goes; the others don't hear of a badge whose member is forgotten."""
    await riverside.presses("lena", "badges.tell:on")
    await gives(riverside, "lena")
    (data,) = (await riverside.driver.commands("lena", "/mentor data")).files.values()
    assert [True, True] == [TITLE.encode() in data, b"may hear" in data]
    async with riverside.database.work(1) as work:
        lena = await riverside.member(work, "lena")
    gone = await riverside.driver.submits("lena", f"mydata.forget:{lena}", {"name": "Lena Vogt"})
    assert "I'm deleting what I know about you" in gone.text
    await riverside.passes(days=2)
    assert [] == [seen for seen in await riverside.driver.posts("noor", HALL) if TITLE in seen.text]
    async with riverside.database.work(1) as work:
        assert {} == await work.of(Awards).get([1])
