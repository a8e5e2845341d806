"""What is said about the policy, the hours and the language of a program."""

from collections.abc import Sequence

from bot.language import languages, later, t
from bot.policy_sections import WEEKDAYS, HourFigures
from bot.setup.rules import Rule
from bot.setup.wording import as_before, back, clock, come_later, days_said, described, language_name, works
from bot.views import Actions, Block, Button, Field, Form, Heading, Message, Note, Text, action, in_rows, message

DAYS = (
    ("mon", "tue", "wed", "thu", "fri"),
    ("mon", "tue", "wed", "thu", "fri", "sat"),
    ("sun", "mon", "tue", "wed", "thu"),
    ("sat", "sun", "mon", "tue", "wed"),
    ("sat", "sun"),
    WEEKDAYS,
)
NOT_A_TIME = later("Please write a time as on a clock, such as 09:00 or 19:30.")
NOT_DAYS = later("Please choose one of the days in the list.")


def presets(known: Sequence[str], chosen: str) -> Message:
    """Ask for the policy to follow."""
    lines = [Text(t("{preset}: {text}", preset=name, text=described(name))) for name in known]
    now = Text(t("Which policy should this program follow? Now it is {preset}.", preset=chosen))
    return Message((now, *lines, *in_rows([Button(name, action("setup.preset", name)) for name in known])))


def preset_chosen(preset: str, count: int) -> Message:
    """Say which policy is followed now."""
    done = t("This program follows {preset} from now on. Changes of single figures stay.", preset=preset)
    if not count:
        return message(done, actions=back())
    return message(done, come_later(count), actions=(Button(t("Which ones?"), action("setup.rules")), *back()))


def preset_already(preset: str) -> Message:
    """Say that nothing is to be changed."""
    return message(t("This program follows {preset} already. Nothing was changed.", preset=preset), actions=back())


def rules(preset: str, now: Sequence[Rule], later_on: Sequence[Rule]) -> Message:
    """List what a policy asks for: what the bot does already, and what comes later."""
    blocks: list[Block] = [Heading(t("What {preset} asks for", preset=preset)), Text(works())]
    if now:
        blocks.append(Text("\n".join([t("Of its rules I see to these already:"), *map(_rule, now)])))
    if later_on:
        lines = [t("These come with later versions of me:"), *map(_rule, later_on)]
        blocks += [Text("\n".join(lines)), Note(as_before())]
    return Message((*blocks, Actions(back())))


def _rule(rule: Rule) -> str:
    return t("· {rule}", rule=t(rule.text))


def language_choices(chosen: str) -> Message:
    """Ask for the program's language."""
    buttons = [Button(name, action("setup.language", code)) for code, name in languages().items()]
    now = t(
        "Which language should I speak with whoever hasn't chosen one? Now it is {name}.", name=language_name(chosen)
    )
    return Message((Text(now), *in_rows(buttons)))


def language_chosen(code: str) -> Message:
    """Say which language is spoken now."""
    return message(t("I speak {name} with whoever hasn't chosen a language.", name=language_name(code)), actions=back())


def hours_form(hours: HourFigures) -> Form:
    """Ask when people like to be reminded who haven't said so."""
    now = tuple(day for at, day in enumerate(WEEKDAYS) if at in hours.days)
    known = [*DAYS, *([now] if hours.days not in map(_numbers, DAYS) else [])]
    chosen = next(days for days in known if _numbers(days) == hours.days)
    choices = tuple((" ".join(days), days_said(_numbers(days))) for days in known)
    hint = t("As on a clock: 09:00")
    return Form(
        t("When I may remind people"),
        action("setup.hours_set"),
        (
            Field("days", t("On which days?"), " ".join(chosen), choices=choices),
            Field("opens", t("From when on?"), clock(hours.opens), hint, limit=5),
            Field("closes", t("Until when?"), clock(hours.closes), hint, limit=5),
        ),
        submit=t("Save"),
    )


def _numbers(days: Sequence[str]) -> frozenset[int]:
    return frozenset(map(WEEKDAYS.index, days))


def hours_set(hours: HourFigures) -> Message:
    """Say when people are reminded now."""
    line = t(
        "I remind people {days}, {opens} to {closes}, in their own time zone. Whoever chose other hours keeps them.",
        days=days_said(hours.days),
        opens=clock(hours.opens),
        closes=clock(hours.closes),
    )
    return message(line, actions=back())


def hours_already() -> Message:
    """Say that nothing was to be changed."""
    return message(t("These are the hours already. Nothing was changed."), actions=back())
