"""What is drawn for badges fits its page in every script; what can't be written is said, and nothing is run."""

import re
import struct
import zlib
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import asdict, replace
from datetime import UTC, datetime
from hashlib import sha256
from importlib import resources

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.badges.certificate import Words, certificate
from bot.badges.colours import READABLE, contrast, faint, on
from bot.badges.definition import Shape
from bot.badges.picture import Picture, picture
from bot.badges.progress_picture import Row, progress
from bot.badges.rules import Verdict
from bot.drawing import NoGlyph, missing, png, writable
from bot.lettering import characters, cleaned
from tests.badges.pixels import Pixel, rows

AWARDED = datetime(2026, 6, 3, 10, tzinfo=UTC)
EIGHTY = "Maximiliane-Alexandrina Konstantopoulou-Papadimitriou von Hohenzollern-Sigmaringen"[:80]
NAMES = {
    "Latin": ("pl", "Zoë Łukasiewicz-Ñandú"),
    "Cyrillic": ("ru", "Екатерина Ёлкина"),
    "Arabic": ("ar", "نور الدين الحدّاد"),
    "Hebrew": ("he", "שִׁירָה בֶּן־דָּוִד"),
    "Devanagari": ("hi", "क्षितिज श्रीवास्तव"),
    "Chinese, Japanese, Korean": ("zh", "陈小明 田中ひろし 김철수"),
    "80 characters": ("es", EIGHTY),
    "one word of 80": ("de", "W" * 80),
    "both ways": ("en", "Noor נור نور 3"),
    "marks without end": ("en", "Z" + "\u0301" * 79),
}
EVERYTHING = r"""#read("/etc/passwd") #panic() *x* _y_ $z$ `w` \ // /* <a> @b = [c] -- ~ "d" {e}"""
WORDS = Words(
    language="en",
    program="Riverside Mentoring",
    heading="Certificate",
    given="is given to",
    name="Lena Vogt",
    earned="who has earned the badge",
    title="Accountability Badge",
    done="What it stands for",
    about="For those on whom others can rely",
    lines=("Sessions attended in 60 days, at least 3: 4", "Answers within 48 hours, at least 90%: 19 of 20, 95%"),
    stands="Given by Riverside Mentoring",
    made_on="Wednesday 3 June 2026",
    number="Number 7F3B-2C9D-01A4",
    shape=Shape.SHIELD,
    colour="#1b6e53",
    sign="✓",
)
SESSIONS = Row("At least 3 sessions held", "2 of 3", "since Tuesday 3 March", Verdict.MISSED, "not yet", 2 / 3, 1)
BAR = replace(SESSIONS, criterion="", figure="", since="", said="")
WHITE, BLUE, INK = Pixel(255, 255, 255), Pixel(0, 114, 178), Pixel(31, 41, 51)
COLOURS = st.binary(min_size=3, max_size=3).map(lambda parts: f"#{parts.hex()}")


def everywhere(text: str) -> Words:
    """Return a certificate that says nothing else."""
    return Words("en", *(text,) * 8, (text,), *(text,) * 3, Shape.SHIELD, "#1b6e53", "✓")


def streams(document: bytes) -> Iterator[str]:
    """Return what a PDF holds compressed, as far as it is text."""
    for found in re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", document, re.DOTALL):
        try:
            yield zlib.decompress(found[1]).decode("latin-1")
        except zlib.error:
            continue


def readable(document: bytes) -> str:
    """Return the characters that a reader of a PDF can search for and copy."""
    maps = "".join(streams(document))
    codes = re.findall(r"> <([0-9A-F]+)>\n", maps) + re.findall(r"/ActualText<FEFF([0-9A-F]+)>", maps)
    return "".join(bytes.fromhex(code).decode("utf-16-be") for code in codes)


def size(image: bytes) -> tuple[int, int]:
    """Return the width and height of a PNG."""
    width, height = struct.unpack(">II", image[16:24])
    return width, height


@pytest.mark.parametrize(("language", "name"), NAMES.values(), ids=NAMES)
def test_every_script_on_one_page(language: str, name: str) -> None:
    """A name stands on one page to keep, can be copied from there, and is the same when it is made again."""
    made = certificate(words := replace(WORDS, language=language, name=name), AWARDED.replace(microsecond=123))
    assert made == certificate(words, AWARDED)
    assert {b"/Count 1"} == set(re.findall(rb"/Count \d+", made))
    assert set(cleaned(name)) - {" "} <= set(readable(made))
    assert f"/Lang({language})".encode() in made


def test_to_keep_and_to_be_read_aloud() -> None:
    """It says of itself that it is PDF/A-2 and PDF/UA, is tagged, and carries the award's date, not today's."""
    made = certificate(WORDS, AWARDED)
    for said in ("pdfaid:part>2<", "pdfaid:conformance>A<", "pdfuaid:part>1<", "/Marked true", "/StructTreeRoot"):
        assert said.encode() in made
    assert {b"2026-06-03T10:00:00"} == set(re.findall(rb"\d{4}-\d\d-\d\dT[\d:]{8}", made))


def test_whatever_is_long_stays_on_the_page() -> None:
    """Texts far longer than any that the bot says are written smaller and broken, and make no second page."""
    for often in (40, 200):
        made = certificate(replace(everywhere("Worte" * often), lines=("Noch mehr Worte " * 20,) * often), AWARDED)
        assert {b"/Count 1"} == set(re.findall(rb"/Count \d+", made))


def test_nothing_stands_in_the_margin() -> None:
    """Names and lines of one long word end where others do: between them and the frame all is white."""
    words = replace(WORDS, name="W" * 80, program="M" * 80, lines=("W" * 200, *WORDS.lines))
    shown = rows(png("badges/certificate.typ", asdict(words) | {"on": "#ffffff"}, "en"))
    frame, margin = 28, 60  # points, which are pixels
    inside = [row[frame:-frame] for row in shown[frame:-frame]]
    band = margin - frame
    beside = [pixel for row in inside for pixel in (*row[:band], *row[-band:])]
    assert {WHITE} == {*beside, *(pixel for row in (*inside[:band], *inside[-band:]) for pixel in row)}


@pytest.mark.parametrize("sign", ["\u2800", "\u3164", "\u0301", "\u064b", "\u3000"])
def test_a_sign_of_which_nothing_is_seen(sign: str) -> None:
    """The badge is drawn without it: it may have been taken before that was refused."""
    assert picture(Picture(Shape.SHIELD, "#1b6e53", sign, "Steady", "en"))


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Always there 🏅!", "Always there !"),
        ("Zoë نور ✓\n田中", "Zoë نور ✓ 田中"),
        ("Ana สมชาย 🏅", ""),
        ("🏅", ""),
        ("", ""),
    ],
)
def test_what_can_be_written_of_a_text(text: str, kept: str) -> None:
    """Signs that no font has are left out, and with a letter that none has all of it."""
    assert kept == writable(text)


def test_what_has_no_glyph_is_said() -> None:
    """Characters that no font has are named, each once with the marks on it; nothing is dropped, no box drawn."""
    assert [] == missing("Zoë نور שירה क्षितिज 田中 김철수 ✓")
    assert ["ก", "🏅"] == missing("Ana ก 🏅 ก")
    assert ["👩", "🏫"] == missing("👩‍🏫 Łucja")
    with pytest.raises(NoGlyph) as told:
        certificate(replace(WORDS, name="Somchai สมชาย"), AWARDED)
    assert ("ส", "ม", "ช", "า", "ย") == told.value.characters
    assert "ส" not in str(told.value)
    with pytest.raises(NoGlyph):
        picture(Picture(Shape.STAR, "#1b6e53", "🏅", "Badge", "en"))


def test_markup_is_only_text() -> None:
    """What would be a command in typst's own language stands on the page as it was written."""
    made = certificate(everywhere(EVERYTHING), AWARDED)
    assert set(EVERYTHING) - {" "} <= set(readable(made))
    assert "root:" not in readable(made)


@pytest.mark.parametrize(
    ("given_", "shown"),
    [
        ("  Lena\n\tVogt \x00\x07\x1b[31m", "Lena Vogt [31m"),
        ("\u202egtoV aneL\u202c", "gtoV aneL"),
        ("\u2068Lena\u2069", "\u2068Lena\u2069"),
        ("\u2067Lena", "Lena"),
        ("Lena\u2069\u2066", "Lena"),
        ("\ufeffLe\u200bna\xad \ud800Vogt\u2028", "Lena Vogt"),
        ("\u0645\u06cc\u200c\u062e", "\u0645\u06cc\u200c\u062e"),
        ("e\u0301", "é"),
        ("", ""),
    ],
)
def test_cleaned(given_: str, shown: str) -> None:
    """One line is left, without controls, overrides and halves of characters; what a script needs stays."""
    assert shown == cleaned(given_)


@given(st.text())
def test_nothing_is_lost_in_taking_apart(text: str) -> None:
    """The characters of a text make it up again, and what is clean stays as it is."""
    assert text == "".join(characters(text))
    assert cleaned(text) == cleaned(cleaned(text))


@settings(max_examples=15, deadline=None)
@given(st.text(max_size=12))
def test_any_name_is_drawn_or_refused(name: str) -> None:
    """Whatever somebody is called: a page, or the characters that stand in its way."""
    absent = missing(name)
    assert all(one in cleaned(name) for one in absent)
    with pytest.raises(NoGlyph) if absent else nullcontext():
        certificate(replace(WORDS, name=name), AWARDED)


def test_fonts_are_those_that_were_published() -> None:
    """The README tells of each font's file what is in it."""
    fonts = resources.files("bot").joinpath("fonts")
    listed = re.findall(r"^([0-9a-f]{64})  (\S+)$", fonts.joinpath("README.md").read_text("utf-8"), re.MULTILINE)
    there = [file for file in fonts.iterdir() if file.name.endswith(".ttf")]
    assert dict(map(reversed, listed)) == {file.name: sha256(file.read_bytes()).hexdigest() for file in there}


@given(COLOURS)
def test_every_colour_can_be_read(colour: str) -> None:
    """Whichever colour a badge has, its sign and the letters beside it stand out enough."""
    assert contrast(on(colour), colour) >= READABLE
    for ink in ("#1f2933", "#52606d"):  # of bot/drawing.typ
        assert contrast(ink, faint(colour)) >= READABLE


def test_contrast_as_it_is_defined() -> None:
    """The two ends of the scale, and a grey that is known to be just enough on white."""
    assert (21, 1) == (round(contrast("#000000", "#ffffff"), 9), contrast("#1b6e53", "#1b6e53"))
    assert contrast("#777777", "#ffffff") < READABLE < contrast("#767676", "#ffffff")


@pytest.mark.parametrize("shape", Shape)
def test_pictures(shape: Shape) -> None:
    """Each shape makes a picture of its own, the same each time; a name stands in it only if it is given."""
    plain = Picture(shape, "#f2c94c", "A1", "Accountability Badge", "en")
    assert (800, 400) == size(picture(plain))
    assert picture(plain) == picture(plain)
    shown = {picture(replace(plain, name=name)) for name in (None, "Lena Vogt", EIGHTY)}
    assert 3 == len(shown)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_progress(language: str) -> None:
    """A picture as wide as it should be, taller with each criterion, in which every verdict looks different."""
    few, many = (progress("Badge", [SESSIONS] * number, language) for number in (1, 3))
    assert (900, 900) == (size(few)[0], size(many)[0])
    assert size(few)[1] < size(many)[1]
    told = [replace(SESSIONS, verdict=verdict, said="") for verdict in (Verdict.MET, Verdict.MISSED, Verdict.NEUTRAL)]
    assert 3 == len({progress("Badge", [row], language) for row in told})
    assert progress("Badge", [replace(SESSIONS, verdict=Verdict.ABSENT, reached=None, mark=None)], language)


def test_progress_is_read_from_its_languages_side() -> None:
    """Where a language is read from the right, bars begin there, and what is needed is marked from there."""
    bar = replace(BAR, verdict=Verdict.MET, reached=0.25, mark=0.75)
    english, hebrew = (through_the_bar(progress("", [bar], language)) for language in ("en", "he"))
    assert english == hebrew[::-1] != hebrew
    assert (BLUE, INK) == (english[60], english[32 + 627 - 1])  # of 836 pixels, behind the margin


def test_what_is_met_is_not_told_by_colour_alone() -> None:
    """Whoever sees no colours sees stripes in the bar of what isn't met, and none in what is."""
    full = replace(BAR, reached=1, mark=None)
    met, missed = (
        through_the_bar(progress("", [replace(full, verdict=one)], "en")) for one in (Verdict.MET, Verdict.MISSED)
    )
    assert {BLUE} == set(met[60:500])
    greys = [sum(pixel) for pixel in missed[60:500]]
    assert max(greys) - min(greys) > 120


def through_the_bar(image: bytes) -> list[Pixel]:
    """Return the row of pixels in the middle of the only bar of a picture without words."""
    shown = rows(image)
    inked = [place for place, row in enumerate(shown) if row[40] != WHITE]
    return shown[sum(inked) // len(inked)]
