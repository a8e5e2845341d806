"""Two people are paired, and get a space of their own."""

import asyncio
from pathlib import Path

import pytest

from bot.calls import Command
from bot.context import Context
from bot.core import Core
from bot.feature import Feature
from bot.features import FEATURES
from bot.people import Member, Role
from bot.views import Message
from storage.programs import State
from storage.settings import Settings
from tests.databases import at_once
from tests.pairings.people import WELCOME, change, inbox, made, moves_to, said_in, spaces
from tests.platforms import on_each_platform
from tests.world import LENA, NOOR, World, world

BEFORE = {LENA, NOOR}


@on_each_platform
async def test_a_pair_gets_a_space_and_a_welcome(riverside: World) -> None:
    """Both are in the space and nobody else; the bot greets them and says what it sees and what it doesn't."""
    answer = await riverside.asks("rosa", "/mentor-admin pair @amara with @ravi")
    assert "Amara Okafor (mentor) and Ravi Menon (mentee) are paired." in answer
    assert "Amara Okafor has 3 mentees now." in answer
    new = await made(riverside)
    assert ["amara", "ravi"] == sorted((await spaces(riverside))[new])
    (welcome,) = await said_in(riverside, new)
    assert WELCOME == welcome.texts[0]
    assert "The mentoring space" not in welcome.text
    assert 4 == len(welcome.texts[2].splitlines())
    assert "/mentor help" in welcome.text
    for user in ("amara", "ravi", "lena", "rosa"):
        assert [] == await inbox(riverside, user)


async def test_what_is_written_there_is_noticed(riverside: World) -> None:
    """A message in the new space is reminded of like any other."""
    await riverside.asks("rosa", "/mentor-admin pair Amara Okafor, Ravi Menon")
    await riverside.says("ravi", await made(riverside))
    await riverside.passes(days=1)
    (reminder,) = await inbox(riverside, "amara")
    assert "Ravi Menon wrote to you" in reminder.text


async def test_the_order_follows_the_roles(riverside: World) -> None:
    """Whoever is named first, the mentor is the one who is a mentor; who can be both is what is named first."""
    assert "Amara Okafor (mentor)" in await riverside.asks("rosa", "/mentor-admin pair @ravi @amara")
    both = frozenset({Role.MENTOR, Role.MENTEE})
    await change(riverside, "lena", roles=both)
    await change(riverside, "noor", roles=both)
    answer = await riverside.asks("rosa", "/mentor-admin pair @noor and @lena")
    assert "Noor Haddad (mentor) and Lena Vogt (mentee) are paired." in answer


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("@amara @lena", "Amara Okafor and Lena Vogt are paired already, since Monday 2 March 2026."),
        ("@lena @noor", "A pairing is a mentor and a mentee. Lena Vogt is mentee, Noor Haddad is mentee."),
        ("@amara with Amara Okafor", "Both are Amara Okafor: a pairing is two different people."),
        ("@amara with amara  OKAFOR", "Both are Amara Okafor"),
        ("@amara", "A pairing is two people."),
        ("@amara @lena @noor", "A pairing is two people."),
        ("@amara with @nobody", "@nobody isn't in this program yet."),
        ("Amara, Ravi Menon", 'Nobody here is called "Amara". Did you mean Amara Okafor?'),
        ("Amara Okafo, Ravi Menon", "Did you mean Amara Okafor?"),
        ("Amara Okafor with Zebulon", 'Nobody here is called "Zebulon".'),
        ("@amara with @ravi by @lena", "That isn't a coordinator of this program."),
        ("👻 with {0}", 'Nobody here is called "👻".'),
        ("@" + "9" * 400 + " with @ravi", "isn't in this program yet."),
    ],
)
async def test_what_does_not_fit_is_said(riverside: World, typed: str, answer: str) -> None:
    """Each mistake gets a plain answer that says what would be right, and nothing is changed."""
    assert answer in await riverside.asks("rosa", f"/mentor-admin pair {typed}")
    assert BEFORE == set(await spaces(riverside))


@pytest.mark.parametrize("sign", ["\x00", "\ud800"])
async def test_signs_that_no_database_takes(riverside: World, sign: str) -> None:
    """A mention that can be nobody's is answered in words, and is no fault."""
    rosa = riverside.account("rosa")
    answer = await riverside.core.handle(Command(f"forged {sign!r}", rosa, "mentor-admin", f"pair @ama{sign}ra @ravi"))
    assert isinstance(answer, Message)
    assert "@amara isn't in this program yet." in answer.plain


@on_each_platform
async def test_a_form_asks_for_the_two(riverside: World) -> None:
    """Without names a form offers mentors and mentees; what is wrong is said beside its field."""
    form = (await riverside.driver.commands("rosa", "/mentor-admin pair")).form
    assert form is not None
    mentor, _, coordinator = form.fields
    assert ["Amara Okafor"] == list(mentor.choices.values())
    ids = {name: id_ for field in form.fields for id_, name in field.choices.items()}
    values = {"mentor": "999", "mentee": ids["Ravi Menon"], "coordinator": ids["Rosa Delgado"]}
    wrong = await riverside.driver.submits("rosa", form, values)
    assert ["mentor"] == list(wrong.errors)
    right = await riverside.driver.submits("rosa", form, {**values, "mentor": ids["Amara Okafor"]})
    assert "are paired" in right.text
    assert not coordinator.required


async def test_whoever_left_is_not_paired(riverside: World) -> None:
    """Somebody who takes no part just now has to come back first."""
    await change(riverside, "ravi", active=False)
    answer = await riverside.asks("rosa", "/mentor-admin pair @amara Ravi Menon")
    assert "Ravi Menon doesn't take part in the program just now." in answer


async def test_alike_names_have_spaces_of_their_own(riverside: World) -> None:
    """Two pairings whose people are called the same get two spaces, with two names."""
    await riverside.asks("rosa", "/mentor-admin pair @amara @ravi")
    await spaces(riverside)
    await change(riverside, "rosa", name="Amara Bello", roles=frozenset({Role.MENTOR, Role.COORDINATOR}))
    await riverside.passes(hours=1)
    await riverside.asks("rosa", "/mentor-admin pair @rosa @ravi")
    found = await spaces(riverside)
    assert [["amara", "ravi"], ["ravi", "rosa"]] == sorted(sorted(found[space]) for space in set(found) - BEFORE)


async def test_spaces_wait_for_the_start(riverside: World) -> None:
    """Before the program runs nothing is made; when it starts, every pairing without a space gets one, once."""
    async with riverside.database.work(1) as work:
        await work.of(Settings).put(state=State.SET_UP)
    answer = await riverside.asks("rosa", "/mentor-admin pair @amara @ravi")
    assert "Their private space is made when the program starts." in answer
    assert BEFORE == set(await spaces(riverside))
    await moves_to(riverside, State.SHADOW)
    assert BEFORE == set(await spaces(riverside))
    await moves_to(riverside, State.RUNNING)
    new = await made(riverside)
    await moves_to(riverside, State.SHADOW)
    await moves_to(riverside, State.RUNNING)
    assert new == await made(riverside)
    assert 1 == len(await said_in(riverside, new))


async def test_the_list_of_pairs(riverside: World) -> None:
    """Coordinators see who is paired, since when, at which pace, and can look for some of them."""
    answer = await riverside.driver.commands("rosa", "/mentor-admin pairs")
    line = "Amara Okafor and Lena Vogt · since Monday 2 March 2026 · the program's pace (2 days) · has a space"
    assert line in answer.texts
    assert ["Amara Okafor and Lena Vogt", "Amara Okafor and Noor Haddad"] == list(answer.buttons)
    assert "1 pairing" in await riverside.asks("rosa", "/mentor-admin pairs noor")
    assert 'No pairing fits "zebra".' in await riverside.asks("rosa", "/mentor-admin pairs zebra")
    card = await riverside.driver.presses("rosa", "Amara Okafor and Noor Haddad", answer)
    assert ["Rest", "Pace", "Coordinator", "Change the mentor", "End"] == list(card.buttons)
    same = await riverside.driver.commands("rosa", "/mentor-admin pairing Noor Haddad, @amara")
    assert card.texts == same.texts
    assert "aren't paired" in await riverside.asks("rosa", "/mentor-admin pairing @lena @noor")


async def test_another_coordinator_looks_after_them(riverside: World) -> None:
    """A pairing has the coordinator who was named, and can be given to another one."""
    await change(riverside, "noor", roles=frozenset({Role.COORDINATOR, Role.MENTEE}))
    await riverside.asks("rosa", "/mentor-admin pair @amara @ravi by @noor")
    card = await riverside.driver.commands("rosa", "/mentor-admin pairing @amara @ravi")
    assert "Coordinator: Noor Haddad" in card.texts
    form = (await riverside.driver.presses("rosa", "Coordinator", card)).form
    assert form is not None
    (field,) = form.fields
    rosa = next(id_ for id_, name in field.choices.items() if name == "Rosa Delgado")
    done = await riverside.driver.submits("rosa", form, {"coordinator": rosa})
    assert "Rosa Delgado looks after Amara Okafor and Ravi Menon now." in done.text


async def test_a_restart_keeps_what_was_agreed(database_url: str, tmp_path: Path) -> None:
    """The program's file doesn't take back a pace that two people agreed on since."""
    async with world(database_url, tmp_path) as riverside:
        card = await riverside.driver.commands("rosa", "/mentor-admin pairing @amara @lena")
        paces = await riverside.driver.presses("rosa", "Pace", card)
        assert "agreed pace: 4 days" in await riverside.presses("rosa", "4 days", paces)
    async with world(database_url, tmp_path) as again:
        assert "Agreed pace: 4 days" in await again.asks("rosa", "/mentor-admin pairing @amara @lena")


@at_once
async def test_two_coordinators_at_once(riverside: World) -> None:
    """One pairing is made and one space; the second coordinator is told how it stands."""
    await change(riverside, "noor", roles=frozenset({Role.COORDINATOR}))
    answers = await asyncio.gather(
        *(
            riverside.core.handle(Command("same time", riverside.account(user), "mentor-admin", riverside.typed(words)))
            for user, words in (("rosa", "pair @amara @ravi"), ("noor", "pair @ravi @amara"))
        )
    )
    texts = sorted(answer.plain.split("\n")[0] for answer in answers if isinstance(answer, Message))
    assert "Amara Okafor (mentor) and Ravi Menon (mentee) are paired." == texts[0]
    assert "Amara Okafor and Ravi Menon are paired already" in texts[1]
    assert ["amara", "ravi"] == sorted((await spaces(riverside))[await made(riverside)])


async def test_what_is_missing_is_said_for_each(riverside: World) -> None:
    """Nobody is paired before every gate is clear: what each of the two lacks is said, and nothing is changed."""
    vetting = Feature("vetting")

    @vetting.gate
    async def gate(context: Context, member: Member) -> str | None:
        return "The interview is still to come." if Role.MENTOR in member.roles else None

    core = Core(riverside.database, (*FEATURES, vetting))
    typed = riverside.typed("pair @amara @ravi")
    answer = await core.handle(Command("gated", riverside.account("rosa"), "mentor-admin", typed))
    assert isinstance(answer, Message)
    assert "They can't be paired yet." in answer.plain
    assert "Amara Okafor: The interview is still to come." in answer.plain
    assert "Ravi Menon" not in answer.plain
    assert BEFORE == set(await spaces(riverside))
