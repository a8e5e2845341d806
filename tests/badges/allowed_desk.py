"""What is to come of what coordinators can do about badges: its part of tests/core/allowed.py."""

from tests.badges.preparing import KIND
from tests.core.allowed import Done

CHANGED = frozenset({"badge", "audit"})
DECIDED = frozenset({"award", "outbox", "audit"})
GIVEN = DECIDED | {"badge_choice"}
LOOKED = frozenset({"audit"})
USED = frozenset("12345")  # versions, members and awards that there are in the scene; 0 is none
ANY = USED | {"0"}
OURS = ":{proposed}:{proposed_at}"

ALLOWED: dict[str, Done] = {
    "/mentor-admin badges": Done("1 badge waits for a decision"),
    "button badges.held": Done("Who has a badge", args=":0"),
    "button badges.close": Done("(?i)close to a badge", args=":0", right=USED),
    "button badges.person": Done("Lena Vogt's badges", LOOKED, ":{lena}", right=USED),
    "button badges.give": Done("Give a badge", args=":{lena}", right=ANY),
    "form badges.gave": Done(
        "Lena Vogt has the badge",
        GIVEN,
        ":{lena}",
        right=ANY,
        values={"badge": "mentee-accountability", "reason": "Always there"},
    ),
    "button badges.proposal": Done("Noor Haddad's badge", args=":{proposed}", right=USED),
    "button badges.keep": Done("Noor Haddad keeps it", DECIDED, OURS, right=USED),
    "button badges.withdraw": Done("Withdraw a badge", args=OURS, right=ANY),
    "form badges.withdrawn": Done("I tell Noor Haddad", DECIDED, OURS, right=ANY, values={"reason": "We agreed so"}),
    "button badges.kinds": Done("Badges of this program"),
    "button badges.show": Done("For mentors who are kind", args=":kind"),
    "button badges.file": Done("as a text that can be changed", args=":kind"),
    "button badges.add": Done("Add or change a badge"),
    "button badges.replace": Done("Add or change a badge", args=":0", right=USED),
    "button badges.change": Done("Change a badge", args=":kind"),
    "button badges.back": Done("This was changed meanwhile", args=":kind:0"),
    "button badges.off": Done("switched off", CHANGED | {"award"}, ":kind:1", right=frozenset({"0"})),
    "button badges.on": Done("This was changed meanwhile", args=":kind:0"),
    "form badges.put": Done(
        "Whoever has the badge keeps it", CHANGED, ":0", right=USED, values={"text": KIND.replace("9", "8")}
    ),
    "button badges.preview": Done("Try out another threshold"),
    "button badges.what_if": Done("What if", args=":kind"),
    "form badges.tried": Done("with this", args=":kind", values={"criterion": "0", "at_least": "8"}),
}
