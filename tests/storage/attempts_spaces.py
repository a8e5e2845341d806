"""Every method of the stores of what happens in pairings' spaces, called with what is another program's."""

from dataclasses import replace

from storage.messages import Messages
from storage.nudges import Nudges, Outcome
from storage.reactions import Reactions
from storage.store import Store
from storage.tails import Tails
from tests.storage.attempts_outgoing import Attempt
from tests.storage.programs import HOUR, MONDAY

SPACES: dict[type[Store], dict[str, Attempt]] = {
    Tails: {
        "get": lambda s, t: s.get([t.ids.pairing]),
        "save": lambda s, t: s.save({t.ids.pairing: None}),
    },
    Nudges: {
        "save": lambda s, t: s.save([replace(t.facts, outcome=Outcome.WITHDRAWN)]),
        "get": lambda s, t: s.get([t.turn]),
        "since": lambda s, t: s.since({t.ids.pairing: MONDAY - HOUR}),
        "marked_from": lambda s, t: s.marked_from({t.ids.pairing: MONDAY + HOUR}),
        "begin_of": lambda s, t: s.begin_of({t.ids.pairing: MONDAY + HOUR}),
        "open_turns": lambda s, _: s.open_turns(),
        "open_after": lambda s, _: s.open_after(0, 10),
        "asked_by": lambda s, t: s.asked_by([t.ids.mentor, t.ids.mentee]),
        "lately_with": lambda s, t: s.lately_with([t.ids.mentor, t.ids.mentee], MONDAY - HOUR),
        "of_answerer": lambda s, t: s.of_answerer(t.ids.mentor, 10),
        "of_asker": lambda s, t: s.of_asker(t.ids.mentee, 10),
        "every_turn": lambda s, _: s.every_turn(),
        "set_limits": lambda s, t: s.set_limits({t.turn: (MONDAY, 1)}),
        "set_told": lambda s, t: s.set_told([t.turn]),
        "add_mark": lambda s, t: s.add_mark(t.mark),
        "marks_since": lambda s, t: s.marks_since({t.ids.pairing: MONDAY - HOUR}),
        "plan": lambda s, t: s.plan([(t.turn, 0, 1)]),
        "unplan": lambda s, t: s.unplan([(t.turn, 0, 1)]),
        "mark_sent": lambda s, t: s.mark_sent([(t.turn, 0, 1)], MONDAY),
        "of_turns": lambda s, t: s.of_turns([t.turn]),
        "mark_failed": lambda s, t: s.mark_failed([(t.turn, 0, 1)], MONDAY),
        "keys": lambda s, t: s.keys([t.turn]),
        "purge": lambda s, t: s.purge(t.ids.pairing, MONDAY + HOUR),
    },
    Messages: {
        "add": lambda s, t: s.add([t.message]),
        "address": lambda s, t: s.address([replace(t.message, addressed=True)]),
        "mark_deleted": lambda s, t: s.mark_deleted([t.message]),
        "since": lambda s, t: s.since({t.ids.pairing: MONDAY - HOUR}),
        "count_since": lambda s, t: s.count_since({t.ids.pairing: MONDAY - HOUR}, 10),
        "instants": lambda s, t: s.instants([(t.ids.space, "1")]),
        "find": lambda s, t: s.find(t.ids.space, "1"),
        "last_known": lambda s, t: s.last_known([t.ids.space], MONDAY + HOUR),
        "known_since": lambda s, t: s.known_since(t.ids.space, MONDAY - HOUR),
        "newest": lambda s, _: s.newest(),
        "older": lambda s, _: s.older(MONDAY + HOUR, 0, 10),
        "purge": lambda s, t: s.purge(t.ids.pairing, MONDAY + HOUR),
    },
    Reactions: {
        "add": lambda s, t: s.add([t.reaction]),
        "take": lambda s, t: s.take([t.reaction]),
        "since": lambda s, t: s.since({t.ids.pairing: MONDAY - HOUR}),
        "purge": lambda s, t: s.purge(t.ids.pairing, MONDAY + HOUR),
    },
}
