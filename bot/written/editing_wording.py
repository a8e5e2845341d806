"""What coordinators read of what they write themselves; what differs from kind to kind comes with each kind."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from bot.language import t
from bot.texts import excerpt
from bot.views import Actions, Block, Button, Field, File, Form, Heading, Message, Note, Text, action, in_rows, message
from bot.wording import full_day
from bot.written.parts import For
from bot.written.reading import Miswritten
from bot.written.shelf import Known, Named

PASTED_LIMIT = 3000  # characters: as much as a field of Slack's holds
SHORT = 40  # characters of a title on a button that says more


class Titled(Named, Protocol):
    """What is written has a title, too, and is for somebody."""

    @property
    def title(self) -> str:
        """How people call it."""
        ...

    @property
    def whom(self) -> For:
        """For whom it is."""
        ...


D = TypeVar("D", bound=Titled)


@dataclass(frozen=True, slots=True)
class Words(Generic[D]):
    """What is said of one kind alone, each text to be said later.

    `name` is what its actions begin with. `about` says one in a line, `details` what stands in it, and `more` what else
    can be pressed. `off_since` has {day}, `too_many` {most}, `meanwhile` {name} and {title}, `off` {title}.
    """

    name: str
    about: Callable[[D], str]
    details: Callable[[D], Sequence[Block]]
    heading: str
    add: str
    file: str
    change: str
    text: str
    hint: str
    how: str
    nothing: str
    too_many: str
    meanwhile: str
    holds: str
    off: str
    off_since: str
    example: str = ""  # what a new one is begun with
    more: Callable[[D], tuple[Button, ...]] = lambda _: ()


def listed(words: Words[D], every: Sequence[Known[D]], names: Mapping[str, str], zone: str) -> Message:
    """List all, with a button for each."""
    blocks: list[Block] = [Heading(t(words.heading))]
    blocks += [Text(_line(words, one, names.get(one.definition.name), zone)) for one in every]
    called = labels([one.definition for one in every])
    buttons = [Button(called[name], action(f"{words.name}.show", name)) for name in called]
    blocks += in_rows(buttons)
    blocks.append(Actions((Button(t("Add or change …"), action(f"{words.name}.add"), primary=True),)))
    return Message(tuple(blocks))


def labels(every: Sequence[D]) -> dict[str, str]:
    """Call each, by name, by its title, and say for whom it is where another one has the same."""
    titles = [t(one.title) for one in every]
    return {
        one.name: title
        if titles.count(title) == 1
        else t("{title} · {whom}", title=excerpt(title, SHORT), whom=whom(one))
        for one, title in zip(every, titles, strict=True)
    }


def whom(one: Titled) -> str:
    """Say for whom one is."""
    match one.whom:
        case For.MENTOR:
            return t("for mentors")
        case For.MENTEE:
            return t("for mentees")
    return t("for mentors and mentees")


def _line(words: Words[D], one: Known[D], name: str | None, zone: str) -> str:
    return "\n".join((words.about(one.definition), _since(words, one, name, zone)))


def _since(words: Words[D], one: Known[D], name: str | None, zone: str) -> str:
    """Say since when one is what it is, and by whom."""
    row = one.row
    if row is not None and row.off_at is not None:
        return t(words.off_since, day=full_day(row.off_at, zone))
    if row is None or (row.built_in and row.by_id is None):
        return t("It comes with mentorbot.")
    by, day = name or t("Somebody who has left"), full_day(row.made_at, zone)
    return t("Since {day}, by {name}.", day=day, name=by)


def card(words: Words[D], one: Known[D], name: str | None, zone: str) -> Message:
    """Show all that stands in one, and what can be done."""
    begin = (Heading(t(one.definition.title)), Text(_line(words, one, name, zone)))
    more = words.more(one.definition)
    return Message(
        (*begin, *words.details(one.definition), *([Actions(more)] if more else []), Actions(_buttons(words, one)))
    )


def _buttons(words: Words[D], one: Known[D]) -> tuple[Button, ...]:
    kind, name = words.name, one.definition.name
    switch = (
        Button(t("Switch on"), action(f"{kind}.on", name, one.version))
        if one.off
        else Button(t("Switch off"), action(f"{kind}.off", name, one.version))
    )
    short = len(one.source) <= PASTED_LIMIT
    change = (Button(t("Change …"), action(f"{kind}.change", name)),) if short else ()
    back = (Button(t("Take it back"), action(f"{kind}.back", name, one.version)),) if _has_before(one) else ()
    return (*change, Button(t("Download"), action(f"{kind}.file", name)), *back, switch)


def _has_before(one: Known[D]) -> bool:
    """Tell whether somebody has put one in the place of another."""
    return one.row is not None and one.version > 1 and not (one.row.built_in and one.row.by_id is None)


def as_file(words: Words[D], one: Known[D], seen: int) -> Message:
    """Hand one over as a file; `seen` is the newest version of any by now."""
    definition = one.definition
    about = t("{title}, as a text that can be changed", title=t(definition.title))
    button = Button(t("Add or change …"), action(f"{words.name}.replace", seen))
    file = File(f"{definition.name}.toml", one.source.encode(), about)
    return Message((Text(about), file, Note(t(words.how)), Actions((button,))))


def add_form(words: Words[D], seen: int, *, example: bool = False) -> Form:
    """Ask for one: a file, or its text; `seen` is the newest version of any by now; `example`: to begin with."""
    hint = t("A name that I don't know adds a new one; a known name takes that one's place.")
    fields = (
        Field("file", t(words.file), hint=hint, required=False, file=True),
        _pasted(words) if example and words.example else _pasted(),
    )
    return Form(t(words.add), action(f"{words.name}.put", seen), fields, submit=t("Use it"))


def _pasted(words: Words[D] | None = None) -> Field:
    """Ask for a text; with words, an example of theirs stands there to be changed."""
    if words is None:
        return Field("text", t("Or paste it here"), required=False, long=True, limit=PASTED_LIMIT)
    hint = t("This is an example: change whatever you like, or put a text of your own in its place.")
    return Field("text", t("Or write it here"), words.example, hint, required=False, long=True, limit=PASTED_LIMIT)


def change_form(words: Words[D], one: Known[D], seen: int) -> Form:
    """Open the text of one, to be changed at once; `seen` is the newest version of any by now."""
    field = Field("text", t(words.text), one.source, t(words.hint), long=True, limit=PASTED_LIMIT)
    return Form(t(words.change), action(f"{words.name}.put", seen), (field,), submit=t("Use it"))


def both_given() -> str:
    """Say that one of both is enough."""
    return t("There is a file as well. Please leave one of the two empty.")


def nothing_given(words: Words[D]) -> str:
    """Say that nothing came along."""
    return t(words.nothing)


def wrong(error: Miswritten) -> str:
    """Say which lines are wrong, and why."""
    return t("I can't use this yet. Nothing was changed.\n{problems}", problems=str(error))


def too_many(words: Words[D], most: int) -> str:
    """Say that there is no room for a further one."""
    return t(words.too_many, most=most)


def same(definition: Titled) -> str:
    """Say that one is what it was."""
    return t("{title} is exactly so already. Nothing was changed.", title=t(definition.title))


def meanwhile(words: Words[D], definition: D, name: str | None) -> str:
    """Say that somebody else has changed one since it was opened."""
    return t(words.meanwhile, name=name or t("Somebody"), title=t(definition.title))


def changed_meanwhile(card: Message) -> Message:
    """Say that one isn't what it was when its button was made, and show it."""
    return Message((Text(t("This was changed meanwhile. It stands like this now:")), *card.blocks))


def holds(words: Words[D], card: Message) -> Message:
    """Say that it is so from now on."""
    return Message((Text(t(words.holds)), *card.blocks))


def switched_off(words: Words[D], one: Known[D]) -> Message:
    """Say that one isn't used any more."""
    on = Button(t("Switch on"), action(f"{words.name}.on", one.definition.name, one.version))
    return message(t(words.off, title=t(one.definition.title)), actions=(on,))
