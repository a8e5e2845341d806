"""Every text that people read, as it stands in the code; and the catalogues, brought up to date with it (`make texts`).

A catalogue keeps its translations. A text that is new stands in it untranslated, one that is gone is gone.
"""

import ast
import sys
import tomllib
from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages import Catalog
from babel.messages.pofile import read_po, write_po

BOT = Path(__file__).parents[2] / "bot"
LANGUAGES = BOT / "languages"
WIDTH = 110

# Which arguments of which functions are texts.
SAID = {"t": (0,), "later": (0,), "n": (0, 1), "UserError": (0,), "command": (1,), "Option": (1,)}
SAID |= {"shortcut": (1,), "person_shortcut": (1,)}
# What only those read who run the bot stays in English.
OPERATORS = ("config", "doctor", "logs.py", "members/roster.py", "outputs.py", "upkeep/", "wiring/")


def sources() -> list[Path]:
    """Return the files with texts that members and coordinators read."""
    files = sorted(BOT.rglob("*.py"), key=lambda file: file.as_posix())
    return [file for file in files if not file.relative_to(BOT).as_posix().startswith(OPERATORS)]


def texts() -> Catalog:
    """Return every text of the code, in the order of files and lines, with what is said of it there."""
    catalog = Catalog()
    for file in sources():
        where = f"bot/{file.relative_to(BOT).as_posix()}"
        for about, line, forms in _texts_in(ast.parse(file.read_text("utf-8"))):
            catalog.add(
                forms if forms[1:] else forms[0], locations=[(where, line)], auto_comments=[about] if about else []
            )
    for file in sorted(BOT.glob("policies/*.toml")):
        for rule in tomllib.loads(file.read_text("utf-8")).get("not_yet", {}).get("rules", []):
            catalog.add(rule, locations=[(f"bot/policies/{file.name}", 1)])
    for file in sorted(BOT.glob("forms/*.toml")):
        for text in _texts_of(tomllib.loads(file.read_text("utf-8"))):
            catalog.add(text, locations=[(f"bot/forms/{file.name}", 1)])
    for file in sorted(BOT.glob("badges/given/*.toml")):
        for text in _texts_of_badge(tomllib.loads(file.read_text("utf-8"))):
            catalog.add(text, locations=[(f"bot/badges/given/{file.name}", 1)])
    return catalog


def _texts_of_badge(badge: Mapping[str, Any]) -> Iterator[str]:
    """Yield what people read of a badge that comes with the bot."""
    yield from (badge["title"], badge["about"], *badge.get("perks", []))


def _texts_of(form: Mapping[str, Any]) -> Iterator[str]:
    """Yield what people read of a form that comes with the bot."""
    yield form["title"]
    for question in form["question"]:
        yield from (question["ask"], *filter(None, [question.get("hint", "")]), *question.get("choices", []))


def _texts_in(node: ast.AST, about: str = "") -> Iterator[tuple[str, int, tuple[str, ...]]]:
    """Yield the texts below a node: what the function around it does, the line, one text or two forms of one."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        about = (ast.get_docstring(node) or about).partition("\n")[0]
    if isinstance(node, ast.Call) and (args := said_by(node)):
        for forms in _forms(args):
            yield about, node.lineno, forms
    for child in ast.iter_child_nodes(node):
        yield from _texts_in(child, about)


def said_by(call: ast.Call) -> list[ast.expr]:
    """Return the arguments of a call that are texts; none if it says nothing."""
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    places = SAID.get(name, ())
    return [call.args[place] for place in places] if places and len(call.args) > places[-1] else []


def _forms(args: list[ast.expr]) -> Iterator[tuple[str, ...]]:
    """Yield what stands as text in these arguments; both, where one of two texts is taken."""
    if isinstance(args[0], ast.IfExp):
        yield from _forms([args[0].body, *args[1:]])
        yield from _forms([args[0].orelse, *args[1:]])
    elif all(isinstance(arg, ast.Constant) and isinstance(arg.value, str) for arg in args):
        yield tuple(str(ast.literal_eval(arg)) for arg in args)


def read(file: Path) -> Catalog:
    """Read a catalogue."""
    return read_po(BytesIO(file.read_bytes()), locale=file.stem)


def written(catalog: Catalog, header: str) -> str:
    """Return a catalogue as it stands in its file: no line numbers and no dates, so that little changes at a time."""
    body = BytesIO()
    write_po(body, catalog, width=WIDTH, omit_header=True, ignore_obsolete=True, include_lineno=False)
    return f"{header.strip()}\n\n{body.getvalue().decode('utf-8').strip()}\n"


def updated(file: Path) -> str:
    """Return a catalogue's file as it should be for the texts of now."""
    catalog = read(file)
    catalog.update(texts(), no_fuzzy_matching=True)
    return written(catalog, file.read_text("utf-8").partition("\n\n")[0])


def translated(string: str | list[str] | tuple[str, ...] | None) -> bool:
    """Tell whether a text is translated, in all of its forms."""
    return all(string) if isinstance(string, list | tuple) else bool(string)


def main() -> None:
    """Bring all catalogues up to date, and say what is left to translate."""
    for file in sorted(LANGUAGES.glob("*.po")):
        file.write_text(updated(file), "utf-8")
        every = [message for message in read(file) if message.id]
        done = sum(translated(message.string) for message in every)
        sys.stdout.write(f"bot/languages/{file.name}: {done} of {len(every)} texts are translated.\n")


if __name__ == "__main__":
    main()
