"""What is kept is the last so many."""

from bot.recent import Recent


def test_the_last_so_many() -> None:
    """What came first is forgotten first; what is said anew keeps its turn."""
    recent: Recent[str, int] = Recent(2)
    for key, value in (("a", 1), ("b", 2), ("a", 3)):
        recent[key] = value
    assert {"a": 3, "b": 2} == recent
    recent["c"] = 4
    assert {"b": 2, "c": 4} == recent
