"""What is to come of everything that this room declares: its part of the table in tests/core/allowed.py.

In the scene Amara and Lena are pairing 1, Amara and Noor 2, Mira and Malik 3. Lena has proposed a pace to Amara, and
has asked for a word because of safety.
"""

from tests.core.allowed import Done

MADE = frozenset({"pairing", "audit", "outbox"})
CLOCKS = frozenset(
    {
        "rest",
        "pairing",
        "session",
        "sheet",
        "pace_proposal",
        "wish",
        "audit",
        "outbox",
        "due",
        "turn",
        "nudge",
        "tail",
        "mark",
    }
)  # these at most
THERE = frozenset("0123456789")  # any pairing is there for a coordinator
PROPOSED = frozenset({"pace_proposal", "outbox"})
WISHED = frozenset({"wish", "outbox"})
PAIRED = {"mentor": "Amara Okafor", "mentee": "Malik Reyes", "coordinator": ""}

ALLOWED: dict[str, Done] = {
    "/mentor pace": Done("How long you have for an answer|to answer each other"),
    "/mentor change": Done("Which pairing|What would you like|emergency number"),
    "/mentor-admin pair": Done("are paired", MADE, " @amara with @malik", owner="lena"),
    "/mentor-admin pairs": Done("3 pairings"),
    "/mentor-admin pairing": Done("Amara Okafor \\(mentor\\) and Lena Vogt", args=" @amara @lena"),
    "button pairings.card": Done("Amara Okafor \\(mentor\\)", args=":1", right=THERE),
    "button pairings.again": Done("are paired already", args=":1:0", owner="noor", right=THERE),
    "button pairings.rest": Done("How long shall the pairing rest", args=":1", right=THERE),
    "button pairings.rest_for": Done("rests until", CLOCKS, ":1:7", right=THERE),
    "button pairings.rest_form": Done("Let the pairing rest", args=":1", right=THERE),
    "button pairings.go_on": Done("goes on", args=":1", right=THERE),
    "button pairings.pace_card": Done("Which one did the two agree on", args=":1", right=THERE),
    "button pairings.set_pace": Done("agreed pace: 4 days", CLOCKS, ":1:4", right=THERE),
    "button pairings.coordinator": Done("Who looks after this pairing", args=":1", right=THERE),
    "button pairings.other": Done("Another mentor", args=":1", right=THERE),
    "button pairings.end": Done("End the pairing of Amara Okafor and Lena Vogt", args=":1", right=THERE),
    "button pairings.end_now": Done("has ended", CLOCKS, ":1", right=THERE),
    "button pairings.space": Done("have a space already", args=":1", right=THERE),
    "button pairings.settled": Done("the wish is settled", CLOCKS, ":1", owner="noor", right=THERE),
    "button pairings.note": Done("because of safety|Nothing was changed", args=":1", owner="noor"),
    "button pairings.read": Done("settled|Nothing was changed", frozenset({"wish", "audit"}), ":1", owner="noor"),
    "button pairings.pace_of": Done("to answer each other", args=":1", owned=True, both=True),
    "button pairings.propose": Done("I'll ask", PROPOSED, ":1:2", owned=True, both=True, right=THERE),
    "button pairings.agree": Done("You and Lena Vogt have 4 days", CLOCKS, ":1", owned=True),
    "button pairings.disagree": Done("All stays as it is", CLOCKS, ":1", owned=True),
    "button pairings.change": Done("What would you like, with", args=":2", owner="noor", owned=True, both=True),
    "button pairings.wants": Done("Have you been able to talk", args=":2:end", owner="noor", owned=True, both=True),
    "button pairings.wish": Done("I'm telling Rosa", WISHED, ":2:other:yes", owner="noor", owned=True, both=True),
    "button pairings.safety": Done("emergency number", WISHED, ":2", owner="noor", owned=True, both=True),
    "button pairings.take_back": Done("nothing to take back", args=":2", owner="noor", owned=True, both=True),
    "form pairings.pair": Done("are paired", MADE, owner="lena", values=PAIRED),
    "form pairings.rest_until": Done("rests until", CLOCKS, ":1", right=THERE, values={"until": "two weeks"}),
    "form pairings.coordinate": Done("looks after", MADE, ":1", right=THERE, values={"coordinator": "Rosa Delgado"}),
    "form pairings.other_mentor": Done(
        "The pairing with Mira Sato has ended",
        CLOCKS,
        ":3",
        owner="lena",
        right=THERE,
        values={"mentor": "Amara Okafor"},
    ),
}
