"""A coordinator sees figures, tries others out, changes them, and takes that back."""

from datetime import timedelta
from pathlib import Path

import pytest

from storage.proposals import Proposals
from tests.platforms import on_each_platform
from tests.settings.saying import changes, form_of, sees
from tests.world import LENA, NOOR, World, world


async def reminders(riverside: World, user: str = "amara") -> int:
    """Count what somebody was reminded with."""
    return len(await riverside.inbox(user))


async def test_every_figure_is_shown_with_its_source(riverside: World) -> None:
    """In plain words: what it is called, what it is, who says so."""
    shown = await sees(riverside)
    assert "Time to answer: 48 hours (inzpireu's rules, mentor 8 and protégé 4: respond within 48 hours)" in shown.text
    assert "First reminder: 24 hours (default)" in shown.text
    assert "Days: Monday to Friday (default)" in shown.text
    assert "Policy: default (from the beginning)" in shown.text
    await changes(riverside, "first reminder 36h")
    await riverside.passes(days=1)
    assert "First reminder: 36 hours (changed by Rosa Delgado yesterday)" in (await sees(riverside)).text


@on_each_platform
async def test_a_later_message_is_reminded_of_by_the_new_figure(riverside: World) -> None:
    """What was shown is changed by one tap, and holds from then on."""
    shown = await sees(riverside, "first reminder 36h")
    assert "First reminder: 24 hours → 36 hours" == shown.texts[0]
    assert ["Change it", "Leave it"] == list(shown.buttons)
    assert "I can't try it out yet: in the last month nobody wrote anything." in shown.text
    answer = await riverside.presses("rosa", "Change it", shown)
    assert "Done. This holds from now on:\nFirst reminder: 24 hours → 36 hours" == answer
    await riverside.says("lena")
    await riverside.passes(hours=30)
    assert 0 == await reminders(riverside)
    await riverside.passes(hours=18)  # 36 hours are over at night: it comes in the morning
    assert 1 == await reminders(riverside)


async def test_what_waits_already_follows(riverside: World) -> None:
    """Alarms that are set ring by the new figures, earlier or later."""
    await riverside.says("lena")
    await riverside.passes(hours=12)
    await changes(riverside, "first reminder 23 hours")
    await riverside.passes(hours=11)
    assert 1 == await reminders(riverside)
    await changes(riverside, "second reminder 6 days")
    await riverside.passes(days=5)
    assert 1 == await reminders(riverside)


async def test_what_was_put_back_for_lack_of_room_is_looked_at_again(riverside: World) -> None:
    """A reminder that waited for another day goes out when there is room after all."""
    await riverside.says("lena")
    message = await riverside.says("noor", NOOR)
    await riverside.passes(hours=23)
    await riverside.driver.reacts("amara", message, "eyes", NOOR)
    await riverside.passes(hours=2)
    await riverside.driver.unreacts("amara", message, "eyes", NOOR)
    assert 1 == await reminders(riverside)
    await changes(riverside, "messages a day 2")
    await riverside.jobs.round()
    assert 2 == await reminders(riverside)


async def test_leaving_it_changes_nothing(riverside: World) -> None:
    """And the buttons are used up."""
    shown = await sees(riverside, "first reminder 36h")
    assert "All right. Everything stays as it is." == await riverside.presses("rosa", "Leave it", shown)
    assert "no longer works" in await riverside.presses("rosa", "Change it", shown)
    assert "First reminder: 24 hours (default)" in (await sees(riverside)).text


async def test_buttons_work_once_and_for_a_day(riverside: World) -> None:
    """What was shown yesterday may be another thing today."""
    shown, other = await sees(riverside, "quiet time 4h"), await sees(riverside, "first reminder 12h")
    assert "Done." in await riverside.presses("rosa", "Change it", shown)
    for again in ("Change it", "Leave it"):
        assert "no longer works" in await riverside.presses("rosa", again, shown)
    await riverside.passes(hours=25)
    assert "no longer works" in await riverside.presses("rosa", "Change it", other)
    await riverside.core.daily()
    (program,) = await riverside.core.programs()
    async with riverside.core.at_work(program) as context:
        assert None is await context.work.of(Proposals).take(2)


async def test_a_form_changes_several_figures_as_one(riverside: World) -> None:
    """It is prefilled; what was left alone stays; what is wrong is said beside its field, what was typed is kept."""
    form = await form_of(riverside, "Change reminders …")
    assert ["48 hours", "24 hours", "4 days", "8 days", "24 hours"] == list(form.values.values())
    wrong = await riverside.driver.submits("rosa", form, {"first_after": "soon", "last_after": "0 days"})
    assert {"first_after", "last_after"} == set(wrong.errors)
    assert 'I couldn\'t read "soon". Write a length of time, such as 36 hours' in wrong.errors["first_after"]
    shown = await riverside.driver.submits("rosa", form, {"first_after": "12 h", "told_after": "2 days"})
    assert ("First reminder: 24 hours → 12 hours", "Word to the coordinator: 24 hours → 48 hours") == shown.texts[:2]
    await riverside.presses("rosa", "Change it", shown)
    listed = await sees(riverside, "history")
    assert 1 == list(listed.texts).count("\n".join(["Monday 2 March, 10:00, Rosa Delgado:", *shown.texts[:2]]))
    assert ["Take it back"] == list(listed.buttons)


@on_each_platform
async def test_figures_that_do_not_fit_together_are_told_beside_the_field(riverside: World) -> None:
    """With how the other one stands."""
    form = await form_of(riverside, "Change reminders …")
    wrong = await riverside.driver.submits("rosa", form, {"first_after": "3 days"})
    right = "The first reminder has to come before the time to answer is over. As it stands: Time to answer: 48 hours."
    assert {"first_after": right} == wrong.errors
    both = await riverside.driver.submits("rosa", form, {"first_after": "3 days", "answer_within": "4 days"})
    assert "Time to answer: 48 hours → 4 days" in both.texts
    form = await form_of(riverside, "Change reminders …")
    steps = await riverside.driver.submits("rosa", form, {"first_after": "20 h", "second_after": "10 h"})
    assert {"first_after", "second_after"} == set(steps.errors)
    form = await form_of(riverside, "Change how many …")
    wrong = await riverside.driver.submits("rosa", form, {"per_day": "0", "together": "5"})
    assert "Write a whole number from 1 to 1000." in wrong.errors["per_day"]
    assert "Write a whole number from 1 to 4." in wrong.errors["together"]


async def test_a_form_that_was_opened_before_a_change_undoes_nothing(riverside: World) -> None:
    """Only what was typed into it counts, not what stood there."""
    form = await form_of(riverside, "Change reminders …")
    await changes(riverside, "first reminder 12h")
    shown = await riverside.driver.submits("rosa", form, {"told_after": "2 days"})
    assert "First reminder" not in shown.text
    assert "Word to the coordinator: 24 hours → 48 hours" == shown.texts[0]
    same = await riverside.driver.submits("rosa", form, {})
    assert "That is how it stands already. Nothing was changed." == same.text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("frist remindr 36h", 'Did you mean "first reminder"?'),
        ("first reminder soon", 'I couldn\'t read "soon"'),
        ("first reminder 3 days", "As it stands: Time to answer: 48 hours."),
        ("first reminder 24h", "That is how it stands already."),
        ("first reminder default", "That is how it stands already."),
        ("first reminder", "Write a length of time"),
        ("kept 2 weeks", "such as 26 weeks: 4 weeks or more"),
        (
            "too few under 30",
            "A rate can't need more messages than it goes over. As it stands: Messages in a rate: 20.",
        ),
        ("policy imslt", "Did you mean imstl?"),
        ("first reminder 99999 weeks", "I couldn't read"),
        ("\u202efirst reminder", "I don't know a setting"),
        ("first reminder 🦉", "I couldn't read"),
    ],
)
async def test_what_cannot_be_is_said(sqlite_url: str, tmp_path: Path, typed: str, said: str) -> None:
    """In one private answer that says what would be right; nothing is changed."""
    async with world(sqlite_url, tmp_path) as riverside:
        assert said in (await sees(riverside, typed)).text
        assert "Nothing was changed so far" in (await sees(riverside, "history")).text


async def test_taking_back(riverside: World) -> None:
    """The newest change of a figure can be undone, which is a change of its own."""
    await changes(riverside, "first reminder 12h")
    await changes(riverside, "quiet time 4h")
    await changes(riverside, "first reminder 36h")
    listed = await sees(riverside, "history")
    assert [
        "Monday 2 March, 10:00, Rosa Delgado:\nFirst reminder: 12 hours → 36 hours",
        "Monday 2 March, 10:00, Rosa Delgado:\nQuiet time: 8 hours → 4 hours",
        "Monday 2 March, 10:00, Rosa Delgado:\nFirst reminder: 24 hours → 12 hours",
    ] == list(listed.texts[1:])
    stale = await riverside.driver.presses("rosa", "settings.take_back:1")
    assert "First reminder was changed again since then" in stale.text
    shown = await riverside.driver.presses("rosa", "settings.take_back:3")
    assert "First reminder: 36 hours → 12 hours" == shown.texts[0]
    await riverside.presses("rosa", "Change it", shown)
    assert "First reminder: 12 hours (changed by Rosa Delgado today)" in (await sees(riverside)).text
    await changes(riverside, "first reminder default")
    assert "First reminder: 24 hours (default)" in (await sees(riverside)).text
    assert "First reminder: 12 hours → 24 hours" in (await sees(riverside, "history")).text


@on_each_platform
async def test_another_policy_with_changes_on_top(riverside: World) -> None:
    """What was changed one by one stays; all else is as the new policy has it; and back again."""
    await changes(riverside, "first reminder 36h")
    form = await form_of(riverside, "Change the policy …")
    assert {"preset": "default"} == form.values
    shown = await riverside.driver.submits("rosa", form, {"preset": "inzpireu"})
    assert "Policy: default → inzpireu" == shown.texts[0]
    assert "Figures that were changed one by one stay as they are." in shown.texts
    await riverside.presses("rosa", "Change it", shown)
    listed = (await sees(riverside)).text
    assert "Policy: inzpireu (changed by Rosa Delgado today)" in listed
    assert "First reminder: 36 hours (changed by" in listed
    await riverside.says("lena")
    await riverside.passes(hours=30)
    assert 0 == await reminders(riverside)
    back = await riverside.driver.presses("rosa", "settings.take_back:2")
    assert "Policy: inzpireu → default" == back.texts[0]
    await riverside.presses("rosa", "Change it", back)
    assert "Policy: default (from the beginning)" in (await sees(riverside)).text


async def test_the_preview_counts_what_there_was(riverside: World) -> None:
    """A shorter first reminder would have come to those who answered before the day was over."""
    for _ in range(4):
        await riverside.says("lena")
        await riverside.passes(hours=23, minutes=30)  # at 9:30 somebody can have been reminded
        await riverside.says("amara")
        await riverside.passes(hours=24, minutes=30)
    assert 0 == await reminders(riverside)
    shown = await sees(riverside, "first reminder 12h")
    assert "In the last month: about 0 → 2 reminders." in shown.texts  # not over the weekend
    shown = await sees(riverside, "first reminder 30h")
    assert "In the last month it would have made no difference: about 0 reminders." in shown.texts
    await riverside.passes(days=40)
    assert "nobody wrote anything" not in (await sees(riverside, "first reminder 12h")).text
    await riverside.passes(days=40)
    assert "nobody wrote anything" in (await sees(riverside, "first reminder 12h")).text


async def test_a_change_is_noted(riverside: World) -> None:
    """The audit log says who changed which figure."""
    await changes(riverside, "first reminder 36h")
    (program,) = await riverside.core.programs()
    async with riverside.core.at_work(program) as context:
        assert 1 == context.program.version
        assert timedelta(hours=36) == context.policy.nudges.first_after
        rows = await context.work.audit._rows(None)  # noqa: SLF001 - nothing else reads the rows
    assert [("settings.change", "nudges.first_after")] == [(row[3], row[4]) for row in rows]


async def test_members_are_not_told_and_may_not(riverside: World) -> None:
    """Figures are for coordinators."""
    assert "This is for coordinators." in (await sees(riverside, "first reminder 36h", "amara")).text
    await changes(riverside, "first reminder 36h")
    assert [] == await riverside.inbox("amara")
    assert [] == await riverside.driver.reads("amara", LENA)
