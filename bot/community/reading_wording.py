"""What can be wrong with a list of people, each with what would be right."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from bot.community.naming import shown
from bot.language import later, n, t
from bot.members.roles import role_name
from bot.people import Role
from bot.wording import full_day, names

WORKBOOK = later(
    "This is a workbook of Excel or another program, and not a CSV file. "
    "In your spreadsheet choose Save as, then CSV UTF-8, and send me that file. Or copy the cells and paste them."
)
EMPTY = later(
    "There is nothing in it. The first row says what the columns are: name, account, role; then a row for each."
)
NO_TEXT = later("This is no file of text. In your spreadsheet choose Save as, then CSV UTF-8, and send me that file.")

_SEPARATORS = {
    ",": later("commas"),
    ";": later("semicolons"),
    "\t": later("tabs"),
    "|": later("upright strokes"),
    ":": later("colons"),
}


def too_large(limit: int) -> str:
    """Say that a file has too many bytes."""
    return t("This file is too large: a list can have {limit} MB. Please split it.", limit=limit // 1_000_000)


def too_many(limit: int) -> str:
    """Say that a file has too many rows."""
    return n(
        "A list can have {n} row at most. Please split it.", "A list can have {n} rows at most. Please split it.", limit
    )


def not_readable(encoding: str) -> str:
    """Say that a file isn't what its beginning says."""
    return t(
        "The file begins as {encoding}, and then it isn't. In your spreadsheet choose Save as, then CSV UTF-8.",
        encoding=encoding,
    )


def too_long_a_cell(line: int) -> str:
    """Say that a cell has no end."""
    return t("A cell in line {line} is far too long. Is a quotation mark missing there?", line=line)


def unclosed(line: int) -> str:
    """Say that a quotation mark was not closed."""
    return t('A quotation mark (") in line {line} is never closed. Please add or remove one there.', line=line)


def column_twice(one: str, other: str) -> str:
    """Say that two columns mean the same."""
    return t(
        'Two columns mean the same: "{one}" and "{other}". Please remove one of them, or rename it to "notes".',
        one=shown(one),
        other=shown(other),
    )


def no_header(cell: str, guess: str) -> str:
    """Say that the first row doesn't say what the columns are."""
    if guess:
        return t(
            'I need a column for the name, account or email. Did you mean "{guess}" by "{cell}" in the first row?',
            guess=guess,
            cell=shown(cell),
        )
    return t(
        "The first row has to say what the columns are. I know: name, account, email, role, time zone, country, "
        "language, mentor, coordinator. At least the account or the email is needed."
    )


def read_as(encoding: str, separator: str, count: int) -> str:
    """Say how a list was read."""
    return n(
        "I read {n} row, as {encoding} with {separator} between the cells.",
        "I read {n} rows, as {encoding} with {separator} between the cells.",
        count,
        encoding=encoding,
        separator=t(_SEPARATORS[separator]),
    )


def left_out(columns: Sequence[str]) -> str:
    """Say which columns played no part."""
    return t(
        "I left out the columns that I don't know: {columns}.", columns=names([shown(one) for one in columns[:10]])
    )


def not_spoken(typed: Sequence[str], spoken: Iterable[str]) -> str:
    """Say that the bot doesn't speak a language."""
    return t(
        "I don't speak {languages} yet. To these people I speak the program's language; I know {spoken}.",
        languages=names([shown(one) for one in typed[:10]]),
        spoken=names(list(spoken)),
    )


def spare(cells: Sequence[str]) -> str:
    """Say that a row has more cells than the first one."""
    found = next(cell for cell in cells if cell)
    return t(
        'this row has more cells than the first one: "{cell}" is too many. A text with a comma in it needs quotation '
        "marks around it.",
        cell=shown(found),
    )


def long_cell(limit: int) -> str:
    """Say that a cell is too long."""
    return t("this is longer than {limit} characters. Is a quotation mark missing?", limit=limit)


def formula(text: str) -> str:
    """Say that a name is a formula."""
    return t('"{text}" is a formula and no name. Please type the name itself.', text=shown(text))


def long_name(length: int, limit: int) -> str:
    """Say that a name is too long."""
    return t("this name has {length} characters; {limit} fit.", length=length, limit=limit)


def no_role(word: str) -> str:
    """Say that a word is no role."""
    return t('"{word}" is no role. There are: mentor, mentee, coordinator, responder.', word=shown(word))


def no_zone(text: str) -> str:
    """Say that there is no such time zone."""
    return t('there is no time zone "{text}". Please write it as Europe/Madrid or America/Bogota.', text=shown(text))


def no_country(text: str) -> str:
    """Say that there is no such country."""
    return t('I don\'t know the country "{text}". Its code is fine too: ES, GB, or DE-BY.', text=shown(text))


def no_language(text: str) -> str:
    """Say that there is no such language."""
    return t('I don\'t know the language "{text}". Its code is fine too: en, es.', text=shown(text))


def no_account(account: str) -> str:
    """Say that a platform doesn't know an account."""
    return t(
        'I can\'t find "{account}" here. It has to be the account of somebody who is here already.',
        account=shown(account),
    )


def no_email(email: str) -> str:
    """Say that a platform doesn't know an address."""
    return t('I can\'t find anybody here with the address "{email}". Please give the account.', email=shown(email))


def no_way() -> str:
    """Say that somebody can't be reached."""
    return t("there is neither an account nor an email, so I couldn't reach this person. Please add one.")


def nobody() -> str:
    """Say that a row names nobody."""
    return t("this row names nobody. Please add an account, an email or a name, or remove the row.")


def several(name: str, accounts: Sequence[str]) -> str:
    """Say that a name could be several people's."""
    some = names(list(accounts[:5]))
    return t(
        "there are several people called {name}: {accounts}. Please write the account instead.",
        name=shown(name),
        accounts=some,
    )


def other_name(account: str, name: str, line: int) -> str:
    """Say that an account stands twice, under two names."""
    return t(
        "{account} stands in line {line} already, there as {name}. Please write the name alike.",
        account=shown(account),
        line=line,
        name=shown(name),
    )


def otherwise(before: str, line: int) -> str:
    """Say that two rows about somebody contradict each other."""
    return t('line {line} says "{before}" of the same person. Please write it alike.', before=shown(before), line=line)


def has_left(name: str, account: str) -> str:
    """Say that somebody was deactivated."""
    return t(
        "{name} was in the program and is deactivated. To bring them back: /mentor-admin person {account}",
        name=shown(name),
        account=account,
    )


def which_role(name: str) -> str:
    """Say that somebody new needs a role."""
    return t("I need a role for {name}: mentor, mentee, coordinator or responder.", name=shown(name))


def no_partner(name: str) -> str:
    """Say that nobody is called so."""
    return t("nobody in this list or in the program is called {name}.", name=shown(name))


def themself() -> str:
    """Say that nobody can be paired with themself."""
    return t("nobody can be paired with themself. Please write the name of the other.")


def which_side(one: str, other: str) -> str:
    """Say that it isn't clear who is the mentor."""
    return t(
        "who is the mentor, {one} or {other}? Please use a column called mentor.", one=shown(one), other=shown(other)
    )


def lacks_role(name: str, role: Role) -> str:
    """Say that somebody can't have a part without its role."""
    return t(
        "{name} isn't a {role} in this program. Please add that role in their row, or look at the name.",
        name=shown(name),
        role=role_name(role),
    )


def were_paired(mentor: str, mentee: str, at: datetime, zone: str) -> str:
    """Say that a pairing has ended already."""
    return t(
        "{mentor} and {mentee} were paired until {day}. Please take them out here, and pair them again by hand.",
        mentor=shown(mentor),
        mentee=shown(mentee),
        day=full_day(at, zone),
    )


def two_coordinators(before: str, line: int) -> str:
    """Say that a pairing can have one coordinator."""
    return t("line {line} gives this pairing another coordinator: {before}.", line=line, before=shown(before))


def alike(one: str, line: int, other: str) -> str:
    """Warn that two rows, or a row and a member, may be the same person."""
    return t(
        "Line {line}, {one}: is that {other}? If so, please use one account.", line=line, one=shown(one), other=other
    )


def taken_for(typed: str, line: int, name: str) -> str:
    """Say whom a name was taken for."""
    return t('Line {line}: I take "{typed}" for {name}.', line=line, typed=shown(typed), name=shown(name))


def repeated(count: int) -> str:
    """Say that rows stand there twice."""
    return n("{n} row stands there twice; I count it once.", "{n} rows stand there twice; I count them once.", count)


def no_pairing(count: int) -> str:
    """Say that a coordinator has nothing to look after."""
    return n(
        "{n} row names a coordinator, but nobody to be paired with: that coordinator I left out.",
        "{n} rows name a coordinator, but nobody to be paired with: those coordinators I left out.",
        count,
    )


def roles_stay(count: int) -> str:
    """Say that no role is taken away."""
    return n(
        "{n} person has more roles in the program than in the list: they keep them.",
        "{n} people have more roles in the program than in the list: they keep them.",
        count,
    )
