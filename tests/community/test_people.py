"""Who is in the program, as coordinators see it."""

from pathlib import Path

from bot.context import Context
from bot.feature import Feature
from bot.features import FEATURES
from bot.people import Member, Role
from storage.members import Members, NewMember
from tests.community.town import town
from tests.platforms import on_each_platform
from tests.world import World


async def test_the_list_with_counts(there: World) -> None:
    """Everybody by name, with how many there are in each role."""
    await there.asks("rosa", "/mentor-admin add @tomas @twin mentor mentee")
    answer = (await there.driver.commands("rosa", "/mentor-admin people")).texts
    assert "7 people in the program (mentor: 3, mentee: 4, coordinator: 1, responder: 1)" == answer[0]
    names = [line.partition(":")[0] for line in answer[1:]]
    assert ["Amara Okafor (@amara)", "Lena Vogt (@lena)", "Lena Vogt (@twin)"] == names[:3]
    assert sorted(names) == names


async def test_twenty_are_shown_and_the_rest_counted(there: World) -> None:
    """A long list ends with how many more there are."""
    everyone = " ".join(f"@p{number}" for number in range(1, 31))
    await there.asks("rosa", f"/mentor-admin add {everyone} mentee")
    texts = (await there.driver.commands("rosa", "/mentor-admin people")).texts
    assert "… and 15 more. To see some of them: /mentor-admin people mentor" == texts[-1]
    assert 1 + 20 + 1 == len(texts)
    texts = (await there.driver.commands("rosa", "/mentor-admin people person 0")).texts
    assert '9 of them fit "person 0":' == texts[1]
    assert 2 + 9 == len(texts)


async def test_filters(there: World) -> None:
    """A role in either language, a part of a name without accents, and those who left."""
    await there.asks("rosa", "/mentor-admin add @tomas mentor")
    assert "Tomás Berg (@tomas)" in await there.asks("rosa", "/mentor-admin people tomas")
    mentees = await there.asks("rosa", "/mentor-admin people mentees")
    assert "Lena" in mentees
    assert "Amara" not in mentees
    assert "Rosa Delgado" in await there.asks("rosa", "/mentor-admin people coordinadora")
    assert "Did you mean Noor?" in await there.asks("rosa", "/mentor-admin people noorr")
    assert "Did you mean mentee?" in await there.asks("rosa", "/mentor-admin people mentes")
    assert 'Nobody here fits "left"' in await there.asks("rosa", "/mentor-admin people left")
    card = await there.driver.commands("rosa", "/mentor-admin person @tomas")
    await there.driver.presses("rosa", "Yes, deactivate", await there.driver.presses("rosa", "Deactivate", card))
    assert "Tomás Berg (@tomas): deactivated; was mentor" in await there.asks("rosa", "/mentor-admin people left")
    assert "deactivated: 1" in await there.asks("rosa", "/mentor-admin people")


@on_each_platform
async def test_names_from_right_to_left(there: World) -> None:
    """Such a name stands by itself amid a line, so that the rest keeps its order; others stand as they are."""
    await there.asks("rosa", "/mentor-admin add @yusuf @tomas mentee")
    answer = await there.asks("rosa", "/mentor-admin people")
    assert "\u2068يوسف الخطيب\u2069 (@yusuf): mentee" in answer
    assert "\u2068Tom" not in answer
    assert "Role: mentee" in await there.asks("rosa", "/mentor-admin person يوسف الخطيب")


@on_each_platform
async def test_somebodys_card(there: World) -> None:
    """All that there is to know of a member, by account, name, or a part of the name."""
    card = await there.driver.commands("rosa", "/mentor-admin person @amara")
    for word in ("amara", "Amara Okafor", "okafor", "AMARA OKAFÖR"):
        card = await there.driver.commands("rosa", f"/mentor-admin person {word}")
        assert (word, True) == (word, "Mentor of Lena Vogt and Noor Haddad" in card.text)
    assert "Reminders: Monday to Friday, 09:00 to 19:30, as the program" in card.text
    assert "Language: English, as the program" in card.text
    assert "Accounts: @amara" in card.text
    assert "Away" not in card.text
    assert ["Change", "Deactivate"] == list(card.buttons)
    await there.asks("amara", "/mentor away until Monday")
    assert "Away until Monday 9 March 2026" in await there.asks("rosa", "/mentor-admin person @amara")


async def test_two_of_one_name(there: World) -> None:
    """People of the same name are told apart by their accounts."""
    await there.asks("rosa", "/mentor-admin add @twin mentor")
    which = await there.driver.commands("rosa", "/mentor-admin person Lena Vogt")
    assert '2 people are called "Lena Vogt". Whom do you mean?' in which.text
    card = await there.driver.presses("rosa", "@twin", which)
    assert "Role: mentor" in card.text


async def test_nobody_of_that_name(there: World) -> None:
    """A name that nobody has gets a guess."""
    assert "Did you mean Lena Vogt?" in await there.asks("rosa", "/mentor-admin person Lena Vogd")
    answer = await there.asks("rosa", "/mentor-admin person @amarra")
    assert 'Nobody in the program is called "@amarra".' in answer
    assert there.ids_are_handles is ("Did you mean @amara?" in answer)
    assert "/mentor-admin add" in await there.asks("rosa", "/mentor-admin person Zebulon")
    assert "Whom would you like to see?" in await there.asks("rosa", "/mentor-admin person")


async def test_what_is_missing_before_a_pairing(sqlite_url: str, tmp_path: Path) -> None:
    """The card says what the features of the bot still want to see before somebody is paired."""
    vetting = Feature("vetting")

    @vetting.gate
    async def references(context: Context, member: Member) -> str | None:
        return "two references" if Role.MENTOR in member.roles else None

    async with town(sqlite_url, tmp_path, features=(*FEATURES, vetting)) as there:
        answer = await there.asks("rosa", "/mentor-admin person @amara")
        assert "Before the first pairing:\n• two references" in answer
        assert "Before the first pairing" not in await there.asks("rosa", "/mentor-admin person @lena")


async def test_a_member_whom_nobody_has_an_account_of(there: World) -> None:
    """Somebody without an account is listed and shown all the same."""
    async with there.database.work(1) as work:
        await work.of(Members).save(NewMember("Paper Only", frozenset({Role.MENTEE}), ()))
    assert "Accounts: none" in await there.asks("rosa", "/mentor-admin person paper only")
