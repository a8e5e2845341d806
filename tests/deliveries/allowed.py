"""What may be done about messages that couldn't be delivered: a part of the table of tests/core/allowed.py."""

from tests.core.allowed import Done

DROPPED = frozenset({"outbox", "audit"})
AGAIN = DROPPED | {"nudge", "due"}

ALLOWED = {
    "/mentor-admin undelivered": Done("1 message couldn't be delivered"),
    "button deliveries.again": Done("trying it again", AGAIN, ":{dead}"),
    "button deliveries.all_again": Done("trying it again", AGAIN),
    "button deliveries.drop": Done("forgotten that message", DROPPED, ":{dead}"),
}
