"""What is to come of what is declared around sessions: its part of tests/core/allowed.py."""

from tests.core.allowed import Done

IDS = frozenset(map(str, range(10)))  # of other sessions of the same two
NONE = frozenset({"0"})  # on time after all; no recording
SAID = frozenset({"session", "sheet", "session_word", "outbox", "due"})
NOTED = frozenset({"session", "sheet", "session_word", "session_goal", "outbox", "due", "audit"})
DECIDED = frozenset({"session", "sheet", "outbox", "audit", "due"})
APPROVED = frozenset({"session", "outbox", "due", "audit"})
LATER = frozenset({"session_word", "outbox"})

ALLOWED: dict[str, Done] = {
    "button sessions.met": Done("Thank you! It's noted", SAID, ":{over}:yes", owned=True, both=True),
    "button sessions.met_again": Done("Did you two meet", args=":{over}", owned=True, both=True),
    "button sessions.why": Done("Only coordinators see this", SAID, ":{unclear}:technical", owned=True),
    "button sessions.we_see": Done("All right", args=":{over}", owned=True, both=True, right=IDS),
    "button sessions.again": Done("Propose a session", args=":{over}", owned=True, both=True, right=IDS),
    "button sessions.late": Done("How much later", args=":{coming}", owned=True, both=True),
    "button sessions.late_by": Done("Noted: 5 minutes", LATER, ":{coming}:5", owned=True, both=True, right=NONE),
    "button sessions.recording": Done("isn't recorded", args=":{coming}", owned=True, both=True),
    "button sessions.record": Done("Noted. I'm asking", DECIDED, ":{coming}:1", owned=True, both=True, right=NONE),
    "button sessions.unbooked": Done("We met without booking|You aren't paired"),
    "form sessions.noted": Done(
        "Noted: you and|Please choose one|You aren't paired",
        NOTED,
        values={"when": "25 February 2026 18:00", "minutes": "60", "with": "1"},
    ),
    "button sessions.they_met": Done("as held|Nothing was changed", DECIDED, ":{unclear}"),
    "button sessions.not_met": Done("as not held|Nothing was changed", DECIDED, ":{unclear}"),
    "button sessions.go_ahead": Done("Thank you. I'm asking|Nothing was changed", APPROVED, ":{asks}"),
    "button sessions.talk_first": Done(
        "waits until you let it go on|Nothing was changed", frozenset({"session", "audit", "outbox"}), ":{asks}"
    ),
}
