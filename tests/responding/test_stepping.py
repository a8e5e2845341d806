"""Who looks after a report: stepping aside, being too close, reports that came another way."""

import pytest

from bot.reports.contents import Kind, unpack
from bot.reports.sealing import Unreadable, by_code, read_code, unhide, unseal, unwrap
from storage.cases import Cases, State
from storage.report_tables import OUTSIDE, RECOVERY
from storage.responders import Responders
from tests.drivers.driver import Seen, SeenForm
from tests.reports.making import looks
from tests.responding.reporting import (
    Made,
    audited,
    case_of,
    opens,
    outside_contact,
    reported,
    responder,
    unlocks,
)
from tests.world import SECRET, World

ENTERED = {"must_not": "nobody", "kind": "money", "danger": "no", "what": "By letter: he asked for money."}


async def readers(riverside: World, made: Made) -> frozenset[str]:
    """Return for whom a report's secret is wrapped."""
    async with riverside.database.work(1) as work:
        return (await work.of(Cases).readers([made.case.id]))[made.case.id]


async def aside(riverside: World, made: Made, user: str = "ravi") -> Seen:
    """Step aside from a report, after what is said of it."""
    asked = await riverside.driver.presses(user, "Step aside …", await opens(riverside, made, user))
    return await riverside.driver.presses(user, "Step aside", asked)


async def test_stepping_aside(riverside: World) -> None:
    """It opens to them no longer, nobody lets them back in, and the others can go on."""
    await responder(riverside, "ravi", "rosa")
    made = await reported(riverside, readers=("ravi", "rosa"))
    shown = await opens(riverside, made)
    await riverside.driver.presses("ravi", "Take it", shown)
    said = await riverside.driver.presses("ravi", "Step aside …", shown)
    assert "It can still be read by Rosa Delgado." in said.text
    done = await riverside.driver.presses("ravi", "Step aside", said)
    assert f"{made.name} no longer opens to you." in done.text
    assert frozenset({"m4"}) == await readers(riverside, made)
    assert "no such report" in (await riverside.driver.presses("ravi", "Step aside", said)).text
    assert "no such report" in (await riverside.driver.presses("ravi", "Take it", shown)).text
    case = await case_of(riverside, made)
    assert (None, False) == (case.taken_by_id, case.told)
    listed = await unlocks(riverside, "rosa")
    assert "nobody has it just now" in listed.text
    assert "can open it" in (await riverside.driver.presses("rosa", "Let somebody in …", listed)).text
    assert "Ravi Menon stepped aside on" in (await opens(riverside, made, "rosa")).text
    assert ("stepped_aside", f"case:{made.name}") in await audited(riverside)


async def test_the_last_one_steps_aside(riverside: World) -> None:
    """Before it, the report goes to the outside contact, who can open it; without one nobody can step aside."""
    await responder(riverside, "ravi")
    made = await reported(riverside, "To be kept")
    asked = await riverside.driver.presses("ravi", "Step aside …", await opens(riverside, made))
    assert "there is no outside contact with a key" in asked.text
    forged = asked.buttons["All reports"].split(":")[1]
    refused = await riverside.driver.presses("ravi", f"responding.step_aside:{made.case.id}:{forged}")
    assert "Nothing was changed" in refused.text
    outside, _ = await outside_contact(riverside)
    await aside(riverside, made)
    async with riverside.database.work(1) as work:
        wrapped = await work.of(Cases).wrapped(made.case.id, OUTSIDE)
        entries = await work.of(Cases).entries(made.case.id)
    secret = unwrap(wrapped or b"", outside)
    kinds = {getattr(unpack(made.case.id, unseal(one.sealed, secret)), "kind", None) for one in entries}
    assert {"other", Kind.PASSED_OUTSIDE, Kind.STEPPED_ASIDE} == kinds
    assert unhide(SECRET, made.case.id, (await case_of(riverside, made)).hidden).outside
    assert frozenset({OUTSIDE}) == await readers(riverside, made)
    passed = ("passed_outside", f"case:{made.name}")
    assert [passed, ("stepped_aside", passed[1])] == (await audited(riverside))[-2:]


async def says_too_close(riverside: World, user: str, who: str, before: str = "") -> Seen:
    """Say with whom somebody is too close, as they do; `before` is what is shown until then."""
    shown = await riverside.driver.presses(
        user, "Too close to me …", await riverside.driver.commands(user, "/mentor reports")
    )
    assert before in shown.text
    form = (await riverside.driver.presses(user, "Add people …", shown)).form
    assert form is not None
    return await riverside.driver.submits(user, form, {"who": who})


async def test_with_whom_somebody_is_too_close(riverside: World) -> None:
    """They are said beforehand and can be taken away; what is open and about them goes to others."""
    await responder(riverside, "ravi", "rosa")
    about = await reported(riverside, "About Amara", readers=("ravi", "rosa"), excluded=("amara",))
    only = await reported(riverside, "About Amara, too", excluded=("amara",))
    other = await reported(riverside, "About Noor", readers=("ravi", "rosa"), excluded=("noor",))
    said = await says_too_close(riverside, "ravi", riverside.typed("@amara"), "Nobody so far")
    assert f"{about.name} no longer opens to you" in said.text
    assert f"{only.name} may be about one of them" in said.text
    listed = await unlocks(riverside)
    assert {f"Open {only.name}", f"Open {other.name}"} == {one for one in listed.buttons if one.startswith("Open ")}
    assert "stands so already" in (await says_too_close(riverside, "ravi", "Amara Okafor")).text
    assert "Lena Vogt" in (await says_too_close(riverside, "ravi", "Lena, Amara Okafor")).text
    gone = await riverside.driver.presses("ravi", "Take Amara Okafor away", said)
    assert "can come to you from now on" in gone.text
    assert "stands so already" in (await riverside.driver.presses("ravi", "Take Amara Okafor away", said)).text
    async with riverside.database.work(1) as work:
        assert 1 == len((await work.of(Responders).too_close())[5])
    assert "Nobody so far" in (await riverside.driver.presses("rosa", "responding.too_close")).text
    assert "Ravi Menon can't read it any more." in (await looks(riverside, about.code)).text


async def test_who_cannot_be_too_close(riverside: World) -> None:
    """Oneself, and strangers."""
    await responder(riverside, "ravi")
    for who, expected in (
        ("@ravi", "never come to you anyway"),
        ("Nobody At All", "I know nobody here"),
        ("@nobody", "I know nobody here"),
        ("a", "I know nobody here"),
    ):
        assert expected in (await says_too_close(riverside, "ravi", riverside.typed(who))).errors["who"]
    assert [] == await audited(riverside)


async def form_for(riverside: World, user: str = "ravi") -> SeenForm:
    """Open the form for a report that came another way."""
    form = (await riverside.driver.presses(user, "responding.enter")).form
    assert form is not None
    return form


async def entered(riverside: World) -> list[Made]:
    """Return all reports."""
    async with riverside.database.work(1) as work:
        return [Made(case, "", "") for case in await work.of(Cases).every()]


async def test_a_report_that_came_another_way(riverside: World) -> None:
    """A responder enters it without unlocking; its code leads to it; sent twice it is there once."""
    await responder(riverside, "ravi", "rosa")
    await outside_contact(riverside)
    form = await form_for(riverside)
    done = await riverside.driver.submits("ravi", form, {**ENTERED, "by": "Lena Vogt", "concerned": "Rosa, they said"})
    assert "It can be read by Ravi Menon, and by nobody else." in done.text
    (made,) = await entered(riverside)
    code = read_code(done.texts[2].partition(":")[2])
    secret = by_code(made.case.coded, code)
    assert frozenset({"m5", RECOVERY}) == await readers(riverside, made)
    twice = await riverside.driver.submits("ravi", form, {**ENTERED, "what": "Something else"})
    assert f"{made.name} is kept already" in twice.text
    assert 1 == len(await entered(riverside))
    shown = await opens(riverside, made)
    for words in ("Entered by Ravi Menon. It came from Lena Vogt.", "By letter", "Who must not know\nRosa Delgado"):
        assert words in shown.text
    hidden = unhide(SECRET, made.case.id, made.case.hidden)
    assert (2, {4}) == (hidden.reporter, set(hidden.excluded) - {2})
    async with riverside.database.work(1) as work:
        (entry,) = await work.of(Cases).entries(made.case.id)
    assert "By letter" in repr(unseal(entry.sealed, secret))
    assert ("entered", f"case:{made.name}") in await audited(riverside)


WRONG: tuple[tuple[dict[str, str], set[str]], ...] = (
    ({"must_not": ""}, {"must_not"}),
    ({"must_not": "nobody,5"}, {"must_not"}),
    ({"must_not": "99"}, {"must_not"}),
    ({"must_not": "5"}, {"must_not"}),  # Ravi alone could read it
    ({"must_not": "unsure"}, {"must_not"}),  # there is no outside contact
    ({"what": " "}, {"what"}),
    ({"what": "x" * 3001, "kind": "other thing", "danger": ""}, {"what", "kind", "danger"}),
    ({"by": "Nobody At All"}, {"by"}),
)


@pytest.mark.only_on("playground")  # elsewhere a client keeps from typing it
async def test_what_cannot_be_entered(riverside: World) -> None:
    """Each field says what is wrong; what nobody could read isn't kept."""
    await responder(riverside, "ravi")
    action = (await form_for(riverside)).action
    for values, wrong in WRONG:
        answered = await riverside.driver.submits("ravi", action, {**ENTERED, **values})
        assert (values, wrong) == (values, set(answered.errors))
    assert [] == await entered(riverside)


async def test_what_is_entered_for_the_outside_contact(riverside: World) -> None:
    """Where nobody is sure it goes there alone; whoever entered it can't read it."""
    (ravis,) = await responder(riverside, "ravi")
    outside, _ = await outside_contact(riverside)
    done = await riverside.driver.submits("ravi", await form_for(riverside), {**ENTERED, "must_not": "unsure"})
    assert "It goes to the outside contact, and to nobody else." in done.text
    (made,) = await entered(riverside)
    assert "No report waits for you." in (await unlocks(riverside)).text
    async with riverside.database.work(1) as work:
        wrapped = await work.of(Cases).wrapped(made.case.id, OUTSIDE)
    assert unwrap(wrapped or b"", outside)
    with pytest.raises(Unreadable):
        unwrap(wrapped or b"", ravis)
    assert State.NEW is made.case.state
