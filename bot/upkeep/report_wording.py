"""What the commands about private reports say to whoever runs the bot."""

from collections.abc import Sequence
from datetime import datetime

KEY_IS_THERE = (
    "There is a recovery key already. If it is lost, or somebody else has it, make another one with --replace: reports "
    "that were made before can be opened with the old one alone, so keep that as long as you have it."
)
KEPT_NOWHERE = (
    "This is the recovery key. It is kept nowhere: only its public half is in the database. Whoever has it, and an "
    "export, can read every report of this program. Write it to paper or to a file that is never on this machine, and "
    "put it where two people together can get at it."
)
NO_CASE = "There is no report {name}. It is called like R-7K2M9Q."
NOT_FOR_ANYBODY = (
    "{name} can be opened in the chat alone: when it was made there was neither a recovery key nor an outside contact. "
    "Nothing was written."
)
IS_THERE = "{folder} is there already. Please name another folder with --to, or move it away."
UNWRITABLE = "{folder} can't be written: {why}."
EXPORTED = (
    "{folder} has the report, sealed as it is in the database; README.txt says how it is opened. That it was taken out "
    "stands in the audit log."
)

_OF_KEY = {"recovery": "the recovery key", "outside": "the outside contact's key"}
_HOW = """\
{name}, sealed as it was in the database when it was taken out. It is in the format of age (https://age-encryption.org).

First open the key of this report, with {whose}; then everything else with the key of this report:

{first}
    age -d -i {name}.key 1.age

What you get is JSON, filled up with blanks. Files, in the order of the hours in which they were written (UTC):

{files}

{name}.key opens this whole report: delete it when you are done.
"""
_FIRST = "    age -d -i KEY -o {name}.key {file}    (KEY is the file with {whose})\n"
_FILE = "    {file}  {hour:%Y-%m-%d %H}:00\n"


def which_program(name: str | None, names: Sequence[str]) -> str:
    """Say that a program has to be named, and which there are."""
    if not names:
        return "There is no program in this database yet."
    there = ", ".join(repr(one) for one in names)
    if name is None:
        return f"There are several programs. Please name one with --program: {there}."
    return f"There is no program {name!r}. There are: {there}."


def key_file(reader: str) -> str:
    """Return the name of the file with a case's key, for one reader."""
    return f"key-for-{reader}.age"


def entry_file(number: int) -> str:
    """Return the name of the file with an entry."""
    return f"{number}.age"


def how_to_open(name: str, readers: Sequence[str], hours: Sequence[datetime]) -> str:
    """Say how the files of a case are opened."""
    first = "".join(_FIRST.format(name=name, file=key_file(one), whose=_OF_KEY[one]) for one in readers)
    files = "".join(_FILE.format(file=entry_file(number), hour=hour) for number, hour in enumerate(hours, 1))
    whose = " or ".join(_OF_KEY[one] for one in readers)
    return _HOW.format(name=name, whose=whose, first=first.rstrip("\n"), files=files.rstrip("\n"))


def recovery_key(secret: str, public: str, now: datetime) -> str:
    """Return a recovery key as a file that age takes."""
    return f"# mentorbot's recovery key, made on {now:%Y-%m-%d}\n# public key: {public}\n{secret}"
