"""What coordinators read of forms."""

from collections.abc import Mapping, Sequence

from bot.asks.rules import excerpt
from bot.forms.definition import Definition, Kind, Question, SeenBy
from bot.forms.keeping import Known
from bot.language import n, t
from bot.views import Actions, Block, Button, Field, File, Form, Heading, Message, Note, Text, action, message
from bot.wording import full_day, length
from bot.written.parts import For
from bot.written.reading import Miswritten

PASTED_LIMIT = 3000  # characters: as much as a field of Slack's holds
PER_ROW = 5
SHORT = 40  # characters of a title on a button that says more


def listed(every: Sequence[Known], names: Mapping[str, str], zone: str) -> Message:
    """List the forms, with a button for each."""
    blocks: list[Block] = [Heading(t("What is asked after a session"))]
    blocks += [Text(_line(one, names.get(one.definition.name), zone)) for one in every]
    buttons = [Button(_label(one, every), action("forms.show", one.definition.name)) for one in every]
    blocks += [Actions(tuple(buttons[at : at + PER_ROW])) for at in range(0, len(buttons), PER_ROW)]
    blocks.append(Actions((Button(t("Add or change …"), action("forms.add"), primary=True),)))
    return Message(tuple(blocks))


def _label(form: Known, every: Sequence[Known]) -> str:
    """Call a form by its title, and say for whom it is where another one has the same."""
    if [_title(one) for one in every].count(_title(form)) == 1:
        return _title(form)
    return t("{title} · {whom}", title=excerpt(_title(form), SHORT), whom=_whom(form.definition))


def _title(form: Known) -> str:
    return t(form.definition.title)


def _line(form: Known, name: str | None, zone: str) -> str:
    return "\n".join((_about(form), _since(form, name, zone)))


def _about(form: Known) -> str:
    """Say of a form what it is, for whom, and how long."""
    definition = form.definition
    return n(
        "{title} · {whom} · {n} question",
        "{title} · {whom} · {n} questions",
        len(definition.questions),
        title=t(definition.title),
        whom=_whom(definition),
    )


def _whom(definition: Definition) -> str:
    match definition.whom:
        case For.MENTOR:
            return t("for mentors")
        case For.MENTEE:
            return t("for mentees")
    return t("for mentors and mentees")


def _since(form: Known, name: str | None, zone: str) -> str:
    """Say since when a form is what it is, and by whom."""
    row = form.row
    if row is not None and row.off_at is not None:
        return t("Switched off since {day}: nobody is asked.", day=full_day(row.off_at, zone))
    if row is None or (row.built_in and row.by_id is None):
        return t("It comes with mentorbot.")
    by, day = name or t("Somebody who has left"), full_day(row.made_at, zone)
    return t("Since {day}, by {name}.", day=day, name=by)


def card(form: Known, name: str | None, zone: str) -> Message:
    """Show what a form asks, and who sees the answers."""
    definition = form.definition
    blocks: list[Block] = [Heading(_title(form)), Text(_line(form, name, zone))]
    if definition.within is not None:
        blocks.append(Text(t("To be filled in within {time}.", time=length(definition.within))))
    blocks += [Text(_question(number, one)) for number, one in enumerate(definition.questions, 1)]
    return Message((*blocks, Actions(_buttons(form))))


def _buttons(form: Known) -> tuple[Button, ...]:
    name = form.definition.name
    switch = (
        Button(t("Switch on"), action("forms.on", name, form.version))
        if form.off
        else Button(t("Switch off"), action("forms.off", name, form.version))
    )
    short = len(form.source) <= PASTED_LIMIT
    change = (Button(t("Change …"), action("forms.change", name)),) if short else ()
    back = (Button(t("Take it back"), action("forms.back", name, form.version)),) if _has_before(form) else ()
    return (*change, Button(t("Download"), action("forms.file", name)), *back, switch)


def _has_before(form: Known) -> bool:
    """Tell whether somebody has put a form in the place of another."""
    return form.row is not None and form.version > 1 and not (form.row.built_in and form.row.by_id is None)


def _question(number: int, question: Question) -> str:
    """Say a question, how it is answered, and who sees that."""
    values = {
        "number": number,
        "ask": t(question.ask),
        "kind": _kind(question),
        "who": _who_sees(question.seen_by),
    }
    if question.required:
        return t("{number}. {ask}\n{kind} · has to be answered · {who}", **values)
    return t("{number}. {ask}\n{kind} · {who}", **values)


def _kind(question: Question) -> str:
    choices = ", ".join(t(one) for one in question.choices)
    said = {
        Kind.RATING: t("a rating from 1 to 5"),
        Kind.ONE: t("one of these: {choices}", choices=choices),
        Kind.SEVERAL: t("any of these: {choices}", choices=choices),
        Kind.YESNO: t("yes or no"),
        Kind.SHORT: t("a line"),
        Kind.LONG: t("a few lines"),
        Kind.GOALS: t("goals of the session"),
        Kind.STEPS: t("next steps, one a line"),
    }
    return said[question.kind]


def _who_sees(seen_by: SeenBy) -> str:
    said = {
        SeenBy.AUTHOR: t("seen by nobody else"),
        SeenBy.PAIRING: t("seen by both sides, not by coordinators"),
        SeenBy.COORDINATORS: t("seen by the coordinators"),
        SeenBy.TOTALS: t("seen by the mentor only as totals"),
    }
    return said[seen_by]


def as_file(form: Known, seen: int) -> Message:
    """Hand over a form as a file; `seen` is the newest version of any by now."""
    definition = form.definition
    about = t("{title}, as a text that can be changed", title=t(definition.title))
    steps = t("Change it in any text editor, then press the button and add the file. docs/forms.md explains each line.")
    button = Button(t("Add or change …"), action("forms.replace", seen))
    file = File(f"{definition.name}.toml", form.source.encode(), about)
    return Message((Text(about), file, Note(steps), Actions((button,))))


def add_form(seen: int) -> Form:
    """Ask for a form: a file, or its text; `seen` is the newest version of any by now."""
    fields = (
        Field(
            "file",
            t("A form as a file"),
            hint=t("Its name says whether it is new or takes the place of one."),
            required=False,
            file=True,
        ),
        Field("text", t("Or paste it here"), required=False, long=True, limit=PASTED_LIMIT),
    )
    return Form(t("Add or change a form"), action("forms.put", seen), fields, submit=t("Use it"))


def change_form(form: Known, seen: int) -> Form:
    """Open a form's text, to be changed at once; `seen` is the newest version of any by now."""
    hint = t("Leave its name as it is: another name makes another form.")
    field = Field("text", t("The form"), form.source, hint, long=True, limit=PASTED_LIMIT)
    return Form(t("Change a form"), action("forms.put", seen), (field,), submit=t("Use it"))


def both_given() -> str:
    """Say that one of both is enough."""
    return t("There is a file as well. Please leave one of the two empty.")


def nothing_given() -> str:
    """Say that nothing came along."""
    return t("Please add a file, or paste the form below.")


def wrong(error: Miswritten) -> str:
    """Say which lines of a form are wrong, and why."""
    return t("I can't use this yet. Nothing was changed.\n{problems}", problems=str(error))


def too_many(most: int) -> str:
    """Say that there is no room for a further form."""
    return t("A program can have {most} forms. Give this one the name of another, to take its place.", most=most)


def same(definition: Definition) -> str:
    """Say that a form is what it was."""
    return t("{title} is exactly so already. Nothing was changed.", title=t(definition.title))


def meanwhile(definition: Definition, name: str | None) -> str:
    """Say that somebody else has changed a form since it was opened."""
    return t(
        "{name} changed {title} meanwhile. Nothing of yours was used. Please look at it again with "
        "/mentor-admin forms, and put your change into what is there now.",
        name=name or t("Somebody"),
        title=t(definition.title),
    )


def changed_meanwhile(card: Message) -> Message:
    """Say that a form isn't what it was when its button was made, and show it."""
    return Message((Text(t("This was changed meanwhile. It stands like this now:")), *card.blocks))


def holds(card: Message) -> Message:
    """Say that people are asked like this from now on."""
    text = t("From the next session on it is asked like this. What was asked before stays as it was.")
    return Message((Text(text), *card.blocks))


def switched_off(form: Known) -> Message:
    """Say that nobody is asked with a form any more."""
    on = Button(t("Switch on"), action("forms.on", form.definition.name, form.version))
    text = t("{title} is switched off: nobody is asked. What was answered stays readable.", title=_title(form))
    return message(text, actions=(on,))
