"""Which messages wait for an answer, and what counts as one: a short dialogue for each kind."""

import pytest

from bot.calls import Posted
from tests.platforms import on_each_platform
from tests.world import LENA, World


async def reminded(riverside: World, user: str) -> bool:
    """Tell whether somebody is reminded within two days."""
    before = len(await riverside.inbox(user))
    await riverside.passes(days=2)
    return len(await riverside.inbox(user)) > before


async def exchange(riverside: World) -> None:
    """Let Lena ask, Amara answer at once and Lena thank."""
    for user in ("lena", "amara", "lena"):
        await riverside.says(user)
        await riverside.passes(minutes=30)


async def test_a_thank_you_waits_for_nothing(riverside: World) -> None:
    """The last message of a running exchange doesn't wait for an answer."""
    await exchange(riverside)
    assert not await reminded(riverside, "amara")


async def test_a_message_after_a_quiet_time_waits(riverside: World) -> None:
    """What comes after eight hours of silence begins something new, whoever had the last word."""
    await exchange(riverside)
    await riverside.passes(hours=8)
    await riverside.says("lena")
    assert await reminded(riverside, "amara")


@on_each_platform
async def test_a_mention_in_a_running_exchange_waits(riverside: World) -> None:
    """Whoever is spoken to by name is expected to answer."""
    await exchange(riverside)
    await riverside.says("lena", text="@amara one more thing")
    assert await reminded(riverside, "amara")


@on_each_platform
async def test_a_mention_that_is_added_later_waits(riverside: World) -> None:
    """An edit that speaks to somebody by name counts from when the message was written."""
    await exchange(riverside)
    written = await riverside.says("lena", text="one more thing")
    await riverside.passes(minutes=5)
    await riverside.driver.edits("lena", written, "@amara one more thing", LENA)
    assert await reminded(riverside, "amara")


@pytest.mark.parametrize("mentions", [(True, False), (False, True)], ids=["edit first", "edit last"])
@pytest.mark.parametrize("together", [True, False])
async def test_an_edit_may_overtake_what_it_edits(
    riverside: World, mentions: tuple[bool, bool], together: bool
) -> None:
    """In whatever order a message and its edit are told, one by one or at once: whom it speaks to counts."""
    await exchange(riverside)
    place, at = riverside.place(), riverside.clock.now()
    told = [
        Posted(
            place,
            "1772445600999999" if riverside.platform.name == "discord" else "1772445600.999999",
            riverside.account("lena").user,
            at,
            frozenset({riverside.account("amara").user} if one else ()),
        )
        for one in mentions
    ]
    for batch in [told] if together else [[one] for one in told]:
        await riverside.core.ingest(batch)
    assert "Lena Vogt" in await riverside.asks("amara", "/mentor waiting")


@on_each_platform
async def test_a_reply_to_the_other_waits(riverside: World) -> None:
    """So is whoever is replied to, where nothing waits just then."""
    await riverside.says("lena")
    theirs = await riverside.says("amara")
    await riverside.says("lena", reply_to=theirs)
    assert await reminded(riverside, "amara")


async def test_an_answer_is_not_a_question(riverside: World) -> None:
    """An answer doesn't wait itself, even one that comes the next day and as a reply."""
    question = await riverside.says("lena")
    await riverside.passes(hours=20)
    await riverside.says("amara", reply_to=question)
    assert not await reminded(riverside, "lena")


async def test_a_reaction_is_an_answer(riverside: World) -> None:
    """A thumb under any message that waits is enough; the writer sees that, and may disagree."""
    await riverside.says("lena")
    second = await riverside.says("lena")
    await riverside.driver.reacts("amara", second, "thumbsup", LENA)
    assert not await reminded(riverside, "amara")
    assert "Amara Okafor has reacted to your message of Monday 2 March, 10:00." in await riverside.asks(
        "lena", "/mentor waiting"
    )


async def test_a_reaction_that_is_taken_away_is_none(riverside: World) -> None:
    """Then the message waits as if nothing had been."""
    message = await riverside.says("lena")
    await riverside.driver.reacts("amara", message, "thumbsup", LENA)
    await riverside.driver.unreacts("amara", message, "thumbsup", LENA)
    assert await reminded(riverside, "amara")


async def test_ones_own_reaction_answers_nothing(riverside: World) -> None:
    """Only the other side can answer."""
    message = await riverside.says("lena")
    await riverside.driver.reacts("lena", message, "thumbsup", LENA)
    assert await reminded(riverside, "amara")


async def test_eyes_put_it_off_by_a_day(riverside: World) -> None:
    """Whoever shows that they have seen it gets a day more."""
    message = await riverside.says("lena")
    await riverside.passes(hours=20)
    await riverside.driver.reacts("amara", message, "eyes", LENA)
    await riverside.passes(hours=5)
    assert [] == await riverside.inbox("amara")
    assert await reminded(riverside, "amara")


async def test_a_deleted_message_waits_no_more(riverside: World) -> None:
    """Who takes a message back waits for nothing; a reminder that went out says so."""
    message = await riverside.says("lena")
    await riverside.passes(days=1)
    await riverside.driver.deletes("lena", message, LENA)
    (seen,) = await riverside.inbox("amara")
    assert "Lena Vogt's message no longer waits. Nothing left to do here." == seen.text


async def test_after_a_deletion_the_rest_still_waits(riverside: World) -> None:
    """Of two messages the one that stays waits on."""
    first = await riverside.says("lena")
    await riverside.says("lena")
    await riverside.driver.deletes("lena", first, LENA)
    assert await reminded(riverside, "amara")


async def test_a_deleted_answer_was_none(riverside: World) -> None:
    """If the answer is taken back, the question waits again."""
    await riverside.says("lena")
    answer = await riverside.says("amara")
    await riverside.driver.deletes("amara", answer, LENA)
    assert await reminded(riverside, "amara")


async def test_an_edit_changes_nothing(riverside: World) -> None:
    """To correct one's words neither asks nor answers."""
    message = await riverside.says("lena")
    await riverside.passes(hours=20)
    await riverside.driver.edits("lena", message, "Hello there!", LENA)
    await riverside.passes(hours=4)
    assert 1 == len(await riverside.inbox("amara"))


async def test_a_third_person_neither_asks_nor_answers(riverside: World) -> None:
    """A coordinator who writes in a pairing's space is no side of it."""
    await riverside.says("lena")
    await riverside.says("rosa")
    assert await reminded(riverside, "amara")
    assert "Nothing waits for you" == await riverside.asks("rosa", "/mentor waiting")


async def test_the_bots_own_words_count_for_nothing(riverside: World) -> None:
    """A reminder in between ends no quiet time and answers nothing."""
    await riverside.says("lena")
    await riverside.passes(days=6)
    assert 2 == len(await riverside.inbox("amara"))


async def test_id_like_an_answer(riverside: World) -> None:
    """Whoever wrote a message can say that it waits, though it was the last word of an exchange."""
    await exchange(riverside)
    message = await riverside.says("lena")
    answer = await riverside.driver.shortcut("lena", "nudges.wanted", LENA, message)
    assert "I'll see to it: if no answer comes" in answer.text
    assert await reminded(riverside, "amara")
    (seen,) = await riverside.inbox("amara")
    assert "Lena Vogt wrote to you yesterday and would like an answer." in seen.texts


async def test_id_like_an_answer_after_a_thumb(riverside: World) -> None:
    """A reaction was not enough: the message waits again, from now on."""
    message = await riverside.says("lena")
    await riverside.driver.reacts("amara", message, "thumbsup", LENA)
    await riverside.passes(days=1)
    await riverside.driver.shortcut("lena", "nudges.wanted", LENA, message)
    assert await reminded(riverside, "amara")


async def test_id_like_an_answer_when_it_is_ones_own_turn(riverside: World) -> None:
    """Where the other side waits for oneself, that comes first."""
    message = await riverside.says("lena")
    await riverside.says("amara")
    await riverside.passes(hours=9)
    await riverside.says("amara")
    answer = await riverside.driver.shortcut("lena", "nudges.wanted", LENA, message)
    assert "just now it's your turn" in answer.text


async def test_id_like_an_answer_to_something_older(riverside: World) -> None:
    """Where a newer message of one's own waits already, that is enough."""
    older = await riverside.says("lena")
    await riverside.says("amara")
    await riverside.passes(hours=9)
    await riverside.says("lena")
    answer = await riverside.driver.shortcut("lena", "nudges.wanted", LENA, older)
    assert "A newer message of yours is waiting for an answer already." in answer.text


async def test_no_hurry(riverside: World) -> None:
    """Whoever wrote a message can say that nobody need be reminded of it."""
    message = await riverside.says("lena")
    answer = await riverside.driver.shortcut("lena", "nudges.no_hurry", LENA, message)
    assert "All right, no hurry. I won't remind anybody of this message." == answer.text
    assert not await reminded(riverside, "amara")
    assert "no hurry, Lena Vogt said; doesn't count" in await riverside.asks("amara", "/mentor rate why")


async def test_only_the_writer_can_say_so(riverside: World) -> None:
    """Neither the other side nor somebody else who sees it can call a message urgent or not."""
    await riverside.says("noor", LENA)
    message = await riverside.says("lena")
    for user in ("amara", "noor"):
        for name in ("nudges.wanted", "nudges.no_hurry"):
            answer = await riverside.driver.shortcut(user, name, LENA, message)
            assert "Only whoever wrote a message can say that. This one is somebody else's." == answer.text
    assert await reminded(riverside, "amara")
