"""What is shown of the people of a program: the list, and a card for each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time

from babel import Locale
from babel.dates import format_time, get_day_names

from bot.community.naming import shown as short
from bot.language import isolated, languages, later, locale, n, t
from bot.members.roles import role_name, role_names
from bot.members.words import fold
from bot.people import Account, Member, Role
from bot.policy_sections import HourFigures
from bot.views import Actions, Button, Extra, Heading, Message, Note, Text, action, message
from bot.wording import full_day, names
from storage.members import PauseRow

WHICH_PERSON = later("Whom would you like to see? Please write: /mentor-admin person @amara, or a name.")
_WORKDAYS = frozenset(range(5))
_WEEK = frozenset(range(7))


@dataclass(frozen=True, slots=True)
class Facts:
    """What there is to know of a member. `asking` is the account of whoever looks; `away`: the pauses just now.

    `mentees` and `mentors` are names; `missing` is what has to be so before the first pairing, `extras` what
    the features have to add.
    """

    member: Member
    accounts: Sequence[Account]
    asking: Account
    away: Sequence[PauseRow]
    mentees: Sequence[str]
    mentors: Sequence[str]
    missing: Sequence[str]
    extras: Sequence[Extra] = ()


def left_words() -> frozenset[str]:
    """Return the words that ask for those who were deactivated, in the language in use and in English."""
    said = ("left", "deactivated", "inactive", t("left"), t("deactivated"))
    return frozenset(map(fold, said))


def people(
    everybody: Sequence[Member], shown: Sequence[tuple[Member, str, Sequence[str]]], count: int, word: str
) -> Message:
    """List people, with how many there are in each role."""
    rest = count - len(shown)
    hint = "/mentor-admin people mentor"
    more = [
        n("… and {n} more. To see some of them: {hint}", "… and {n} more. To see some of them: {hint}", rest, hint=hint)
    ]
    found = [n('{n} of them fits "{word}":', '{n} of them fit "{word}":', count, word=short(word))] if word else []
    buttons = (
        Button(t("Add people"), action("community.add_form")),
        Button(t("Import a list"), action("community.import_form")),
    )
    return Message(
        (
            Heading(_counts(everybody)),
            *map(Text, found),
            *(Text(_marked(_line(one, handle), marks)) for one, handle, marks in shown),
            *map(Note, more if rest else []),
            Actions(buttons),
        )
    )


def _counts(everybody: Sequence[Member]) -> str:
    active = [one for one in everybody if one.active]
    total = n("{n} person in the program", "{n} people in the program", len(active))
    each = {role: sum(role in one.roles for one in active) for role in Role}
    told = [t("{role}: {count}", role=role_name(role), count=count) for role, count in each.items() if count]
    left = len(everybody) - len(active)
    told += [t("deactivated: {count}", count=left)] if left else []
    return t("{total} ({counts})", total=total, counts=", ".join(told)) if told else total


def _line(one: Member, handle: str) -> str:
    values = {"name": isolated(one.name), "handle": isolated(handle), "roles": role_names(one.roles)}
    if not one.active:
        return t("{name} ({handle}): deactivated; was {roles}", **values)
    return t("{name} ({handle}): {roles}", **values)


def _marked(line: str, marks: Sequence[str]) -> str:
    kept = [mark for mark in marks if mark]
    return t("{line} · {marks}", line=line, marks=", ".join(kept)) if kept else line


def nobody_fits(word: str, guess: str) -> Message:
    """Say that nobody fits a word."""
    if guess:
        hint = t("Did you mean {guess}?", guess=isolated(guess))
        return message(t('Nobody here fits "{word}".', word=short(word)), hint)
    return message(t('Nobody here fits "{word}". A role or a part of a name is fine.', word=short(word)))


def several(word: str, found: Sequence[tuple[Member, str]], count: int) -> Message:
    """Ask which of several people is meant."""
    text = n(
        '{n} person is called "{word}". Whom do you mean?',
        '{n} people are called "{word}". Whom do you mean?',
        count,
        word=short(word),
    )
    lines = [_line(one, handle) for one, handle in found]
    buttons = [Button(isolated(handle), action("community.person", one.id)) for one, handle in found]
    return Message((Text(text), *map(Text, lines), Actions(tuple(buttons))))


def no_member(word: str, guess: str) -> str:
    """Say that nobody in the program is called so."""
    if guess:
        return t(
            'Nobody in the program is called "{word}". Did you mean {guess}?', word=short(word), guess=isolated(guess)
        )
    return t('Nobody in the program is called "{word}". To add somebody: /mentor-admin add', word=short(word))


def not_a_member(user: str) -> Message:
    """Say that somebody whom a coordinator pointed at isn't in the program."""
    return message(t("{person} isn't in the program. To add somebody: /mentor-admin add", person=short(f"@{user}")))


def card(facts: Facts, hours: HourFigures, language: str, zone: str, opening: str) -> Message:
    """Show a member, and what can be done."""
    one = facts.member
    lines = [
        t("Role: {roles}", roles=role_names(one.roles)),
        t("Time zone: {zone}", zone=one.zone),
        t("Country: {country}", country=_country(one.country)),
        t("Language: {language}", language=_language(one.language, language)),
        _hours(one, hours),
        *_presence(facts, zone),
        *([t("Mentor of {names}", names=names(facts.mentees))] if facts.mentees else []),
        *([t("Mentee of {names}", names=names(facts.mentors))] if facts.mentors else []),
        t("Accounts: {accounts}", accounts=_accounts(facts.accounts, facts.asking)),
        *([t("Before the first pairing:")] if facts.missing else []),
        *(t("• {what}", what=what) for what in facts.missing),
        *(line for extra in facts.extras for line in extra.lines),
    ]
    buttons = [Button(t("Change"), action("community.change", one.id))]
    if one.active:
        buttons.append(Button(t("Deactivate"), action("community.deactivate", one.id)))
    else:
        buttons.append(Button(t("Bring back"), action("community.bring_back", one.id), primary=True))
    buttons += [button for extra in facts.extras for button in extra.buttons]
    begin = [Text(opening)] if opening else []
    return Message((*begin, Heading(isolated(one.name)), *map(Text, lines), Actions(tuple(buttons))))


def _country(code: str | None) -> str:
    if code is None:
        return t("not given, so I know no holidays")
    name = Locale.parse(locale()).territories.get(code[:2])
    return t("{name} ({code})", name=name, code=code) if name else code


def _language(code: str | None, of_program: str) -> str:
    if code is None:
        return t("{language}, as the program", language=languages().get(of_program, of_program))
    return languages().get(code, code)


def _hours(one: Member, hours: HourFigures) -> str:
    own = any(value is not None for value in (one.days, one.opens, one.closes))
    values = {
        "days": _days(hours.days if one.days is None else one.days),
        "opens": _time(hours.opens if one.opens is None else one.opens),
        "closes": _time(hours.closes if one.closes is None else one.closes),
    }
    if own:
        return t("Reminders: {days}, {opens} to {closes}", **values)
    return t("Reminders: {days}, {opens} to {closes}, as the program", **values)


def _time(at: time) -> str:
    return format_time(at, "HH:mm", locale=locale())


def _days(days: frozenset[int]) -> str:
    called = get_day_names("wide", locale=locale())
    if days == _WEEK:
        return t("every day")
    if days == _WORKDAYS:
        return t("{first} to {last}", first=called[0], last=called[4])
    return names([called[day] for day in sorted(days)])


def _presence(facts: Facts, zone: str) -> list[str]:
    if not facts.member.active:
        return [t("Deactivated: I neither remind nor answer them, and nobody is reminded of them.")]
    if not facts.away:
        return []
    ends = [pause.until for pause in facts.away if pause.until is not None]
    if len(ends) < len(facts.away):
        return [t("Away until they say that they're back")]
    return [t("Away until {day}", day=full_day(max(ends), zone))]


def _accounts(accounts: Sequence[Account], asking: Account) -> str:
    here = (asking.platform, asking.workspace)
    told = [
        f"@{one.user}"
        if (one.platform, one.workspace) == here
        else t("@{user} on {platform}", user=one.user, platform=one.platform.capitalize())
        for one in accounts
    ]
    return names(told) if told else t("none")
