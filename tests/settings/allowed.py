"""What is to come of what is declared in bot/settings (see tests/core/allowed.py).

In the scene, the messages a week were changed from 3 to 4, and a coordinator has been shown a later first reminder.
"""

from tests.core.allowed import Done

SHOWN = frozenset({"proposal"})
CHANGED = frozenset(
    {"proposal", "policy_change", "program", "audit", "due", "turn", "session", "outbox"}
)  # these at most

ALLOWED = {
    "/mentor-admin settings": Done("First reminder: 24 hours"),
    "button settings.form": Done("Reminders", args=":reminders"),
    "button settings.switch_on": Done("Badges can be earned: no → yes", SHOWN, ":badges"),
    "button settings.history": Done("Messages a week: 3 → 4"),
    "button settings.change": Done("First reminder: 24 hours → 36 hours", CHANGED, ":{proposal}"),
    "button settings.leave": Done("Everything stays as it is", SHOWN, ":{proposal}"),
    "button settings.take_back": Done("Messages a week: 4 → 3", SHOWN, ":{version}"),
    "form settings.filled": Done(
        "First reminder: 24 hours → 12 hours",
        SHOWN,
        ":reminders:{version}",
        right=frozenset({"0"}),
        values={"first_after": "12 h"},
    ),
}
