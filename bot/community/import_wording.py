"""What is said about an import: its form, its dry run, what it did."""

from collections.abc import Mapping, Sequence

from bot.community.columns import EXAMPLE, TEMPLATE, Column
from bot.community.lines import Problem
from bot.community.planning import Change, Key, Pair, Plan
from bot.language import isolated, n, t
from bot.members.roles import role_names
from bot.tables import as_csv
from bot.views import Actions as Row
from bot.views import Block, Button, Field, File, Form, Heading, Message, Note, Text, action, message
from bot.wording import chosen, names
from storage.programs import State

PASTED_LIMIT = 3000  # characters
SHOWN = 20  # problems in the message; the file has them all
NAMED = 10  # people who are named one by one


def form(pasted: str = "") -> Form:
    """Ask for a list."""
    return Form(
        t("Import people"),
        action("community.import"),
        (
            Field("file", t("A CSV file"), required=False, file=True),
            Field(
                "text",
                t("Or paste the rows here"),
                value=pasted,
                hint=t("For example:\n{example}", example=EXAMPLE),
                required=False,
                long=True,
                limit=PASTED_LIMIT,
            ),
        ),
        submit=t("Look through it"),
    )


def example() -> Message:
    """Hand over a small list to begin with."""
    content = "".join(f"{','.join(row)}\r\n" for row in TEMPLATE).encode("utf-8-sig")
    return Message(
        (
            Text(t("Here is a small list to begin with. Put your own people in the place of these two.")),
            File("people.csv", content, t("A list of two people")),
            Note(
                t(
                    "Account is how somebody is mentioned here, or write a column email. "
                    "Further columns are possible: zone, country, language, coordinator."
                )
            ),
            Row((Button(t("Import people"), action("community.import_form"), primary=True),)),
        )
    )


def nothing_given() -> str:
    """Say that there is no list."""
    return t("Please add a file, or paste rows below.")


def both_given() -> str:
    """Say that there are two lists."""
    return t("There is a file as well. Please give one of them: the file, or the pasted rows.")


def to_mend(plan: Plan, rest: Plan | None, remarks: Sequence[str], mend: str | None) -> Message:
    """List what has to be mended. `rest`: what the other rows would do; `mend` opens what was pasted again."""
    count = len(plan.problems)
    more = count - SHOWN
    blocks: list[Block] = [
        Heading(
            n(
                "Nothing was imported: {n} thing has to be mended first.",
                "Nothing was imported: {n} things have to be mended first.",
                count,
            )
        ),
        *(Text(_problem(problem)) for problem in plan.problems[:SHOWN]),
    ]
    if more > 0:
        blocks.append(Text(n("… and {n} more. The file has them all.", "… and {n} more. The file has them all.", more)))
    blocks.append(_problems_file(plan.problems))
    blocks += map(Note, (*plan.remarks, *remarks, *_would(rest)))
    buttons = [Button(t("Mend what I pasted"), mend, primary=True)] if mend else []
    again = Button(t("Import again"), action("community.import_form"))
    return Message((*blocks, Row((*buttons, again))))


def _problem(problem: Problem) -> str:
    values = {"line": problem.line, "column": isolated(problem.column), "reason": problem.reason}
    if not problem.column:
        return t("Line {line}: {reason}", line=problem.line, reason=problem.reason)
    if problem.guess:
        return t("Line {line}, {column}: {reason} Did you mean {guess}?", **values, guess=isolated(problem.guess))
    return t("Line {line}, {column}: {reason}", **values)


def _problems_file(problems: Sequence[Problem]) -> File:
    head = (t("line"), t("column"), t("what to mend"), t("perhaps"))
    rows = [(str(problem.line), problem.column, problem.reason, problem.guess) for problem in problems]
    text = n("What has to be mended: {n} row", "What has to be mended: {n} rows", len(problems))
    return File("problems.csv", as_csv([head, *rows]), text)


def _would(plan: Plan | None) -> list[str]:
    """Say in figures what the rows of a list would do in which nothing has to be mended."""
    if plan is None or plan.does_nothing:
        return []
    return [
        t(
            "The other rows are fine: they would add {new}, change {changed} and make {pairings}.",
            new=_people(len(plan.new)),
            changed=_people(len(plan.changes)),
            pairings=_pairings(len(plan.new_pairs)),
        )
    ]


def _people(count: int) -> str:
    return n("{n} person", "{n} people", count)


def _pairings(count: int) -> str:
    return n("{n} pairing", "{n} pairings", count)


def nothing_to_do(plan: Plan, remarks: Sequence[str]) -> Message:
    """Say that all is as the list says."""
    return Message(
        (Text(t("All is as the list says already. There is nothing to add or to change.")), *map(Note, remarks))
    )


def would_do(plan: Plan, remarks: Sequence[str], confirm: str, opening: str = "") -> Message:
    """Say what the import would do, with the button that does it."""
    blocks: list[Block] = [Text(opening)] if opening else []
    blocks.append(Heading(t("Nothing is written yet. This is what I would do:")))
    blocks += map(Text, _told(plan))
    blocks += map(Note, (*plan.remarks, *remarks))
    return Message((*blocks, Row((Button(_label(plan), confirm, primary=True),))))


def _told(plan: Plan) -> list[str]:
    new, pairs, handed_over = list(plan.new.values()), plan.new_pairs, plan.handed_over
    lines: list[str] = []
    if new:
        some = _some([t("{name} ({roles})", name=isolated(p.name), roles=role_names(p.roles)) for p in new])
        lines.append(n("Add {n} person: {names}", "Add {n} people: {names}", len(new), names=some))
    if plan.changes:
        some = _some([_change(change) for change in plan.changes])
        lines.append(n("Change {n} person: {changes}", "Change {n} people: {changes}", len(plan.changes), changes=some))
    if pairs:
        some = _some([_pair(pair, plan.names) for pair in pairs])
        lines.append(n("Make {n} pairing: {pairs}", "Make {n} pairings: {pairs}", len(pairs), pairs=some))
    if handed_over:
        some = _some([_pair(pair, plan.names) for pair in handed_over])
        count = len(handed_over)
        lines.append(_handed_over(count, some))
    if plan.unchanged:
        count = plan.unchanged
        lines.append(n("Leave {n} person as they are.", "Leave {n} people as they are.", count))
    if plan.paired_already:
        count = plan.paired_already
        lines.append(n("Leave {n} pairing as it is.", "Leave {n} pairings as they are.", count))
    return lines


def _handed_over(count: int, pairs: str) -> str:
    return n(
        "Give {n} pairing another coordinator: {pairs}",
        "Give {n} pairings another coordinator: {pairs}",
        count,
        pairs=pairs,
    )


def _some(items: Sequence[str]) -> str:
    if len(items) <= NAMED:
        return "; ".join(items)
    more = n("and {n} more", "and {n} more", len(items) - NAMED)
    return "; ".join([*items[:NAMED], more])


def _change(change: Change) -> str:
    values = change.values
    told = [
        *([t("is called {name}", name=isolated(values["name"]))] if "name" in values else []),
        *([t("is {roles}", roles=role_names(values["roles"]))] if "roles" in values else []),
        *(str(values[column]) for column in (Column.ZONE, Column.COUNTRY, Column.LANGUAGE) if column in values),
    ]
    return t("{name}: {changes}", name=isolated(change.member.name), changes=", ".join(told))


def _pair(pair: Pair, called: Mapping[Key, str]) -> str:
    return t("{mentor} with {mentee}", mentor=isolated(called[pair.mentor]), mentee=isolated(called[pair.mentee]))


def _label(plan: Plan) -> str:
    new, pairs = len(plan.new), len(plan.new_pairs)
    if new and pairs:
        return t("Add {people} and {pairings}", people=_people(new), pairings=_pairings(pairs))
    if new:
        return n("Add {n} person", "Add {n} people", new)
    if pairs:
        return n("Make {n} pairing", "Make {n} pairings", pairs)
    return n("Change {n} person", "Change {n} people", len(plan.changes)) if plan.changes else t("Change the pairings")


def done(plan: Plan, state: State) -> Message:
    """Say what was imported."""
    lines = [
        *([n("{n} person was added.", "{n} people were added.", len(plan.new))] if plan.new else []),
        *([n("{n} person was changed.", "{n} people were changed.", len(plan.changes))] if plan.changes else []),
        *([n("{n} pairing was made.", "{n} pairings were made.", len(plan.new_pairs))] if plan.new_pairs else []),
        *(
            [n("{n} pairing has another coordinator.", "{n} pairings have another coordinator.", len(plan.handed_over))]
            if plan.handed_over
            else []
        ),
    ]
    return message(chosen(_label(plan)), t("Done."), *lines, *_next(plan, state))


def _next(plan: Plan, state: State) -> list[str]:
    if state is State.SET_UP:
        return [t("Nobody is told anything before you start the program.")]
    if state is State.SHADOW:
        return [t("The program is only being tried out, so nobody is told anything.")]
    opening = [t("I'm opening a space for each new pairing now.")] if plan.new_pairs else []
    return [*opening, *([t("I welcome new mentors and mentees with three questions.")] if plan.new else [])]


def meanwhile() -> str:
    """Say that people were changed between the dry run and the button."""
    return t("The people were changed meanwhile, so I looked again and imported nothing yet.")


def meanwhile_to_mend() -> str:
    """Say that what was right is no longer so."""
    return t("The people were changed meanwhile, and the list no longer fits.")


def used() -> Message:
    """Say that a list was imported already."""
    return message(t("This list was imported already, and once is enough. To see who is there: /mentor-admin people"))


def too_old() -> Message:
    """Say that a list is no longer kept."""
    return message(
        t("I looked through this list more than a day ago, and no longer have it. Nothing was imported."),
        actions=(Button(t("Import again"), action("community.import_form")),),
    )


def gated(lines: Sequence[str]) -> str:
    """Say that some can't be paired yet."""
    more = len(lines) - NAMED
    rest = [n("… and {n} more.", "… and {n} more.", more)] if more > 0 else []
    head = t("Nothing was imported: before their first pairing, something is missing.")
    return "\n".join([head, *lines[:NAMED], *rest])


def gate(name: str, missing: Sequence[str]) -> str:
    """Say what is missing before somebody's first pairing."""
    return t("{name}: {missing}", name=isolated(name), missing=names(list(missing)))


def paired_the_other_way(mentor: str, mentee: str) -> str:
    """Say that two people can't be each other's mentor at the same time."""
    return t(
        "{mentor} and {mentee} are paired the other way round already. Please keep one of the two.",
        mentor=isolated(mentor),
        mentee=isolated(mentee),
    )
