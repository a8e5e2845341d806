"""The methods of the stores of notes and feedback, called with what is another program's."""

from storage.next_steps import NextSteps
from storage.sheets import Sheets
from storage.store import Store
from storage.totals import Totals
from tests.storage.attempts_outgoing import Attempt
from tests.storage.living_sheets import STEP, TOTAL, new_sheet
from tests.storage.programs import HOUR, MONDAY

SHEETS: dict[type[Store], dict[str, Attempt]] = {
    Sheets: {
        "make": lambda s, t: s.make([new_sheet(t.ids, t.ids.mentor, t.met.session, 1)]),
        "get": lambda s, t: s.get([t.wrote.waits, t.wrote.done]),
        "lock": lambda s, t: s.lock(t.wrote.waits),
        "of_session": lambda s, t: s.of_session(t.met.session),
        "of_pairing": lambda s, t: s.of_pairing(t.ids.pairing),
        "of_member": lambda s, t: s.of_member(t.ids.mentor, 10),
        "lately_with": lambda s, t: s.lately_with([t.ids.mentor, t.ids.mentee], MONDAY - HOUR),
        "open_after": lambda s, _: s.open_after(0, 10),
        "listed": lambda s, _: s.listed(0, 10),
        "done_in": lambda s, t: s.done_in([t.ids.pairing], 10),
        "newest_done": lambda s, _: s.newest_done(10),
        "asked": lambda s, _: s.asked(10),
        "mark_delivered": lambda s, t: s.mark_delivered([t.wrote.waits]),
        "mark_failed": lambda s, t: s.mark_failed([t.wrote.waits]),
        "remind_at": lambda s, t: s.remind_at([t.wrote.waits], MONDAY),
        "withdraw": lambda s, t: s.withdraw([t.wrote.waits]),
        "finish": lambda s, t: s.finish([t.wrote.waits], empty=True),
        "reopen": lambda s, t: s.reopen(t.wrote.done),
        "start_over": lambda s, t: s.start_over([t.wrote.waits], MONDAY - HOUR),
        "set_limits": lambda s, t: s.set_limits({t.wrote.waits: MONDAY}, 1),
        "write": lambda s, t: s.write(t.wrote.waits, {"rating": "1"}),
        "answers": lambda s, t: s.answers([t.wrote.done]),
        "begun": lambda s, t: s.begun([t.wrote.done]),
        "uncounted": lambda s, t: s.uncounted(t.ids.mentor, "notes", "rating"),
        "count": lambda s, t: s.count([t.wrote.done], "rating"),
        "plan": lambda s, t: s.plan([(t.wrote.waits, 1)]),
        "unplan": lambda s, t: s.unplan([(t.wrote.waits, 1)]),
        "mark_reminders": lambda s, t: s.mark_reminders([(t.wrote.waits, 1)], sent_at=MONDAY),
        "reminders": lambda s, t: s.reminders([t.wrote.waits]),
        "purge": lambda s, _: s.purge(MONDAY + HOUR),
    },
    Totals: {
        "add": lambda s, t: s.add(t.ids.mentor, [TOTAL]),
        "get": lambda s, t: s.get([t.ids.mentor]),
    },
    NextSteps: {
        "add": lambda s, t: s.add(t.met.session, t.ids.pairing, [STEP]),
        "get": lambda s, t: s.get([t.wrote.step]),
        "still_open": lambda s, t: s.still_open([t.ids.pairing]),
        "of_session": lambda s, t: s.of_session(t.met.session),
        "mark": lambda s, t: s.mark(t.wrote.step, done=True),
        "purge": lambda s, _: s.purge(MONDAY + HOUR),
    },
}
