"""What coordinators do about badges: who has which, who is close, whether one ends, by hand, and what earns them."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from bot.badges.telling import WARNED
from bot.calls import Submit, Upload
from bot.views import Message
from storage.effects import State, outbox
from storage.members import Members, Role
from storage.schema import micros
from tests.asks.asking import change
from tests.badges.earning import STEADY, awards, earns, with_badges
from tests.databases import at_once
from tests.drivers.driver import Seen, SeenForm
from tests.goals.wanting import wants
from tests.platforms import on_each_platform
from tests.world import MONDAY, World, world

OURS = "/mentor-admin badges"
DOCS = (Path(__file__).parents[2] / "docs/badges.md").read_text("utf-8")
SOON = {"badges.warned_for": "2d", "badges.kept_for": "3d", "badges.near": "2"}  # no test lives through months


@pytest.fixture
async def riverside(database_url: str, tmp_path: Path) -> AsyncIterator[World]:
    """Open a program in which mentees can earn a badge."""
    async with with_badges(database_url, tmp_path, SOON, hall=False) as opened:
        yield opened


async def proposed(riverside: World) -> Seen:
    """Let Lena earn a badge, be warned, and Rosa be asked; return what she is asked."""
    await earns(riverside)
    await riverside.passes(days=12)
    return (await riverside.inbox("rosa"))[-1]


async def fills(riverside: World, button: str, values: dict[str, str], on: Seen | None = None) -> Seen:
    """Let Rosa press what opens a form, and send it off."""
    form = (await riverside.driver.presses("rosa", button, on)).form
    assert isinstance(form, SeenForm)
    answer = await riverside.driver.submits("rosa", form, values)
    await riverside.jobs.round()
    return answer


@on_each_platform
async def test_a_badge_is_kept_and_later_withdrawn(riverside: World) -> None:
    """Coordinators see who has it; they're asked with the figures of that time; the member reads the reason."""
    asks = await proposed(riverside)
    assert "Lena Vogt's badge “Steady Steps”: something is still missing." in asks.text
    assert "✓ At least 1 active goal: 1 of 1" in asks.text
    assert "○ At least 1 update on goals · within 7 days: 0 of 1" in asks.text
    seen = await riverside.driver.commands("rosa", OURS)
    assert ("1 badge waits for a decision" in seen.text, "1 person has it" in seen.text) == (True, True)
    assert "Keep it" in (await riverside.driver.presses("rosa", "Lena Vogt", seen)).buttons
    assert "Lena Vogt keeps it." in await riverside.presses("rosa", "Keep it", asks)
    assert "Lena Vogt keeps the badge" in (await riverside.inbox("rosa"))[-1].text
    assert "this is settled" in (await riverside.inbox("lena"))[-1].text
    assert "settled already" in await riverside.presses("rosa", asks.buttons["Keep it"])
    assert "waits for a decision" not in await riverside.asks("rosa", OURS)
    assert "mentee · ✓ Steady Steps" in await riverside.asks("rosa", "/mentor-admin people")
    await riverside.passes(days=8)
    before, asks = asks, (await riverside.inbox("rosa"))[-1]
    assert "settled already" in await riverside.presses("rosa", before.buttons["Keep it"])
    done = await fills(riverside, "Withdraw it …", {"reason": "We agreed on a break"}, asks)
    assert "I tell Lena Vogt privately" in done.text
    assert "was withdrawn on" in (await riverside.inbox("rosa"))[-1].text
    await riverside.passes(days=3)
    assert "“We agreed on a break”" in (await riverside.inbox("lena"))[-1].text
    assert "Steady Steps" not in await riverside.asks("rosa", "/mentor-admin people")
    assert "Nobody has a badge so far." in await riverside.presses("rosa", "badges.held:0")


async def test_somebody_who_was_not_reached_may_not_know(riverside: World) -> None:
    """Coordinators read that the warning couldn't be delivered, not that there was time to catch up."""
    await earns(riverside)
    await riverside.passes(days=9)
    async with riverside.database.connect() as conn:
        await conn.execute(update(outbox).where(outbox.c.kind == WARNED).values(state=State.DEAD))
    await riverside.passes(days=3)
    asks = (await riverside.inbox("rosa"))[-1]
    assert ("hasn't reached them, so they may not know" in asks.text, "They've known" in asks.text) == (True, False)


@at_once
async def test_two_coordinators_at_once(riverside: World) -> None:
    """The first one decides, and the second is told how it stands; whom it is about isn't asked and can't decide."""
    await change(riverside, "amara", roles=frozenset({Role.MENTOR, Role.COORDINATOR}))
    await change(riverside, "lena", roles=frozenset({Role.MENTEE, Role.COORDINATOR}))
    await proposed(riverside)
    (award,) = await awards(riverside)
    assert award.proposed_at is not None
    at = f"{award.id}:{micros(award.proposed_at)}"
    for user in ("lena", "amara"):
        assert [] == [seen.text for seen in await riverside.inbox(user) if "Lena Vogt's badge" in seen.text]
    assert "another coordinator decides it" in await riverside.presses("lena", f"badges.keep:{at}")
    calls = [
        Submit(user, riverside.account(user), f"badges.withdrawn:{at}", {"reason": user}) for user in ("rosa", "amara")
    ]
    replies = await asyncio.gather(*(riverside.core.handle(call) for call in calls))
    assert 1 == sum("settled already" in one.plain for one in replies if isinstance(one, Message))
    (award,) = await awards(riverside)
    assert award.ended_reason in {"rosa", "amara"}


OFF = {
    "the member": ("lena", "members.badges:off", "members.badges:on"),
    "the badge": ("rosa", "badges.off:mentee-accountability:1", "badges.on:mentee-accountability:1"),
    "whoever left": ("rosa", "community.deactivate_now:2", "community.bring_back:2"),
}


@pytest.mark.parametrize("who", OFF)
async def test_where_nobody_looks_nothing_stays_open(riverside: World, who: str) -> None:
    """Switched off, it's said to be settled, and nobody can withdraw it as asked; looked at again, all begins anew."""
    asks = await proposed(riverside)
    user, off, on = OFF[who]
    await riverside.driver.presses(user, off)
    await riverside.passes(minutes=1)
    assert "there is nothing to decide just now" in (await riverside.inbox("rosa"))[-1].text
    assert "waits for a decision" not in await riverside.asks("rosa", OURS)
    assert "settled already" in await riverside.presses("rosa", asks.buttons["Withdraw it …"])
    await riverside.passes(days=8)
    await riverside.driver.presses(user, on)
    await riverside.passes(days=1, minutes=1)
    (award,) = await awards(riverside)
    assert (True, None) == (award.warned_at is not None, award.proposed_at)
    assert riverside.clock.now() - timedelta(days=2) < (award.warned_at or MONDAY)


async def test_what_is_missing_is_promised_to_nobody_in_vain(riverside: World) -> None:
    """Coordinators can look at anybody's figures: whoever misses something is told so."""
    await earns(riverside)
    await riverside.passes(days=8)
    told = (await riverside.inbox("lena"))[-1].text
    assert "something is missing just now" in told
    assert "○ At least 1 update on goals" in await riverside.presses("rosa", "badges.person:2")
    assert "coordinators can look at your figures" in told


async def test_while_the_program_rests_nothing_is_decided(riverside: World) -> None:
    """As nobody could be told; nor is it afterwards, before somebody had time again."""
    asks = await proposed(riverside)
    await riverside.driver.presses("rosa", "setup.stop_now")
    assert "settled already" in await riverside.presses("rosa", "Keep it", asks)
    (award,) = await awards(riverside)
    assert (None, None, None) == (award.warned_at, award.proposed_at, award.kept_until)


async def test_a_badge_is_not_given_to_who_left(riverside: World) -> None:
    """Not even with a form that was opened before."""
    form = (await riverside.driver.presses("rosa", "badges.give:2")).form
    assert isinstance(form, SeenForm)
    await riverside.driver.presses("rosa", "community.deactivate_now:2")
    refused = await riverside.driver.submits("rosa", form, {"reason": "Always there"})
    assert "There is no badge to give to Lena Vogt just now." in refused.text
    assert [] == await awards(riverside)


async def test_given_and_withdrawn_by_hand(riverside: World) -> None:
    """From a person's card or the list, each time for a reason; never to oneself, to nobody unknown, and once."""
    card = await riverside.driver.commands("rosa", "/mentor-admin person Lena Vogt")
    page = await riverside.driver.presses("rosa", "Badges", card)
    assert "○ At least 1 active goal: 0 of 1" in page.text
    assert "Please write a reason" in (await fills(riverside, "Give a badge …", {"reason": " "}, page)).wrong
    given = await fills(riverside, "Give a badge …", {"reason": "Always there"}, page)
    assert "Rosa Delgado gave it by hand on Monday 2 March 2026: “Always there”" in given.text
    assert "Badge: ✓ Steady Steps, since Monday 2 March 2026" in await riverside.asks(
        "rosa", "/mentor-admin person Lena Vogt"
    )
    seen = await riverside.driver.commands("rosa", OURS)
    values = {"badge": "mentee-accountability", "reason": "Again"}
    for person, told in (
        ("Nobody", "I don't know"),
        ("Rosa Delgado", "can't give yourself"),
        ("Amara", "isn't for Amara"),
    ):
        assert told in (await fills(riverside, "Give by hand …", values | {"person": person}, seen)).wrong
    again = await fills(riverside, "Give by hand …", values | {"person": "Lena"}, seen)
    assert "has the badge “Steady Steps” already" in again.text
    assert "Lena Vogt: ✓ Steady Steps, since Monday 2 March 2026, given by hand" in await riverside.presses(
        "rosa", "Who has one", seen
    )
    done = await fills(riverside, "Withdraw it …", {"reason": "A slip"}, given)
    assert "I tell Lena Vogt privately" in done.text
    assert "settled already" in await riverside.presses("rosa", "Withdraw it …", given)
    async with riverside.database.work(1) as work:
        rosa = (await work.of(Members).get([await riverside.member(work, "rosa")])).popitem()[1]
        noted = [row["action"] for row in await work.audit.by(rosa.key)]
    assert {"badges.look", "badges.give", "badges.withdraw"} <= set(noted)


async def test_who_is_close_and_what_if(riverside: World) -> None:
    """Who began and misses little is shown, with what is missing; another threshold is tried out and nothing kept."""
    await wants(riverside)
    seen = await riverside.driver.commands("rosa", OURS)
    close = await riverside.presses("rosa", "Who is close", seen)
    assert "Lena Vogt: ✓ Steady Steps\n○ At least 1 update on goals" in close
    assert "Noor" not in close
    card = await riverside.driver.presses("rosa", "badges.show:mentee-accountability")
    for wrong in ({"at_least": "90%"}, {"at_least": "many"}):
        refused = await fills(riverside, "What if …", {"criterion": "1", **wrong}, card)
        assert {"at_least": "Write a whole number from 1 to 1000, such as 3."} == refused.errors
    assert (
        "within"
        in (await fills(riverside, "What if …", {"criterion": "1", "at_least": "1", "within": "soon"}, card)).errors
    )
    assert "It is so already" in (await fills(riverside, "What if …", {"criterion": "1", "at_least": "1"}, card)).wrong
    await earns(riverside)
    tried = await fills(riverside, "What if …", {"criterion": "1", "at_least": "2", "within": "30d"}, card)
    assert "1 fulfil all of it now; with this 0 people would." in tried.text
    assert "1 would lose: Lena Vogt" in tried.text
    assert STEADY == await source(riverside)


async def source(riverside: World) -> str:
    """Return the badge as it is kept."""
    downloaded = await riverside.driver.presses("rosa", "badges.file:mentee-accountability")
    return downloaded.files["mentee-accountability.toml"].decode()


@pytest.mark.parametrize(
    ("was", "now", "told"),
    [
        ('measure = "goals_active"', 'measure = "goals_aktive"', "Line 10: measure has to be one of these"),
        ('"Steady Steps"', '"Steady 𓀀"', "Line 2: I have no letters to draw 𓀀 with."),
        ('"Steady Steps"', '"\u2800"', "Line 2: Please write something here."),
        ('shape = "star"', 'sign = "\u3164"', "Line 4: Please write something here."),
        ("at_least = 1", 'at_least = "95%"', "Line 11: This measure is a number"),
    ],
)
async def test_a_wrong_badge_is_refused(riverside: World, was: str, now: str, told: str) -> None:
    """By line and with a reason, and nothing is changed."""
    wrong = await fills(riverside, "badges.change:mentee-accountability", {"text": STEADY.replace(was, now, 1)})
    assert told in wrong.wrong
    assert STEADY == await source(riverside)


async def test_a_badge_of_ones_own(riverside: World) -> None:
    """The form begins with the example of docs/badges.md; left alone it is nobody's text, changed it is a badge."""
    form = (await riverside.driver.presses("rosa", "badges.add")).form
    assert form is not None
    example = form.values["text"]
    assert example in DOCS
    alone = await riverside.driver.submits("rosa", form, {"text": example})
    assert "Please add a file" in alone.wrong
    file = {"file": Upload("own.toml", example.replace("steady-mentor", "by-file").encode())}
    assert "Steady Mentor" in (await riverside.driver.submits("rosa", form, {"text": example}, file)).text
    own = await riverside.driver.submits("rosa", form, {"text": example.replace("Steady", "Own")})
    assert "Own Mentor" in own.text


async def test_where_what_earns_a_badge_comes_from(riverside: World) -> None:
    """It is said in words: a coordinator knows the rules by their name."""
    shown = await riverside.presses("rosa", "badges.show:mentor-accountability")
    assert "inzpireu's rules, mentor badge: 95% or more answered within 48 hours" in shown
    assert "004" not in shown


async def test_a_badge_is_changed(riverside: World) -> None:
    """It is asked for from the next day on; who has the badge keeps it, and is told first."""
    await earns(riverside)
    changed = STEADY.replace("at_least = 1", "at_least = 2", 1)
    done = await fills(riverside, "badges.change:mentee-accountability", {"text": changed})
    assert "Whoever has the badge keeps it" in done.text
    await riverside.passes(days=2)
    (award,) = await awards(riverside)
    assert (True, None) == (award.warned_at is not None, award.ended_at)


async def test_where_badges_are_off(database_url: str, tmp_path: Path) -> None:
    """It is said so, what would be with them, and where to switch them on."""
    async with world(database_url, tmp_path) as opened:
        seen = await opened.driver.commands("rosa", OURS)
        assert "Badges are switched off in this program" in seen.text
        assert "✓ Accountability Badge · for mentors: nobody would have it yet" in seen.text
        assert "close" not in seen.text
        tried = await opened.driver.presses("rosa", "Switch them on …", seen)
        assert "Badges can be earned: no → yes" in tried.text
        assert "Badges" not in (await opened.driver.commands("rosa", "/mentor-admin person Lena Vogt")).buttons
        await opened.driver.presses("rosa", "Change it", tried)
        assert "✓ Accountability Badge · for mentors: nobody has it yet" in await opened.asks("rosa", OURS)
