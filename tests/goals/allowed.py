"""What is to come of what this room declares: its part of tests/core/allowed.py."""

from tests.core.allowed import Done

MADE = frozenset({"goal", "outbox", "audit", "due"})
MOVED = frozenset({"goal", "goal_update", "outbox", "audit", "due"})
SAID = frozenset({"outbox", "audit"})
GROWN = {"specific": "Weekly", "measurable": "", "achievable": "", "relevant": "", "timed": ""}

ALLOWED: dict[str, Done] = {
    "/mentor goals": Done("Goals, with|no goal just now|Whose goals|You aren't paired"),
    "button goals.every": Done("Goals, with|no goal just now|Whose goals|You aren't paired"),
    "button goals.of": Done("Goals, with", args=":1", owned=True, both=True),
    "button goals.over": Done("From before, with", args=":1", owned=True, both=True),
    "button goals.show": Done("Speak up", args=":{goal}", owned=True, both=True),
    "button goals.new": Done("A new goal", args=":1", owned=True, both=True),
    "form goals.made": Done("Noted: “Speak up”", MADE, ":1", owned=True, both=True, values={"text": "Speak up"}),
    "button goals.update": Done("How far is it", args=":{goal}", owned=True, both=True),
    "form goals.updated": Done(
        "Noted: 40%", MOVED, ":{goal}", owned=True, both=True, values={"percent": "40", "line": "Twice"}
    ),
    "button goals.change": Done("In other words", args=":{goal}", owned=True, both=True),
    "form goals.changed": Done("Noted: “Listen”", MADE, ":{goal}", owned=True, both=True, values={"text": "Listen"}),
    "button goals.grow": Done("Five parts", args=":{goal}", owned=True, both=True),
    "form goals.grown": Done("Noted: “Speak up”", MADE, ":{goal}", owned=True, both=True, values=GROWN),
    "button goals.done": Done("Well done", MADE, ":{goal}", owned=True, both=True),
    "button goals.drop": Done("let this goal go", MADE, ":{goal}", owned=True, both=True),
    "button goals.reopen": Done("it goes on", MADE, ":{reached}", owned=True, both=True),
    "button goals.celebrate": Done("I've said it", SAID, ":{reached}", owned=True, both=True),
    "button goals.later": Done("I'll ask again", MADE, ":{goal}", owned=True, both=True),
}
