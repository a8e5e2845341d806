"""What is said of awards unasked."""

from dataclasses import dataclass
from datetime import datetime

from bot.badges import needs_wording as needs
from bot.badges.definition import Definition
from bot.badges.looking import Mine
from bot.badges.progress_wording import line
from bot.badges.wording import promises
from bot.language import t
from bot.views import Actions, Block, Button, Image, Message, Note, Text, action
from bot.wording import chosen, day
from storage.awards import Award


@dataclass(frozen=True, slots=True)
class Told:
    """An award as its member is told of it, with what comes with it and what was met for it.

    `post`: whether the others may hear of it; None: they said nothing about that.
    """

    award: Award
    definition: Definition
    perks: tuple[str, ...]
    fulfilled: tuple[tuple[str, str], ...]
    zone: str
    post: bool | None


def earned(told: Told, picture: bytes | None) -> tuple[Block, ...]:
    """Tell somebody of a badge that they earned or were given, and ask whether the others may hear of it."""
    title = t(told.definition.title)
    first = t("Good news: you've earned the badge “{title}”!", title=title)
    if told.award.by_hand:
        first = t("Good news: you've been given the badge “{title}”!", title=title)
    blocks: list[Block] = [Text(first)]
    blocks += [Image(f"{told.definition.name}.png", picture, t("The badge: {title}", title=title))] if picture else []
    blocks += [Text(t(told.definition.about))]
    blocks += [Text("\n".join(_stands_for(told)))]
    return (*blocks, *promises(told.perks), *_ending(told))


def _stands_for(told: Told) -> list[str]:
    if told.award.by_hand:
        return [t("Why, in a coordinator's words: “{reason}”", reason=told.award.reason or "")]
    lines = [t("• {what}: {figure}", what=what, figure=figure) for what, figure in told.fulfilled]
    return [t("What it stands for:"), *lines]


def _ending(told: Told) -> tuple[Block, ...]:
    buttons: tuple[Button, ...] = (Button(t("My badges"), "badges.mine"),)
    if told.definition.certificate and told.award.ended_at is None:
        buttons = (Button(t("Certificate …"), "badges.certificates"), *buttons)
    if told.award.ended_at is not None:
        return Text(t("You no longer have this badge.")), Actions(buttons)
    if told.award.post_asked_at is None:
        told_too = t("As you chose, the others may hear of it. You can change that: /mentor badge")
        return Actions(buttons), *([Note(told_too)] if told.post else [])
    if told.post is not None:
        answer = t("Yes, tell the others") if told.post else t("No, keep it to me")
        return Text(chosen(answer)), Actions(buttons)
    yes = Button(t("Yes, tell the others"), action("badges.yes", told.award.id), primary=True)
    no = Button(t("No, keep it to me"), action("badges.no", told.award.id))
    return (
        Text(t("May I tell the others, in the program's channel, with your name? Either answer is fine.")),
        Text(t("On Discord, your yes also puts a role with the badge's name beside yours.")),
        Actions((yes, no, *buttons)),
        Note(t("I ask this once. You can change it whenever you like: /mentor badge")),
    )


def warned(one: Mine, now: datetime, zone: str) -> tuple[Block, ...]:
    """Say what is missing for a badge that somebody has, what would be enough, and until when."""
    missed = one.standing.missed if one.standing else ()
    enough = needs.said(one.needs, now, zone)
    buttons = (
        Button(t("Why?"), action("badges.why", one.id)),
        Button(t("Leave days out …"), "badges.days"),
        Button(t("I'll be away …"), "members.away"),
    )
    return (
        Text(t("A word about your badge “{title}”: something is missing just now.", title=t(one.definition.title))),
        Text("\n".join(line(each, zone) for each in missed)),
        *([Text(enough)] if enough else []),
        Text(_time(one, zone)),
        Actions(buttons),
        Note(
            t(
                "There may be good reasons, and there is no need to say them. The other members don't see this; "
                "coordinators can look at your figures."
            )
        ),
    )


def _time(one: Mine, zone: str) -> str:
    if one.until is None:
        return t("You keep the badge. While you're away no time runs.")
    return t(
        "You keep the badge, and have time until {day}; days on which you're away don't count. "
        "If it's still missing then, a coordinator looks at it with you in mind.",
        day=day(one.until, zone),
    )


def warned_before(definition: Definition) -> tuple[Block, ...]:
    """Say in a message that told what is missing that it's settled."""
    return (
        Text(t("About your badge “{title}”: this is settled. Nothing left to do here.", title=t(definition.title))),
    )


def fine(definition: Definition) -> tuple[Block, ...]:
    """Say that nothing is missing any more."""
    said = t("All is well with your badge “{title}”: nothing is missing any more.", title=t(definition.title))
    return (Text(said),)


def ended(definition: Definition, reason: str | None, *, wants: bool) -> tuple[Block, ...]:
    """Tell somebody that a coordinator withdrew their badge."""
    first = t("A word about your badge “{title}”: it has come to an end.", title=t(definition.title))
    why = [Text(t("A coordinator decided so, and writes: “{reason}”", reason=reason))] if reason else []
    anew = t(
        "You can earn it anew: everything counts from now on, and what was before is over. "
        "If you'd like to talk about it, write to a coordinator."
    )
    if not wants:
        anew = t("If you'd like to talk about it, write to a coordinator.")
    return Text(first), *why, Text(anew), Actions((Button(t("My badges"), "badges.mine"),))


# In the program's channels.


def said(name: str, definition: Definition, picture: bytes | None) -> Message:
    """Tell the others of somebody's award."""
    title = t(definition.title)
    blocks: list[Block] = [Text(t("{name} has earned the badge “{title}”. Congratulations!", name=name, title=title))]
    if picture is not None:
        words = t("The badge: {title}, for {name}", title=title, name=name)
        blocks.append(Image(f"{definition.name}.png", picture, words))
    return Message((*blocks, Text(t(definition.about))))
