"""Reading and answering private reports."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from bot.reports.contents import Kind, Line, Told
from storage.cases import State
from storage.members import Members
from tests.databases import at_once
from tests.drivers.driver import Seen
from tests.reports.making import looks
from tests.responding.reporting import (
    PASSPHRASE,
    audited,
    case_of,
    opens,
    reported,
    responder,
    said,
    unlocks,
    whole,
    writes,
)
from tests.world import LENA, MONDAY, World

TOLD = Told(
    "money", "He asked me for money twice.", concerned="A mentor", when="Last week", reach="E-mail", others="Bo"
)


def notes(inbox: Sequence[Seen]) -> list[Seen]:
    """Return the private notes among messages."""
    return [one for one in inbox if "private note" in one.text]


async def test_a_report_from_its_first_reading_to_its_end(riverside: World) -> None:
    """A responder unlocks, reads, takes, asks, answers and closes; whoever reported with a name is told of each."""
    await responder(riverside, "ravi")
    made = await reported(riverside, TOLD, by="lena")
    shown = await riverside.driver.commands("ravi", "/mentor reports")
    assert f"{made.name}: new. Nobody has taken it yet. To be read by Tuesday 3 March, 10:00." in shown.text
    assert "money" not in shown.text
    read = await opens(riverside, made)
    for words in ("From Lena Vogt.", "Asking for money", *(TOLD.what, "A mentor", "Last week", "E-mail", "Bo")):
        assert words in read.text
    taken = await riverside.driver.presses("ravi", "Take it", read)
    assert "You have it now" in taken.text
    asked = await writes(riverside, taken, "Ask …", "How can we reach you?")
    assert "I tell them that there is a private note, and no more." in asked.text
    (note,) = notes(await riverside.inbox("lena"))
    assert ("You have a private note.",) == note.texts
    assert {"Open": "reports.begin"} == dict(note.buttons)
    await said(riverside, made, Line(Kind.REPLY, None, "By phone", riverside.clock.now()))
    again = await opens(riverside, made)
    assert "By phone" in again.text
    answered = await writes(riverside, again, "Answer …", "We talk to him on Thursday.")
    assert State.ANSWERED is (await case_of(riverside, made)).state
    form = (await riverside.driver.presses("ravi", "Close …", answered)).form
    assert form is not None
    ended = await riverside.driver.submits("ravi", form, {"outcome": "done", "text": "He is no mentor any more."})
    assert "It is closed." in ended.text
    assert State.CLOSED is (await case_of(riverside, made)).state
    read = await riverside.driver.presses("ravi", "Read it", ended)
    assert "Something was done about what you told us.\n\nHe is no mentor any more." in read.text
    case = f"case:{made.name}"
    did = ["read", "taken", "asked_back", "unlocked", "read", "answered", "closed", "read"]
    assert [("unlocked", ""), *((one, "" if one == "unlocked" else case) for one in did)] == await audited(riverside)
    await riverside.passes(days=1)
    assert {"You have a private note."} == {one.text for one in notes(await riverside.inbox("lena"))}


async def test_without_a_name_nobody_is_told(riverside: World) -> None:
    """Whoever reported without a name finds the answer with their code alone."""
    await responder(riverside, "ravi")
    made = await reported(riverside)
    answered = await writes(riverside, await opens(riverside, made), "Answer …", "We look at it.")
    assert "finds it with their code" in answered.text
    assert "I tell them" not in answered.text
    await riverside.passes(days=1)
    assert [] == [note for user in ("lena", "noor", "amara") for note in notes(await riverside.inbox(user))]
    case = await case_of(riverside, made)
    assert (MONDAY, MONDAY, State.ANSWERED) == (case.acknowledged_at, case.answered_at, case.state)


async def test_a_note_goes_out_in_welcome_hours(riverside: World) -> None:
    """What was answered at night is told in the morning."""
    await responder(riverside, "ravi")
    made = await reported(riverside, by="lena")
    await riverside.passes(hours=12)
    await writes(riverside, await opens(riverside, made), "Answer …", "We look at it.")
    assert [] == notes(await riverside.inbox("lena"))
    await riverside.passes(hours=11)
    assert 1 == len(notes(await riverside.inbox("lena")))


async def test_words_to_begin_with(riverside: World) -> None:
    """Wordings are offered; one with a gap in it isn't sent as it is, and none is sent for saying it is read."""
    await responder(riverside, "ravi")
    made = await reported(riverside)
    shown = await opens(riverside, made)
    offered = await riverside.driver.presses("ravi", "Say that it is read …", shown)
    form = (await riverside.driver.presses("ravi", "It is read", offered)).form
    assert form is not None
    assert form.values["text"].startswith("Thank you for telling us.")
    assert "still a “…”" in (await riverside.driver.submits("ravi", form, {})).wrong
    partly = form.values["text"] + " See you… soon."
    assert "still a “…”" in (await riverside.driver.submits("ravi", form, {"text": partly})).wrong
    await riverside.driver.submits("ravi", form, {"text": "Thank you… I write again on Friday."})
    case = await case_of(riverside, made)
    assert (State.TAKEN, None) == (case.state, case.answered_at)
    assert case.acknowledged_at == MONDAY


async def test_a_form_that_is_sent_twice(riverside: World) -> None:
    """The same form, sent again, is there once, and tells nobody again."""
    await responder(riverside, "ravi")
    made = await reported(riverside, by="lena")
    offered = await riverside.driver.presses("ravi", "Answer …", await opens(riverside, made))
    form = (await riverside.driver.presses("ravi", "In my own words", offered)).form
    assert form is not None
    await riverside.driver.submits("ravi", form, {"text": "We look at it."})
    assert "kept already" in (await riverside.driver.submits("ravi", form, {"text": "We look at it."})).text
    assert 1 == (await opens(riverside, made)).text.count("We look at it.")
    await riverside.passes(days=1)
    assert 1 == len(notes(await riverside.inbox("lena")))


@at_once
async def test_two_responders_at_once(riverside: World) -> None:
    """The second is told who has it; what they wrote meanwhile isn't lost, and isn't sent unread."""
    await responder(riverside, "ravi", "rosa")
    made = await reported(riverside, readers=("ravi", "rosa"))
    ravis, rosas = await opens(riverside, made), await opens(riverside, made, "rosa")
    offered = await riverside.driver.presses("rosa", "Answer …", rosas)
    form = (await riverside.driver.presses("rosa", "In my own words", offered)).form
    assert form is not None
    await riverside.driver.presses("ravi", "Take it", ravis)
    assert "You have it already" in (await riverside.driver.presses("ravi", "Take it", ravis)).text
    second = await riverside.driver.presses("rosa", "Take it", rosas)
    assert "Ravi Menon has it already" in second.text
    stopped = await riverside.driver.submits("rosa", form, {"text": "From Rosa"})
    assert "Meanwhile Ravi Menon wrote something" in stopped.text
    assert "From Rosa" in stopped.text
    again = (await riverside.driver.presses("rosa", "Go on with mine …", stopped)).form
    assert again is not None
    assert "From Rosa" == again.values["text"]
    assert "Your answer is kept" in (await riverside.driver.submits("rosa", again, {})).text
    await riverside.driver.presses("rosa", "Take it over", second)
    assert (await case_of(riverside, made)).taken_by_id == 4  # Rosa


async def test_a_note_is_for_responders_alone(riverside: World) -> None:
    """It is kept, and neither moves the clock nor tells anybody."""
    await responder(riverside, "ravi")
    made = await reported(riverside, by="lena")
    await writes(riverside, await opens(riverside, made), "Note …", "Talk to the dean")
    case = await case_of(riverside, made)
    assert (State.NEW, None, None) == (case.state, case.acknowledged_at, case.taken_by_id)
    assert "for responders alone" in (await opens(riverside, made)).text
    await riverside.passes(days=1)
    assert [] == notes(await riverside.inbox("lena"))


async def test_what_is_closed(riverside: World) -> None:
    """In a closed report nobody writes to whoever reported it, until it is opened again."""
    await responder(riverside, "ravi", "rosa")
    made = await reported(riverside, readers=("ravi", "rosa"))
    rosas = await riverside.driver.presses("rosa", "Ask …", await opens(riverside, made, "rosa"))
    late = (await riverside.driver.presses("rosa", "In my own words", rosas)).form
    form = (await riverside.driver.presses("ravi", "Close …", await opens(riverside, made))).form
    assert form is not None
    assert late is not None
    closed = await riverside.driver.submits("ravi", form, {"outcome": "wish"})
    refused = await riverside.driver.submits("rosa", late, {"text": "Are you there?"})
    assert f"Ravi Menon has closed {made.name} meanwhile" in refused.wrong
    opened = await riverside.driver.presses("ravi", "Open it again", closed)
    assert "open again" in opened.text
    case = await case_of(riverside, made)
    assert (State.TAKEN, None) == (case.state, case.closed_at)


async def test_nothing_is_closed_over_what_nobody_has_read(riverside: World) -> None:
    """Whoever reported it writes while it is being closed: it stays open, and what was typed isn't lost."""
    await responder(riverside, "ravi")
    made = await reported(riverside)
    form = (await riverside.driver.presses("ravi", "Close …", await opens(riverside, made))).form
    assert form is not None
    await said(riverside, made, Line(Kind.REPLY, None, "He is back", riverside.clock.now()))
    stopped = await riverside.driver.submits("ravi", form, {"outcome": "done", "text": "We talked to him."})
    assert "Meanwhile whoever reported it wrote something, so it isn't closed yet." in stopped.text
    assert "We talked to him." in stopped.text
    assert State.NEW is (await case_of(riverside, made)).state
    read = await riverside.driver.presses("ravi", "Read it first", stopped)
    assert "He is back" in read.text
    again = (await riverside.driver.presses("ravi", "Close …", read)).form
    assert again is not None
    assert "It is closed." in (await riverside.driver.submits("ravi", again, {"outcome": "done"})).text


async def test_what_is_long_is_read_in_pages(riverside: World) -> None:
    """Nothing of a long report is cut off, for those who answer it or for whoever made it; the end is near for both."""
    await responder(riverside, "ravi")
    words = [f"word{number}" for number in range(900)]
    made = await reported(riverside, Told("other", " ".join(words), quote="The message"))
    await said(riverside, made, Line(Kind.ANSWER, 5, "We look at it.", riverside.clock.now()))
    shown = await opens(riverside, made)
    text = await whole(riverside, shown)
    assert "page 3 of" in text
    assert set(words) <= set(text.split())
    assert "The message" in text
    seen = await looks(riverside, made.code)
    text = await whole(riverside, seen, "lena")
    assert "page 3 of" in text
    assert set(words) <= set(text.split())
    assert "We look at it." not in seen.text
    assert "We look at it." in (await riverside.driver.presses("lena", "To the end", seen)).text


async def test_the_message_that_a_report_is_about(riverside: World) -> None:
    """It can be opened by whoever is in that conversation."""
    message = await riverside.says("lena")
    account, place = riverside.account("lena"), riverside.place(LENA)
    link = f"{account.platform}:{account.workspace}:{place.channel}:{message}"
    await responder(riverside, "ravi")
    shown = await opens(riverside, await reported(riverside, Told("harassment", "This one", link=link)))
    assert (place.channel, message) == shown.links["Open the message"]


async def test_after_a_quarter_of_an_hour_all_is_locked_again(riverside: World) -> None:
    """Old buttons open nothing; the same with Lock now, and after the role was taken away."""
    await responder(riverside, "ravi")
    made = await reported(riverside)
    shown = await opens(riverside, made)
    riverside.clock.move_to(riverside.clock.now() + timedelta(minutes=14, seconds=58))
    assert made.name in (await riverside.driver.presses("ravi", "All reports", shown)).text
    riverside.clock.move_to(riverside.clock.now() + timedelta(seconds=3))
    assert "is locked again" in (await riverside.driver.presses("ravi", "Take it", shown)).text
    listed = await unlocks(riverside)
    locked = await riverside.driver.presses("ravi", "Lock now", listed)
    assert "All is locked again" in locked.text
    assert "is locked again" in (await riverside.driver.presses("ravi", f"Open {made.name}", listed)).text


async def test_who_writes_has_an_hour(riverside: World) -> None:
    """What takes longer to write than it is open is kept all the same; after an hour it stays in the form."""
    await responder(riverside, "ravi")
    made = await reported(riverside)
    offered = await riverside.driver.presses("ravi", "Answer …", await opens(riverside, made))
    form = (await riverside.driver.presses("ravi", "In my own words", offered)).form
    assert form is not None
    riverside.clock.move_to(riverside.clock.now() + timedelta(minutes=50))
    assert "is kept" in (await riverside.driver.submits("ravi", form, {"text": "We look at it."})).text
    riverside.clock.move_to(riverside.clock.now() + timedelta(minutes=11))
    over = (await riverside.driver.submits("ravi", form, {"text": "We look at it."})).wrong
    assert "The hour in which you could write is over, and all is locked again." in over


async def test_in_another_language(riverside: World) -> None:
    """A responder who speaks Spanish reads and writes in it; what was told stays as it was told."""
    await responder(riverside, "ravi")
    async with riverside.database.work(1) as work:
        await work.of(Members).change(await riverside.member(work, "ravi"), language="es")
    made = await reported(riverside, TOLD, by="lena")
    listed = await riverside.driver.commands("ravi", "/mentor reports")
    form = (await riverside.driver.presses("ravi", "Desbloquear …", listed)).form
    assert form is not None
    opened = await riverside.driver.submits("ravi", form, {"passphrase": PASSPHRASE})
    shown = await riverside.driver.presses("ravi", f"Abrir {made.name}", opened)
    assert "De Lena Vogt." in shown.text
    assert f"Qué ha pasado\n{TOLD.what}" in shown.text
    offered = await riverside.driver.presses("ravi", "Preguntar …", shown)
    form = (await riverside.driver.presses("ravi", "Cómo contactar", offered)).form
    assert form is not None
    assert form.values["text"].startswith("¿Cómo y cuándo")
    assert "Le aviso" in (await riverside.driver.submits("ravi", form, {})).text


async def test_wordings_are_offered_in_the_language_of_whoever_reported(riverside: World) -> None:
    """Where it is known; what is left to be filled in is noticed there, too, and so it is with what came of it."""
    await responder(riverside, "ravi")
    made = await reported(riverside, replace(TOLD, language="es"), by="lena")
    shown = await riverside.driver.presses("ravi", "Answer …", await opens(riverside, made))
    assert "They are in Español" in shown.text
    form = (await riverside.driver.presses("ravi", "What happens next", shown)).form
    assert form is not None
    assert form.values["text"].startswith("Gracias por contárnoslo")
    assert "your own words" in (await riverside.driver.submits("ravi", form, {})).errors["text"]
    close = (await riverside.driver.presses("ravi", "Close …", await opens(riverside, made))).form
    assert close is not None
    await riverside.driver.submits("ravi", close, {"outcome": "done"})
    assert "Se ha hecho algo" in (await looks(riverside, made.code)).text
