"""Every figure changes something that people notice: the same days, lived with it as it was and as it was changed."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.settings.figures import FIGURES
from tests.feedback.stories import STORIES
from tests.reports.stories import STORIES as OF_REPORTS
from tests.sessions.booking import details, proposes, takes, types
from tests.sessions.having import books
from tests.settings.saying import changes, sees
from tests.world import LENA, NOOR, World, world

Story = Callable[[World], Awaitable[object]]


def reminders_after(user: str = "amara", **span: float) -> Story:
    """Let Lena write on Monday at ten; count what somebody got after a time."""

    async def story(riverside: World) -> int:
        await riverside.says("lena")
        await riverside.passes(**span)
        return len(await riverside.inbox(user))

    return story


async def late(riverside: World) -> bool:
    """Lena writes, and Amara answers on Thursday."""
    await riverside.says("lena")
    await riverside.passes(days=3, hours=1)
    await riverside.says("amara")
    return "counts as late" in await riverside.asks("amara", "/mentor rate why")


async def waits(riverside: World) -> bool:
    """Tell whether something waits for Amara."""
    return "Nothing waits for you" not in await riverside.asks("amara", "/mentor waiting")


async def again_after_a_reaction(riverside: World) -> bool:
    """Amara reacts, and Lena writes again four hours later."""
    await riverside.driver.reacts("amara", await riverside.says("lena"), "tada", LENA)
    await riverside.passes(hours=4)
    await riverside.says("lena")
    return await waits(riverside)


async def again_after_an_exchange(riverside: World) -> bool:
    """Amara answers within minutes, and Lena writes again two hours later."""
    await riverside.says("lena")
    await riverside.passes(minutes=5)
    await riverside.says("amara")
    await riverside.passes(hours=2)
    await riverside.says("lena")
    return await waits(riverside)


async def tada(riverside: World) -> bool:
    """Amara reacts."""
    await riverside.driver.reacts("amara", await riverside.says("lena"), "tada", LENA)
    return await waits(riverside)


async def seen(riverside: World) -> int:
    """Amara has seen it on Tuesday at nine; reminders until Wednesday at ten."""
    message = await riverside.says("lena")
    await riverside.passes(hours=23)
    await riverside.driver.reacts("amara", message, "eyes", LENA)
    await riverside.passes(hours=25)
    return len(await riverside.inbox("amara"))


async def two_write(riverside: World) -> bool:
    """Tell whether one of two is only named in the reminder."""
    await riverside.says("lena")
    await riverside.says("noor", NOOR)
    await riverside.passes(hours=25)
    (reminder,) = await riverside.inbox("amara")
    return "Noor Haddad wrote to you as well: /mentor waiting" in reminder.text


async def on_friday(riverside: World) -> int:
    """Lena writes on Friday; reminders until Saturday noon."""
    await riverside.passes(days=4)
    await riverside.says("lena")
    await riverside.passes(hours=26)
    return len(await riverside.inbox("amara"))


async def in_the_evening(riverside: World) -> int:
    """Lena writes on Monday at six; reminders until Tuesday at seven."""
    await riverside.passes(hours=8)
    await riverside.says("lena")
    await riverside.passes(hours=25)
    return len(await riverside.inbox("amara"))


async def two_on_a_day(riverside: World) -> int:
    """Of what two people wrote, one comes to light only after the day's reminder."""
    await riverside.says("lena")
    message = await riverside.says("noor", NOOR)
    await riverside.passes(hours=23)
    await riverside.driver.reacts("amara", message, "eyes", NOOR)
    await riverside.passes(hours=2)
    await riverside.driver.unreacts("amara", message, "eyes", NOOR)
    await riverside.passes(hours=1)
    return len(await riverside.inbox("amara"))


def rate_of(answered: int, *, first_late: bool = False) -> Story:
    """Let Lena write so often and Amara answer within the hour, the first time perhaps after three days."""

    async def story(riverside: World) -> str:
        for number in range(answered):
            await riverside.says("lena")
            await riverside.passes(hours=73 if first_late and not number else 1)
            await riverside.says("amara")
            await riverside.passes(hours=12)
        return await riverside.asks("amara", "/mentor rate")

    return story


async def forty_days_later(riverside: World) -> bool:
    """Tell whether an answer of forty days ago is still known."""
    await riverside.says("lena")
    await riverside.says("amara")
    await riverside.passes(days=40)
    await riverside.core.daily()
    return "No message has counted" not in await riverside.asks("amara", "/mentor rate why")


async def growing(riverside: World) -> bool:
    """Tell whether something is missing of a goal that is one sentence."""
    made = await riverside.driver.submits("lena", "goals.made:1", {"text": "Speak up"})
    return "This program asks for it with each goal." in made.wrong


async def asked_after_three_weeks(riverside: World) -> int:
    """Lena has a goal; questions about it after three weeks."""
    await riverside.driver.submits("lena", "goals.made:1", {"text": "Speak up"})
    await riverside.passes(days=21)
    return len([seen for seen in await riverside.inbox("lena") if "Not just now" in seen.buttons])


async def another_host(riverside: World) -> bool:
    """Tell whether a link to a host of the program's own is taken."""
    return not (await types(riverside, link="https://meet.example.org/room")).errors


async def without_a_goal(riverside: World) -> bool:
    """Tell whether a session can be proposed without a goal."""
    return not (await types(riverside)).wrong


async def after_three_days(riverside: World) -> bool:
    """Tell whether a proposal of Monday can still be answered on Thursday."""
    await proposes(riverside, time1="20 March 2026 18:00")
    await riverside.passes(days=3)
    return "proposed to you" in await riverside.asks("amara", "/mentor waiting")


async def four_hours_before(riverside: World) -> bool:
    """Tell whether it is said that a session is called off late."""
    await taken_at(riverside, "today 18:00")
    await riverside.passes(hours=4)
    form = (await riverside.driver.presses("lena", "Call off …", await details(riverside))).form
    return form is not None and "it is only noted" in form.fields[0].hint


async def taken_at(riverside: World, time: str) -> None:
    """Let Lena and Amara book a session."""
    await proposes(riverside, time1=time)
    await takes(riverside)


async def missed_once(riverside: World) -> bool:
    """Amara couldn't come; tell whether the next proposal goes on at once."""
    await taken_at(riverside, "today 12:00")
    await riverside.passes(hours=4)
    await riverside.presses("amara", "sessions.met:1:no")
    await riverside.presses("amara", "sessions.why:1:couldnt")
    return "a coordinator looks" not in await proposes(riverside, time1="Friday 9:00")


def reminded(**span: float) -> Story:
    """Let a session be booked for Thursday at 18:00; count what Lena got of it after a time."""

    async def story(riverside: World) -> int:
        await books(riverside)
        await riverside.passes(**span)
        return len(await riverside.inbox("lena"))

    return story


async def policy(riverside: World) -> bool:
    """Tell whether the figures are those of another policy."""
    return "Policy: inzpireu (changed by Rosa Delgado" in (await sees(riverside)).text


@dataclass(frozen=True)
class Row:
    """What is typed, and what somebody notices before and after; texts need only stand in what they see."""

    typed: str
    story: Story
    before: object
    after: object


ROWS = {
    "nudges.answer_within": Row("time to answer 4 days", late, before=True, after=False),
    "nudges.first_after": Row("first reminder 12h", reminders_after(hours=23, minutes=30), 0, 1),
    "nudges.second_after": Row("second reminder 3 days", reminders_after(days=3, hours=1), 1, 2),
    "nudges.last_after": Row("last reminder 6 days", reminders_after(days=8, hours=1), 2, 3),
    "nudges.told_after": Row("word to the coordinator 3 days", reminders_after("rosa", days=11, hours=1), 1, 0),
    "nudges.quiet": Row("quiet time 2h", again_after_a_reaction, before=False, after=True),
    "nudges.lull": Row("shorter quiet time 3h", again_after_an_exchange, before=True, after=False),
    "nudges.lull_factor": Row("times their usual gap 30", again_after_an_exchange, before=True, after=False),
    "nudges.seen": Row("reactions that say seen tada", tada, before=False, after=True),
    "nudges.seen_for": Row("seen puts off by 3 days", seen, 1, 0),
    "nudges.together": Row("conversations in one reminder 1", two_write, before=False, after=True),
    "hours.days": Row("days every day", on_friday, 0, 1),
    "hours.opens": Row("earliest hour 12:00", reminders_after(hours=25), 1, 0),
    "hours.closes": Row("latest hour 5 pm", in_the_evening, 1, 0),
    "budget.per_day": Row("messages a day 2", two_on_a_day, 1, 2),
    "budget.per_week": Row("messages a week 1", reminders_after(days=4, hours=1), 2, 1),
    "rate.turns": Row("messages in a rate 10", rate_of(12), "of the last 12 messages", "of the last 10 messages"),
    "rate.neutral_under": Row("too few under 5", rate_of(6), "too few to say anything", "is 100%: of the last 6"),
    "rate.forgiven_under": Row("forgiving under 11", rate_of(12, first_late=True), "is 100%", "is 91%"),
    "rate.forgiven": Row("late answers forgiven 0", rate_of(12, first_late=True), "is 100%", "is 91%"),
    "sessions.hosts": Row("places to meet zoom.us, example.org", another_host, before=False, after=True),
    "sessions.goals_needed": Row("goals needed yes", without_a_goal, before=True, after=False),
    "sessions.answer_within": Row("proposals lapse after 4 days", after_three_days, before=False, after=True),
    "sessions.notice": Row("notice 5 hours", four_hours_before, before=False, after=True),
    "sessions.missed": Row("missed without notice 1", missed_once, before=True, after=False),
    "before.first": Row("first word before a session 2 days", reminded(hours=33), 0, 1),
    "before.last": Row("last word before a session 2h", reminded(days=3, hours=6, minutes=1), 1, 2),
    "before.asked_after": Row("asked after a session 30 minutes", reminded(days=3, hours=9, minutes=20), 3, 2),
    "kept.turns": Row("kept 4 weeks", forty_days_later, before=True, after=False),
    "goals.smart_needed": Row("five parts needed yes", growing, before=False, after=True),
    "goals.update_every": Row("word on goals every 2 weeks", asked_after_three_weeks, 0, 1),
    **{key: Row(*story) for key, story in {**STORIES, **OF_REPORTS}.items()},
    "preset": Row("policy inzpireu", policy, before=False, after=True),
}


ELSEWHERE = {
    "delivery.direct_closed",  # tests/deliveries/test_closed.py
    "badges.on",  # these five: tests/badges/
    "badges.warned_for",
    "badges.left_out",
    "badges.kept_for",
    "badges.near",
}


def test_every_figure_has_its_story() -> None:
    """Whoever adds a figure says here what people notice of it."""
    assert set(FIGURES) == {*ROWS, *ELSEWHERE}


@pytest.mark.parametrize("key", ROWS)
async def test_something_changes_for_people(sqlite_in: Callable[[Path], str], tmp_path: Path, key: str) -> None:
    """What a coordinator changed in the chat is noticed by whoever it is about."""
    row = ROWS[key]
    async with world(sqlite_in(tmp_path), tmp_path) as riverside:
        assert _is(row.before, await row.story(riverside))
    async with world(sqlite_in(tmp_path / "other"), tmp_path / "other") as riverside:
        assert "Done." in await changes(riverside, row.typed)
        assert _is(row.after, await row.story(riverside))


def _is(expected: object, found: object) -> bool:
    return expected in found if isinstance(expected, str) and isinstance(found, str) else expected == found
