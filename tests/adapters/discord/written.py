"""What might stand in texts and views, and means something to Discord."""

from hypothesis import strategies as st

from bot.people import Place
from tests.adapters import views

PLACE = Place("discord", "1000000000000000001", "1000000000000000002")
HARD = (
    "@everyone @here <@1> <@!1> <@&2> <#3> <a:b:4> <:b:4> </away:5> <t:6:R> <id:customize>",
    "\\@everyone \\\\*bold* \\<@1> \\\\",
    "*bold* **bold** _it_ __under__ ~~gone~~ `code` ```more``` ||hidden|| [a](http://example.org) <http://example.org>",
    "# big\n## less\n### less\n-# small\n> quoted\n>>> all\n- one\n* two\n+ three\n1. four\n 22. five\n   - six",
    "http://example.org HTTPS://example.org discord://x :wave: ::x:: 12:30:45 a:b help@example.org",
    "\u2028# big\u2029> quoted",
    *views.HARD,
    "*" * 4000,
    "- \n" * 1500,
)
SIGNS = "\\*_~`|<>[]()@#:-+.!/&1 \n\tab👍🏽e\u0301\u200d\u2028"
PIECES = ["@everyone", "<@1>", "://", ":a:", "# ", "-# ", "> ", "1. ", "\n", "\\", " "]
WRITTEN = views.written(HARD, SIGNS, st.lists(st.sampled_from(PIECES)).map("".join))
ACTIONS = st.from_regex(r"[a-z][a-z_.]{1,20}(:[a-z0-9-]{1,10}){0,7}", fullmatch=True)

VIEWS = views.Views(HARD, WRITTEN, ACTIONS, (PLACE, "1000000000000000003"))
MESSAGES, FORMS = VIEWS.messages, VIEWS.forms
