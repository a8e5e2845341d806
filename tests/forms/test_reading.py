"""Forms as coordinators write them: read, or refused with each line that is wrong and why."""

from datetime import timedelta
from functools import partial

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.forms.definition import Definition, Kind, SeenBy
from bot.forms.keeping import built_in
from bot.forms.reading import parse
from bot.written.lines import line_of, lines
from bot.written.parts import For
from bot.written.reading import MOST_LINES, Miswritten, Problem, decoded
from tests.forms.written import EVERY, SMALL
from tests.written import wrong_in

SOURCES = [EVERY, SMALL, *built_in().values()]
problems = partial(wrong_in, parse)


def test_a_form_is_read() -> None:
    """All that stands in it, with what holds where nothing is said."""
    form = parse(EVERY)
    assert ("every", "Everything", For.MENTEE, timedelta(days=7)) == (form.name, form.title, form.whom, form.within)
    assert list(Kind) == [one.kind for one in form.questions]
    assert SeenBy.COORDINATORS is form.questions[1].seen_by
    assert ("Cedar", "Douglas fir, old", "Elm") == form.questions[2].choices
    assert [True, *[False] * 7] == [one.required for one in form.questions]
    assert None is parse(SMALL).within


def test_what_people_read_can_be_seen() -> None:
    """Nothing in it is invisible, runs backwards or goes on a second line; what an editor puts first does no harm."""
    form = parse("\ufeff" + SMALL.replace("How it was", "\\u202eHow\\nit\\u200b was"))
    assert "How it was" == form.title


def test_the_forms_that_come_with_the_bot() -> None:
    """Notes for mentors, feedback for both; of a mentor nobody sees single answers but whom they are for."""
    forms = {name: parse(source) for name, source in built_in().items()}
    whom = {name: form.whom for name, form in forms.items()}
    assert {"notes": For.MENTOR, "feedback": For.MENTEE, "mentor-feedback": For.MENTOR} == whom
    assert SeenBy.PAIRING not in {one.seen_by for one in forms["feedback"].questions}


WRONG = [
    ('kind = "one"', 'kind = "wun"', 8, "kind has to be one of these"),
    ('seen_by = "coordinators"', 'seen_by = "all"', 11, "seen_by has to be one of these"),
    ('seen_by = "coordinators"', "", 6, "seen_by is missing."),
    ('seen_by = "coordinators"', 'seen_by = "totals"', 11, "the form has to be for mentees"),
    ('ask = "How was it?"', "ask = 7", 9, 'ask has to be a text in quotes: "…"'),
    ('ask = "How was it?"', 'ask = "  "', 9, "Please write something here."),
    ('ask = "How was it?"', 'ask = "\u200b\u202e"', 9, "Please write something here."),
    ('ask = "How was it?"', f'ask = "{"x" * 151}"', 9, "150 characters"),
    ('ask = "How was it?"', 'asks = "How was it?"', 9, "Did you mean ask?"),
    ('ask = "How was it?"', "ask = 'How?'\nrequired = 'yes'", 10, "true or false"),
    ('choices = ["Good", "So-so"]', 'choices = ["Good"]', 10, "At least two choices"),
    ('choices = ["Good", "So-so"]', 'choices = ["Good", "good "]', 10, "Two of the choices are the same."),
    ('choices = ["Good", "So-so"]', 'choices = ["Good", "go\\u200bod"]', 10, "Two of the choices are the same."),
    ('choices = ["Good", "So-so"]', 'choices = [1, "So-so"]', 10, "a list of texts"),
    ('choices = ["Good", "So-so"]', "choices = [[1], [2]]", 10, "a list of texts"),
    ('choices = ["Good", "So-so"]', "choices = 'Good'", 10, "a list of texts"),
    ('choices = ["Good", "So-so"]', f"choices = {[str(n) for n in range(11)]}", 10, "10 choices at most"),
    ('name = "mood"', 'name = "Mood!"', 2, "a-z"),
    ('name = "mood"', "name = mood", 2, "I can't read this line"),
    ('title = "How it was"', "", 1, "title is missing."),
    ('title = "How it was"', 'title = "How it was"\nwithin = "a year"', 4, "such as"),
    ('title = "How it was"', 'title = "How it was"\nwithin = "31d"', 4, "such as"),
    ('title = "How it was"', 'title = "How it was"\nwhen = "now"', 4, "after a session"),
    ('title = "How it was"', 'title = "How it was"\nsize = 9', 4, "There is no size here."),
    ('title = "How it was"', f'title = "How it was"\nsize = {"9" * 5000}', 4, "I can't read this line."),
    ('for = "both"', 'for = "everybody"', 4, "for has to be one of these"),
    ("[[question]]", "[question]", 6, "Each question begins with a line [[question]]."),
    ('kind = "one"', 'kind = "long"', 10, "Only questions of the kinds one and several"),
    ('kind = "one"', 'kind = "steps"', 11, "Both sides have to see their next steps"),
    ('kind = "one"', "kind = ['one']", 8, "kind has to be one of these"),
]


@pytest.mark.parametrize(("right", "wrong", "line", "why"), WRONG)
def test_what_is_wrong_is_said_with_its_line(right: str, wrong: str, line: int, why: str) -> None:
    """Each mistake alone: where it stands, and what would be right."""
    assert right in SMALL
    found = problems(SMALL.replace(right, wrong, 1))
    assert [line] == [at for at, text in found if why in text], found


def test_all_that_is_wrong_is_said_at_once() -> None:
    """Whoever mends a form doesn't learn of one mistake after the other."""
    text = SMALL.replace('"mood"', '"Mood"').replace('"one"', '"wun"').replace('"coordinators"', '"all"')
    assert [2, 7, 8, 11] == [line for line, _ in problems(text)]
    second = SMALL + SMALL[SMALL.index("[[question]]") :]
    assert [(13, "Another question has the id mood already.")] == problems(second)


def test_how_much_a_form_may_be() -> None:
    """20 questions, 500 lines, 20 kB; one of goals and one of next steps."""
    many = SMALL + "".join(f'[[question]]\nid = "q{n}"\nkind="short"\nask="?"\nseen_by="author"\n' for n in range(19))
    assert [] == problems(many)
    over = many + '[[question]]\nid = "more"\nkind="short"\nask="?"\nseen_by="author"\n'
    assert ["There can be 20 questions at most."] == [text for _, text in problems(over)]
    assert "too long" in problems(SMALL + "#" * 20_000)[0][1]
    assert "500 lines" in problems(SMALL + "\n" * MOST_LINES)[0][1]
    twice = EVERY + '[[question]]\nid = "again"\nkind = "goals"\nask = "?"\nseen_by = "author"\n'
    assert ["A form can have one question of the kind goals."] == [text for _, text in problems(twice)]


def test_a_line_is_that_of_the_statement() -> None:
    """Also behind texts and lists of several lines, and for tables that are written in another way."""
    text = (
        'a = """\nb = 1\n[c]\n"""\nb = [\n  1, # ]\n]\n\n[[q]]\n"x.y" = 2\n[[q]]\nz.w = 3\nr = {s = 4}\n[t.u]\nv = 5\n'
    )
    found = lines(text)
    expected = {("a",): 1, ("b",): 5, ("q", 0): 9, ("q", 0, "x.y"): 10, ("q", 1): 11, ("q", 1, "z", "w"): 12}
    expected |= {("q", 1, "r", "s"): 13, ("t", "u", "v"): 15}
    assert expected == {path: found[path] for path in expected}
    assert (10, 11, 1) == (line_of(found, ("q", 0, "x.y", 3)), line_of(found, ("q", 1, "no")), line_of(found, ("no",)))


@st.composite
def damaged(draw: st.DrawFn) -> str:
    """Draw a form in which something was taken out, doubled, or put in."""
    text = draw(st.sampled_from(SOURCES))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        end = draw(st.integers(start, min(start + 40, len(text))))
        new = draw(
            st.sampled_from(("", "\n", '"', "[", "]", "[[", "=", "'''", "\\", "{}", "1e999", "é", "\x00")) | st.text()
        )
        text = text[:start] + new + text[end:]
    return text


@given(damaged() | st.text())
@example("")
@example("question = 3")
@example("question = [1]")
@example("a=" + "[" * 9000)
@example("a=" + "9" * 5000)
@example("a = \ud800")
@example(SMALL.replace("\n", "\r\n").replace("one", "wun"))
def test_a_damaged_form_gives_lines_and_reasons(text: str) -> None:
    """Whatever is done to a form, it is read, or refused with lines that it has: it is never a fault."""
    wrong: Miswritten | None = None
    try:
        assert isinstance(parse(text), Definition)
    except Miswritten as error:
        wrong = error
    if wrong is not None:
        assert wrong.problems
        assert all(1 <= one.line <= text.count("\n") + 1 and one.text for one in wrong.problems)
        assert str(wrong).startswith(f"Line {wrong.problems[0].line}: ")


VALUES = st.recursive(
    st.booleans() | st.integers() | st.sampled_from(("one", "goals", "totals", "author", "x" * 300, "", "both")),
    lambda inner: st.lists(inner, max_size=3),
    max_leaves=4,
)


@given(
    st.sampled_from(("name", "for", "when", "within", "question", "id", "kind", "seen_by", "choices", "hint")), VALUES
)
def test_any_value_in_any_place_is_no_fault(key: str, value: object) -> None:
    """What is of the wrong kind altogether is refused like everything else, on its own line."""
    written = (
        str(value).replace("True", "true").replace("False", "false") if not isinstance(value, str) else f"'{value}'"
    )
    row = f"{key} = {written}"
    text = "\n".join(row if line.startswith(f"{key} =") else line for line in EVERY.split("\n"))
    if text == EVERY:
        text = f"{row}\n{EVERY}"
    for problem in problems(text.replace("[[question]]", "[[asked]]") if key == "question" else text):
        assert problem[0] >= 1


@given(st.binary(max_size=300))
def test_any_bytes_are_no_fault(content: bytes) -> None:
    """A file that is a picture, or in another encoding, is refused with the line at which it stops making sense."""
    try:
        assert isinstance(decoded(content), str)
    except Miswritten as wrong:
        (problem,) = wrong.problems
        assert 1 <= problem.line <= content.count(b"\n") + 1


def test_a_file_in_another_encoding() -> None:
    """The line is named, and what to do; a mark at the beginning, as some editors put it, is no matter."""
    with pytest.raises(Miswritten, match=r"Line 3: .*UTF-8"):
        decoded(SMALL.replace("How it was", "Wie es für dich war").encode("cp1252"))
    assert parse(SMALL) == parse(decoded(SMALL.encode("utf-8-sig")))


def test_very_many_mistakes_are_counted() -> None:
    """Fifteen are told."""
    told = str(Miswritten(*(Problem(line, "Not so.") for line in range(1, 19)))).split("\n")
    assert (16, "Line 1: Not so.", "and 3 more") == (len(told), told[0], told[-1])


@pytest.mark.parametrize("row", ["a" + ".a" * 5000 + " = 1", "[" + "a." * 9000 + "a]", "[[" + "a." * 9000 + "a]]"])
def test_names_within_names_are_no_fault(row: str) -> None:
    """However deep a name goes, it is refused on its line, and not read: that would take seconds."""
    assert [(1, "I can't read this line.")] == problems(row)
