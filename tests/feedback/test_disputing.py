"""A form that counts as late and shouldn't: its writer says so, a coordinator decides."""

from tests.feedback.meeting import met
from tests.platforms import on_each_platform
from tests.world import World

DISPUTE = "That isn't right"
ITS = "Amara Okafor says that a form I asked for on Monday 2 March (notes or feedback) shouldn't count as late."


@on_each_platform
async def test_a_form_is_taken_out(riverside: World) -> None:
    """The pairing's coordinator is asked, without a word of it; why, the rate and its owner learn what is decided."""
    await met(riverside, said_yes=["amara"])
    await riverside.passes(days=4)
    why = await riverside.driver.commands("amara", "/mentor notes why")
    assert (2, [DISPUTE]) == (why.text.count("counts as late so far"), list(why.buttons))
    assert "A coordinator looks at it" in await riverside.presses("amara", DISPUTE, why)
    assert "You've asked for that already." in await riverside.presses("amara", DISPUTE, why)
    assert "you asked a coordinator to look at it" in await riverside.asks("amara", "/mentor notes why")
    question = next(seen for seen in await riverside.inbox("rosa") if "shouldn't count" in seen.text)
    assert (ITS, ["Take it out", "Leave it"]) == (question.texts[0], list(question.buttons))
    assert "So far 2" in await riverside.asks("amara", "/mentor notes")
    assert "no longer counts in Amara Okafor's rate" in await riverside.presses("rosa", "Take it out", question)
    told = (await riverside.inbox("amara"))[-1].text
    assert "A coordinator took the form of Monday 2 March (notes or feedback) out of your on-time rate." == told
    assert "doesn't count: taken out by a coordinator" in await riverside.asks("amara", "/mentor notes why")
    assert "So far 1" in await riverside.asks("amara", "/mentor notes")
    (question,) = [seen for seen in await riverside.inbox("rosa") if "Amara Okafor's form" in seen.text]
    assert ("was taken out of the on-time rate." in question.text, {}) == (True, dict(question.buttons))


async def test_what_is_not_late(riverside: World) -> None:
    """Nothing is passed on of what doesn't count as late, or is somebody else's."""
    await met(riverside)
    assert "doesn't count as late" in await riverside.presses("amara", "feedback.dispute:1")
    for user, sheet in (("lena", 1), ("noor", 1), ("amara", 99)):
        assert "Nothing was changed." in await riverside.presses(user, f"feedback.dispute:{sheet}")
