"""Views with whatever people might have written in them, for properties."""

from hypothesis import strategies as st

from bot.people import Place
from bot.views import Actions, Button, Field, File, Form, Heading, Image, Link, Message, Note, Text

PLACE = Place("discord", "1000000000000000001", "1000000000000000002")
HARD = (
    "@everyone @here <@1> <@!1> <@&2> <#3> <a:b:4> <:b:4> </away:5> <t:6:R> <id:customize>",
    "\\@everyone \\\\*bold* \\<@1> \\\\",
    "*bold* **bold** _it_ __under__ ~~gone~~ `code` ```more``` ||hidden|| [a](http://example.org) <http://example.org>",
    "# big\n## less\n### less\n-# small\n> quoted\n>>> all\n- one\n* two\n+ three\n1. four\n 22. five\n   - six",
    "http://example.org HTTPS://example.org discord://x :wave: ::x:: 12:30:45 a:b help@example.org",
    "\u2028# big\u2029> quoted",
    # ruff: noqa: RUF001 - letters of many kinds are the point
    "שלום עולם \u2068مرحبا\u2069 بالعالم",
    "👩‍👩‍👧‍👦🏳️‍🌈👍🏽",
    "\x00\x07\r\n\u2028\u200b\t",
    "Ω" * 80,
    "*" * 4000,
    "- \n" * 1500,
    "a " * 2500,
)
SIGNS = "\\*_~`|<>[]()@#:-+.!/&1 \n\tab👍🏽e\u0301\u200d\u2028"
WRITTEN = st.one_of(
    st.sampled_from(HARD),
    st.text(max_size=200),
    st.text(alphabet=SIGNS, max_size=400),
    st.lists(st.sampled_from(["@everyone", "<@1>", "://", ":a:", "# ", "-# ", "> ", "1. ", "\n", "\\", " "])).map(
        "".join
    ),
    st.builds(str.__mul__, st.text(min_size=1, max_size=8), st.integers(1, 1000)),
)
SHORT = st.one_of(st.sampled_from(HARD[:9]), st.text(max_size=120))
ACTIONS = st.from_regex(r"[a-z][a-z_.]{1,20}(:[a-z0-9-]{1,10}){0,7}", fullmatch=True)

BUTTONS = st.builds(Button, SHORT, ACTIONS, st.booleans())
LINKS = st.builds(Link, SHORT, st.just(PLACE), st.just("1000000000000000003"))
BLOCKS = st.one_of(
    st.builds(Text, WRITTEN),
    st.builds(Heading, WRITTEN),
    st.builds(Note, WRITTEN),
    st.builds(Actions, st.lists(st.one_of(BUTTONS, LINKS), max_size=30).map(tuple)),
    st.builds(Image, SHORT, st.just(b"x"), WRITTEN),
    st.builds(File, SHORT, st.just(b"x"), WRITTEN),
)
MESSAGES = st.builds(Message, st.lists(BLOCKS, max_size=12).map(tuple))
CHOICES = st.lists(st.tuples(SHORT, SHORT), max_size=25, unique_by=lambda choice: choice[0]).map(tuple)


@st.composite
def fields(draw: st.DrawFn, name: str) -> Field:
    """Draw a field of a form."""
    return Field(
        name,
        draw(WRITTEN),
        draw(WRITTEN),
        draw(WRITTEN),
        required=draw(st.booleans()),
        long=draw(st.booleans()),
        limit=draw(st.integers(1, 5000)),
        choices=draw(CHOICES),
        file=draw(st.booleans()),
        several=draw(st.booleans()),
    )


@st.composite
def forms(draw: st.DrawFn) -> Form:
    """Draw a form."""
    names = draw(st.lists(st.from_regex(r"[a-z_]{1,20}", fullmatch=True), max_size=12, unique=True))
    return Form(draw(WRITTEN), "trying.form:1", tuple(draw(fields(name)) for name in names), draw(SHORT))
