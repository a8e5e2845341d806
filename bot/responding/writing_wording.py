"""The forms in which responders write, and what they read around them."""

from collections.abc import Sequence

from bot.language import languages, later, spoken, t
from bot.reports.fields_wording import LONG
from bot.responding.case_wording import back
from bot.responding.opening import Opened
from bot.responding.templates import OUTCOMES, WORDS
from bot.views import Actions, Block, Button, Field, Form, Heading, Message, Note, Text, action
from bot.wording import names

_TITLES = {
    "r": later("Say that it is read"),
    "q": later("Ask whoever reported it"),
    "a": later("Answer whoever reported it"),
    "n": later("Note for responders"),
}
GONE = later("I no longer have what you wrote. Nothing was changed.")
_READ = later("Whoever reported it reads this, with their code.")
_NOT_READ = later("Only those who can open this report read this.")
_BEGINNINGS = later("How would you like to begin? You can change every word before it is sent.")
_SAID = {
    "r": later("It is kept. Whoever reported it sees that you have read it."),
    "q": later("Your question is kept, locked. Whoever reported it finds it with their code."),
    "a": later("Your answer is kept, locked. Whoever reported it finds it with their code."),
    "n": later("Your note is kept, locked. Whoever reported it doesn't see it."),
}


def beginnings(opened: Opened, what: str, token: str) -> Message:
    """Offer wordings to begin with."""
    _, templates = WORDS[what]
    choices = tuple(
        Button(t(one.label), action("responding.write", opened.case.id, what, number, token))
        for number, one in enumerate(templates)
    )
    heading = t("{name}: {what}", name=opened.case.name, what=t(_TITLES[what]))
    theirs = [] if opened.language == spoken() else [Note(_in(opened.language))]
    return Message((Heading(heading), Text(t(_BEGINNINGS)), *theirs, Actions(choices), Actions((back(token),))))


def _in(language: str) -> str:
    return t("They are in {language}: so whoever reported it reads me.", language=languages()[language])


def form(opened: Opened, what: str, entry_id: int, said: int, token: str, text: str) -> Form:
    """Ask for the words; `said`: so many lines of others were there when it was opened."""
    title = t("{name}: {what}", name=opened.case.name, what=t(_TITLES[what]))
    hint = t(_NOT_READ if what == "n" else _READ)
    field = Field("text", t("Your words"), text, hint, long=True, limit=LONG)
    return Form(title, action("responding.written", opened.case.id, what, entry_id, said, token), (field,))


def closing(opened: Opened, entry_id: int, said: int, token: str) -> Form:
    """Ask what came of a report; `said`: so many lines of others were there when it was opened."""
    choices = tuple((name, t(one.label)) for name, one in OUTCOMES.items())
    return Form(
        t("Close {name}", name=opened.case.name),
        action("responding.closed", opened.case.id, entry_id, said, token),
        (
            Field("outcome", t("What came of it?"), choices=choices),
            Field(
                "text",
                t("What you would like to add"),
                hint=t(_READ),
                required=False,
                long=True,
                limit=LONG,
            ),
        ),
        submit=t("Close it"),
    )


def kept(what: str, *, told: bool) -> str:
    """Say that something was written; `told`: whoever reported it gets a message that there is something."""
    said = t(_SAID[what])
    return f"{said} {_told()}" if told else said


def closed(*, told: bool) -> str:
    """Say that a report is closed."""
    said = t("It is closed. Whoever reported it finds what came of it with their code.")
    return f"{said} {_told()}" if told else said


def _told() -> str:
    return t("I tell them that there is a private note, and no more.")


def already() -> str:
    """Say that something was written before, by the same form."""
    return t("It is kept already. Nothing was changed.")


def meanwhile(opened: Opened, who: Sequence[str], text: str, again: str, token: str) -> Message:
    """Say that others wrote something while somebody wrote; what they wrote is given back."""
    line = t("Meanwhile {names} wrote something, so yours isn't sent yet. It may not fit any more.", names=names(who))
    send = Button(t("Go on with mine …"), again)
    return Message((Text(line), *_given_back(text), Actions((_read_first(opened, token), send))))


def not_closed(opened: Opened, who: Sequence[str], text: str, token: str) -> Message:
    """Say that others wrote something while somebody closed a report, which therefore isn't closed."""
    line = t("Meanwhile {names} wrote something, so it isn't closed yet. Please read that first.", names=names(who))
    return Message((Text(line), *_given_back(text), Actions((_read_first(opened, token),))))


def _read_first(opened: Opened, token: str) -> Button:
    return Button(t("Read it first"), action("responding.read", opened.case.id, token), primary=True)


def _given_back(text: str) -> Sequence[Block]:
    pieces = [Text(text[at : at + 1500]) for at in range(0, len(text), 1500)]
    return (Note(t("What you wrote:")), *pieces) if pieces else ()


def is_closed(name: str, who: str | None) -> str:
    """Say that a report was closed meanwhile."""
    if who is None:
        return t("{name} is closed by now. To write in it, open it again first.", name=name)
    return t("{who} has closed {name} meanwhile. To write in it, open it again first.", name=name, who=who)


def nothing_written() -> str:
    """Say that words are missing."""
    return t("Please write something.")


def gaps() -> str:
    """Say that a wording was sent as it is."""
    return t("There is still a “…” in it. Please put your own words there, or take it out.")


def whoever_reported() -> str:
    """Name whoever reported it."""
    return t("whoever reported it")
