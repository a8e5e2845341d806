"""What is accepted is exactly what is imported; a second time there is nothing left to do."""

from dataclasses import replace
from itertools import count

from hypothesis import given
from hypothesis import strategies as st

from bot.community.columns import Column
from bot.community.lines import Line
from bot.community.planning import Found, Key, Plan, There
from bot.community.working_out import work_out
from bot.members.words import fold
from bot.people import Member, Pairing, Role
from tests.world import MONDAY

USERS = ("ana", "ben", "chidi", "dee", "eli")
NAMES = ("Ana", "ána", "Ben", "Chidi", "Dee Dee", "إلياس", "Ben 🌱")
FOUND = {way: Found(user, user.title(), "Europe/Madrid") for user in USERS for way in (user, f"@{user}")}
CALLED = {column: column.value for column in Column}


def somebody(id_: int, name: str, *roles: Role, active: bool = True) -> Member:
    """Return a member."""
    return Member(id_, str(id_), name, frozenset(roles), "UTC", active=active)


def program(*people: tuple[str, Member], pairings: tuple[Pairing, ...] = ()) -> There:
    """Return a program of these people, by user id."""
    users = {user: member.id for user, member in people}
    return There(
        "playground",
        "riverside",
        "UTC",
        {member.id: member for _, member in people},
        users,
        {id_: f"@{user}" for user, id_ in users.items()},
        {(pairing.mentor_id, pairing.mentee_id): pairing for pairing in pairings},
    )


ROSA = somebody(1, "Rosa", Role.COORDINATOR)
ANA = somebody(2, "Ana", Role.MENTOR, Role.MENTEE)
THERE = program(("rosa", ROSA), ("ana", ANA))


def imported(there: There, plan: Plan) -> There:
    """Return how it is once a plan is carried out: as storage does it, without a database."""
    numbers = count(max(there.members) + 1)
    ids: dict[Key, int] = {user: next(numbers) for user in plan.new}
    members = dict(there.members)
    for user, new in plan.new.items():
        known = (ids[user], user, new.name, new.roles, new.zone, new.country)
        members[ids[user]] = Member(*known, language=new.language)
    for change in plan.changes:
        members[change.member.id] = replace(change.member, **change.values)
    users = {**there.users, **{str(user): id_ for user, id_ in ids.items()}}
    ids.update({id_: id_ for id_ in members})
    pairings = dict(there.pairings)
    for pair in plan.pairs:
        coordinator = None if pair.coordinator is None else ids[pair.coordinator]
        sides = (ids[pair.mentor], ids[pair.mentee])
        pairings[sides] = Pairing(pair.known or 100 + len(pairings), *sides, coordinator)
    handles = {id_: f"@{user}" for user, id_ in users.items()}
    return replace(there, members=members, users=users, handles=handles, pairings=pairings)


WHO = st.sampled_from([f"@{user}" for user in USERS] + list(NAMES) + ["nobody", "Rosa"])
SOMETIMES = st.just(()) | st.just(()) | st.lists(WHO, max_size=1).map(tuple)  # most rows name no partner there
LINES = st.lists(
    st.builds(
        Line,
        number=st.just(0),
        name=st.sampled_from(["", "", "", "", *NAMES]),
        account=st.sampled_from(["", "rosa", *USERS, *USERS]),
        roles=st.sampled_from([frozenset(), frozenset({Role.MENTOR}), frozenset({Role.MENTEE}), frozenset(Role)]),
        zone=st.sampled_from(["", "", "", "UTC", "Europe/Berlin"]),
        country=st.sampled_from(["", "DE"]),
        mentors=SOMETIMES,
        mentees=SOMETIMES,
        partners=SOMETIMES,
        coordinator=st.sampled_from(["", "Rosa"]),
    ),
    max_size=6,
).map(lambda lines: [replace(line, number=number) for number, line in enumerate(lines, 2)])


def mended(lines: list[Line]) -> tuple[list[Line], Plan]:
    """Return what is left of a list once every row is taken out that has to be mended, and what it would do."""
    plan = work_out(lines, CALLED, FOUND, THERE)
    while plan.problems:
        wrong = {problem.line for problem in plan.problems}
        lines = [line for line in lines if line.number not in wrong]
        plan = work_out(lines, CALLED, FOUND, THERE)
    return lines, plan


def called(there: There, word: str) -> set[int]:
    """Return who is called so: by name as it is, by account, or else by name without case and accents."""
    people = there.members.values()
    exactly = {one.id for one in people if word == one.name}
    by_account = {id_ for id_, handle in there.handles.items() if word in (handle, handle.removeprefix("@"))}
    return exactly or by_account or {one.id for one in people if fold(one.name) == fold(word)}


@given(LINES)
def test_the_second_time_changes_nothing(lines: list[Line]) -> None:
    """Whatever was accepted, carried out and imported again, is as the list says."""
    lines, plan = mended(lines)
    again = work_out(lines, CALLED, FOUND, imported(THERE, plan))
    assert ((), True) == (again.problems, again.does_nothing)


@given(LINES)
def test_what_is_accepted_is_what_is_imported(lines: list[Line]) -> None:
    """Every line holds afterwards, nobody is there whom no line names, and nobody lost anything."""
    lines, plan = mended(lines)
    after = imported(THERE, plan)
    for line in lines:
        (id_,) = {after.users[line.account]} if line.account else called(after, line.name)
        one = after.members[id_]
        assert line.roles <= one.roles
        assert line.zone in ("", one.zone)
        assert (line.country or None) in (None, one.country)
        for mentor in line.mentors:
            assert one.id in {mentee for other, mentee in after.pairings if other in called(after, mentor)}
    assert {line.account for line in lines if line.account} | {"rosa", "ana"} == set(after.users)
    assert ROSA.roles <= after.members[1].roles
    assert ANA.roles <= after.members[2].roles
    for mentor_id, mentee_id in after.pairings:
        assert mentor_id != mentee_id
        assert Role.MENTOR in after.members[mentor_id].roles
        assert Role.MENTEE in after.members[mentee_id].roles


@given(LINES)
def test_the_order_of_rows_plays_no_part(lines: list[Line]) -> None:
    """The same rows the other way about add the same people and pairings."""
    lines, plan = mended(lines)
    turned = [replace(line, number=number) for number, line in enumerate(reversed(lines), 2)]
    assert plan.digest == work_out(turned, CALLED, FOUND, THERE).digest


def test_whoever_left_is_not_brought_back_by_a_list() -> None:
    """A coordinator brings people back by hand; a list that names them has to be mended."""
    there = program(("rosa", ROSA), ("ana", replace(ANA, active=False)))
    plan = work_out([Line(2, account="ana"), Line(3, account="ben", mentors=("Ana",))], CALLED, FOUND, there)
    assert [2, 3] == [problem.line for problem in plan.problems]
    assert {True} == {"is deactivated" in problem.reason for problem in plan.problems}


def test_rows_that_contradict_each_other() -> None:
    """Two rows about one person must not say different things, and a pairing has one coordinator."""
    lines = [
        Line(2, account="ben", roles=frozenset({Role.MENTEE}), zone="UTC", mentors=("Ana",), coordinator="Rosa"),
        Line(3, account="@ben", zone="Europe/Berlin", mentors=("Ana",), coordinator="Chidi"),
        Line(4, account="chidi", roles=frozenset({Role.COORDINATOR})),
    ]
    found = [(problem.line, problem.column) for problem in work_out(lines, CALLED, FOUND, THERE).problems]
    assert [(3, "zone"), (3, "coordinator")] == found


def test_two_people_have_one_pairing() -> None:
    """Who is paired with somebody is not paired with them the other way round too, as /mentor-admin pair says."""
    ben = somebody(3, "Ben", Role.MENTOR, Role.MENTEE)
    there = program(("rosa", ROSA), ("ana", ANA), ("ben", ben), pairings=(Pairing(7, ANA.id, ben.id),))
    turned = [Line(2, account="ana", mentors=("Ben",))]
    (problem,) = work_out(turned, CALLED, FOUND, there).problems
    assert (2, "mentor", True) == (problem.line, problem.column, "paired the other way round" in problem.reason)
    ended = replace(there, pairings={(ANA.id, ben.id): replace(there.pairings[ANA.id, ben.id], ended_at=MONDAY)})
    assert () == work_out(turned, CALLED, FOUND, ended).problems
    both = [*turned, Line(3, account="ben", mentors=("Ana",))]
    assert [2, 3] == [problem.line for problem in work_out(both, CALLED, FOUND, replace(there, pairings={})).problems]
