"""Views with whatever people might have written in them, for properties of what a platform makes of them."""

from collections.abc import Sequence

from hypothesis import strategies as st

from bot.people import Place
from bot.views import Actions, Block, Button, Field, File, Form, Heading, Image, Link, Message, Note, Text

HARD = (  # on every platform
    # ruff: noqa: RUF001 - letters of many kinds are the point
    "שלום עולם \u2068مرحبا\u2069 بالعالم",
    "👩‍👩‍👧‍👦🏳️‍🌈👍🏽",
    "\x00\x07\r\n\u2028\u200b\t",
    "Ω" * 80,
    "a " * 2500,
)


def written(hard: Sequence[str], signs: str, *more: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Return a strategy of texts; `signs` mean something to the platform, and `hard` texts are full of them."""
    return st.one_of(
        st.sampled_from(hard),
        st.text(max_size=200),
        st.text(alphabet=signs, max_size=400),
        *more,
        st.builds(str.__mul__, st.text(min_size=1, max_size=8), st.integers(1, 1000)),
    )


class Views:
    """Strategies of views."""

    def __init__(
        self,
        hard: Sequence[str],
        texts: st.SearchStrategy[str],
        actions: st.SearchStrategy[str],
        linked: tuple[Place, str],
    ) -> None:
        """Let these texts stand in them, their buttons do these actions, and their links lead to a message."""
        self._texts = texts
        self._short = st.one_of(
            st.sampled_from([text for text in hard if len(text) <= 200]),
            st.text(max_size=120),
        )
        buttons = st.builds(Button, self._short, actions, st.booleans())
        links = st.builds(Link, self._short, *map(st.just, linked))
        self.blocks: st.SearchStrategy[Block] = st.one_of(
            st.builds(Text, texts),
            st.builds(Heading, texts),
            st.builds(Note, texts),
            st.builds(Actions, st.lists(st.one_of(buttons, links), max_size=30).map(tuple)),
            st.builds(Image, self._short, st.just(b"x"), texts),
            st.builds(File, self._short, st.just(b"x"), texts),
        )
        self.messages = st.builds(Message, st.lists(self.blocks, max_size=12).map(tuple))
        names = st.lists(st.from_regex(r"[a-z_]{1,20}", fullmatch=True), max_size=12, unique=True)
        fields = names.flatmap(lambda each: st.tuples(*map(self._field, each)))
        self.forms = st.builds(Form, texts, st.just("trying.form:1"), fields, self._short)

    def _field(self, name: str) -> st.SearchStrategy[Field]:
        pairs = st.lists(st.tuples(self._short, self._short), max_size=25, unique_by=lambda choice: choice[0])
        return st.builds(
            Field,
            st.just(name),
            self._texts,
            self._texts,
            self._texts,
            required=st.booleans(),
            long=st.booleans(),
            limit=st.integers(1, 5000),
            choices=pairs.map(tuple),
            file=st.booleans(),
            several=st.booleans(),
        )
