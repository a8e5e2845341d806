"""The methods of the stores of sessions, called with what is another program's."""

from storage.session_words import Answer, SessionWords
from storage.sessions import NewTime, Sessions, State
from storage.store import Store
from tests.storage.attempts_outgoing import Attempt
from tests.storage.living import new_session
from tests.storage.programs import HOUR, MONDAY

SESSIONS: dict[type[Store], dict[str, Attempt]] = {
    Sessions: {
        "draft": lambda s, t: s.draft(new_session(t.ids)),
        "get": lambda s, t: s.get([t.met.session]),
        "lock": lambda s, t: s.lock(t.met.session),
        "change": lambda s, t: s.change(t.met.session, state=State.BOOKED),
        "in_state": lambda s, t: s.in_state([t.ids.pairing], set(State)),
        "latest": lambda s, t: s.latest([t.ids.pairing], set(State), 10),
        "booked": lambda s, t: s.booked([t.ids.mentor, t.ids.mentee], MONDAY - HOUR, MONDAY + HOUR),
        "last_approved": lambda s, t: s.last_approved([t.ids.pairing]),
        "listed": lambda s, _: s.listed(0, 10),
        "every_open": lambda s, _: s.every_open(),
        "every_coming": lambda s, _: s.every_coming(),
        "begun": lambda s, _: s.begun(set(State), MONDAY - HOUR),
        "replacing": lambda s, t: s.replacing(t.met.session),
        "counts": lambda s, t: s.counts([t.ids.pairing]),
        "texts": lambda s, t: s.texts(t.met.session),
        "propose": lambda s, t: s.propose(t.met.session, [NewTime(1, MONDAY, "now")]),
        "times": lambda s, t: s.times([t.met.session]),
        "time": lambda s, t: s.time(t.met.time.id),
        "keep_time": lambda s, t: s.keep_time(t.met.time),
        "set_goals": lambda s, t: s.set_goals(t.met.session, [2]),
        "goals": lambda s, t: s.goals([t.met.session]),
        "drop": lambda s, t: s.drop(t.met.session),
        "purge_drafts": lambda s, _: s.purge_drafts(MONDAY + HOUR),
        "purge": lambda s, _: s.purge(MONDAY + HOUR),
        "forget_but_called_off": lambda s, t: s.forget_but_called_off(t.ids.mentee),
    },
    SessionWords: {
        "get": lambda s, t: s.get([t.met.session]),
        "say": lambda s, t: s.say(t.met.session, t.ids.mentee, answer=Answer.NO),
        "count_late": lambda s, t: s.count_late(t.ids.pairing),
    },
}
