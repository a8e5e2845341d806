"""Forms as Slack's modals: shown, filled in, sent off and answered."""

from typing import Any

import pytest
from hypothesis import example, given

from adapters.slack import forms
from adapters.slack.text import unescape
from bot.views import Button, Errors, Field, Form, Message, message
from tests.adapters.slack import views
from tests.adapters.slack.block_kit import check_view, texts
from tests.adapters.slack.views import HARD, MESSAGES, no_links

Json = dict[str, Any]
FIELDS = (
    Field("short", "Short", "as <is> & was", "A hint", required=False, limit=50),
    Field("long", "Long", long=True),
    Field("role", "Role", "mentee", choices=(("mentor", "Mentor"), ("mentee", "Mentee"))),
    Field("list", "A list", required=False, file=True),
)
FORM = Form("A form", "trying.sent:7", FIELDS, "Send it")


def sent_off(view: Json, typed: dict[str, str] | None = None, files: dict[str, list[str]] | None = None) -> Json:
    """Return a modal as Slack gives it back: with what was prefilled, and what was typed or added instead."""
    state: dict[str, dict[str, Json]] = {}
    for block in view["blocks"]:
        if block["type"] == "input":
            element = block["element"]
            name = element["action_id"]
            state[block["block_id"]] = {name: _state(element, (typed or {}).get(name), (files or {}).get(name, []))}
    return {"id": "V1", "team_id": "T1", "hash": "1.a", **view, "state": {"values": state}}


def _state(element: Json, typed: str | None, files: list[str]) -> Json:
    match element["type"]:
        case "file_input":
            return {"type": "file_input", "files": [{"id": file, "name": "a.csv"} for file in files]}
        case "static_select":
            options = {option["value"]: option for option in element["options"]}
            chosen = element.get("initial_option") if typed is None else options[typed]
            return {"type": "static_select", "selected_option": chosen}
        case "checkboxes" | "multi_static_select" as kind:
            return {"type": kind, "selected_options": element.get("initial_options", [])}
    return {"type": "plain_text_input", "value": element.get("initial_value") if typed is None else typed}


@given(views.forms())
@example(Form("T" * 25, "a", (Field("a", "", "x" * 5000, "", limit=1),), ""))
@example(Form("T", "a", (), "\x1b \x1b"))
@example(Form("", "a", ()))
@example(Form(HARD[0], "a", tuple(Field(f"f{number}", "L") for number in range(150))))
def test_every_form_can_be_opened(form: Form) -> None:
    """Whatever stands in it, Slack takes it; and what is filled in comes back, as far as there is room."""
    view = forms.view(form)
    check_view(view)
    assert form.action == forms.action(sent_off(view))
    for field in form.fields[:90]:
        value = forms.values(sent_off(view)).get(field.name, "")
        if not field.several:
            cut = forms._cut(field.value, 3000)  # noqa: SLF001
            assert field.value.startswith(value) or value in {*dict(field.choices), cut}


@given(MESSAGES)
@example(Message(()))
def test_every_answer_can_be_shown_in_a_modal(view: Message) -> None:
    """A message takes the place of the form that it answers."""
    shown = forms.shown(view, no_links)
    assert len(shown["blocks"]) <= 100
    assert "submit" not in shown
    check_view(shown)


def test_a_form_is_shown_with_what_is_filled_in() -> None:
    """Fields, hints, choices and what is prefilled stand where Slack has them."""
    view = forms.view(FORM)
    short, long, role, file = view["blocks"]
    assert ("A form", "Send it") == (view["title"]["text"], view["submit"]["text"])
    assert [True, False, False, True] == [block["optional"] for block in view["blocks"]]
    assert ("A hint", False) == (short["hint"]["text"], "hint" in long)
    assert ("as <is> & was", 50, False) == tuple(
        short["element"][key] for key in ("initial_value", "max_length", "multiline")
    )
    assert (True, 200) == (long["element"]["multiline"], long["element"]["max_length"])
    assert ["mentor", "mentee"] == [option["value"] for option in role["element"]["options"]]
    assert "mentee" == role["element"]["initial_option"]["value"]
    assert ("file_input", 1) == (file["element"]["type"], file["element"]["max_files"])


def test_what_was_sent_off_is_read() -> None:
    """Values by field name, what was left empty as an empty text, files as ids."""
    view = forms.view(FORM)
    back = sent_off(view, {"long": "two\nlines & <more>", "role": "mentor"}, {"list": ["F1"]})
    expected = {"short": "as <is> & was", "long": "two\nlines & <more>", "role": "mentor"}
    assert ("trying.sent:7", expected, {"list": "F1"}) == (forms.action(back), forms.values(back), forms.files(back))
    assert {"short": "as <is> & was", "long": "", "role": "mentee"} == forms.values(sent_off(view))
    assert {} == forms.files(sent_off(view))


@pytest.mark.parametrize("broken", [{}, {"state": {}}, {"state": {"values": {}}}, {"private_metadata": None}])
def test_a_modal_without_anything_is_read(broken: Json) -> None:
    """What a forged or old one lacks is empty."""
    assert ("", {}, {}) == (forms.action(broken), forms.values(broken), forms.files(broken))


def test_errors_stand_beside_their_fields() -> None:
    """Each by the id of its block; what belongs to no field, or to one that isn't there, stands at the first."""
    back = sent_off(forms.view(FORM))
    answer = forms.errors(
        back, Errors({"role": "Please choose.", "": "Not yet.", "gone": "And <this>.", "short": "Short."})
    )
    ids = {block["element"]["action_id"]: block["block_id"] for block in back["blocks"]}
    expected = {ids["role"]: "Please choose.", ids["short"]: "Not yet.\nAnd <this>.\nShort."}
    assert {"response_action": "errors", "errors": expected} == answer


def test_a_form_without_fields_says_above_what_is_wrong() -> None:
    """It stays open with its button; the second time the new error stands there alone."""
    back = sent_off(forms.view(Form("Really?", "trying.sent", (), "Yes")))
    first = forms.errors(back, Errors({"": "Not <yet>."}))["view"]
    second = forms.errors(sent_off(first), Errors({"": "Still not."}))["view"]
    assert ["Not <yet>.", "Really?"] == [unescape(text) for text in texts(first["blocks"])]
    assert ["Still not.", "Really?"] == list(texts(second["blocks"]))
    for view in (first, second):
        check_view(view)
        assert ("Yes", "trying.sent") == (view["submit"]["text"], forms.action(view))
        assert {"type", "title", "submit", "blocks", "private_metadata", "callback_id"} == view.keys()


def test_a_further_step_takes_the_place_of_the_form() -> None:
    """And nothing that was typed before slips into its fields: Slack keeps that where ids of blocks stay the same."""
    back = sent_off(forms.view(FORM))
    further = Form("A form", "trying.sent:8", FIELDS, "Send it")
    answer = forms.answer(back, further, no_links)
    assert "update" == answer["response_action"]
    check_view(answer["view"])
    assert set() == {block["block_id"] for block in back["blocks"]} & {b["block_id"] for b in answer["view"]["blocks"]}
    assert forms.view(FORM) == forms.view(FORM)


def test_every_answer_to_a_form() -> None:
    """Errors, a message with its buttons, or nothing for what was delivered before."""
    back = sent_off(forms.view(FORM))
    assert "errors" == forms.answer(back, Errors({"": "No."}), no_links)["response_action"]
    done = forms.answer(back, message("Done.", actions=(Button("More", "trying.more"),)), no_links)["view"]
    check_view(done)
    assert ("mentorbot", forms.SHOWN) == (done["title"]["text"], done["callback_id"])
    assert "trying.more" == done["blocks"][1]["elements"][0]["value"]
    assert {} == forms.answer(back, None, no_links)


def test_long_titles_are_said_in_full() -> None:
    """What doesn't fit above the form stands in it; what fits stands there once."""
    long = "¿Quién se ocupa de esta pareja de mentoría?"
    view = forms.view(Form(long, "a", FIELDS, "s" * 25))
    assert ("¿Quién se ocupa de…", "s" * 23 + "…") == (view["title"]["text"], view["submit"]["text"])
    assert long == next(texts(view["blocks"]))
    assert 4 == len(forms.view(FORM)["blocks"])


def test_nothing_typed_is_too_long_for_its_field() -> None:
    """What is filled in already fits, also where it is longer than what is asked for."""
    view = forms.view(Form("T", "a", (Field("a", "A", "👍" * 30, limit=10), Field("b", "B", "👍" * 2000, limit=9000))))
    first, second = (block["element"] for block in view["blocks"])
    assert ("👍" * 30, 60) == (first["initial_value"], first["max_length"])
    assert ("👍" * 1500, 3000) == (second["initial_value"], second["max_length"])


def test_to_choose_nothing_is_a_choice() -> None:
    """An option can't be empty on Slack: its label stands there until something is chosen, and need not be."""
    field = Field("who", "Who?", "", choices=(("", "Nobody"), ("a", "Ana")))
    view = forms.view(Form("T", "a", (field,)))
    (block,) = view["blocks"]
    assert (True, "Nobody") == (block["optional"], block["element"]["placeholder"]["text"])
    assert ["Ana"] == [option["text"]["text"] for option in block["element"]["options"]]
    assert {"who": ""} == forms.values(sent_off(view))


def test_an_action_that_is_too_long_is_a_fault() -> None:
    """It would come back cut, so it isn't given out."""
    with pytest.raises(ValueError, match="3000"):
        forms.view(Form("T", "a" * 3001, ()))
