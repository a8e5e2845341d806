"""What might stand in texts and views, and means something to Slack."""

from hypothesis import strategies as st

from bot.people import Place
from tests.adapters import views

PLACE = Place("slack", "T1", "C1")
HARD = (
    "<!channel> <!here> <!subteam^S1> <@U1> <#C1|general> <http://example.org|click>",
    "&lt;!channel&gt; &amp;lt;@U1&amp;gt; ＜!channel＞ &",  # noqa: RUF001 - they only look like Slack's own
    "*bold* _italic_ ~gone~ `code` ```more``` > quoted :wave: http://example.org @channel #general",
    *views.HARD,
    "<" * 4000,
)
WRITTEN = views.written(HARD, "<>&!@#|; \nab👍🏽e\u0301\u200d")
ACTIONS = st.text(alphabet="abc.:_123", min_size=1, max_size=100)

VIEWS = views.Views(HARD, WRITTEN, ACTIONS, (PLACE, "1712345678.000100"))
BLOCKS, MESSAGES, FORMS = VIEWS.blocks, VIEWS.messages, VIEWS.forms


def no_links(place: Place, message: str) -> str:
    """Give some address."""
    return f"https://example.slack.com/archives/{place.channel}/p{message.replace('.', '')}"
