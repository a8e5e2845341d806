"""What coordinators read of what would be if a badge asked for something else."""

from collections.abc import Sequence

from bot.badges.definition import Criterion, Definition
from bot.badges.measures import Kind, Window
from bot.badges.what_if import Outcome
from bot.badges.wording import criterion
from bot.language import n, t
from bot.people import Member
from bot.texts import excerpt
from bot.views import Actions, Block, Button, Field, Form, Heading, Message, Note, Text, action, in_rows
from bot.wording import names
from bot.written.editing_wording import labels

NAMED = 30  # people in a row; the rest are counted


def which(badges: Sequence[Definition]) -> Message:
    """Ask which badge is meant."""
    called = labels(badges)
    buttons = [Button(label, action("badges.what_if", name)) for name, label in called.items()]
    about = t("Try out another threshold: I tell you for whom it would make a difference. Nothing is changed.")
    return Message((Text(about), *in_rows(buttons)))


def form(definition: Definition) -> Form:
    """Ask for another threshold of a criterion."""
    choices = tuple(
        (str(number), excerpt(criterion(one), 75))
        for number, one in enumerate(definition.criteria)
        if one.about.kind is not Kind.NOT_THERE
    )
    timed = any(one.about.window is not Window.NEVER for one in definition.criteria)
    which_one = Field("criterion", t("Which criterion?"), choices[0][0], choices=choices)
    at_least = Field("at_least", t("At least"), hint=t('A share such as "90%", or a number such as 3.'), limit=10)
    hint = t('Such as "60d" or "quarter". Left empty, it stays as it is.')
    within = Field("within", t("Within"), hint=hint, required=False, limit=20)
    title = excerpt(t("What if: {title}", title=t(definition.title)), 45)
    fields = (which_one, at_least, *((within,) if timed else ()))
    return Form(title, action("badges.tried", definition.name), fields, submit=t("Try it out"))


def days_of(one: Criterion) -> str:
    """Return a criterion's time as it is typed; nothing if it has none."""
    return "" if one.within is None else f"{one.within.days}d"


def nothing_to_change(definition: Definition) -> Message:
    """Say that nothing of a badge is counted yet."""
    return Message((Text(t("I can't count anything of “{title}” yet.", title=t(definition.title))),))


def choose() -> str:
    """Ask for a criterion that there is."""
    return t("Please choose from the list.")


def as_it_is() -> str:
    """Say that this is no change."""
    return t("It is so already. Please try another one.")


def outcome(definition: Definition, was: Criterion, new: Criterion, found: Outcome) -> Message:
    """Say for whom another threshold would make a difference."""
    counted = n(
        "{before} fulfil all of it now; with this {n} person would.",
        "{before} fulfil all of it now; with this {n} people would.",
        found.then,
        before=found.now,
    )
    blocks: list[Block] = [
        Heading(t("What if: {title}", title=t(definition.title))),
        Text(t("Now: {was}\nThen: {new}", was=criterion(was), new=criterion(new))),
        Text(counted),
    ]
    if found.gain:
        blocks.append(
            Text(n("{n} would gain: {names}", "{n} would gain: {names}", len(found.gain), names=_named(found.gain)))
        )
    if found.lose:
        blocks.append(
            Text(n("{n} would lose: {names}", "{n} would lose: {names}", len(found.lose), names=_named(found.lose)))
        )
    if not (found.gain or found.lose):
        blocks.append(Text(t("It would make no difference for anybody just now.")))
    row = (
        Button(t("Try another"), action("badges.what_if", definition.name)),
        Button(t("Open the badge"), action("badges.show", definition.name)),
    )
    note = t(
        "Nothing was changed, and nobody is told. Even with such a change nobody loses a badge by itself: "
        "whoever has it is told first, has time, and then one of you decides."
    )
    return Message((*blocks, Actions(row), Note(note)))


def _named(people: Sequence[Member]) -> str:
    rest = len(people) - NAMED
    shown = [one.name for one in people[:NAMED]]
    return names([*shown, n("{n} more", "{n} more", rest)]) if rest > 0 else names(shown)
