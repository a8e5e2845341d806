"""What is to come of what this room declares: its part of tests/core/allowed.py.

In the scene Amara has unlocked her key, and may read two reports; one of them is closed.
"""

from tests.core.allowed import Done
from tests.responding.reporting import PASSPHRASE

READ = frozenset({"audit"})
LONGER = frozenset({"report_unlock"})
STEPPED = frozenset({"report_case", "report_entry", "audit"})
NEW = {"passphrase": "velvet harbour quartz thimble", "again": "velvet harbour quartz thimble"}
ANY = frozenset({"0", "7", "999999999999999999"})  # whatever an entry's id or a page's number is
ENTERED = {"must_not": "nobody", "kind": "money", "danger": "no", "what": "By letter"}
CASE = ":{report}:{unlocked}"

ALLOWED: dict[str, Done] = {
    "/mentor reports": Done("Private reports"),
    "button responding.open": Done("Private reports"),
    "button responding.key": Done("You have a key already|Make my key"),
    "form responding.key_made": Done(
        "You have a key already|Your key is made", frozenset({"responder_key", "audit", "due"}), values=NEW
    ),
    "button responding.lost": Done("lost your passphrase", owned=True),
    "button responding.key_form": Done("Make a new key", args=":{stamp}", owned=True),
    "form responding.key_anew": Done(
        "Your new key is made",
        frozenset({"responder_key", "report_unlock", "report_wrap", "audit", "due"}),
        ":{stamp}",
        owned=True,
        values=NEW,
    ),
    "button responding.passphrase": Done("Change my passphrase", owned=True),
    "form responding.passphrase_changed": Done(
        "your new passphrase opens your key",
        frozenset({"responder_key", "report_unlock", "audit"}),
        owned=True,
        values={"now": PASSPHRASE, **NEW},
    ),
    "button responding.unlock": Done("Unlock reports", owned=True),
    "form responding.unlocked": Done(
        "Open for 15 minutes", frozenset({"report_unlock", "audit"}), owned=True, values={"passphrase": PASSPHRASE}
    ),
    "button responding.lock": Done("All is locked again", frozenset({"report_unlock"}), args=":{unlocked}", owned=True),
    "button responding.cases": Done("Private reports", args=":{unlocked}:0", owned=True, right=ANY),
    "button responding.read": Done("What happened", READ, CASE, owned=True),
    "button responding.page": Done("What happened", READ, ":{report}:0:{unlocked}", owned=True, right=ANY),
    "button responding.acknowledge": Done("How would you like to begin", args=CASE, owned=True),
    "button responding.ask": Done("How would you like to begin", args=CASE, owned=True),
    "button responding.answer": Done("How would you like to begin", args=CASE, owned=True),
    "button responding.note": Done("Note for responders", LONGER, CASE, owned=True),
    "button responding.write": Done("Answer whoever", LONGER, ":{report}:a:0:{unlocked}", owned=True),
    "button responding.again": Done("Answer whoever", LONGER, ":{report}:a:{held}:{unlocked}", owned=True),
    "form responding.written": Done(
        "Your answer is kept",
        STEPPED,
        ":{report}:a:{entry}:0:{unlocked}",
        owned=True,
        right=ANY,
        values={"text": "We look at it."},
    ),
    "button responding.close": Done("Close R-", LONGER, CASE, owned=True),
    "form responding.closed": Done(
        "It is closed", STEPPED, ":{report}:{entry}:0:{unlocked}", owned=True, right=ANY, values={"outcome": "done"}
    ),
    "button responding.take": Done("You have it now", STEPPED, CASE, owned=True),
    "button responding.take_over": Done("You have it now", STEPPED, CASE, owned=True),
    "button responding.reopen": Done(
        "It is open again", frozenset({"report_case", "audit"}), ":{closed_report}:{unlocked}", owned=True
    ),
    "button responding.aside": Done("If you step aside", args=CASE, owned=True),
    "button responding.step_aside": Done("You stepped aside", STEPPED | {"report_wrap"}, CASE, owned=True),
    "button responding.let_in": Done("Ravi Menon: 1 report", args=":{unlocked}", owned=True),
    "button responding.let": Done(
        "can open 1 report more",
        frozenset({"report_wrap", "report_entry", "audit"}),
        ":{responder}:{unlocked}",
        owned=True,
    ),
    "button responding.too_close": Done("too close"),
    "button responding.who_is_close": Done("too close"),
    "form responding.close_people": Done(
        "don't come to you|stands so already",
        frozenset({"too_close", "audit"}),
        values={"who": "Lena Vogt"},
    ),
    "button responding.not_close": Done(
        "come to you from now on|stands so already", frozenset({"too_close", "audit"}), ":{close}"
    ),
    "button responding.enter": Done("Enter a report"),
    "form responding.entered": Done("kept, locked|must not", STEPPED | {"report_wrap"}, ":{receipt}", values=ENTERED),
}
