"""No text stands loose in the code: what people read is said by `t` and its kin, and is never put together of halves.

The dialogues (test_everything_is_translated.py) hear what is said in them; this looks at every line, said or not.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.languages import texts

# Where a view takes what people read: by place, and by name.
PLACES = {"Text": [0], "Heading": [0], "Note": [0], "Button": [0], "Link": [0], "Field": [1], "Form": [0], "File": [2]}
PLACES |= {"Image": [2], "message": list(range(10))}
NAMES = frozenset({"text", "label", "hint", "title", "submit"})
SAYING = frozenset({"t", "n", "later", "UserError"})
# Their errors are met only by whoever runs the bot: coordinators' entries are checked before they get there.
OPERATORS_ERRORS = frozenset({"policy.py"})
WORDINGS = [file for file in texts.sources() if file.name.endswith("wording.py")]


def loose(source: str, *, errors: bool = True) -> list[str]:
    """Return the texts that are shown as they are, or put together before they are said."""
    found: list[str] = []
    for call in (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)):
        name = call.func.id if isinstance(call.func, ast.Name) else ""
        if name in PLACES:
            shown = [call.args[place] for place in PLACES[name] if place < len(call.args)]
            shown += [keyword.value for keyword in call.keywords if keyword.arg in NAMES]
            found += [ast.unparse(node) for arg in shown for node in _written(arg)]
        elif name in SAYING and call.args and (errors or name != "UserError"):
            found += [ast.unparse(node) for node in _written(call.args[0]) if not isinstance(node, ast.Constant)]
    return found


def unsaid(source: str) -> list[str]:
    """Return what stands in a wording.py and is never said by `t`; sets of words are what the bot understands."""
    tree, said = ast.parse(source), set[ast.AST]()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            said |= {part for arg in texts.said_by(node) for part in ast.walk(arg)}
        elif isinstance(node, ast.Set):
            said |= set(node.elts)
        elif isinstance(node, ast.Expr):
            said.add(node.value)  # a docstring
    constants = (node for node in ast.walk(tree) if isinstance(node, ast.Constant) and node not in said)
    sentences = (node.value for node in constants if isinstance(node.value, str) and " " in node.value.strip())
    return [text for text in sentences if not text.startswith("/")]  # an example of a command


def _written(node: ast.expr) -> Iterator[ast.expr]:
    """Yield what is written out there: a text, one with values in it, or one with something added."""
    match node:
        case ast.Constant(value=str(text)) if any(map(str.isalpha, text)):
            yield node
        case ast.JoinedStr(values=parts) if any(True for part in parts for _ in _written(part)):
            yield node
        case ast.BinOp(left=left, right=right) if [*_written(left), *_written(right)]:
            yield node
        case ast.Call(func=ast.Attribute(value=text, attr="format")) if [*_written(text)]:
            yield node
        case ast.IfExp(body=body, orelse=orelse):
            yield from _written(body)
            yield from _written(orelse)
        case ast.Starred(value=value):
            yield from _written(value)


@pytest.mark.parametrize("file", texts.sources(), ids=lambda file: file.relative_to(texts.BOT).as_posix())
def test_no_text_stands_loose(file: Path) -> None:
    """Each view's text comes from `t`, `n` or a value, and what they say is written out whole."""
    errors = file.relative_to(texts.BOT).as_posix() not in OPERATORS_ERRORS
    assert [] == loose(file.read_text("utf-8"), errors=errors)


@pytest.mark.parametrize("file", WORDINGS, ids=lambda file: file.relative_to(texts.BOT).as_posix())
def test_what_is_worded_is_said(file: Path) -> None:
    """Every sentence of a wording.py is said by `t` or `n`, or marked by `later`."""
    assert [] == unsaid(file.read_text("utf-8"))


def test_what_is_worded_and_not_said_is_found() -> None:
    """A sentence in a table that nobody marked is noticed; a docstring and a set of words are none."""
    assert ["{name} is away"] == unsaid('"""A room."""\nTABLE = {1: "{name} is away", 2: later("Come back")}')
    assert [] == unsaid('KNOWN = {"as in my program"}\nt("a b", c=n("d e", "f g", 1))')


@pytest.mark.parametrize(
    "source",
    [
        'Text("Hello")',
        'Text(f"Hello {name}")',
        'Button("Later" if late else t("Now"), action)',
        'Field("until", t("Until when?"), hint="Monday")',
        'message(t("Well done."), "Go on")',
        't("Hello " + name)',
        't(f"Hello {name}")',
        'raise UserError("Nobody is called {name}".format(name=name))',
    ],
)
def test_loose_texts_are_found(source: str) -> None:
    """Whatever is forgotten in one of these ways is noticed."""
    assert 1 == len(loose(source))


@pytest.mark.parametrize(
    "source",
    [
        'Text(t("Hello {name}", name=name))',
        'Text(f"{name}: {text}")',
        'Field("until", label, value="Monday")',
        't("Hello" if late else "Good morning")',
        'raise UserError("This is too long.")',
        'Text(" ".join(lines))',
    ],
)
def test_what_is_right_is_left_alone(source: str) -> None:
    """What `t` says, and values with signs between them, are no loose texts."""
    assert [] == loose(source)
