"""From the first day to an award, a warning and an end; and what others see of it, after a yes alone."""

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.badges import pictures
from bot.badges.picture import Picture, picture
from bot.facts import ProgramChanged
from storage.badge_choices import BadgeChoices
from storage.badges import Badges
from storage.programs import State
from storage.settings import Settings
from tests.badges.earning import EARNED, HALL, MISSING, STEADY, TITLE, awards, earns, gives, with_badges, withdraws
from tests.databases import at_once
from tests.drivers.discord import DiscordDriver
from tests.drivers.slack import SlackDriver
from tests.goals.wanting import moves, wants
from tests.platforms import on_each_platform
from tests.world import LENA, World

POSTED = f"Lena Vogt has earned the badge “{TITLE}”. Congratulations!"


@pytest.fixture
async def riverside(database_url: str, tmp_path: Path) -> AsyncIterator[World]:
    """Open a program in which mentees can earn a badge."""
    async with with_badges(database_url, tmp_path) as opened:
        yield opened


async def firsts(riverside: World, user: str = "lena") -> list[str]:
    """Return the first line of each message to somebody."""
    return [seen.texts[0] for seen in await riverside.inbox(user)]


async def posts(riverside: World) -> list[str]:
    """Return what was said in the program's channel."""
    return [seen.text for seen in await riverside.driver.posts("noor", HALL)]


@on_each_platform
async def test_from_the_first_day_to_the_end(riverside: World) -> None:
    """Progress, award, a yes, the post, what is missing, all well again, and an end that is told to one alone."""
    begun = await riverside.asks("lena", "/mentor badge")
    assert "○ At least 1 active goal: 0 of 1" in begun
    assert "I can't count this yet, so it's left out" in begun
    assert "This would be enough: 1 more active goal and 1 more update on goals." in begun
    told = await earns(riverside)
    assert EARNED == told.texts[0]
    assert f"✓ {YES}" in await _says_yes(riverside)
    (said,) = await riverside.driver.posts("noor", HALL)
    assert POSTED == said.texts[0]
    assert {"mentee-accountability.png"} == set(said.images)
    assert ([TITLE] if riverside.platform.name == "discord" else []) == await wears(riverside)
    await riverside.passes(days=10)
    missing = (await riverside.inbox("lena"))[-1]
    assert MISSING == missing.texts[0]
    assert "You keep the badge, and have time until Thursday 9 April" in missing.text
    await moves(riverside, 20)
    await riverside.passes(days=7)
    settled, fine = (await riverside.inbox("lena"))[-2:]
    assert ("this is settled" in settled.text, "All is well" in fine.text) == (True, True)
    await withdraws(riverside, "lena", "We agreed on a break")
    await riverside.passes(days=3)
    ended = (await riverside.inbox("lena"))[-1]
    assert ["it has come to an end" in ended.text, "“We agreed on a break”" in ended.text] == [True, True]
    assert ([], 1) == (await wears(riverside), len(await posts(riverside)))


YES, NO = "Yes, tell the others", "No, keep it to me"


async def _says_yes(riverside: World) -> str:
    await riverside.presses("lena", YES, (await riverside.inbox("lena"))[-1])
    return (await riverside.inbox("lena"))[-1].text


async def wears(riverside: World, user: str = "lena") -> list[str]:
    """Return the titles beside somebody's name, once all is done."""
    await riverside.jobs.round()
    return [title for title in await riverside.driver.wears(user) if title == TITLE]


@pytest.mark.only_on("discord")
@pytest.mark.parametrize("how", ["deactivated", "forgotten"])
async def test_whoever_leaves_wears_nothing(riverside: World, how: str) -> None:
    """The title goes with them; it comes back with whoever comes back."""
    await earns(riverside)
    await _says_yes(riverside)
    assert [TITLE] == await wears(riverside)
    if how == "forgotten":
        await riverside.driver.submits("lena", "mydata.forget:2", {"name": "Lena Vogt"})
        assert [] == await wears(riverside)
        return
    await riverside.driver.presses("rosa", "community.deactivate:2")
    await riverside.driver.presses("rosa", "community.deactivate_now:2")
    assert [] == await wears(riverside)
    await riverside.passes(hours=1)
    await riverside.driver.presses("rosa", "community.bring_back:2")
    assert [TITLE] == await wears(riverside)


@pytest.mark.only_on("discord")
async def test_titles_in_another_language(riverside: World) -> None:
    """They're said anew when the program speaks another language, and none stays when nothing may be seen any more."""
    async with riverside.database.work(1) as work:
        await work.of(Badges).put("mentee-accountability", STEADY.replace(TITLE, "Accountability Badge"), None)
    await earns(riverside)
    await riverside.presses("lena", "badges.yes:1")
    assert ["Accountability Badge"] == await riverside.driver.wears("lena")
    await riverside.passes(minutes=1)
    await riverside.presses("rosa", "setup.language:es")
    assert ["Insignia de Compromiso"] == await riverside.driver.wears("lena")
    await riverside.passes(minutes=1)
    await riverside.presses("rosa", "setup.language:en")
    await riverside.presses("lena", "badges.tell:off")
    assert [] == await riverside.driver.wears("lena")


async def test_given_while_it_is_tried_out(riverside: World) -> None:
    """Nobody is told before the program begins, and then they are."""
    async with riverside.database.work(1) as work:
        await work.of(Settings).put(state=State.SHADOW, since=riverside.clock.now())
    await gives(riverside, "lena")
    await riverside.passes(days=1)
    assert [] == await firsts(riverside)
    async with riverside.database.work(1) as work:
        before = await work.of(Settings).lock()
        await work.of(Settings).put(state=State.RUNNING)
    (program,) = await riverside.core.programs()
    async with riverside.core.at_work(program) as context:
        await context.tell(ProgramChanged(before))
    await riverside.passes(days=7)
    assert 1 == sum("you've been given the badge" in seen.text for seen in await riverside.inbox("lena"))


@on_each_platform
async def test_nothing_shows_without_a_yes(riverside: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is said elsewhere, no picture holds a name, no role is given: asked, refused, and long after."""
    drawn: list[Picture] = []

    def noted(one: Picture) -> bytes:
        drawn.append(one)
        return picture(one)

    monkeypatch.setattr(pictures, "picture", noted)
    await earns(riverside)
    await riverside.passes(hours=1)
    await riverside.presses("lena", NO, (await riverside.inbox("lena"))[-1])
    await riverside.asks("lena", "/mentor badge")
    await riverside.passes(days=9)
    assert [] == await posts(riverside)
    assert [] == await wears(riverside)
    assert drawn
    assert {None} == {one.name for one in drawn}
    assert not _elsewhere(riverside, TITLE) & {HALL, LENA, "roles"}


def _elsewhere(riverside: World, marker: str) -> set[str]:
    """Return where a marker was sent to, by all requests that went out: conversations, and roles."""
    match riverside.driver:
        case DiscordDriver():
            sent = [one for one in riverside.driver.discord.requests if marker in json.dumps(one.body)]
            names = {riverside.channel(name): name for name in (HALL, LENA)}
            return {"roles" if "roles" in one.path else names.get(one.path.split("/")[-2], "") for one in sent}
        case SlackDriver():
            sent_there = [one for one in riverside.driver.slack.requests if marker in json.dumps(one.arguments)]
            return {str(one.arguments.get("channel")) for one in sent_there}
    return set()


async def test_a_no_after_a_yes(riverside: World) -> None:
    """The role goes and later awards are kept, what was posted stays; and that is said."""
    await earns(riverside)
    await _says_yes(riverside)
    kept = await riverside.presses("lena", "badges.tell:off")
    assert "What I've posted in the channel stays there" in kept
    await riverside.passes(hours=1)
    await withdraws(riverside, "lena", "A break")
    await riverside.passes(days=1)
    await gives(riverside, "lena", "Back again")
    await riverside.passes(days=8)
    assert "you've been given the badge" in (await firsts(riverside))[-1]
    assert 1 == len(await posts(riverside))
    assert [] == await wears(riverside)


async def test_a_yes_holds_for_later_awards(riverside: World) -> None:
    """Asked once: the next one is told to its member first, and then to the others."""
    await riverside.presses("lena", "badges.tell:on")
    await gives(riverside, "lena")
    assert [] == await posts(riverside)
    await riverside.passes(hours=1)
    (told,) = await riverside.inbox("lena")
    assert YES not in told.buttons
    assert "As you chose, the others may hear of it." in told.text
    assert "in a coordinator's words: “Always there”" in told.text
    assert [POSTED] == [text.split("\n")[0] for text in await posts(riverside)]


@at_once
async def test_two_at_once(riverside: World) -> None:
    """Two clicks in a hurry post once; a yes and a no at once leave one of both, and no fault."""
    await earns(riverside)
    both = [riverside.driver.presses("lena", f"badges.{word}:1") for word in ("yes", "yes", "no")]
    assert {True} == {"tell" in seen.text for seen in await asyncio.gather(*both)}
    await riverside.passes(hours=1)
    assert len(await posts(riverside)) <= 1


async def test_off_and_away(riverside: World) -> None:
    """Who switched badges off earns none; who is away hears of one when they are back."""
    await riverside.driver.presses("noor", "members.badges:off")
    await earns(riverside, "noor")
    assert [] == await awards(riverside, "noor")
    assert "You've switched badges off" in await riverside.asks("noor", "/mentor badge")
    await riverside.asks("lena", "/mentor away until Monday")
    await gives(riverside, "lena")
    await riverside.passes(days=6)
    assert [] == await firsts(riverside)
    await riverside.passes(days=1)
    assert 1 == len(await firsts(riverside))


async def test_withdrawn_before_it_was_told(riverside: World) -> None:
    """Its question reached nobody, so the next award asks it."""
    await gives(riverside, "lena")
    await withdraws(riverside, "lena", "A slip")
    await riverside.passes(days=4)
    await gives(riverside, "lena")
    await riverside.passes(days=8)
    assert YES in (await riverside.inbox("lena"))[-1].buttons


async def test_given_to_somebody_who_wants_none(riverside: World) -> None:
    """They hear nothing of it, so they haven't been asked whether the others may."""
    await riverside.presses("lena", "members.badges:off")
    await gives(riverside, "lena")
    await riverside.passes(days=4)
    assert [] == await riverside.inbox("lena")
    async with riverside.database.work(1) as work:
        lena = await riverside.member(work, "lena")
        assert (await work.of(BadgeChoices).get([lena]))[lena].asked_at is None


async def test_switched_off_before_it_was_posted(riverside: World) -> None:
    """What hasn't gone out isn't posted; a yes is noted all the same, and the badge can be told of later."""
    await earns(riverside)
    await riverside.driver.presses("lena", YES, (await riverside.inbox("lena"))[-1])
    await riverside.driver.presses("lena", "members.badges:off")
    await riverside.passes(hours=1)
    assert [] == await posts(riverside)
    assert "While badges are off I tell nobody of any." in await riverside.presses("lena", "badges.yes:1")
    await riverside.driver.presses("lena", "members.badges:on")
    choices = await riverside.driver.presses("lena", "badges.choices")
    await riverside.presses("lena", f"Tell them of: {TITLE}", choices)
    assert 1 == len(await posts(riverside))


async def test_given_back(riverside: World) -> None:
    """A badge can be given back, after one question; all counts anew from then on."""
    await earns(riverside)
    await _says_yes(riverside)
    await riverside.passes(hours=1)
    assert "take back your badge" in (await riverside.driver.presses("lena", "badges.give_back:1")).text
    assert "Done: you no longer have it." in await riverside.presses("lena", "badges.given_back:1")
    assert "no longer works" in (await riverside.driver.presses("lena", "badges.given_back:1")).text
    await riverside.passes(days=1)
    assert "You no longer have this badge." in (await riverside.inbox("lena"))[-1].text
    page = await riverside.asks("lena", "/mentor badge")
    assert ("You've had it" in page, "0 of 1" in page) == (False, True)


async def test_where_there_is_no_channel(database_url: str, tmp_path: Path) -> None:
    """Nothing fails: it is said that there is nowhere to tell the others."""
    async with with_badges(database_url, tmp_path, hall=False) as riverside:
        await earns(riverside)
        said = await riverside.presses("lena", YES, (await riverside.inbox("lena"))[-1])
        assert "has no channel where I could tell the others" in said
        await riverside.passes(hours=1)
        assert "All is well" in await riverside.asks("rosa", "/mentor-admin undelivered")


async def test_where_there_are_no_badges(database_url: str, tmp_path: Path) -> None:
    """It is said kindly; nothing is counted or told."""
    async with with_badges(database_url, tmp_path, changes={"badges.on": "false"}) as riverside:
        assert "doesn't give badges" in await riverside.asks("lena", "/mentor badge")
        await wants(riverside)
        await moves(riverside, 10)
        await riverside.passes(days=2)
        assert [] == await awards(riverside)
