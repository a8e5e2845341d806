"""What is said where a platform needs a step between: Discord opens no form after a form, and none late."""

from collections.abc import Sequence

from bot.language import later, nearest, speaking, t
from bot.members.wording import FAULT, FAULT_UNSEEN, NO_FILE
from bot.views import Actions, Block, Button, Message, Note, Text, message

READY = later("Your form is ready.")  # above the button that opens it
NOT_YET = later("Not taken yet:")  # above what is wrong in a form
WRITTEN = later("This is what you wrote:")  # above what was typed: it stands there also when the form is gone


def go_on(locale: str | None, step: int, steps: int, action: str, typed: Sequence[str]) -> Message:
    """Say that a form has a further step, and what was typed so far."""
    with speaking(nearest(locale)):
        said = t("Step {step} of {steps} is done. Nothing is sent yet.", step=step, steps=steps)
        asked = message(said, actions=(Button(t("Go on"), action, primary=True),))
        return Message((*asked.blocks, *_written(typed)))


def open_it(action: str) -> Message:
    """Offer a form that can't be opened by itself."""
    return message(t(READY), actions=(Button(t("Open it"), action, primary=True),))


def put_right(lines: Sequence[tuple[str, str]], action: str | None, typed: Sequence[str]) -> Message:
    """Say what is wrong in a form, each beside the field's label where there is one, and what was typed."""
    blocks: list[Block] = [Note(t(NOT_YET))]
    for label, error in lines:
        blocks += [Note(label), Text(error)] if label else [Text(error)]
    if action is not None:
        blocks += [Actions((Button(t("Change it"), action, primary=True),))]
    return Message((*blocks, *_written(typed)))


def too_old(typed: Sequence[str]) -> Message:
    """Say that a form isn't in hand any more, and what was typed in it just now."""
    return Message((Text(t("I no longer have this form at hand. Please open it once more.")), *_written(typed)))


def too_old_to_open() -> str:
    """Say the same to whoever wants to go on with it: what was typed stands in the answer above."""
    return t("I no longer have this form at hand. Please open it once more. What you wrote in it stands above.")


def _written(typed: Sequence[str]) -> list[Block]:
    found = [Text(value) for value in typed if value.strip()]
    return [Note(t(WRITTEN)), *found] if found else []


def not_here() -> str:
    """Say that somebody isn't in the server any more."""
    return t("You are not in the server any more, so I can't do that for you.")


def no_file() -> str:
    """Say that a file that somebody added didn't arrive."""
    return t(NO_FILE)


def about(server: str) -> str:
    """Say about which of their programs somebody is answered who didn't say which one they mean."""
    return t("This is about {server}. For another server, write the same in a channel there.", server=server)


def not_shown() -> str:
    """Say that an answer couldn't be shown; what was asked for may have been done."""
    return t("I can't show you my answer here. It may be done all the same: please look before you try again.")


def fault(reference: str) -> str:
    """Say that something went wrong."""
    return t(FAULT, reference=reference)


def fault_unseen() -> str:
    """Say the same where nothing leads to what went wrong."""
    return t(FAULT_UNSEEN)
