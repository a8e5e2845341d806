"""What is to come of what this room declares: its part of tests/core/allowed.py."""

from tests.core.allowed import Done
from tests.events.announcing import CIRCLE
from tests.events.preparing import CODE

ANOTHER = frozenset({"1", "3"})  # events that everybody may look at as well
DRAFTED = frozenset({"event"})
CALLED = frozenset({"event", "outbox", "audit", "due"})
SAID = frozenset({"event_guest", "outbox", "audit"})
COUNTED = SAID | {"due"}  # badges are looked at

ALLOWED: dict[str, Done] = {
    "button events.list": Done("Community events"),
    "button events.page": Done("Community events", args=":0"),
    "button events.past": Done("Earlier community events", args=":0"),
    "button events.show": Done("How long", args=":{event}", right=ANOTHER),
    "button events.come": Done("you're coming to", SAID, ":{ahead}", right=ANOTHER),
    "button events.cannot": Done("That's all right", SAID, ":{ahead}", right=ANOTHER),
    "button events.code": Done("I was there", args=":{event}", right=ANOTHER),
    "form events.there": Done("you were at", COUNTED, ":{event}", right=ANOTHER, values={"code": CODE}),
    "button events.new": Done("A community event"),
    "form events.made": Done("Shall I announce this", DRAFTED, ":0:0", right=ANOTHER, values=CIRCLE),
    "button events.change": Done("Change an event", args=":{ahead}", right=ANOTHER),
    "button events.edit": Done("A community event", args=":{event_draft}", owned=True),
    "form events.redone": Done("Shall I announce this", DRAFTED, ":{event_draft}", owned=True, values=CIRCLE),
    "button events.mean": Done("Shall I announce this", DRAFTED, ":{event_draft}:{meant}", owned=True),
    "button events.announce": Done("Announced:", CALLED, ":{event_draft}", owned=True),
    "button events.drop": Done("Nobody was told", DRAFTED, ":{event_draft}", owned=True),
    "button events.call_off": Done("Call off", args=":{event}", right=ANOTHER),
    "form events.called_off": Done("is called off", CALLED, ":{event}", right=ANOTHER, values={"words": "Sorry"}),
    "button events.guests": Done("1 said that they come", args=":{event}", right=ANOTHER),
    "button events.tick": Done("Who was there", args=":{event}:0", right=ANOTHER),
    "form events.ticked": Done(
        "1 person noted", COUNTED, ":{event}:0:{opened}", right=ANOTHER, values={"there": "", "others": "Lena Vogt"}
    ),
}
