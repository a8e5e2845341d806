"""What somebody may have meant: the nearest of the words that would have been right."""

from collections.abc import Callable, Iterable
from difflib import get_close_matches

from bot.members.words import fold

CANDIDATES = 700  # words that one is compared with: comparing is slow, and a list may hold ten thousand
GUESSES = 200  # different words of one list that are guessed at: one with more wrong ones has another fault
LONGEST = 100  # characters that are looked at
_BEGINNING = 2
_CUTOFF = 0.65


class Guesser:
    """Guesses among known words."""

    def __init__(self, known: Iterable[str]) -> None:
        """Guess among these."""
        self._by_fold: dict[str, str] = {}
        for word in known:
            self._by_fold.setdefault(fold(word), word)
        self._by_beginning: dict[str, list[str]] = {}
        for folded, word in self._by_fold.items():
            for part in {folded, *map(fold, word.split())}:
                self._by_beginning.setdefault(part[:_BEGINNING], []).append(folded)

    def nearest(self, word: str) -> str:
        """Return the known word that comes nearest to one; nothing if none does."""
        wanted = fold(word[:LONGEST])
        if not wanted or wanted in self._by_fold:
            return self._by_fold.get(wanted, "")
        some = self._some(wanted, word[:LONGEST])
        within = [one for one in some if one.startswith(wanted) or one.endswith(wanted)]
        found = within[:1] or get_close_matches(wanted, some, n=1, cutoff=_CUTOFF)
        return self._by_fold[found[0]] if found else ""

    def _some(self, wanted: str, word: str) -> list[str]:
        if len(self._by_fold) <= CANDIDATES:
            return list(self._by_fold)
        beginnings = sorted({part[:_BEGINNING] for part in (wanted, *map(fold, word.split()))})
        return [one for beginning in beginnings for one in self._by_beginning.get(beginning, ())][:CANDIDATES]


def nearest(word: str, known: Iterable[str]) -> str:
    """Return the known word that comes nearest to one; nothing if none does."""
    return Guesser(known).nearest(word)


class Patience:
    """Guesses at the words of one list, each once, until it becomes too much."""

    def __init__(self) -> None:
        """Begin with nothing guessed."""
        self._guessed: dict[tuple[str, str], str] = {}

    def guess(self, kind: str, word: str, how: Callable[[str], str]) -> str:
        """Return what is guessed for a word of a kind; nothing once there were too many."""
        key = (kind, word)
        if key not in self._guessed:
            self._guessed[key] = how(word) if len(self._guessed) < GUESSES else ""
        return self._guessed[key]
