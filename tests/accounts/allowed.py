"""What is to come of what this room declares: its part of the table of tests/core/test_permissions.py."""

from tests.core.allowed import Done

ALLOWED: dict[str, Done] = {
    "/mentor link": Done("/mentor link [A-Z2-9]{5}-[A-Z2-9]{5}", frozenset({"code", "audit"})),
    "button accounts.unlink": Done("isn't linked to you", args=":playground:riverside:nobody"),
}
