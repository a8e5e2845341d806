"""What Discord takes of components, forms and commands, field by field."""

from typing import Any

import pytest

from tests.stand_ins.discord import rules_commands, rules_components
from tests.stand_ins.discord.errors import Failure, Json


def button(**more: object) -> Json:
    """Return a button."""
    return {"type": 2, "style": 2, "label": "Go", "custom_id": "go", **more}


def row(*below: Json) -> Json:
    """Return a row."""
    return {"type": 1, "components": list(below)}


def menu(options: int = 2, **more: object) -> Json:
    """Return a select."""
    rows = [{"label": f"{number}", "value": f"{number}"} for number in range(options)]
    return {"type": 3, "custom_id": "pick", "options": rows, **more}


def text(content: str = "Hello") -> Json:
    """Return a text of Components V2."""
    return {"type": 10, "content": content}


def section(*texts: Json, accessory: Json | None = None) -> Json:
    """Return a text with something beside it."""
    return {"type": 9, "components": list(texts), **({"accessory": accessory} if accessory else {})}


def unlike(number: int) -> Json:
    """Return a button with an id of its own."""
    return button(custom_id=f"{number}")


@pytest.mark.parametrize(
    ("rows", "modern"),
    [
        ([row(*map(unlike, range(5)))], False),
        ([row(unlike(number)) for number in range(5)], False),
        ([row(menu(25))], False),
        ([row(button(style=5, custom_id=None, url="https://example.org"))], False),
        ([text(), row(button()), {"type": 14}], True),
        ([{"type": 17, "components": [text("x" * 4000)]}], True),
        ([section(text(), text(), text(), accessory=button())], True),
        ([text() for _ in range(40)], True),
    ],
)
def test_what_a_message_may_have(rows: list[Json], modern: bool) -> None:
    """Five rows of five buttons, a select alone; in Components V2 forty components and 4,000 characters."""
    cleaned = [{name: value for name, value in one.items() if value is not None} for one in rows]
    for one in cleaned:
        for each in one.get("components", []):
            each.pop("custom_id") if each.get("custom_id", "") is None else None
    rules_components.check_message(cleaned, modern=modern)


@pytest.mark.parametrize(
    ("rows", "modern", "where"),
    [
        ([row(*map(unlike, range(6)))], False, "components.0.components"),
        ([row(unlike(number)) for number in range(6)], False, "components"),
        ([row(button(), button())], False, "components"),
        ([row(button(label=""))], False, "components.0.components.0"),
        ([row(button(label="x" * 81))], False, "components.0.components.0.label"),
        ([row(button(custom_id="x" * 101))], False, "components.0.components.0.custom_id"),
        ([row(button(style=5))], False, "components.0.components.0"),
        ([row(menu(26))], False, "components.0.components.0.options"),
        ([row(menu(0))], False, "components.0.components.0.options"),
        ([row(menu(), button())], False, "components.0"),
        ([text()], False, "components.0.type"),
        ([], True, "components"),
        ([text() for _ in range(41)], True, "components"),
        ([text("x" * 2001), text("x" * 2000)], True, "components"),
        ([text("")], True, "components.0.content"),
        ([section(text())], True, "components.0.accessory"),
        ([section(*[text()] * 4, accessory=button())], True, "components.0.components"),
        ([{"type": 17, "components": [{"type": 17, "components": [text()]}]}], True, "components.0.components.0.type"),
        ([{"type": 13, "file": {"url": "attachment://a.png"}}], True, "components"),
    ],
)
def test_what_a_message_may_not_have(rows: list[Json], modern: bool, where: str) -> None:
    """The answer names the field."""
    with pytest.raises(Failure) as caught:
        rules_components.check_message(rows, modern=modern, files=[])
    assert where == path(caught.value)


def path(failure: Failure) -> str:
    """Return the field that is wrong."""
    at: Any = failure.errors
    parts: list[str] = []
    while "_errors" not in at:
        [(name, at)] = at.items()
        parts.append(name)
    return ".".join(parts)


def label(component: Json, **more: object) -> Json:
    """Return a field with its label."""
    return {"type": 18, "label": "Why", "component": component, **more}


def field(number: int = 0, **more: object) -> Json:
    """Return a text field."""
    return {"type": 4, "style": 1, "custom_id": f"why{number}", **more}


def form(*rows: Json, **more: object) -> Json:
    """Return a form."""
    return {"title": "A form", "custom_id": "form", "components": list(rows), **more}


@pytest.mark.parametrize(
    "body",
    [
        form(*(label(field(number)) for number in range(5))),
        form(label(field(max_length=4000, value="x" * 4000)), text(), label(menu())),
        form(row(field(label="Why"))),
        form(label({"type": 21, "custom_id": "one", "options": menu(10)["options"]})),
    ],
)
def test_what_a_form_may_have(body: Json) -> None:
    """Five fields with labels, texts between them."""
    rules_components.check_modal(body)


@pytest.mark.parametrize(
    ("body", "where"),
    [
        (form(), "data.components"),
        (form(*(label(field(number)) for number in range(6))), "data.components"),
        (form(label(field()), title="x" * 46), "data.title"),
        (form(label(field()), custom_id=""), "data.custom_id"),
        (form(label(field(), label="x" * 46)), "data.components.0.label"),
        (form(label(field(), description="x" * 101)), "data.components.0.description"),
        (form(label(field(label="Why"))), "data.components.0.component.label"),
        (form(label(field()), label(field())), "data.components"),
        (form(label(field(max_length=4001))), "data.components.0.component.max_length"),
        (form(label(field(max_length=3, value="four"))), "data.components.0.component.value"),
        (form(label(button())), "data.components.0.component.type"),
        (form(field()), "data.components.0.type"),
        (
            form(label({"type": 21, "custom_id": "x", "options": menu(1)["options"]})),
            "data.components.0.component.options",
        ),
    ],
)
def test_what_a_form_may_not_have(body: Json, where: str) -> None:
    """The answer names the field."""
    with pytest.raises(Failure) as caught:
        rules_components.check_modal(body)
    assert where == path(caught.value)


def command(*options: Json, **more: object) -> Json:
    """Return a command."""
    return {"name": "mentor", "description": "For members", "options": list(options), **more}


def option(name: str = "who", kind: int = 3, **more: object) -> Json:
    """Return an option."""
    return {"type": kind, "name": name, "description": "Who", **more}


SUB = option("away", 1)


@pytest.mark.parametrize(
    "body",
    [
        [command(), command(name="other"), {"type": 3, "name": "Try This"}],
        [command(*(option(f"sub-{number}", 1) for number in range(25)))],
        [command(option("group", 2, options=[SUB]))],
        [command(option(required=True), option("why", choices=[{"name": "Ill", "value": "i"}]))],
        [command(name="mentoría")],
    ],
)
def test_what_commands_may_be(body: list[Json]) -> None:
    """Twenty-five subcommands, groups of them, typed options."""
    rules_commands.check(body)


@pytest.mark.parametrize(
    ("body", "where"),
    [
        ([command(name="Mentor")], "0.name"),
        ([command(name="mentor bot")], "0.name"),
        ([command(name="x" * 33)], "0.name"),
        ([command(description="")], "0.description"),
        ([command(description="x" * 101)], "0.description"),
        ([command(), command()], "_"),
        ([command(*(option(f"sub-{number}", 1) for number in range(26)))], "0.options"),
        ([command(SUB, option())], "0.options"),
        ([command(option(), option("why", required=True))], "0.options.1"),
        ([command(option(), option())], "0.options.1"),
        ([command(option("group", 2, options=[option("inner", 2)]))], "0.options.0.options.0.type"),
        ([command(option(kind=6, autocomplete=True))], "0.options.0.choices"),
        ([command(option(kind=4, max_length=3))], "0.options.0.max_length"),
        ([{"type": 3, "name": "Try", "description": "x"}], "0.description"),
    ],
)
def test_what_commands_may_not_be(body: list[Json], where: str) -> None:
    """The answer names the field."""
    with pytest.raises(Failure) as caught:
        rules_commands.check(body)
    assert where == path(caught.value)
