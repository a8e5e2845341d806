"""What a form said about who sees an answer holds for that answer, whatever is changed later."""

from bot.calls import Upload
from bot.forms.keeping import built_in
from tests.exports.test_lists import rows
from tests.feedback.meeting import met, newest, rated_by_somebody, writes
from tests.feedback.test_writing import FEEDBACK
from tests.settings.saying import changes
from tests.world import World

FOR_US = built_in()["feedback"].replace(
    'required = true\nseen_by = "totals"', 'required = true\nseen_by = "coordinators"'
)


async def puts(riverside: World, source: str) -> None:
    """Let a form be asked from now on."""
    form = (await riverside.driver.presses("rosa", "forms.add")).form
    assert form is not None
    seen = await riverside.driver.submits("rosa", form, {}, {"file": Upload("form.toml", source.encode())})
    assert "From the next session on" in seen.text


async def test_answers_for_coordinators_go_into_no_total(riverside: World) -> None:
    """Where a question becomes one for totals, only what is answered from then on is counted."""
    await puts(riverside, FOR_US)
    for number in range(4):
        await rated_by_somebody(riverside, f"Person {number}", "1")
    await puts(riverside, built_in()["feedback"])
    for number in range(4, 9):
        assert "What people say" not in await riverside.asks("amara", "/mentor notes")
        await rated_by_somebody(riverside, f"Person {number}", "4")
    assert "About 4 of 5, from 5 answers." in await riverside.asks("amara", "/mentor notes")


async def test_each_answer_is_seen_only_where_the_form_said_so(riverside: World) -> None:
    """What was asked while coordinators saw totals alone stays so, when they see each answer again."""
    await changes(riverside, "each answer for coordinators no")
    await met(riverside)
    await changes(riverside, "each answer for coordinators yes")
    form = (await riverside.driver.presses("lena", FEEDBACK, await newest(riverside, "lena"))).form
    assert form is not None
    assert "the coordinators see this only counted together" in form.fields[0].hint
    await riverside.driver.submits("lena", form, {"rating": "2", "team": "More rooms"})
    seen = await riverside.driver.presses("rosa", "feedback.given")
    assert ("More rooms" in seen.text, "How was this session" in seen.text) == (True, False)
    assert ["More rooms"] == [row[6] for row in await rows(riverside, "feedback")]
    await riverside.passes(minutes=5)
    await met(riverside)
    await writes(riverside, "lena", FEEDBACK, {"rating": "4"})
    assert "How was this session" in (await riverside.driver.presses("rosa", "feedback.given")).text
