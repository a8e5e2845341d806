"""What is said where somebody thinks that something isn't counted right for a badge."""

from bot.badges.definition import Definition
from bot.badges.rules import Measured
from bot.badges.wording import criterion, figure
from bot.language import t
from bot.views import Actions, Block, Button, Message, Note, Text, action, message


def passed_on() -> Message:
    """Say that a coordinator will look."""
    return message(t("Thank you for telling me. A coordinator looks at it, and I'll tell you what they found."))


def passed_on_already() -> Message:
    """Say that coordinators were asked before."""
    return message(t("You've asked for that already this week. I'll tell you what a coordinator found."))


def asks(args: tuple[int, ...], name: str, title: str, one: Measured) -> tuple[Block, ...]:
    """Ask a coordinator to look at a criterion of somebody's badge."""
    values = {"name": name, "title": t(title), "what": criterion(one.criterion), "figure": figure(one)}
    put_right = Button(t("I've put it right"), action("badges.answer", *args, 1))
    right = Button(t("It's right as it is"), action("badges.answer", *args, 0))
    look = Button(t("Look"), action("badges.person", args[0]))
    give = Button(t("Give a badge …"), action("badges.give", args[0]))
    return (
        Text(
            t("{name} thinks that something isn't counted right for the badge “{title}”: {what}, {figure}.", **values)
        ),
        Actions((put_right, right, look, give)),
        Note(
            t(
                "If a session, a goal or an event isn't noted as it was, you can put that right. "
                "If that can't be done, you can give the badge by hand."
            )
        ),
    )


def settled(name: str, *, put_right: bool) -> tuple[Block, ...]:
    """Say in a message that asked for it what was found."""
    if put_right:
        return (Text(t("What {name} asked about for a badge was put right. Nothing left to do here.", name=name)),)
    return (Text(t("What {name} asked about for a badge is right as it is. Nothing left to do here.", name=name)),)


def own() -> str:
    """Say that nobody decides about themselves."""
    return t("This one is about you, so another coordinator looks at it. They have the same message.")


def answered(name: str) -> Message:
    """Thank a coordinator."""
    return message(t("Thank you. I'll tell {name}.", name=name))


def answered_already() -> Message:
    """Tell a second coordinator that the first one was quicker."""
    return message(t("Another coordinator has answered that already. Nothing was changed."))


def found(definition: Definition, number: int, *, put_right: bool) -> tuple[Block, ...]:
    """Tell a member what a coordinator found."""
    values = {"title": t(definition.title), "what": criterion(definition.criteria[number])}
    if put_right:
        said = t("About the badge “{title}”, {what}: a coordinator has looked and put it right.", **values)
    else:
        said = t(
            "About the badge “{title}”, {what}: a coordinator has looked, and it is counted right. "
            "If you'd like to know more, ask them.",
            **values,
        )
    return Text(said), Actions((Button(t("My badges"), "badges.mine"),))
