"""What is said about figures."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.citing import cited
from bot.language import later, n, t
from bot.settings.figures import SECTIONS, Figure, Kind, Section
from bot.views import Actions, Block, Button, Field, Form, Heading, Message, Note, Text, action, in_rows, message
from bot.wording import ago, moment, names

Difference = tuple[Figure, str, str]
"""A figure, what it was and what it becomes, as people write it."""

LIMIT, HOSTS_LIMIT = 200, 600  # characters
FALLBACKS = {"space": later("in their conversation"), "nobody": later("nowhere")}
SWITCH = {"yes": later("yes"), "no": later("no")}
CHANGE = later("Change it")
LEAVE = later("Leave it")

_RIGHT = {
    Kind.LENGTH: later("Write a length of time, such as 36 hours, 2 days, or a day and a half."),
    Kind.DAYS: later("Write days of the week, such as Monday to Friday, or Tuesday and Saturday."),
    Kind.TIME: later("Write a time of day, such as 9:00 or 7:30 pm."),
    Kind.FALLBACK: later('Write "in their conversation" or "nowhere".'),
    Kind.SWITCH: later('Write "yes" or "no".'),
    Kind.HOSTS: later("Write names such as meet.google.com, zoom.us: no addresses, and 20 at most."),
    Kind.COUNTRY: later('Write the name of a country, or "none".'),
    Kind.WORDS: later('Write it as it is to be read, in 200 characters at most, or "none".'),
    Kind.REACTIONS: later('Write the names of reactions, such as eyes, hourglass, or "none".'),
}


def right(kind: Kind) -> str:
    """Say what would be right."""
    return t(_RIGHT[kind])


def right_number(least: int, most: int) -> str:
    """Say which numbers would be right."""
    return t("Write a whole number from {least} to {most}.", least=least, most=most)


def right_length_from(least: str) -> str:
    """Say which lengths would be right."""
    return t("Write a length of time, such as 26 weeks: {least} or more.", least=least)


def right_policy(there: Sequence[str]) -> str:
    """Say which policies there are."""
    return t("There are: {policies}.", policies=", ".join(there))


def no_policy(typed: str, near: str | None, there: Sequence[str]) -> str:
    """Say that there is no such policy, which one may have been meant, and which there are."""
    every = ", ".join(there)
    if near is None:
        return t('There is no policy "{typed}". There are: {policies}.', typed=typed[:80], policies=every)
    return t(
        'There is no policy "{typed}". Did you mean {near}? There are: {policies}.',
        typed=typed[:80],
        near=near,
        policies=every,
    )


def unreadable(typed: str, right: str) -> str:
    """Say that a value can't be read, and what would be right."""
    return t('I couldn\'t read "{typed}". {right}', typed=typed[:80], right=right)


def together(rule: str, others: Sequence[tuple[Figure, str]]) -> str:
    """Say why values don't fit together, and how those stand that nobody wanted to change."""
    if not others:
        return t(rule)
    return t("{rule} As it stands: {others}.", rule=t(rule), others=_values(others))


def _values(values: Sequence[tuple[Figure, str]]) -> str:
    return names([t("{figure}: {value}", figure=t(figure.label), value=value) for figure, value in values])


def unknown(typed: str, near: Figure | None) -> str:
    """Say that there is no such figure, and which one may have been meant."""
    if near is None:
        return t('I don\'t know a setting "{typed}". All of them: /mentor-admin settings', typed=typed[:80])
    return t(
        'I don\'t know a setting "{typed}". Did you mean "{figure}"? Then write: /mentor-admin settings {figure} …',
        typed=typed[:80],
        figure=t(near.label).lower(),
    )


def source(changed: tuple[str | None, datetime] | None, of_preset: str | None, now: datetime, zone: str) -> str:
    """Say where a value comes from: who changed it and when, or what the preset says."""
    if changed is None:
        return cited(of_preset) if of_preset else t("default")
    who, at = changed
    if who is None:
        return t("changed {day} by somebody who is no longer here", day=ago(at, now, zone))
    return t("changed by {name} {day}", name=who, day=ago(at, now, zone))


def from_the_beginning() -> str:
    """Say that nobody chose another policy since the program was made."""
    return t("from the beginning")


def overview(lines: Mapping[str, tuple[str, str]]) -> Message:
    """Show every figure with its value and source, by key, and a button for each section."""
    blocks: list[Block] = []
    for section in SECTIONS:
        shown = [_line(figure, *lines[figure.key]) for figure in section.figures]
        blocks += [Heading(t(section.title)), Text("\n".join(shown))]
    buttons = [Button(t(section.button), action("settings.form", section.name)) for section in SECTIONS]
    buttons.append(Button(t("What was changed"), action("settings.history")))
    return Message(
        (
            *blocks,
            *in_rows(buttons),
            Note(
                t("You can also write it: /mentor-admin settings first reminder 36 hours. I show first what it does.")
            ),
        )
    )


def _line(figure: Figure, value: str, source: str) -> str:
    return t("{figure}: {value} ({source})", figure=t(figure.label), value=value, source=source)


def one(section: Section, figure: Figure, value: str, source: str, right: str) -> Message:
    """Show one figure, and how it is changed."""
    return message(
        _line(figure, value, source),
        t(figure.means),
        right,
        actions=(Button(t(section.button), action("settings.form", section.name)),),
    )


def form(section: Section, version: int, values: Mapping[str, str], policies: Sequence[str]) -> Form:
    """Ask for the figures of a section."""
    fields = [
        Field(
            figure.name,
            t(figure.label),
            values[figure.key],
            hint=t(figure.means),
            choices=_choices(figure, policies),
            limit=HOSTS_LIMIT if figure.kind is Kind.HOSTS else LIMIT,
        )
        for figure in section.figures
    ]
    # The version tells what stood in the fields: a field that was left alone changes nothing.
    return Form(
        t(section.title), action("settings.filled", section.name, version), tuple(fields), submit=t("Try it out")
    )


def _choices(figure: Figure, policies: Sequence[str]) -> tuple[tuple[str, str], ...]:
    if figure.kind in (Kind.FALLBACK, Kind.SWITCH):
        labels = FALLBACKS if figure.kind is Kind.FALLBACK else SWITCH
        return tuple((t(label), t(label)) for label in labels.values())
    return tuple((name, name) for name in policies) if figure.kind is Kind.POLICY else ()


def differences(changes: Sequence[Difference]) -> list[str]:
    """Say what becomes of figures, each in a line."""
    return [_difference(figure, before, after) for figure, before, after in changes]


def _difference(figure: Figure, before: str, after: str) -> str:
    if before == after:
        return t("{figure}: {value}, as the policy has it", figure=t(figure.label), value=after)
    return t("{figure}: {before} → {after}", figure=t(figure.label), before=before, after=after)


def preview(
    changes: Sequence[Difference], tried: Sequence[str], proposal: int, meanwhile: Sequence[str] = ()
) -> Message:
    """Show what a change would do, and let it be carried out or left."""
    effects = dict.fromkeys(t(figure.effect) for figure, _, _ in changes if figure.effect)
    yes = Button(t(CHANGE), action("settings.change", proposal), primary=True)
    no = Button(t(LEAVE), action("settings.leave", proposal))
    return message(*meanwhile, *differences(changes), *tried, *effects, actions=(yes, no))


def tried_out(before: int, after: int) -> str:
    """Say how many reminders there would have been in the last month."""
    if before == after:
        return n(
            "In the last month it would have made no difference: about {n} reminder.",
            "In the last month it would have made no difference: about {n} reminders.",
            after,
        )
    return n(
        "In the last month: about {before} → {n} reminder.",
        "In the last month: about {before} → {n} reminders.",
        after,
        before=before,
    )


def nothing_to_try() -> str:
    """Say that nobody wrote."""
    return t("I can't try it out yet: in the last month nobody wrote anything.")


def too_much(most: int) -> str:
    """Say that too much was written."""
    return t(
        "There were more than {most} messages lately: too many for me to try this out while you wait.", most=f"{most:,}"
    )


def meanwhile(who: str | None, changes: Sequence[Difference]) -> list[str]:
    """Say that somebody else changed something, before the change that was asked for could hold."""
    told = (
        t("Meanwhile somebody else changed the settings, so I've changed nothing yet:")
        if who is None
        else t("Meanwhile {name} changed the settings, so I've changed nothing yet:", name=who)
    )
    return [told, *differences(changes), t("With that, your change would be:")]


def already() -> Message:
    """Say that nothing would become different."""
    return message(t("That is how it stands already. Nothing was changed."))


def already_meanwhile(who: str | None) -> Message:
    """Say that somebody else made the same change."""
    if who is None:
        return message(t("Somebody else has just made the same change, so nothing was left to do."))
    return message(t("{name} has just made the same change, so nothing was left to do.", name=who))


def changed(changes: Sequence[Difference]) -> Message:
    """Say that a change holds."""
    return message(
        t("Done. This holds from now on:"),
        *differences(changes),
        actions=(Button(t("What was changed"), action("settings.history")),),
    )


def left() -> Message:
    """Say that nothing was changed."""
    return message(t("All right. Everything stays as it is."))


def changed_since(figures: Sequence[Figure]) -> str:
    """Say that a change can't be taken back, for it was overtaken."""
    which = names([t(figure.label) for figure in figures])
    return t("{figures} was changed again since then. What holds now: /mentor-admin settings history", figures=which)


def history(
    versions: Sequence[tuple[int, str | None, datetime, Sequence[Difference], bool]], more: int, zone: str
) -> Message:
    """List changes, the newest first: version, who, when, what, and whether it can be taken back."""
    if not versions:
        return message(t("Nothing was changed so far: all figures are those of the policy."))
    blocks: list[Block] = [Heading(t("What was changed, the newest first"))]
    for version, who, at, changes, may_go in versions:
        blocks.append(Text("\n".join([_who_and_when(who, moment(at, zone)), *differences(changes)])))
        if may_go:
            blocks.append(Actions((Button(t("Take it back"), action("settings.take_back", version)),)))
    if more:
        blocks.append(Note(n("And {n} older change.", "And {n} older changes.", more)))
    return Message(tuple(blocks))


def _who_and_when(who: str | None, at: str) -> str:
    if who is None:
        return t("{at}, somebody who is no longer here:", at=at)
    return t("{at}, {name}:", at=at, name=who)
