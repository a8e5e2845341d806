"""The goals of a pairing, from the first sentence to the end."""

from tests.goals.wanting import GOAL, moves, opens, sees, wants
from tests.platforms import on_each_platform
from tests.settings.saying import changes
from tests.world import LENA, World


@on_each_platform
async def test_from_the_first_sentence_to_the_end(riverside: World) -> None:
    """A goal is made, moves on, is seen by the other side, reached, and celebrated without its words."""
    assert "You and Amara Okafor have no goal just now." in (await sees(riverside)).text
    made = await wants(riverside)
    assert GOAL in made.text
    assert "Amara Okafor can see it too, and nobody else." in made.text
    assert "Noted: 40% ■■■■□□□□□□. Thank you!" in (await moves(riverside, 40, "Spoke twice")).text
    hers = await sees(riverside, "amara", "@lena")
    assert "Goals, with Lena Vogt" in hers.text
    assert GOAL in hers.texts
    assert "40% ■■■■□□□□□□\n“Spoke twice” (Lena Vogt, today)" in hers.text
    assert "“Spoke twice” (you, today)" in (await sees(riverside)).text
    done = await riverside.driver.presses("lena", "Done", await sees(riverside))
    assert "Well done! I'll tell Amara Okafor that it's reached." in done.text
    assert [] == await riverside.driver.posts("lena", LENA)
    assert "without the goal's words" in await riverside.presses("lena", "Celebrate it here", done)
    (said,) = await riverside.driver.posts("amara", LENA)
    assert ("A goal was reached here. That's worth a moment: well done!",) == said.texts
    assert "celebrated already" in await riverside.presses("lena", "Celebrate it here", done)
    left = await sees(riverside)
    assert "no goal just now" in left.text
    assert GOAL in await riverside.presses("lena", "1 from before", left)


@on_each_platform
async def test_the_other_side_is_told_of_what_is_new_and_of_what_is_reached(riverside: World) -> None:
    """Once each, and of nothing between; what was dropped meanwhile is told to nobody."""
    await wants(riverside)
    await riverside.passes(days=1)
    (told,) = await riverside.inbox("amara")
    assert f"Lena Vogt has noted a new goal for you two: “{GOAL}”" in told.text
    assert "Goals, with Lena Vogt" in await riverside.presses("amara", "All goals", told)
    await moves(riverside, 100, "In every meeting")
    await riverside.passes(days=3)
    assert 1 == len(await riverside.inbox("amara"))
    await riverside.driver.presses("lena", "goals.done:1")
    await riverside.passes(days=3)
    assert f"Lena Vogt says that this goal is reached: “{GOAL}”" in (await riverside.inbox("amara"))[1].text


async def test_what_is_no_longer_so_is_told_to_nobody(riverside: World) -> None:
    """In the evening a goal is made and dropped, and another is done by a slip: the next day says nothing of it."""
    await wants(riverside)
    await riverside.passes(days=1)
    await riverside.passes(hours=11)  # Tuesday, 21:00
    await wants(riverside, "Sleep well")
    await riverside.driver.presses("lena", "goals.drop:2")
    done = await riverside.driver.presses("lena", "goals.done:1")
    assert "All right, it goes on." in await riverside.presses("lena", "It goes on", done)
    assert "goes on already" in await riverside.presses("lena", "It goes on", done)
    await riverside.passes(days=7)
    assert 1 == len(await riverside.inbox("amara"))


async def test_nobody_is_told_of_a_goal_while_the_pairing_rests(riverside: World) -> None:
    """It is told after the rest."""
    await riverside.passes(hours=11)  # Monday, 21:00
    await wants(riverside)
    await riverside.driver.presses("rosa", "pairings.rest_for:1:7")
    await riverside.passes(days=6)
    assert [] == await riverside.inbox("amara")
    await riverside.passes(days=3)
    assert GOAL in (await riverside.inbox("amara"))[0].text


@on_each_platform
async def test_many_new_goals_are_one_message(riverside: World) -> None:
    """Three in their words, the others counted; one button leads to all of them, also where they are of two people."""
    await riverside.passes(hours=11)  # Monday, 21:00
    for number in range(4):
        await wants(riverside, f"Goal {number}")
    await wants(riverside, "Hers", "noor")
    await riverside.passes(hours=12)
    (told,) = await riverside.inbox("amara")
    assert ["Goal 0", "Goal 2"] == [goal for goal in ("Goal 0", "Goal 2", "Goal 3", "Hers") if goal in told.text]
    assert "2 more goals: /mentor goals" in told.text
    assert "Whose goals?" in await riverside.presses("amara", "All goals", told)


async def test_the_mentor_may_do_the_same(riverside: World) -> None:
    """A goal that she adds is told to the mentee, and she may say how far it is."""
    await wants(riverside, user="amara")
    await moves(riverside, 10, "We began", "amara")
    await riverside.passes(days=1)
    assert "Amara Okafor has noted a new goal for you two" in (await riverside.inbox("lena"))[0].text
    assert "“We began” (Amara Okafor, yesterday)" in (await sees(riverside)).text


@on_each_platform
async def test_with_whom_is_asked_of_whoever_has_several(riverside: World) -> None:
    """With how many goals there are; a name after the command goes there directly."""
    await wants(riverside)
    asked = await sees(riverside, "amara")
    assert {"Lena Vogt: 1 goal", "Noor Haddad: 0 goals"} == set(asked.buttons)
    assert GOAL in await riverside.presses("amara", "Lena Vogt: 1 goal", asked)
    assert "You and Noor Haddad have no goal" in (await sees(riverside, "amara", "@noor")).text
    assert "aren't paired with anybody of that name" in (await sees(riverside, "amara", "@rosa")).text


@on_each_platform
async def test_three_goals_have_their_buttons_in_the_list(riverside: World) -> None:
    """An update of any of them is two taps; from the fourth on each is opened first, ten of them at most."""
    for number in range(1, 4):
        await wants(riverside, f"Goal {number}")
    shown = await sees(riverside)
    assert ("Goal 1", "Goal 2", "Goal 3") == tuple(text for text in shown.texts if text.startswith("Goal "))
    assert {"Update …", "Done", "More", "New goal …"} == set(shown.buttons)
    for number in range(4, 11):
        await wants(riverside, f"Goal {number}")
    full = await sees(riverside)
    assert [f"{number}. Goal {number}" for number in range(1, 11)] == list(full.buttons)
    assert "as many as I can keep" in full.text
    one = await riverside.driver.presses("lena", "7. Goal 7", full)
    assert {"Update …", "Done", "Five parts …", "Reword …", "Drop", "All goals"} == set(one.buttons)
    assert "You two have 10 goals already" in await riverside.presses("lena", "goals.new:1")


@on_each_platform
async def test_a_goal_grows_over_time(riverside: World) -> None:
    """Each update asks for one part more; the form has all five, and one that is emptied is gone."""
    made = await wants(riverside)
    assert "Still growing" not in made.text
    asked = await opens(riverside, "lena", "goals.update:1")
    assert ("specific", "What exactly?") == (asked.fields[2].name, asked.fields[2].label)
    await riverside.driver.submits("lena", asked, {"specific": "One thing in every meeting"})
    assert "measurable" == (await opens(riverside, "lena", "goals.update:1")).fields[2].name
    form = await opens(riverside, "amara", "goals.grow:1")
    assert "One thing in every meeting" == form.values["specific"]
    rest = {"measurable": "Eight", "achievable": "Prepared", "relevant": "To lead", "timed": "June"}
    assert "All five" not in (await riverside.driver.submits("amara", form, rest)).text
    assert 2 == len((await opens(riverside, "lena", "goals.update:1")).fields)
    shown = await riverside.driver.presses("lena", "goals.show:1")
    assert "What exactly: One thing in every meeting" in shown.text
    assert "Until when: June" in shown.text
    await riverside.driver.submits("lena", await opens(riverside, "lena", "goals.grow:1"), {"timed": ""})
    assert "Until when" not in (await riverside.driver.presses("lena", "goals.show:1")).text


async def test_a_program_may_want_all_five(riverside: World) -> None:
    """Whoever makes a goal is asked for all five; one from before is kept, and shown as still growing."""
    made = await wants(riverside)
    await changes(riverside, "five parts needed yes")
    missing = (
        "Still growing. Not said yet: what exactly, how you'll notice that you're there, "
        "what makes it possible, why it matters and until when."
    )
    assert missing in (await sees(riverside)).text
    form = await opens(riverside, "lena", "Five parts …", made)
    parts = {"specific": "a", "measurable": "b", "achievable": "c", "relevant": "d"}
    some = await riverside.driver.submits("lena", form, parts)
    assert "Still growing. Not said yet: until when." in some.text
    assert "Not said yet: until when." in (await sees(riverside, "amara", "@lena")).text
    form = await opens(riverside, "lena", "goals.grow:1")
    assert "All five parts are there." in (await riverside.driver.submits("lena", form, {"timed": "June"})).text
    assert "Still growing" not in (await sees(riverside)).text
    form = await opens(riverside, "lena", "New goal …", await sees(riverside))
    asked = await riverside.driver.submits("lena", form, {"text": "Listen", **parts})
    assert {
        "timed": "This program asks for it with each goal. A few words are enough, and can be changed at any time."
    } == (dict(asked.errors))
    whole = await riverside.driver.submits("lena", form, {"text": "Listen", **parts, "timed": "July"})
    assert "Noted: “Listen”" in whole.text
    assert "Still growing" not in whole.text


async def test_a_goal_is_said_in_other_words(riverside: World) -> None:
    """The form has the old ones."""
    await wants(riverside)
    form = await opens(riverside, "amara", "goals.change:1")
    assert GOAL == form.values["text"]
    await riverside.driver.submits("amara", form, {"text": "Lead a meeting"})
    assert "Lead a meeting" in (await sees(riverside)).texts


async def test_all_of_it_is_done_when_it_is_done(riverside: World) -> None:
    """At a hundred percent [Done] is one tap away."""
    await wants(riverside)
    full = await moves(riverside, 100)
    assert "Is it done, then?" in full.text
    assert "Well done!" in await riverside.presses("lena", "Done", full)


@on_each_platform
async def test_both_say_that_it_is_done(riverside: World) -> None:
    """The second is told that the first has said so, and nobody is told twice."""
    await wants(riverside)
    await riverside.passes(days=1)
    both = [await riverside.driver.presses(user, "goals.done:1") for user in ("lena", "amara")]
    assert "I'll tell Amara Okafor" in both[0].text
    assert "Lena Vogt has said that it's reached. Well done!" in both[1].text
    await riverside.passes(days=5)
    assert [] == [seen for seen in await riverside.inbox("lena") if "reached" in seen.text]
    assert 1 == len([seen for seen in await riverside.inbox("amara") if "reached" in seen.text])


async def test_what_was_typed_meanwhile_is_kept(riverside: World) -> None:
    """While Lena writes a line, Amara presses [Done]: the line is kept, and Lena is told how it stands."""
    await wants(riverside)
    form = await opens(riverside, "lena", "goals.update:1")
    await riverside.driver.presses("amara", "goals.done:1")
    told = await riverside.driver.submits("lena", form, {"percent": "70", "line": "Nearly there"})
    assert "I've kept what you wrote." in told.text
    assert "Amara Okafor has said that it's reached." in told.text
    await riverside.driver.presses("lena", "It goes on", told)
    assert "70% ■■■■■■■□□□\n“Nearly there”" in (await sees(riverside)).text


async def test_dropped_is_fine(riverside: World) -> None:
    """Nobody is told, and it can be taken back."""
    await wants(riverside)
    await riverside.passes(days=1)
    dropped = await riverside.driver.presses("lena", "goals.drop:1")
    assert "You've let this goal go. That's fine: goals change." in dropped.text
    assert "Amara" not in dropped.text
    await riverside.passes(days=5)
    assert 1 == len(await riverside.inbox("amara"))
    assert "Lena Vogt has let this goal go" in await riverside.presses("amara", "goals.show:1")
    assert "it goes on" in await riverside.presses("lena", "Take it back", dropped)
    assert GOAL in (await sees(riverside)).texts


async def test_nobody_celebrates_who_does_not_like_it(riverside: World) -> None:
    """A small win is worth a word too; whoever has celebrations off gets none, and an old button does nothing."""
    await wants(riverside)
    assert "A step further, from 0% to 40%: well done!" in (await moves(riverside, 40, "")).text
    assert "step further" not in (await moves(riverside, 40, "The same")).text
    await riverside.driver.presses("lena", "members.celebrations:off")
    assert "step further" not in (await moves(riverside, 50, "")).text
    done = await riverside.driver.presses("lena", "goals.done:1")
    assert "Celebrate it here" not in done.buttons
    assert "no longer" in (await riverside.driver.presses("lena", "goals.celebrate:1")).text
    assert [] == await riverside.driver.posts("lena", LENA)


async def test_coordinators_see_counts(riverside: World) -> None:
    """How many there are and when the last word was said, and no word of them."""
    await wants(riverside)
    await wants(riverside, "Sleep well")
    await riverside.driver.presses("lena", "goals.done:2")
    card = await riverside.asks("rosa", "/mentor-admin pairing @amara @lena")
    assert "Goals: 1 now, 1 done, 0 dropped; last word on Monday 2 March 2026" in card
    assert GOAL not in card
    assert "Sleep well" not in card
    assert "Goals:" not in await riverside.asks("rosa", "/mentor-admin pairing @amara @noor")
