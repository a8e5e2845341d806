"""From a list and who is there to what an import would do: the same for the dry run and for the import itself."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.community import reading_wording as wording
from bot.community.census import Census, Person
from bot.community.columns import Column
from bot.community.lines import Line, Problem, Sheet
from bot.community.matching import Matches
from bot.community.planning import Change, Found, Plan, There, in_order
from bot.members.newcomers import new_member
from storage.members import NewMember

STEPS = 4  # of a chain of rows in which each hangs on the one before


def work_out(lines: Sequence[Line], called: Mapping[Column, str], found: Mapping[str, Found], there: There) -> Plan:
    """Return what importing these lines would do. `found`: whom the platform knows by which word."""
    census = Census(there, found, called)
    census.take(lines)
    matches = Matches(census, there, called)
    matches.match()
    persons = list(census.persons.values())
    roleless = [_roleless(person, called) for person in persons if not person.every_role]
    changes = [change for person in persons if person.member and (change := _change(person)) is not None]
    return Plan(
        new={str(p.key): _new(p, there) for p in persons if p.member is None},
        changes=tuple(sorted(changes, key=lambda change: change.member.id)),
        unchanged=sum(person.member is not None for person in persons) - len(changes),
        pairs=tuple(matches.pairs),
        paired_already=matches.paired_already,
        problems=in_order([*census.problems, *matches.problems, *roleless]),
        remarks=tuple(_remarks(census, matches)),
        names={key: census.name_of(key) for key in {*census.persons, *_paired(matches)}},
    )


def good_part(sheet: Sheet, problems: Sequence[Problem], found: Mapping[str, Found], there: There) -> Plan | None:
    """Return what the rows would do in which nothing has to be mended; None if too much hangs on the others.

    Whoever is to be paired with somebody in a wrong row has to wait for it, so that fewer rows are left each time.
    """
    lines, wrong = sheet.lines, {problem.line for problem in problems}
    for _ in range(STEPS):
        lines = tuple(line for line in lines if line.number not in wrong)
        plan = work_out(lines, sheet.called, found, there)
        wrong = {problem.line for problem in plan.problems}
        if not wrong:
            return plan
    return None


def _paired(matches: Matches) -> set[int | str]:
    return {key for pair in matches.pairs for key in (pair.mentor, pair.mentee)}


def _roleless(person: Person, called: Mapping[Column, str]) -> Problem:
    column = called.get(Column.ROLES, Column.ROLES.value)
    return Problem(person.lines[0].number, column, wording.which_role(person.name))


def _new(person: Person, there: There) -> NewMember:
    account = there.account(str(person.key))
    as_found = new_member(account, person.found.profile(account) if person.found else None, person.every_role)
    return replace(
        as_found,
        name=person.name,
        zone=person.says(Column.ZONE) or as_found.zone,
        country=person.says(Column.COUNTRY) or None,
        language=person.says(Column.LANGUAGE) or as_found.language,
    )


def _change(person: Person) -> Change | None:
    """Return what is to be changed about a member; roles are added, and never taken away."""
    member = person.member
    if member is None:
        return None
    wanted: dict[str, Any] = {
        "name": person.typed,
        "roles": person.every_role,
        **{column.value: person.says(column) for column in (Column.ZONE, Column.COUNTRY, Column.LANGUAGE)},
    }
    values = {name: value for name, value in wanted.items() if value and value != getattr(member, name)}
    return Change(member, values) if values else None


def _remarks(census: Census, matches: Matches) -> list[str]:
    keep = sum(
        bool(p.roles) and p.member is not None and not p.member.roles <= p.roles for p in census.persons.values()
    )
    counted = (
        (census.repeated, wording.repeated),
        (matches.no_pairing, wording.no_pairing),
        (keep, wording.roles_stay),
    )
    return [*census.remarks, *(say(count) for count, say in counted if count)]
