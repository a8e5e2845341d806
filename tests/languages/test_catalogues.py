"""Each catalogue holds every text of the code, whole: so whoever reads another language reads no English in between."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from string import Formatter
from textwrap import dedent

import pytest
from babel.messages import Catalog
from babel.messages.catalog import Message

from bot.features import FEATURES
from bot.language import SOURCE, also_from, languages, speaking, t
from bot.wording import ago, day, full_day, length, moment, names, percent
from tests.languages import texts

CATALOGUES = sorted(texts.LANGUAGES.glob("*.po"))
VOSOTROS = re.compile(r"\b(?:vosotr[oa]s|vuestr[oa]s?|os|\w+(?:[aá]is|éis|steis))\b", re.IGNORECASE)
COMMAND = re.compile(r"/mentor(?:-admin)? [a-z]+")
TUESDAY = datetime(2025, 3, 4, 14, 20, tzinfo=UTC)


@pytest.fixture(params=CATALOGUES, ids=lambda file: file.stem)
def catalogue(request: pytest.FixtureRequest) -> Catalog:
    """Return each catalogue."""
    return texts.read(request.param)


def entries(catalog: Catalog) -> dict[str, Message]:
    """Return the texts of a catalogue, without its own description."""
    return {forms(message.id)[0]: message for message in catalog if message.id}


def forms(text: object) -> tuple[str, ...]:
    """Return a text's forms: one, or one for each number."""
    return tuple(map(str, text)) if isinstance(text, list | tuple) else (str(text),)


def placeholders(text: str) -> set[str]:
    """Return what is to be filled into a text."""
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_every_text_is_in_the_catalogue(catalogue: Catalog) -> None:
    """What the code says is there, and nothing that it no longer says: `make texts` sees to it."""
    said, here = set(entries(texts.texts())), set(entries(catalogue))
    assert (set(), set()) == (said - here, here - said)
    assert [] == list(catalogue.obsolete)


def test_every_text_is_translated(catalogue: Catalog) -> None:
    """Each is translated in all forms that the language has, and none is only guessed."""
    every = entries(catalogue)
    assert [] == [text for text, message in every.items() if not texts.translated(message.string)]
    assert [] == [text for text, message in every.items() if message.fuzzy]
    plural = {text: len(forms(message.string)) for text, message in every.items() if message.pluralizable}
    assert dict.fromkeys(plural, catalogue.num_plurals) == plural


def test_translations_say_what_the_texts_say(catalogue: Catalog) -> None:
    """What is filled in, and the commands that one can type, stand in every form of both; and no blanks around."""
    for message in entries(catalogue).values():
        here = forms(message.id)
        wanted = set().union(*map(placeholders, here)), set().union(*map(COMMAND.findall, here))
        for form in forms(message.string):
            assert (form, wanted) == (form, (placeholders(form), set(COMMAND.findall(form))))
            assert (form, here[0].strip()) == (form.strip(), here[0])


def test_spanish_says_ustedes_to_two_people() -> None:
    """Never vosotros, which most who speak Spanish don't say."""
    spanish = entries(texts.read(texts.LANGUAGES / "es.po"))
    every = [form for message in spanish.values() for form in forms(message.string)]
    assert [] == [form for form in every if VOSOTROS.search(form)]


def test_declared_texts_are_in_the_catalogues() -> None:
    """What menus say of commands, of their options and of messages is a text like any other."""
    commands = [command for feature in FEATURES for command in feature.commands]
    shortcuts = [shortcut.label for feature in FEATURES for shortcut in feature.shortcuts]
    shortcuts += [shortcut.label for feature in FEATURES for shortcut in feature.person_shortcuts]
    options = [option.help for command in commands for option in command.options]
    assert set() == {*shortcuts, *options, *(command.help for command in commands)} - set(entries(texts.texts()))


def test_catalogues_are_of_languages() -> None:
    """The name of each file is a language's code, and the language is spoken."""
    assert {SOURCE, *(file.stem for file in CATALOGUES)} == set(languages())
    assert ("English", "Español") == (languages()["en"], languages()["es"])


def test_bringing_up_to_date_keeps_what_is_translated(tmp_path: Path) -> None:
    """New texts come in untranslated, old ones go, the rest stays as it is; done again, nothing changes."""
    file = tmp_path / "es.po"
    catalog = Catalog(locale="es")
    catalog.add("Later", "Luego", user_comments=["kept"])
    catalog.add("Nobody says this any more", "Ya no")
    file.write_text(texts.written(catalog, '# Mine.\nmsgid ""\nmsgstr ""\n"Language: es\\n"'), "utf-8")
    file.write_text(texts.updated(file), "utf-8")
    once = file.read_text("utf-8")
    assert "# Mine." == once.partition("\n")[0]
    assert "# kept\n" in once
    assert "Nobody says this any more" not in once
    assert ["Later"] == [
        text for text, message in entries(texts.read(file)).items() if texts.translated(message.string)
    ]
    assert once == texts.updated(file)


def test_a_language_is_added_as_the_docs_say(tmp_path: Path) -> None:
    """The lines of docs/languages.md are the beginning of a catalogue, which is used before it is complete."""
    page = (texts.BOT.parent / "docs" / "languages.md").read_text("utf-8")
    (lines,) = re.findall(r"```po\n(.*?)```", page, re.DOTALL)
    file = tmp_path / "fr.po"
    file.write_text(dedent("   " + lines), "utf-8")
    file.write_text(texts.updated(file), "utf-8")
    assert set(entries(texts.texts())) == set(entries(texts.read(file)))
    file.write_text(file.read_text("utf-8").replace('msgid "Later"\nmsgstr ""', 'msgid "Later"\nmsgstr "Plus tard"'))
    with also_from(tmp_path), speaking("fr"):
        assert ("Plus tard", "Tomorrow") == (t("Later"), t("Tomorrow"))


@pytest.mark.parametrize("language", languages())
def test_days_are_days_in_every_language(language: str) -> None:
    """A translated pattern still gives the day, the year and the time of day."""
    with speaking(language):
        assert {"4", "14:20"} <= set(re.findall(r"[\d:]+", moment(TUESDAY, "UTC")))
        assert {"4"} == set(re.findall(r"\d+", day(TUESDAY, "UTC")))
        assert {"4", "2025"} == set(re.findall(r"\d+", full_day(TUESDAY, "UTC")))


def test_spanish_days_and_numbers() -> None:
    """Days, lengths, shares and names are said as in Spanish."""
    with speaking("es"):
        assert "martes 4 de marzo, 14:20" == moment(TUESDAY, "UTC")
        assert "martes 4 de marzo de 2025" == full_day(TUESDAY, "UTC")
        assert "el martes 4 de marzo" == ago(TUESDAY, TUESDAY + timedelta(days=3), "UTC")
        assert "ayer" == ago(TUESDAY, TUESDAY + timedelta(days=1), "UTC")
        assert "2 días" == length(timedelta(days=2))
        assert "95\xa0%" == percent(0.95)
        assert "Ana, Ben y Chidi" == names(["Ana", "Ben", "Chidi"])
        assert "Más tarde" == t("Later")
