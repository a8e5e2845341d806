"""The methods of the store of community events, called with what is another program's."""

from storage.events import Events
from storage.store import Store
from tests.storage.attempts_outgoing import Attempt
from tests.storage.living_events import EVENT
from tests.storage.programs import HOUR, MONDAY

EVENTS: dict[type[Store], dict[str, Attempt]] = {
    Events: {
        "draft": lambda s, t: s.draft(EVENT, t.ids.mentor),
        "get": lambda s, t: s.get([t.event]),
        "lock": lambda s, t: s.lock(t.event),
        "change": lambda s, t: s.change(t.event, title="Stolen"),
        "not_over": lambda s, _: s.not_over(MONDAY - HOUR, 0, 10),
        "past": lambda s, _: s.past(MONDAY + 9 * HOUR, 0, 10),
        "ahead": lambda s, _: s.ahead(),
        "began": lambda s, _: s.began(MONDAY - HOUR, MONDAY + 9 * HOUR),
        "after": lambda s, _: s.after(0, 10),
        "guests": lambda s, t: s.guests(t.event),
        "mine": lambda s, t: s.mine(t.ids.mentor, [t.event]),
        "say": lambda s, t: s.say(t.event, t.ids.mentor, coming=False),
        "attend": lambda s, t: s.attend(t.event, [t.ids.mentor]),
        "take_out": lambda s, t: s.take_out(t.event, [t.ids.mentor]),
        "count_wrong": lambda s, t: s.count_wrong(t.event, t.ids.mentor),
        "drop": lambda s, t: s.drop(t.event),
        "purge_drafts": lambda s, _: s.purge_drafts(MONDAY + HOUR),
        "purge": lambda s, _: s.purge(MONDAY + 9 * HOUR),
    },
}
