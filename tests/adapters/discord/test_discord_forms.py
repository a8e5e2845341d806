"""Forms as Discord's modals."""

import asyncio
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from adapters.discord import forms, limits
from adapters.discord.drafts import Draft, Drafts
from adapters.discord.guild import account
from adapters.discord.text import clean
from bot.calls import Upload
from bot.views import Field, Form
from tests.adapters.discord.rules import check_modal
from tests.adapters.discord.written import FORMS

HOMES = st.none() | st.integers(1, 2**63 - 1).map(str)
TEN = Form("Long", "trying.long:1", tuple(Field(f"f{number}", f"Field {number}") for number in range(12)))


def sent_off(modal: dict[str, Any], typed: dict[str, str] | None = None) -> dict[str, Any]:
    """Return what comes back when a modal is sent off as it is, or with something typed."""
    made: list[dict[str, Any]] = []
    for one in modal["components"]:
        inner = one.get("component")
        if inner is None:
            made.append({"type": one["type"], "id": 1})
            continue
        ticked = [option["value"] for option in inner.get("options", ()) if option.get("default")]
        given_ = (typed or {}).get(inner["custom_id"], inner.get("value", ticked))
        back = {"type": inner["type"], "custom_id": inner["custom_id"]}
        back |= (
            {"value": given_} if inner["type"] == 4 else {"values": given_ if isinstance(given_, list) else [given_]}
        )
        made.append({"type": 18, "component": back})
    return {"custom_id": modal["custom_id"], "components": made}


@given(FORMS, HOMES)
def test_every_form_is_taken(form: Form, home: str | None) -> None:
    """Each step is a modal that Discord opens; all fields are in one of them, in their order."""
    every = forms.steps(form)
    assert [field.name for field in form.fields] == [field.name for step in every for field in step]
    for step in range(len(every)):
        modal = forms.modal(form, step, {}, home)
        check_modal(modal)
        assert (form.action, home, len(every) > 1) == forms.opened_with(modal)
        assert [field.name for field in every[step]] == forms.names(sent_off(modal))


@given(FORMS, st.text(max_size=50))
def test_what_is_filled_in_comes_back(form: Form, typed: str) -> None:
    """What was prefilled, or typed before, is there again; as far as Discord has room for it."""
    again = {field.name: typed for field in form.fields if not field.file and not field.choices}
    for step, fields in enumerate(forms.steps(form)):
        back = forms.values(sent_off(forms.modal(form, step, again)))
        for field in fields:
            if field.name in again:
                assert clean(typed) == back[field.name]


def test_a_form_as_it_looks() -> None:
    """Typing, choosing, adding a file; a hint stands below its label."""
    form = Form(
        "A form",
        "trying.sent:7",
        (
            Field("name", "Name", "Zoë", "As you like", limit=50),
            Field("why", "Why?", long=True, required=False),
            Field("role", "Role", "b", choices=(("", "Nobody"), ("a", "A"), ("b", "B"))),
            Field("list", "A list", file=True),
        ),
    )
    modal = forms.modal(form, 0, {})
    check_modal(modal)
    name, why, role, file = modal["components"]
    assert ("0trying.sent:7", "A form") == (modal["custom_id"], modal["title"])
    assert ("Name", "As you like") == (name["label"], name["description"])
    expected = {"type": 4, "custom_id": "name", "style": 1, "max_length": 50, "required": True, "value": "Zoë"}
    assert expected == name["component"]
    assert (2, False) == (why["component"]["style"], why["component"]["required"])
    assert (False, 0, "Nobody") == tuple(role["component"][key] for key in ("required", "min_values", "placeholder"))
    assert [None, True] == [one.get("default") for one in role["component"]["options"]]
    assert (1, 1, True) == tuple(file["component"][key] for key in ("min_values", "max_values", "required"))


def test_what_is_too_long_for_its_place_stands_above() -> None:
    """Titles, labels and hints that don't fit are said whole in a text above; it takes up room."""
    form = Form("T" * 60, "trying.sent", tuple(Field(f"f{n}", "L" * 60, hint="H" * 200) for n in range(3)))
    assert [2, 1] == [len(step) for step in forms.steps(form)]
    first = forms.modal(form, 0, {})
    check_modal(first)
    assert ["T" * 60, "L" * 60 + "\n" + "H" * 200] == [
        one["content"] for one in first["components"] if one["type"] == 10
    ][:2]
    assert first["title"].endswith("… (1/2)")


def test_files_are_found() -> None:
    """What Discord tells of a file stands beside the form."""
    about = {"id": "5", "filename": "people.csv", "url": "http://here/5", "size": 3}
    one = {"type": 18, "component": {"type": 19, "custom_id": "list", "values": ["5"]}}
    submitted = {"custom_id": "x", "components": [one], "resolved": {"attachments": {"5": about}}}
    assert ({"list": about}, {}) == (forms.files(submitted), forms.values(submitted))
    assert {} == forms.files({**submitted, "resolved": {}})


def test_forged_forms_are_read() -> None:
    """Nothing that never was a form of the bot's is a fault."""
    for odd in ({}, {"components": None}, {"components": [{}, {"component": {}}, {"components": []}]}):
        assert ({}, {}, []) == (forms.values(odd), forms.files(odd), forms.names(odd))


def test_a_long_form_goes_step_by_step() -> None:
    """What was typed in each step is kept until the last, and again if it has to be put right."""
    draft = Draft(TEN)
    assert [5, 5, 2] == [len(step) for step in forms.steps(TEN)]
    typed = {f"f{number}": str(number) for number in range(12)}
    for step in range(3):
        modal = forms.modal(draft.form, draft.step, draft.values)
        draft = draft.filled(forms.values(sent_off(modal, typed)), {})
        assert (step, step == 2) == (draft.step, draft.is_last)
        if not draft.is_last:
            draft = draft.further
    assert typed == draft.values
    assert typed["f0"] == forms.values(sent_off(forms.modal(TEN, 0, draft.anew.values)))["f0"]


async def test_forms_are_kept_for_a_while() -> None:
    """For each person their own; not for ever, and not more than there is room for."""
    now = [0.0]
    drafts, amara, lena = Drafts(lambda: now[0]), account("1", "2"), account("1", "3")
    drafts.keep(amara, Draft(TEN, files={"x": Upload("x", b"x")}))
    assert drafts.get(amara, TEN.action) is not None
    assert None is drafts.get(lena, TEN.action)
    now[0] = limits.FORM_LIFE + 1
    assert None is drafts.get(amara, TEN.action)
    for number in range(limits.FORMS + 5):
        drafts.keep(account("1", str(number)), Draft(TEN))
    assert None is drafts.get(account("1", "4"), TEN.action)
    assert drafts.get(account("1", "5"), TEN.action) is not None
    drafts.forget(account("1", "5"), TEN.action)
    assert None is drafts.get(account("1", "5"), TEN.action)


async def test_a_form_is_gone_when_its_time_is_over() -> None:
    """Nothing of it is in memory any more, also if nobody does anything then."""
    drafts = Drafts(life=0.01)
    drafts.keep(account("1", "2"), Draft(TEN))
    drafts.keep(account("1", "3"), Draft(TEN))
    assert 2 == len(drafts)
    over = asyncio.Event()
    asyncio.get_running_loop().call_later(0.02, over.set)
    await over.wait()
    assert 0 == len(drafts)
