"""Looking at what the bot says as Slack would show it: what it takes, and what it doesn't cut."""

from typing import Any

from adapters.slack import forms, render
from adapters.slack.text import unescape
from bot.views import Actions, Form, Message, Reply
from tests.adapters.slack.block_kit import check_message, check_view
from tests.adapters.slack.written import no_links

MARKUP = "<!channel> & <@U1> *Amara* " + "<&>" * 17 + "xy"


def check(reply: Reply) -> None:
    """See that Slack takes an answer."""
    match reply:
        case Message():
            made = render.message(reply, no_links, elsewhere=True)
            check_message(made.blocks, made.text)
            check_view(forms.shown(reply, no_links))
        case Form():
            check_view(forms.view(reply))


def _labels(reply: Message) -> tuple[list[str], list[str]]:
    """Return what stands on the buttons of a message, as it is and as Slack shows it."""
    made = [block for block in render.message(reply, no_links).blocks if block["type"] == "actions"]
    shown = [unescape(element["text"]["text"]) for block in made for element in block["elements"]]
    return [item.label for block in reply.blocks if isinstance(block, Actions) for item in block.items], shown


def _choices(view: dict[str, Any]) -> list[str]:
    options = [option for block in view["blocks"] for option in block.get("element", {}).get("options", [])]
    return [unescape(option["text"]["text"]) for option in options]


def check_whole(reply: Reply) -> None:
    """See that nothing of a button or a choice is cut."""
    if isinstance(reply, Message):
        written, shown = _labels(reply)
        assert written == shown
    if isinstance(reply, Form):
        view = forms.view(reply)
        assert reply.submit == unescape(view["submit"]["text"])
        # Slack shows every space as one that can be broken.
        assert [" ".join(label.split()) for field in reply.fields for _, label in field.choices] == _choices(view)
