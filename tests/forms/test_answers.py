"""A form as it is filled in, and what each reader sees of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.forms.definition import Kind, SeenBy
from bot.forms.filling import LENGTHS, Answers, counted, fields, read
from bot.forms.reading import parse
from bot.forms.showing import Reader, shown, visible
from bot.views import Errors, Text
from tests.forms.written import ANSWERS, EVERY, GOALS

FORM = parse(EVERY)
# What each reader may see of a form with an answer to everything; with `each`: coordinators see single answers.
SEEN = [
    (Reader.AUTHOR, False, ["rating", "one", "several", "yesno", "short", "long", "goals", "steps"]),
    (Reader.AUTHOR, True, ["rating", "one", "several", "yesno", "short", "long", "goals", "steps"]),
    (Reader.PAIRING, False, ["yesno", "long", "goals", "steps"]),
    (Reader.PAIRING, True, ["yesno", "long", "goals", "steps"]),
    (Reader.COORDINATOR, False, ["one", "several"]),
    (Reader.COORDINATOR, True, ["rating", "one", "several"]),
]


@pytest.mark.parametrize(("reader", "each", "ids"), SEEN)
def test_everybody_sees_what_the_form_says(reader: Reader, each: bool, ids: list[str]) -> None:
    """Nothing of any other answer is in what somebody is shown."""
    assert ids == [one.id for one in visible(FORM, reader, each_answer=each)]
    every = {one.id: f"zq{number}" for number, one in enumerate(FORM.questions)}
    told = [block.text for block in shown(FORM, every, reader, each_answer=each) if isinstance(block, Text)]
    hidden = [value for id_, value in every.items() if id_ not in ids]
    assert len(ids) == len(told)
    assert [] == [value for value in hidden if value in repr(told)]


def test_answers_in_words() -> None:
    """What was chosen stands there with its label, goals with their texts; what wasn't answered is left out."""
    blocks = shown(FORM, {**ANSWERS, "long": ""}, Reader.AUTHOR, GOALS)
    words = [block.text for block in blocks if isinstance(block, Text)]
    expected = ["4", "Birch", "Cedar\nDouglas fir, old", "No", "heliotrope", "Find a job", "Amara: send the list"]
    assert expected == words
    (block,) = [one for one in shown(FORM, {"goals": "9,99,98"}, Reader.PAIRING, GOALS) if isinstance(one, Text)]
    assert "Find a job\n2 goals that are gone" == block.text


@pytest.mark.parametrize(
    ("id_", "each", "who"),
    [
        ("short", False, "Only you will see this."),
        ("yesno", False, "You two will see this; the coordinators won't."),
        ("long", False, "As you like. You two will see this; the coordinators won't."),
        ("one", False, "Only you and the coordinators will see this."),
        ("rating", False, "Your mentor and the coordinators see this only counted together with others' answers."),
        ("rating", True, "the coordinators see yours."),
    ],
)
def test_each_field_says_who_will_see_it(id_: str, each: bool, who: str) -> None:
    """Before anything is written."""
    (field,) = [one for one in fields(FORM, {}, GOALS, each_answer=each) if one.name == id_]
    assert field.hint.endswith(who)


def test_a_form_is_prefilled() -> None:
    """With what was answered so far; a session without goals isn't asked for them."""
    there = fields(FORM, ANSWERS, GOALS)
    assert ANSWERS == {one.name: one.value for one in there}
    assert ["several", "goals"] == [one.name for one in there if one.several]
    assert (("7", "Speak freely"), ("9", "Find a job")) == there[6].choices
    assert "goals" not in [one.name for one in fields(FORM, ANSWERS)]


def test_what_is_sent_off_is_read() -> None:
    """What was chosen comes in the order of the choices, each once; what isn't asked is left out."""
    typed = {**ANSWERS, "several": "3,1,3", "goals": "9,7", "short": " a\x00b ", "elsewhere": "x", "yesno": ""}
    expected = {**ANSWERS, "several": "1,3", "goals": "7,9", "short": "ab"}
    del expected["yesno"]
    assert expected == read(FORM, typed, GOALS)


@pytest.mark.parametrize(
    ("id_", "value", "why"),
    [
        ("rating", "", "Please answer this one."),
        ("rating", "6", "Please choose from the list."),
        ("rating", "1,2", "Please choose from the list."),
        ("one", "3", "Please choose from the list."),
        ("several", "1,4", "Please choose from the list."),
        ("several", ",", "Please choose from the list."),
        ("yesno", "maybe", "Please choose from the list."),
        ("goals", "8", "Please choose from the list."),
        ("short", "x" * 201, "This has 201 characters; there is room for 200. Please shorten it."),
        ("long", "x" * 10_000, "This has 10000 characters; there is room for 2000. Please shorten it."),
        ("steps", "x" * 1001, "This has 1001 characters; there is room for 1000. Please shorten it."),
    ],
)
def test_what_cant_be_taken_is_said_beside_its_field(id_: str, value: str, why: str) -> None:
    """Also of forms that were forged: nobody chooses what wasn't offered."""
    assert Errors({id_: why}) == read(FORM, {**ANSWERS, id_: value}, GOALS)


def test_a_draft_needs_no_answers() -> None:
    """But what is in it has to be right."""
    assert {} == read(FORM, {}, GOALS, draft=True)
    assert isinstance(read(FORM, {"rating": "9"}, GOALS, draft=True), Errors)
    assert Errors({"goals": "Please choose from the list."}) == read(FORM, ANSWERS)


@given(st.dictionaries(st.sampled_from([one.id for one in FORM.questions]), st.text(max_size=2500)))
def test_whatever_is_typed_is_kept_or_refused(typed: Answers) -> None:
    """What is kept can be filled in and read again, and shown to anybody."""
    kept = read(FORM, typed, GOALS, draft=True)
    if isinstance(kept, Errors):
        assert set(kept.errors) <= set(typed)
        return
    assert all(
        len(kept[one.id]) <= LENGTHS[one.kind] for one in FORM.questions if one.kind in LENGTHS and one.id in kept
    )
    again = {one.name: one.value for one in fields(FORM, kept, GOALS)}
    assert kept == read(FORM, again, GOALS, draft=True)
    assert 2 * len(kept) == len(shown(FORM, kept, Reader.AUTHOR, GOALS))


def test_what_a_mentor_sees_the_totals_of() -> None:
    """Only what the form says; and it can be asked for by kind and by id."""
    assert ["rating"] == [one.id for one in counted(FORM)]
    assert FORM.question("steps") == FORM.of_kind(Kind.STEPS)
    assert ["rating", "short"] == [one.id for one in FORM.seen_by(SeenBy.TOTALS, SeenBy.AUTHOR).questions]
    assert (False, True) == (FORM.is_for(mentor=True), FORM.is_for(mentor=False))
