"""What is to come of what this room declares: its part of tests/core/allowed.py.

In the scene Amara and Lena have met. Amara is asked for notes and has a draft of her feedback; Lena is asked for hers.
"""

from tests.core.allowed import Done

SENT = frozenset({"sheet", "sheet_answer", "next_step", "audit", "due", "outbox"})
NOTHING = frozenset({"sheet", "sheet_answer", "audit", "due", "outbox"})
REMINDED = frozenset({"sheet_reminder", "audit", "due", "outbox"})
READ = frozenset({"audit"})
LENAS = frozenset({"3"})  # her own, when it is she who asks
MEMBERS = frozenset("0123456789")  # any member is there for a coordinator
WORDS = {"covered": "Berlin", "Send": "send"}

ALLOWED: dict[str, Done] = {
    "/mentor notes": Done("Notes and feedback|Nothing waits to be written"),
    "/mentor-admin notes": Done("that haven't come so far|Nobody's notes", owner="noor"),
    "button feedback.write": Done("With Lena Vogt", args=":{sheet}", owned=True, right=LENAS),
    "form feedback.written": Done("Thank you", SENT, ":{sheet}", owned=True, right=LENAS, values=WORDS),
    "button feedback.send": Done("Thank you", SENT, ":{draft_sheet}", owned=True, right=LENAS),
    "button feedback.nothing": Done("Nothing was changed|Thank you", NOTHING, args=":{met}", owned=True, both=True),
    "button feedback.drop": Done("Thank you", NOTHING, ":{met}", owned=True, both=True),
    "button feedback.later": Done(
        "I'll ask again", frozenset({"sheet", "due", "outbox"}), ":{met}", owned=True, both=True
    ),
    "button feedback.why": Done("Your newest notes|Nothing has counted"),
    "button feedback.dispute": Done("doesn't count as late", args=":{sheet}", owned=True, right=LENAS),
    "button feedback.read": Done("Session with", args=":{met}", owned=True, both=True, right=MEMBERS),
    "button feedback.step_done": Done("Done: Call", frozenset({"next_step"}), ":{step}", owned=True, both=True),
    "button feedback.step_open": Done("still to be done", frozenset({"next_step"}), ":{ended}", owned=True, both=True),
    "button feedback.remind": Done("I'll remind Lena", REMINDED, ":{lena}", owner="noor", right=MEMBERS),
    "button feedback.given": Done("nothing was written|For coordinators only", READ),
    "button feedback.totals": Done("too few people", READ),
}
