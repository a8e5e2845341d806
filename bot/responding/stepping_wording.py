"""What responders read when a report is taken, when they step aside, and when they let another one in."""

from collections.abc import Sequence

from bot.language import n, t
from bot.responding.case_wording import back
from bot.responding.opening import Opened
from bot.views import Actions, Button, Message, Text, action, message
from bot.wording import names


def taken() -> str:
    """Say that a report is theirs now."""
    return t("You have it now. Whoever reported it sees that you have read it.")


def yours_already() -> str:
    """Say that it was theirs already."""
    return t("You have it already. Nothing was changed.")


def taken_by(opened: Opened, who: str, token: str) -> Message:
    """Say that somebody else has a report."""
    over = Button(t("Take it over"), action("responding.take_over", opened.case.id, token))
    read = Button(t("Read it"), action("responding.read", opened.case.id, token))
    return message(
        t("{who} has it already. Please talk before you both write. Nothing was changed.", who=who),
        actions=(read, over, back(token)),
    )


def closed_already(name: str) -> Message:
    """Say that a report is closed."""
    return message(t("{name} is closed by now. Nothing was changed.", name=name))


def reopened() -> str:
    """Say that a report is open again."""
    return t("It is open again, and you have it.")


def open_already() -> str:
    """Say that a report isn't closed."""
    return t("It is open already. Nothing was changed.")


def aside(opened: Opened, left: Sequence[str], outside: str, token: str) -> Message:
    """Say what stepping aside means."""
    lines = [
        t(
            "If you step aside from {name}, it never opens to you again.",
            name=opened.case.name,
        )
    ]
    if left:
        lines.append(t("It can still be read by {names}.", names=names(left)))
    else:
        lines.append(
            t(
                "Nobody else can read it, so it goes to {outside} first.",
                outside=outside or t("the outside contact"),
            )
        )
    lines.append(t("Whoever reported it sees that you stepped aside, and no reason. I don't ask for one either."))
    yes = Button(t("Step aside"), action("responding.step_aside", opened.case.id, token))
    read = Button(t("Go back to it"), action("responding.read", opened.case.id, token))
    return message(*lines, actions=(yes, read))


def nobody_left(opened: Opened, token: str) -> Message:
    """Say why somebody can't step aside."""
    return message(
        t("Nobody else can read {name}, and there is no outside contact with a key.", name=opened.case.name),
        t("Please have a coordinator name one first; until then it stays with you. Nothing was changed."),
        actions=(back(token),),
    )


def stepped_aside(name: str, token: str) -> Message:
    """Say that a report no longer opens."""
    return message(t("You stepped aside. {name} no longer opens to you.", name=name), actions=(back(token),))


def whom_to_let_in(found: Sequence[tuple[int, str, int]], token: str) -> Message:
    """List whom somebody can let in: each with their id, name, and how many reports are closed to them."""
    if not found:
        return message(
            t("Every responder who may read what opens to you can open it."),
            actions=(back(token),),
        )
    blocks: list[Text | Actions] = [
        Text(
            t(
                "These responders were named to whoever reported, and can't open some reports: they have a new key. "
                "Please make sure that it was really they who made it: talk to them."
            )
        )
    ]
    for id_, name, count in found[:10]:
        line = n("{name}: {n} report", "{name}: {n} reports", count, name=name)
        let = Button(t("Let {name} in", name=name), action("responding.let", id_, token))
        blocks += [Text(line), Actions((let,))]
    return Message((*blocks, Actions((back(token),))))


def let_in(name: str, count: int, token: str) -> Message:
    """Say how many reports somebody can open now."""
    if not count:
        return message(t("{name} can open them already. Nothing was changed.", name=name), actions=(back(token),))
    said = n("{name} can open {n} report more now.", "{name} can open {n} reports more now.", count, name=name)
    return message(said, actions=(back(token),))
