"""What is to come of what this room declares: its part of tests/core/allowed.py."""

from tests.core.allowed import Done

ANSWERED = frozenset({"ask_recipient", "audit", "due", "outbox"})
DISPUTED = frozenset({"dispute", "audit", "outbox"})
DECIDED = frozenset({"dispute", "audit", "outbox", "due"})
SENT = frozenset({"ask", "ask_recipient", "outbox", "audit"})
CLOSED = frozenset({"ask", "due", "outbox", "audit"})
FILLED = {"audience": "one", "who": "@amara", "text": "Please", "answer": "tap"}

ALLOWED: dict[str, Done] = {
    "/mentor-admin ask": Done("Ask for something"),
    "/mentor-admin asks": Done("The team's requests"),
    "form asks.made": Done("Ready to go", frozenset({"ask"}), values={**FILLED, "who": "Lena Vogt"}),
    "form asks.changed": Done(
        "Ready to go", frozenset({"ask"}), ":{draft}", values={**FILLED, "audience": "mentees", "who": ""}
    ),
    "form asks.answered": Done("Thank you", ANSWERED, ":{words}", owned=True, values={"text": "Here it is"}),
    "button asks.look": Done("Ready to go", args=":{draft}"),
    "button asks.keep": Done("nothing was sent", args=":{draft}"),
    "button asks.change": Done("Ask for something", args=":{draft}"),
    "button asks.drop": Done("The draft is gone", frozenset({"ask"}), ":{draft}"),
    "button asks.send": Done("It's on its way", SENT, ":{draft}"),
    "button asks.answers": Done("0 of 1 have answered", frozenset({"audit"}), ":{ask}"),
    "button asks.close": Done("nobody is reminded", CLOSED, ":{ask}"),
    "button asks.done": Done("Thank you", ANSWERED, ":{tap}", owned=True),
    "button asks.cannot": Done("That's all right", ANSWERED, ":{tap}", owned=True),
    "button asks.answer": Done("Your answer", args=":{words}", owned=True),
    "button nudges.dispute": Done("doesn't count as late", args=":{open}", owned=True),
    "button nudges.dispute_ask": Done("A coordinator looks at it", DISPUTED, ":{tap}", owned=True),
    "button nudges.take_out": Done("no longer counts", DECIDED, ":{dispute}"),
    "button nudges.leave": Done("it stays as it is", DECIDED, ":{dispute}"),
}
