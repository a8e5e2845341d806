"""What is to come of everything that is declared, when it may be done: here for members and nudges.

Each other room of the bot has its part of the table beside its own tests (tests/<room>/allowed.py); tests/core/rooms.py
puts them together.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Done:
    """What is to come of a call when it may be made: by whom, what is answered, which tables change.

    `args` is what follows a command's or action's name, with {open}, {closed} for turn ids. `owned`: what it is about
    belongs to `owner` alone, or to `both` sides of a pairing. `right` are values that look forged and are not.
    `values` are what a form is filled in with. `outsiders` are told this, who are no members of the program, or not any
    more; changes are the same then.
    """

    says: str
    changes: frozenset[str] = frozenset()
    args: str = ""
    owner: str = "amara"
    owned: bool = False
    both: bool = False
    right: frozenset[str] = frozenset()
    values: Mapping[str, str] = field(default_factory=dict)
    outsiders: str = ""


PAUSED: frozenset[str] = frozenset(
    {"pause", "audit", "due", "turn", "nudge", "session", "sheet", "outbox"}  # at most
)
SETTLED = frozenset({"mark", "tail", "audit", "turn", "due", "outbox"})

ALLOWED: dict[str, Done] = {
    "/mentor away": Done("Noted: you're away", PAUSED, " two weeks"),
    "/mentor back": Done("You weren't marked as away"),
    "/mentor waiting": Done("(?i)wait"),
    "/mentor rate": Done("counted"),
    "/mentor help": Done("/mentor away"),
    "/mentor-admin waiting": Done("1 of 3 pairs may need help"),
    "/mentor-admin help": Done("/mentor-admin waiting"),
    "button members.away": Done("How long"),
    "button members.away_for": Done("Noted: you're away", PAUSED, ":7", right=frozenset({"0"})),
    "button members.away_form": Done("I'll be away"),
    "button members.back": Done("You weren't marked as away"),
    "button nudges.why": Done("No message has counted|Your newest messages to answer"),
    "button nudges.later": Done("When may I remind you again", args=":{open}:0", owned=True),
    "button nudges.put_off": Done(
        "I'll remind you of Lena Vogt's", SETTLED, ":{open}:0:1", owned=True, right=frozenset({"0", "7"})
    ),
    "button nudges.not_needed": Done("I won't remind you of Lena", SETTLED, ":{open}:0", owned=True),
    "button nudges.elsewhere": Done("answered elsewhere", SETTLED, ":{open}:0", owned=True),
    "button nudges.reopen": Done("you're still waiting", SETTLED, ":{closed}:0", owner="noor", owned=True),
    "form members.away_until": Done("Noted: you're away", PAUSED, values={"until": "two weeks", "since": ""}),
    "shortcut nudges.wanted": Done("friendly reminder", SETTLED, "{hers}", owner="noor", owned=True),
    "shortcut nudges.no_hurry": Done("no hurry", SETTLED, "{waits}", owner="lena", owned=True),
}
