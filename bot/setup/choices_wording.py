"""What is said about the policy, the hours and the language of a program."""

from collections.abc import Sequence

from bot.language import languages, later, n, t
from bot.policy import WEEKDAYS, HourFigures
from bot.setup.rules import Rule
from bot.setup.wording import back, clock, days_said, described, language_name
from bot.views import Actions, Block, Button, Field, Form, Heading, Message, Text, action, message

IN_A_ROW = 5
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


def _rows(buttons: Sequence[Button]) -> list[Block]:
    return [Actions(tuple(buttons[at : at + IN_A_ROW])) for at in range(0, len(buttons), IN_A_ROW)]


def presets(known: Sequence[str], chosen: str) -> Message:
    """Ask for the policy to follow."""
    lines = [Text(t("{preset}: {text}", preset=name, text=described(name))) for name in known]
    now = Text(t("Which policy should this program follow? Now it is {preset}.", preset=chosen))
    return Message((now, *lines, *_rows([Button(name, action("setup.preset", name)) for name in known])))


def preset_chosen(preset: str, count: int) -> Message:
    """Say which policy is followed now."""
    done = t("This program follows {preset} from now on. Changes of single figures stay.", preset=preset)
    if not count:
        return message(done, actions=back())
    rest = n(
        "{n} rule of this policy isn't carried out by me yet.",
        "{n} rules of this policy aren't carried out by me yet.",
        count,
    )
    return message(done, rest, actions=(Button(t("Which ones?"), action("setup.rules")), *back()))


def preset_already(preset: str) -> Message:
    """Say that nothing is to be changed."""
    return message(t("This program follows {preset} already. Nothing was changed.", preset=preset), actions=back())


def rules(preset: str, found: Sequence[Rule]) -> Message:
    """List what a policy asks for and the bot doesn't do."""
    if not found:
        return message(t("I carry out all that {preset} asks for.", preset=preset), actions=back())
    lines = "\n".join(t("· {rule}", rule=t(rule.text)) for rule in found)
    heading = t("What {preset} asks for, and I can't do yet: please see to it yourselves", preset=preset)
    return Message((Heading(heading), Text(lines), Actions(back())))


def language_choices(chosen: str) -> Message:
    """Ask for the program's language."""
    buttons = [Button(name, action("setup.language", code)) for code, name in languages().items()]
    now = t(
        "Which language should I speak with whoever hasn't chosen one? Now it is {name}.", name=language_name(chosen)
    )
    return Message((Text(now), *_rows(buttons)))


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
