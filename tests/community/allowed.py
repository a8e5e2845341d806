"""What is to come of everything that the room of the people declares: a part of tests/core/allowed.py."""

from bot.community.changing import version
from bot.people import Member, Role
from tests.core.allowed import Done

LENA = Member(2, "", "Lena Vogt", frozenset({Role.MENTEE}), "UTC")
KEY = f"{'A' * 43}="
LEFT = frozenset({"member", "pause", "audit", "mark", "tail", "turn", "due", "outbox", "session"})
OTHER_MEMBERS = frozenset({"3"})  # a forged id that names another member: a coordinator may see everybody
OTHER_VERSIONS = OTHER_MEMBERS | {"0", "7", "999999999999999999"}  # told how it stands by now

ALLOWED: dict[str, Done] = {
    "/mentor-admin add": Done("Ravi Menon is in the program already", args=" @ravi responder"),
    "/mentor-admin people": Done("7 people in the program"),
    "/mentor-admin person": Done("Mentee of Amara Okafor", args=" lena"),
    "/mentor-admin import": Done("Import people"),
    "person community.show": Done("Mentee of Amara Okafor", args="lena"),
    "button community.add_form": Done("Add people"),
    "button community.import_form": Done("Import people"),
    "button community.person": Done("Mentee of Amara Okafor", args=":2", right=OTHER_MEMBERS),
    "button community.change": Done("Change somebody", args=":2", right=OTHER_MEMBERS),
    "button community.deactivate": Done(r"Deactivate Lena Vogt\?", args=":2", right=OTHER_MEMBERS),
    "button community.deactivate_now": Done("Lena Vogt is deactivated", LEFT, ":2", right=OTHER_MEMBERS),
    "button community.bring_back": Done("Lena Vogt is in the program", args=":2", right=OTHER_MEMBERS),
    "button community.bring_back_as": Done("Lena Vogt is in the program", args=":2:mentee", right=OTHER_MEMBERS),
    "button community.import_now": Done("no longer have it", args=f":1:{KEY}"),
    "button community.mend": Done("no longer have it", args=f":1:{KEY}"),
    "form community.add": Done(
        "Ravi Menon is in the program already", values={"people": "@ravi", "roles": "responder"}
    ),
    "form community.change": Done(
        "Changed.",
        frozenset({"member", "audit"}),
        f":2:{version(LENA)}",
        values={"name": "Lena Voigt", "roles": "mentee", "zone": "UTC", "country": ""},
        right=OTHER_VERSIONS,
    ),
    "form community.import": Done(
        "Change 1 person", frozenset({"draft"}), values={"text": "account,role\n@lena,mentor"}
    ),
}
