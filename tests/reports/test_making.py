"""A report, from the first screen to the receipt and back."""

import pytest

from bot.reports.contents import Told
from bot.reports.fields_wording import UNSURE
from storage.contacts import Contacts
from storage.members import Members
from tests.platforms import on_each_platform
from tests.reports.making import (
    WHAT,
    WHO,
    WRITTEN,
    code_in,
    looks,
    opens,
    read,
    reports,
    responders,
    sends,
    the_case,
    writes,
)
from tests.world import LENA, World


@on_each_platform
async def test_without_a_name(riverside: World) -> None:
    """The first screen, who must not read it, what happened, all of it once more, the code; then it is sealed."""
    keys = await responders(riverside, "ravi", "rosa")
    first = await riverside.driver.commands("lena", "/mentor report")
    assert "It's read by Ravi Menon, or by Rosa Delgado if Ravi Menon is away; by nobody else." in first.text
    assert "it may be that nobody reads this tonight" in first.text
    assert {"Ask first", "Write", "I have a code", "Close"} == set(first.buttons)
    review = await writes(riverside)
    assert "It will be read by Ravi Menon and Rosa Delgado, and by nobody else." in review.text
    assert "Your name isn't in it" in review.text
    assert WHAT in review.texts
    code, sent = await sends(riverside, review)
    assert "It is sent" in sent.text
    assert "By Tuesday 3 March a person has read it. By Thursday 5 March you have an answer." in sent.text
    assert code not in sent.text
    for user in ("ravi", "rosa"):
        (told,) = await read(riverside, keys, user)
        assert isinstance(told, Told)
        assert (WHAT, None) == (told.what, told.named)
    seen = await looks(riverside, code)
    assert (await the_case(riverside)).name in seen.text
    assert WHAT in seen.texts


async def helps(world: World, address: str) -> None:
    """Let somebody be there for worries."""
    async with world.database.work(1) as work:
        await work.of(Contacts).prove(await work.of(Contacts).put(address=address))


async def test_who_is_excluded_named_or_too_close_has_no_key(riverside: World) -> None:
    """Nothing is wrapped for them, so that they can't decrypt it."""
    keys = await responders(riverside, "ravi", "rosa", "amara")
    review = await writes(riverside, who={"must_not": str(keys.ids["ravi"])}, concerned="It's about Amara.")
    assert "It will be read by Rosa Delgado, and by nobody else." in review.text
    assert "It can't be read by Ravi Menon and Amara Okafor." in review.text
    await sends(riverside, review)
    assert 1 == len(await read(riverside, keys, "rosa"))
    for user in ("ravi", "amara"):
        with pytest.raises(LookupError):
            await read(riverside, keys, user)


async def test_a_readers_name_in_the_text_is_pointed_out(riverside: World) -> None:
    """Choosing isn't left to a name in a text, so its writer is asked."""
    await responders(riverside, "ravi")
    review = await writes(riverside, what="Ravi shouted at me")
    assert "there is the name of Ravi Menon, who will be able to read it" in review.text


async def test_nobody_left_and_nobody_outside(riverside: World) -> None:
    """What was written is shown, so that it isn't lost; nothing is kept unreadable."""
    keys = await responders(riverside, "ravi")
    review = await writes(riverside, who={"must_not": str(keys.ids["ravi"])})
    assert "Nobody is left who could read this, so I can't take it.\nPlease turn to somebody" in review.text
    assert WHAT in review.texts
    assert "Send" not in review.buttons


async def test_who_isnt_sure_without_an_outside_contact(riverside: World) -> None:
    """It is said what they can do, and who could help; what leads nowhere isn't offered."""
    keys = await responders(riverside, "ravi", "rosa")
    await helps(riverside, "hope@example.org")
    first = await riverside.driver.commands("lena", "/mentor report")
    assert "If you aren't sure about one of them, you can name them, and they can't read it." in first.text
    assert "If none of them may read it, you can turn to hope@example.org." in first.text
    asked = (await opens(riverside, "lena", "Write", first)).fields[0]
    assert "If you aren't sure about somebody, choose them, too." in asked.hint
    assert UNSURE not in dict(asked.choices)
    both = f"{keys.ids['ravi']},{keys.ids['rosa']}"
    assert "You can turn to hope@example.org." in (await writes(riverside, who={"must_not": both})).text


WRONG = {
    "not sure, and nobody outside": ({"must_not": "unsure"}, "must_not", "If you aren't sure about somebody, choose"),
    "nothing chosen": ({"must_not": ""}, "must_not", "Please choose: nobody, or a name."),
    "nobody and somebody": ({"must_not": "nobody,unsure"}, "must_not", "You chose “Nobody” and something else."),
    "a forged person": ({"must_not": "999"}, "must_not", "Please choose: nobody"),
    "with a name or not": ({"named": ""}, "named", "Please choose one of these."),
}


@pytest.mark.only_on("playground")  # elsewhere a client keeps from sending it
@pytest.mark.parametrize("name", WRONG)
async def test_what_is_missing_is_said_beside_its_field(riverside: World, name: str) -> None:
    """And the form stays open."""
    await responders(riverside, "ravi")
    values, field, told = WRONG[name]
    form = await opens(riverside, "lena", "reports.write")
    answer = await riverside.driver.submits("lena", form, {**WHO, **values})
    assert told in answer.errors[field]


async def test_nothing_is_sent_without_the_digits(riverside: World) -> None:
    """A wrong one is said; sent twice, it is one report, and the second time says how to find it."""
    await responders(riverside, "ravi")
    review = await writes(riverside)
    form = await opens(riverside, "lena", "Send", review)
    assert "Nothing was sent yet." in (await riverside.driver.submits("lena", form, {"digits": "1"})).wrong
    code = code_in(review)
    assert "It is sent" in (await riverside.driver.submits("lena", form, {"digits": code})).text
    again = await riverside.driver.submits("lena", form, {"digits": code[-5:]})
    assert "If you've sent it, your code shows it" in again.wrong
    await the_case(riverside)


async def test_nobody_reads_it_who_wasnt_named_before(riverside: World) -> None:
    """Somebody answers reports since it was looked through: it isn't sent before its writer has seen that."""
    await responders(riverside, "ravi")
    review = await writes(riverside)
    keys = await responders(riverside, "rosa")
    _, answer = await sends(riverside, review)
    assert "Nothing was sent yet: who can read it has changed just now." in answer.text
    assert "It will be read by Ravi Menon and Rosa Delgado, and by nobody else." in answer.text
    _, sent = await sends(riverside, answer)
    assert "It is sent" in sent.text
    assert 1 == len(await read(riverside, keys, "rosa"))


async def test_changing_ones_mind(riverside: World) -> None:
    """What was written, and who must not read it, come back to be changed; the code stays."""
    keys = await responders(riverside, "ravi", "rosa")
    review = await writes(riverside)
    form = await opens(riverside, "lena", "Change what I wrote", review)
    assert WHAT == form.values["what"]
    other = await riverside.driver.submits("lena", form, {"what": "Something else"})
    who = await opens(riverside, "lena", "Change who must not read it", other)
    assert "nobody" == who.values["must_not"]
    last = await riverside.driver.submits("lena", who, {"must_not": str(keys.ids["rosa"])})
    assert "It will be read by Ravi Menon, and by nobody else." in last.text
    assert "Something else" in last.texts
    assert code_in(review) == code_in(last)
    assert "Nothing of it was kept" in (await riverside.driver.presses("lena", "Close, and keep nothing", last)).text
    gone = await riverside.driver.presses("lena", "Send", last)
    assert "I no longer have this" in gone.text


@on_each_platform
async def test_about_a_message(riverside: World) -> None:
    """Its link is kept; its text only if that is chosen, however long it is."""
    keys = await responders(riverside, "ravi")
    text = "Send me your bank details " + "🙂" * 1450
    message = await riverside.says("amara", text=text)
    first = await riverside.driver.shortcut("lena", "reports.message", LENA, message)
    form = await opens(riverside, "lena", "Write, with its text", first)
    happened = await riverside.driver.submits("lena", form, WHO)
    assert happened.form is not None
    review = await riverside.driver.submits("lena", happened.form, WRITTEN)
    assert "Send me your bank details" in review.text
    await sends(riverside, review)
    (told,) = await read(riverside, keys, "ravi")
    assert isinstance(told, Told)
    assert text == told.quote
    assert told.link.endswith(f":{message}")


async def test_without_the_messages_text(riverside: World) -> None:
    """The link alone."""
    keys = await responders(riverside, "ravi")
    message = await riverside.says("amara", text="Send me your bank details")
    first = await riverside.driver.shortcut("lena", "reports.message", LENA, message)
    form = await opens(riverside, "lena", "Write, without its text", first)
    happened = await riverside.driver.submits("lena", form, WHO)
    assert happened.form is not None
    await sends(riverside, await riverside.driver.submits("lena", happened.form, WRITTEN))
    (told,) = await read(riverside, keys, "ravi")
    assert isinstance(told, Told)
    assert ("", True) == (told.quote, told.link.endswith(f":{message}"))


@on_each_platform
async def test_adding_something(riverside: World) -> None:
    """With the code, from anybody's account; delivered twice, it is there once."""
    keys = await responders(riverside, "ravi")
    code = await reports(riverside)
    seen = await looks(riverside, code)
    form = await opens(riverside, "lena", "Write to them", seen)
    for _ in range(2):
        assert "It is sent." in (await riverside.driver.submits("lena", form, {"text": "It happened again"})).text
    assert 2 == len(await read(riverside, keys, "ravi"))
    assert "It happened again" in (await looks(riverside, code.replace(" ", "-"))).texts


@pytest.mark.parametrize("blank", ["  ", "\u200b\u2060\ufeff", "\u3164 \u2800"])
async def test_what_shows_nothing_is_empty(riverside: World, blank: str) -> None:
    """A text of signs that nobody sees tells nothing: at the making, and when something is added."""
    await responders(riverside, "ravi")
    asked = await opens(riverside, "lena", "reports.write")
    form = (await riverside.driver.submits("lena", asked, WHO)).form
    assert form is not None
    answer = await riverside.driver.submits("lena", form, {**WRITTEN, "what": blank})
    assert "Please write what happened" in answer.errors["what"]
    assert blank not in (await writes(riverside, concerned=blank)).texts
    form = await opens(riverside, "lena", "Write to them", await looks(riverside, await reports(riverside)))
    assert "Please write what" in (await riverside.driver.submits("lena", form, {"text": blank})).errors["text"]


@on_each_platform
async def test_who_is_no_member_any_more_looks_back(riverside: World) -> None:
    """The code is what counts, so nobody is locked out by being deactivated; a new report isn't made."""
    keys = await responders(riverside, "ravi")
    code = await reports(riverside)
    async with riverside.database.work(1) as work:
        await work.of(Members).change(await riverside.member(work, "lena"), active=False)
    first = await riverside.driver.commands("lena", "/mentor report")
    assert "You aren't in this program, so you can't make a report here." in first.text
    assert {"I have a code"} == set(first.buttons)
    asked = await opens(riverside, "lena", "I have a code", first)
    seen = await riverside.driver.submits("lena", asked, {"code": code})
    assert WHAT in seen.texts
    form = await opens(riverside, "lena", "Write to them", seen)
    assert "It is sent." in (await riverside.driver.submits("lena", form, {"text": "It happened again"})).text
    assert 2 == len(await read(riverside, keys, "ravi"))


async def test_nobody_is_flooded(riverside: World) -> None:
    """Twenty times within an hour something can be added; then it stays in the form."""
    await responders(riverside, "ravi")
    form = await opens(riverside, "lena", "Write to them", await looks(riverside, await reports(riverside)))
    for _ in range(20):
        assert "It is sent." in (await riverside.driver.submits("lena", form, {"text": "Again"})).text
    assert "Please wait an hour" in (await riverside.driver.submits("lena", form, {"text": "Again"})).wrong


async def test_codes_that_lead_nowhere(riverside: World) -> None:
    """Each says what is wrong; after ten wrong ones nothing is looked up for an hour, however often one looked."""
    await responders(riverside, "ravi")
    code = await reports(riverside)
    for _ in range(11):
        assert WHAT in (await looks(riverside, code)).texts
    assert "A code has 25 digits" in (await looks(riverside, "12345")).wrong
    for _ in range(10):
        assert "There is nothing under this code." in (await looks(riverside, "1" * 25)).wrong
    assert "try again in an hour" in (await looks(riverside, code)).wrong


async def test_with_a_name_reminders_can_be_stopped(riverside: World) -> None:
    """Asked and done as answered; nobody is told."""
    keys = await responders(riverside, "ravi")
    _, sent = await sends(riverside, await writes(riverside, who={"named": "yes"}))
    assert "The other might notice." in sent.text
    (told,) = await read(riverside, keys, "ravi")
    assert isinstance(told, Told)
    assert told.named is not None
    assert "I no longer remind you two." in await riverside.presses("lena", "Stop, with Amara Okafor", sent)
    await riverside.says("lena", text="When do we meet?")
    await riverside.passes(days=4)
    assert [] == await riverside.inbox("amara")
