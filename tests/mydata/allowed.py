"""What may be done about the data of a member: a part of the table of tests/core/allowed.py."""

from tests.core.allowed import Done

LEAVING = frozenset({"leaving", "member", "pairing", "audit", "outbox", "delivery", "due"})
WORKED_OUT = frozenset({"turn", "nudge", "mark", "tail", "message", "reaction", "unreachable"})
OF_OTHER_ROOMS = frozenset({"rest", "wish", "pace_proposal", "ask", "ask_recipient", "dispute", "goal", "goal_update"})
OF_SESSIONS = frozenset({"session", "session_time", "session_word", "sheet", "sheet_answer", "next_step"})
OF_EVENTS = frozenset({"event", "event_guest"})
OF_REPORTS = frozenset({"responder_key", "report_unlock", "report_wrap", "too_close", "report_case"})
OF_BADGES = frozenset({"award", "badge_choice", "badge_day"})
LEFT = (
    LEAVING | WORKED_OUT | OF_OTHER_ROOMS | OF_SESSIONS | OF_EVENTS | OF_REPORTS | OF_BADGES
)  # these at most; the rest goes when the others are told
LENA = ":2"
ANOTHER = frozenset({"3"})  # names Noor, whom a coordinator may mean as well

ALLOWED = {
    "/mentor data": Done("This is what I keep about you", frozenset({"audit"})),
    "/mentor forget": Done("Shall I forget you"),
    "/mentor-admin forget": Done("Shall I forget Lena Vogt", args=" @lena"),
    "button mydata.forget_me": Done("Forget me"),
    "button mydata.forget_them": Done("Forget somebody", args=LENA, right=ANOTHER),
    "form mydata.forget": Done(
        "I'm deleting what I know about you", LEFT, ":1", owned=True, values={"name": " amara  OKAFOR"}
    ),
    "form mydata.forget_other": Done(
        "I'm deleting what I know about Lena Vogt", LEFT, LENA, values={"name": "Lena Vogt"}
    ),
}
