"""What is to come of what this room declares: its part of tests/core/allowed.py."""

from tests.core.allowed import Done
from tests.forms.written import SMALL

CHANGED = frozenset({"form", "audit"})
USED = frozenset("123")  # the forms that are used in the scene; 0 is none

ALLOWED: dict[str, Done] = {
    "/mentor-admin forms": Done("What is asked after a session"),
    "button forms.show": Done("What did you cover", args=":notes"),
    "button forms.file": Done("as a text that can be changed", args=":notes"),
    "button forms.add": Done("Add or change a form"),
    "button forms.replace": Done("Add or change a form", args=":0", right=USED),
    "button forms.change": Done("Change a form", args=":notes"),
    "button forms.back": Done("This was changed meanwhile", args=":notes:0"),
    "button forms.off": Done("switched off", CHANGED, ":notes:1", right=frozenset({"0"})),
    "button forms.on": Done("This was changed meanwhile", args=":notes:0"),
    "form forms.put": Done("From the next session on", CHANGED, ":0", right=USED, values={"text": SMALL}),
}
