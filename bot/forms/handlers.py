"""What coordinators do with forms: look at them, take them along, add and change them, switch them off."""

from bot.context import Asked
from bot.forms.feature import feature
from bot.forms.keeping import FORMS
from bot.forms.wording import WORDS
from bot.people import COORDINATORS
from bot.views import Message
from bot.written.editing import Editing

_EDITING = Editing(FORMS, WORDS)
_EDITING.declare(feature)


@feature.command("forms", "See what is asked after a session, and change it", who=COORDINATORS)
async def forms(asked: Asked) -> Message:
    """List every form."""
    return await _EDITING.every(asked)
