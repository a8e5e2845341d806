"""What is shown of many answers tells nobody's own."""

from collections.abc import Callable, Sequence
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from bot.feedback.totals import Cells, added, chosen, group, rated, shown
from storage.sheet_tables import Given, Total

FIVE = 5
Read = Callable[[str], Cells]

Answers = Sequence[tuple[int, str]]
"""Who answered what, in that order."""


def seen(answers: Answers, read: Read) -> list[list[tuple[str, int, int]]]:
    """Return what can be seen after each answer."""
    waiting: list[Given] = []
    totals: list[Total] = []
    found = []
    for number, (person, value) in enumerate(answers):
        waiting.append(Given(number, person, 1, value))
        if these := group(waiting, FIVE):
            sums = added([read(one.value) for one in these.values()])
            totals += [Total("feedback", "rating", choice, len(these), total) for choice, total in sums.items()]
            waiting = []
        found.append([(one.choice, one.answers, one.total) for one in shown(totals)])
    return found


def rating(answers: Answers) -> list[list[tuple[str, int, int]]]:
    """Return what can be seen of a rating after each answer."""
    return seen(answers, rated)


RATINGS = st.lists(st.tuples(st.integers(1, 8), st.sampled_from("12345")), max_size=40)


@given(RATINGS)
def test_nothing_is_seen_of_fewer_than_five_people(answers: list[tuple[int, str]]) -> None:
    """Until five different people have answered, there is nothing to see, however often each of them did."""
    for number, found in enumerate(rating(answers), 1):
        if len({person for person, _ in answers[:number]}) < FIVE:
            assert [] == found


@given(RATINGS)
def test_it_changes_only_with_five_more_people(answers: list[tuple[int, str]]) -> None:
    """Between two changes of what is seen, five different people answered."""
    before: list[tuple[str, int, int]] = []
    people: set[int] = set()
    for (person, _), found in zip(answers, rating(answers), strict=True):
        people.add(person)
        if found != before:
            assert len(people) == FIVE
            before, people = found, set()


@given(RATINGS)
def test_nobodys_rating_can_be_worked_out(answers: list[tuple[int, str]]) -> None:
    """To each answer there is another one, of another rating, with which all that was ever seen would be the same."""
    all_seen = rating(answers)
    for number, (person, value) in enumerate(answers):
        others = [_with(answers, number, (person, other)) for other in "12345" if other != value]
        also = [changed for one in others for changed in (one, *_with_one_more(one, number, "12345"))]
        assert any(rating(one) == all_seen for one in also), (number, answers)


@given(st.lists(st.tuples(st.integers(1, 7), st.sampled_from(["yes", "no"])), max_size=25))
def test_nobodys_choice_can_be_worked_out(answers: list[tuple[int, str]]) -> None:
    """The same for a question with choices."""

    def read(value: str) -> Cells:
        return chosen(value, ("yes", "no"))

    all_seen = seen(answers, read)
    for number, (person, value) in enumerate(answers):
        other = _with(answers, number, (person, "no" if value == "yes" else "yes"))
        also = (other, *_with_one_more(other, number, ("yes", "no")))
        assert any(seen(one, read) == all_seen for one in also), (number, answers)


def test_every_group_of_five() -> None:
    """Of all groups of five there is none in which what is seen leaves but one rating open to anybody."""
    possible: dict[int, list[set[int]]] = {}
    for ratings in product(range(1, 6), repeat=FIVE):
        total = added([rated(str(one)) for one in ratings])[""]
        sets = possible.setdefault(total, [set() for _ in range(FIVE)])
        for place, one in enumerate(ratings):
            sets[place].add(one)
    assert all(len(ones) > 1 for sets in possible.values() for ones in sets)


def test_the_utmost_is_not_seen() -> None:
    """Five times five points look like nearly that."""
    (((_, answers, total),),) = [found for found in rating([(n, "5") for n in range(5)]) if found]
    assert (5, 23) == (answers, total)


def _with(answers: Answers, number: int, one: tuple[int, str]) -> list[tuple[int, str]]:
    return [*answers[:number], one, *answers[number + 1 :]]


def _with_one_more(answers: Answers, number: int, values: Sequence[str]) -> list[list[tuple[int, str]]]:
    """Return the same with one further answer changed."""
    return [
        _with(answers, place, (person, value))
        for place, (person, was) in enumerate(answers)
        if place != number
        for value in values
        if value != was
    ]
