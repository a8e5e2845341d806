"""Views with whatever people might have written in them, for properties."""

from hypothesis import strategies as st

from bot.people import Place
from bot.views import Actions, Button, Field, File, Form, Heading, Image, Link, Message, Note, Text

PLACE = Place("slack", "T1", "C1")
HARD = (
    "<!channel> <!here> <!subteam^S1> <@U1> <#C1|general> <http://example.org|click>",
    "&lt;!channel&gt; &amp;lt;@U1&amp;gt; ＜!channel＞ &",
    "*bold* _italic_ ~gone~ `code` ```more``` > quoted :wave: http://example.org @channel #general",
    # ruff: noqa: RUF001 - letters of many kinds are the point
    "שלום עולם \u2068مرحبا\u2069 بالعالم",
    "👩‍👩‍👧‍👦🏳️‍🌈👍🏽",
    "\x00\x07\r\n\u2028\u200b\t",
    "Ω" * 80,
    "<" * 4000,
    "a " * 2500,
)
WRITTEN = st.one_of(
    st.sampled_from(HARD),
    st.text(max_size=200),
    st.text(alphabet="<>&!@#|; \nab👍🏽e\u0301\u200d", max_size=400),
    st.builds(str.__mul__, st.text(min_size=1, max_size=8), st.integers(1, 1000)),
)
SHORT = st.one_of(st.sampled_from(HARD[:7]), st.text(max_size=120))

BUTTONS = st.builds(Button, SHORT, st.text(alphabet="abc.:_123", min_size=1, max_size=100), st.booleans())
LINKS = st.builds(Link, SHORT, st.just(PLACE), st.just("1712345678.000100"))
BLOCKS = st.one_of(
    st.builds(Text, WRITTEN),
    st.builds(Heading, WRITTEN),
    st.builds(Note, WRITTEN),
    st.builds(Actions, st.lists(st.one_of(BUTTONS, LINKS), max_size=30).map(tuple)),
    st.builds(Image, SHORT, st.just(b""), WRITTEN),
    st.builds(File, SHORT, st.just(b""), WRITTEN),
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
        limit=draw(st.integers(1, 4000)),
        choices=draw(CHOICES),
        file=draw(st.booleans()),
        several=draw(st.booleans()),
    )


@st.composite
def forms(draw: st.DrawFn) -> Form:
    """Draw a form."""
    names = draw(st.lists(st.from_regex(r"[a-z_]{1,20}", fullmatch=True), max_size=6, unique=True))
    return Form(draw(WRITTEN), "trying.form:1", tuple(draw(fields(name)) for name in names), draw(SHORT))


def no_links(place: Place, message: str) -> str:
    """Give some address."""
    return f"https://example.slack.com/archives/{place.channel}/p{message.replace('.', '')}"
