"""Saying things: whose language it is, what is filled in, and that nobody's language becomes somebody else's."""

import asyncio
from collections.abc import Collection, Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from bot.__main__ import cli
from bot.calls import Command
from bot.context import Asked
from bot.core import Core
from bot.errors import Busy, UserError
from bot.feature import Feature, Option
from bot.language import also_from, isolated, languages, n, nearest, speak, speaking, spoken, t
from bot.people import EVERYONE, Account, Profile
from bot.views import Form, Message, message
from bot.wording import names
from tests.scheduler.flaky import Flaky
from tests.world import world

FRENCH = """# A language that the bot doesn't come with.
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=2; plural=(n > 1);\\n"

msgid "Later"
msgstr "Plus tard"

msgid "And {names}."
msgstr "Et {nmaes}."

msgid "{n} late one is forgiven."
msgid_plural "{n} late ones are forgiven."
msgstr[0] "{n} pardonnée."
msgstr[1] "{n} pardonnées."
"""


def test_a_language_is_added_by_a_file(tmp_path: Path) -> None:
    """A catalogue that lies there is a language that can be spoken, without a line of code."""
    (tmp_path / "fr.po").write_text(FRENCH, "utf-8")
    with also_from(tmp_path):
        assert ("Français", "fr") == (languages()["fr"], nearest("fr-CA"))
        with speaking("fr"):
            assert "Plus tard" == t("Later")
            assert "0 pardonnée." == n("{n} late one is forgiven.", "{n} late ones are forgiven.", 0)
            assert "2 pardonnées." == n("{n} late one is forgiven.", "{n} late ones are forgiven.", 2)
    assert "fr" not in languages()


@pytest.mark.parametrize("name", ["readme", "xx_invalid", "xx", "es-MX", "", "fr.old", "ES"])
def test_a_catalogue_of_no_language(name: str, tmp_path: Path) -> None:
    """The start ends with its name and what would be right; what is running goes on with the other languages."""
    (tmp_path / f"{name}.po").write_text(FRENCH, "utf-8")
    (tmp_path / "pt_BR.po").write_text(FRENCH, "utf-8")
    with also_from(tmp_path):
        assert ["en", "es", "pt_BR"] == list(languages())
        refused = CliRunner().invoke(cli, ["run"]).exception
    assert isinstance(refused, UserError)
    assert [f"  {tmp_path}/{name}.po"] == str(refused).splitlines()[1:]


def test_what_isnt_translated_is_said_in_english(tmp_path: Path) -> None:
    """A text that is missing, and one that can't be filled in, are better in English than not at all."""
    (tmp_path / "fr.po").write_text(FRENCH, "utf-8")
    with also_from(tmp_path), speaking("fr"):
        assert "Tomorrow" == t("Tomorrow")
        assert "And Ana." == t("And {names}.", names="Ana")
        assert "" == t("")


@pytest.mark.parametrize("language", [*languages(), "xx", None])
@given(name=st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_names_may_hold_anything(language: str | None, name: str) -> None:
    """Braces in a name are a part of it, in every language, also where an error says it again."""
    with speaking(language):
        said = t("And {names}.", names=name)
        assert name in said
        assert said == str(UserError(said))
        assert name in n("{few} of {n} pair may need help", "{few} of {n} pairs may need help", 2, few=name)


@pytest.mark.parametrize("name", ["נועה כהן", "نور (مرشدة)", "\u202eanA", "١٢"])
def test_a_name_read_from_the_right_leaves_the_sentence_in_its_order(name: str) -> None:
    """It is set apart from what stands around it; names in a row are set apart one by one, and once."""
    alone = f"\u2068{name}\u2069"
    assert alone == isolated(name) == isolated(isolated(name))
    assert f"And {alone}." == t("And {names}.", names=name)
    assert f"And Ana, {alone} and Ben." == t("And {names}.", names=names(["Ana", name, "Ben"]))
    assert "And Ana (Ö)." == t("And {names}.", names="Ana (Ö)")


def test_in_a_language_read_from_the_right_it_is_the_others(tmp_path: Path) -> None:
    """A name in Latin letters is set apart in a Hebrew sentence, and a Hebrew one isn't."""
    (tmp_path / "he.po").write_text('msgid "And {names}."\nmsgstr "וגם {names}."\n', "utf-8")
    with also_from(tmp_path), speaking("he"):
        assert "וגם \u2068Ana\u2069." == t("And {names}.", names="Ana")
        assert "וגם נועה." == t("And {names}.", names="נועה")


def _refuse() -> None:
    with speaking(None):
        speak("es")
        raise UserError("Later")


def test_the_language_ends_with_what_it_began_with() -> None:
    """After an error as after anything else, the language is the one of before."""
    with speaking("es"):
        with pytest.raises(UserError, match="Más tarde"):
            _refuse()
        assert "es" == spoken()
        with speaking("xx"):
            assert "en" == spoken()
        assert "es" == spoken()
    assert "en" == spoken()


async def test_each_speaks_for_themself() -> None:
    """What goes on side by side keeps its language, however often it waits."""

    async def say(language: str) -> list[str]:
        said = []
        with speaking(language):
            for _ in range(5):
                await asyncio.sleep(0)
                said.append(t("Later"))
        return said

    found = await asyncio.gather(*map(say, ["es", "en"] * 5))
    assert [["Más tarde"] * 5, ["Later"] * 5] * 5 == found


def test_a_form_is_sent_off_in_its_readers_language() -> None:
    """The word on its button is said when the form is made."""
    with speaking("es"):
        assert "Enviar" == Form("", "", ()).submit
    assert "Send" == Form("", "", ()).submit


async def test_two_members_at_once_are_answered_in_their_languages(sqlite_url: str, tmp_path: Path) -> None:
    """One member's language doesn't leak into the answer to another, nor out of the call."""
    async with world(sqlite_url, tmp_path) as riverside:
        async with riverside.database.connect() as conn:
            await conn.exec_driver_sql("UPDATE member SET language = 'es' WHERE name = 'Lena Vogt'")

        async def ask(number: int, user: str) -> str:
            call = Command(f"{number}", Account("playground", "riverside", user), "mentor", "xyz")
            reply = await riverside.core.handle(call)
            assert isinstance(reply, Message)
            return reply.plain

        answers = await asyncio.gather(*(ask(i, user) for i, user in enumerate(["lena", "amara"] * 5)))
        assert ["No conozco", "I don't kn"] * 5 == [answer[:10] for answer in answers]
        assert "en" == spoken()


class Unreachable(Flaky):
    """A platform that can't be asked for people just now."""

    async def look_up(self, workspace: str, words: Collection[str]) -> Mapping[str, Profile]:
        """Be too busy."""
        raise Busy


async def test_trouble_before_anything_is_known_is_told_in_the_members_language(
    sqlite_url: str, tmp_path: Path
) -> None:
    """That people can't be looked up is said when it's known who asks; asked again, it is done."""
    feature = Feature("greeting")

    @feature.command("greet", "Greet somebody", who=EVERYONE, options=(Option("whom", "whom", people=True),))
    async def greet(asked: Asked, whom: str) -> Message:
        return message(whom)

    async with world(sqlite_url, tmp_path) as riverside:
        async with riverside.database.connect() as conn:
            await conn.exec_driver_sql("UPDATE member SET language = 'es' WHERE name = 'Lena Vogt'")
        core = Core(riverside.database, [feature])
        call = Command("1", Account("playground", "riverside", "lena"), "mentor", "greet @amara")
        core.platforms["playground"] = Unreachable(riverside.clock)
        refused = await core.handle(call)
        assert isinstance(refused, Message)
        assert refused.plain.startswith("Ahora mismo no pude buscar a nadie en la plataforma.")
        core.platforms["playground"] = Flaky(riverside.clock)
        assert message("@amara") == await core.handle(call)
