"""What is to come of what this room declares: its part of tests/core/allowed.py."""

from tests.core.allowed import Done

WRITTEN = frozenset({"audit"})

ALLOWED: dict[str, Done] = {
    "/mentor-admin export": Done("Lists for a spreadsheet"),
    "button exports.write": Done("3 entries", WRITTEN, ":pairs:csv", right=frozenset({"xlsx"})),
}
