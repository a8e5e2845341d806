"""What is to come of what this room declares: its part of tests/core/allowed.py."""

from tests.core.allowed import Done

CHANGED = frozenset({"program", "policy_change", "audit", "due", "turn", "nudge", "session", "outbox"})  # these at most
CONTACT = frozenset({"contact", "outbox", "audit"})
REPORTS = frozenset({"report_contact", "audit"})
HOURS = {"days": "mon tue wed thu fri sat", "opens": "8", "closes": "18.30"}
RUNNING = "Riverside Mentoring is running|Hillside Mentoring is running"

KEY = "age1egq4ummqe78t9rxyevynvwnncnahfufwcp67j2tcq6cn6lcpnymscr4c4p"

ALLOWED: dict[str, Done] = {
    "/mentor contact": Done("named no contact"),
    "/mentor-admin setup": Done("is running|This is for coordinators"),
    "/mentor-admin contact": Done("I've asked Mira Sato", CONTACT, " @mira"),
    "/mentor-admin channel": Done("in the channel itself"),
    "/mentor-admin start": Done(RUNNING),
    "/mentor-admin shadow": Done("nothing to try out"),
    "/mentor-admin stop": Done("Nothing goes out any more until Start"),
    "button setup.show": Done(RUNNING),
    "button setup.presets": Done("Now it is default"),
    "button setup.preset": Done("follows imstl from now on", CHANGED, ":imstl"),
    "button setup.rules": Done("What default asks for"),
    "button setup.languages": Done("Now it is English"),
    "button setup.language": Done("I speak English with", args=":en"),
    "button setup.hours": Done("When I may remind people"),
    "button setup.start": Done(RUNNING),
    "button setup.start_now": Done(RUNNING),
    "button setup.shadow": Done("nothing to try out"),
    "button setup.stop": Done("Nothing goes out any more until Start"),
    "button setup.stop_now": Done("is stopped", CHANGED | {"award"}),
    "button setup.contact_yes": Done("from an older message", args=":7"),
    "/mentor-admin reports": Done("who answers them"),
    "button setup.reports": Done("who answers them"),
    "button setup.reads_first": Done("and reads first", args=":{reader}"),
    "button setup.outside": Done("Outside contact's key"),
    "button setup.without": Done("Go on without"),
    "button setup.go_without": Done("decided to go on", REPORTS),
    "button setup.not_without": Done("Start waits for"),
    "form setup.outside_set": Done("from now on", REPORTS | {"outbox"}, values={"key": KEY}),
    "form setup.hours_set": Done("I remind people Monday to Saturday, 08:00 to 18:30", CHANGED, values=HOURS),
}
