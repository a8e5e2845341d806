"""What is to come of what booking declares: its part of tests/core/allowed.py."""

from tests.core.allowed import Done

TYPED = frozenset({"session", "session_time"})
MEANT = frozenset({"session_time"})
ANSWERED = frozenset({"session", "outbox", "due", "audit"})
LINKED = frozenset({"session", "outbox", "audit"})
THEIRS = frozenset({"1", "2", "3"})  # other sessions of the same two
FORM = {"time1": "16 March 2026 18:00", "minutes": "60", "with": "1"}

ALLOWED: dict[str, Done] = {
    "/mentor sessions": Done("No session is booked|Your next sessions|You aren't paired"),
    "button sessions.propose": Done("Propose a session|You aren't paired"),
    "button sessions.details": Done("Session with", args=":{booked}", owned=True, both=True, right=THEIRS),
    "button sessions.move": Done("Move a session", args=":{booked}", owned=True, both=True),
    "button sessions.cancel": Done("Call a session off", args=":{booked}", owned=True, both=True),
    "button sessions.link": Done("Link to meet at", args=":{booked}", owned=True, both=True),
    "button sessions.other": Done("times|Nothing was changed", args=":{proposed}:1", owned=True, both=True),
    "button sessions.accept": Done("Lovely!", ANSWERED, ":{time}", owned=True),
    "button sessions.decline": Done(
        "That's fine|Nothing was changed", ANSWERED, ":{proposed}:1", owned=True, both=True
    ),
    "button sessions.withdraw": Done(
        "can't answer|Nothing was changed", ANSWERED, ":{proposed}:1", "lena", owned=True, both=True
    ),
    "button sessions.change": Done("Propose a session", args=":{typed}", owner="lena", owned=True),
    "button sessions.mean": Done("Shall I propose this", MEANT, ":{reading}", "lena", owned=True),
    "button sessions.send": Done("Which one do you mean", args=":{typed}", owner="lena", owned=True),
    "button sessions.drop": Done("It's gone", TYPED, ":{typed}", "lena", owned=True),
    "form sessions.made": Done(
        "Shall I propose this", TYPED, ":1:0", "lena", owned=True, both=True, right=frozenset({"0", "7"}), values=FORM
    ),
    "form sessions.changed": Done("Shall I propose this", TYPED, ":{typed}", "lena", owned=True, values=FORM),
    "form sessions.cancelled": Done(
        "is called off", ANSWERED, ":{booked}", owned=True, both=True, values={"words": "Sorry"}
    ),
    "form sessions.linked": Done(
        "Noted: https", LINKED, ":{booked}", owned=True, both=True, values={"link": "https://zoom.us/j/1"}
    ),
}
