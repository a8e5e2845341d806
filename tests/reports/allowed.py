"""What is to come of what this room declares: its part of tests/core/allowed.py.

Whoever has the token of a draft, or a code, may go on with it: nobody knows whose it is.
"""

from tests.core.allowed import Done
from tests.reports.making import WHO, WRITTEN
from tests.reports.preparing import CODE

KEPT = frozenset({"report_draft"})
SENT = frozenset({"report_case", "report_entry", "report_wrap", "report_draft"})
RESTS = frozenset({"rest", "due", "turn", "outbox", "session", "sheet", "nudge"})
IDS = frozenset({"0", "999999999999999999"})
NO_MEMBER = "You aren't in this program"
LOOKED = "R-|several codes"
GONE = "no longer know which message"

ALLOWED: dict[str, Done] = {
    "/mentor report": Done("Tell somebody you can trust", outsiders=NO_MEMBER),
    "shortcut reports.message": Done("Tell somebody you can trust", args="{hers}"),
    "button reports.begin": Done("Tell somebody you can trust", outsiders=NO_MEMBER),
    "button reports.ask_first": Done("You can ask before you write"),
    "button reports.close": Done("Nothing of it was kept"),
    "button reports.close_draft": Done("Nothing of it was kept", KEPT, ":{unsent}"),
    "button reports.write": Done("Who must not read it"),
    "button reports.write_about": Done(GONE, args=":token:1"),
    "form reports.chosen": Done("What happened", KEPT, values=WHO),
    "form reports.chosen_about": Done(GONE, args=":token:1", values=WHO),
    "form reports.chosen_anew": Done("Before it is sent", KEPT, ":{unsent}", values=WHO),
    "form reports.written": Done("Before it is sent", KEPT, ":{unsent}", values=WRITTEN),
    "button reports.change": Done("What happened", args=":{unsent}"),
    "button reports.change_who": Done("Who must not read it", args=":{unsent}"),
    "button reports.send": Done("Send it", args=":{unsent}"),
    "form reports.sent": Done("It is sent|Nothing was sent yet", SENT, ":{unsent}", values={"digits": CODE[-5:]}),
    "button reports.quiet": Done("no longer remind you two", RESTS, ":1", owned=True, both=True),
    "button reports.not_quiet": Done("stays as it is"),
    "button reports.look": Done("I have a code", outsiders="I have a code"),
    "form reports.looked": Done(LOOKED, values={"code": CODE[::-1]}, outsiders=LOOKED),
    "button reports.turn": Done(LOOKED, args=":{code}:0", right=IDS | {"7"}, outsiders=LOOKED),
    "button reports.close_look": Done("look with your code", outsiders="look with your code"),
    "button reports.reply": Done("Write to them", args=":{code}:7", right=IDS, outsiders="Write to them"),
    "form reports.replied": Done(
        "It is sent",
        frozenset({"report_case", "report_entry"}),
        ":{code}:7",
        right=IDS,
        values={"text": "Again"},
        outsiders="It is sent",
    ),
}
