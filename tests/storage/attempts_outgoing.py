"""The methods of the stores of what is due and what goes out, called with what is another program's."""

from collections.abc import Awaitable, Callable
from typing import Any

from storage.answers import Answers
from storage.asks import Answer, Asks
from storage.disputes import Disputes, Subject
from storage.due import Due, Setting
from storage.outbox import Move, Outbox, Urgency
from storage.store import Store
from storage.undelivered import DeadRows
from storage.unreachable import Unreachable
from tests.storage.living import Theirs, new_ask
from tests.storage.programs import HOUR, ME, MONDAY, row

Attempt = Callable[[Any, Theirs], Awaitable[object]]

OUTGOING: dict[type[Store], dict[str, Attempt]] = {
    Due: {
        "set": lambda s, _: s.set("test.kind", [Setting(1, None, MONDAY + HOUR)]),
        "ring": lambda s, _: s.ring(),
        "put_back": lambda s, t: s.put_back([t.alarm], MONDAY + HOUR),
        "take": lambda s, t: s.take(t.alarm),
        "next_at": lambda s, _: s.next_at(),
        "between": lambda s, t: s.between(t.ids.mentor, MONDAY - HOUR, MONDAY + HOUR),
    },
    Outbox: {
        "add": lambda s, t: s.add([row("sent", t.ids, MONDAY + HOUR)]),
        "claim": lambda s, _: s.claim(ME),
        "hold": lambda s, t: s.hold(ME, t.rows),
        "claim_rest": lambda s, t: s.claim_rest(ME, t.delivery.id),
        "claim_companions": lambda s, t: s.claim_companions(ME, t.ids.mentor),
        "release": lambda s, t: s.release(t.rows, MONDAY + HOUR),
        "retry": lambda s, t: s.retry(t.rows, MONDAY + HOUR),
        "drop": lambda s, t: s.drop(t.rows),
        "kill": lambda s, t: s.kill(t.rows, "a reason"),
        "move": lambda s, _: s.move([Move("waits", MONDAY + HOUR, Urgency.PATIENT)]),
        "edit": lambda s, _: s.edit(["sent"]),
        "let_go": lambda s, _: s.let_go(["waits"]),
        "wake": lambda s, t: s.wake([t.ids.mentor]),
        "free": lambda s, _: s.free(),
        "open_delivery": lambda s, t: s.open_delivery(t.ids.mentor, "day:0", MONDAY.date(), t.rows),
        "close_delivery": lambda s, t: s.close_delivery(t.delivery, t.rows),
        "close": lambda s, t: s.close(t.rows),
        "cancel_delivery": lambda s, t: s.cancel_delivery(t.delivery.id),
        "delivery": lambda s, t: s.delivery(t.rows[0]),
        "carried": lambda s, t: s.carried(t.delivery.id),
        "by_keys": lambda s, _: s.by_keys(["sent", "waits", "edit"]),
        "of_pairings": lambda s, t: s.of_pairings("test.kind", [t.ids.pairing]),
        "days": lambda s, t: s.days(t.ids.mentor, MONDAY.date()),
        "next_at": lambda s, _: s.next_at(),
        "purge": lambda s, _: s.purge(MONDAY + HOUR),
    },
    Disputes: {
        "add": lambda s, t: s.add(t.ids.mentee, Subject(recipient_id=t.asked.recipient)),
        "get": lambda s, t: s.get([t.asked.dispute]),
        "of_member": lambda s, t: s.of_member(t.ids.mentee),
        "decide": lambda s, t: s.decide(t.asked.dispute, taken_out=True),
    },
    Asks: {
        "draft": lambda s, t: s.draft(new_ask(t.ids)),
        "change": lambda s, t: s.change(t.asked.ask, new_ask(t.ids)),
        "drop": lambda s, t: s.drop(t.asked.ask),
        "get": lambda s, t: s.get([t.asked.ask]),
        "lock": lambda s, t: s.lock(t.asked.ask),
        "newest": lambda s, _: s.newest(10),
        "send": lambda s, t: s.send(t.asked.ask, []),
        "close": lambda s, t: s.close(t.asked.ask),
        "tell_at": lambda s, t: s.tell_at(t.asked.ask, MONDAY),
        "told": lambda s, t: s.told(t.asked.ask, [t.asked.recipient]),
        "recipients": lambda s, t: s.recipients([t.asked.recipient]),
        "waiting": lambda s, t: s.waiting(t.asked.ask),
        "of_member": lambda s, t: s.of_member(t.ids.mentee, 10),
        "lately_with": lambda s, t: s.lately_with([t.ids.mentee], MONDAY - HOUR),
        "every_waiting": lambda s, _: s.every_waiting(),
        "mark_delivered": lambda s, t: s.mark_delivered([t.asked.recipient]),
        "mark_failed": lambda s, t: s.mark_failed([t.asked.recipient]),
        "answer": lambda s, t: s.answer(t.asked.recipient, Answer.DONE),
        "set_limits": lambda s, t: s.set_limits({t.asked.recipient: MONDAY}, 1),
        "counts": lambda s, t: s.counts([t.asked.ask]),
        "answers": lambda s, t: s.answers(t.asked.ask),
        "plan": lambda s, t: s.plan([(t.asked.recipient, 1)]),
        "unplan": lambda s, t: s.unplan([(t.asked.recipient, 1)]),
        "mark_reminders": lambda s, t: s.mark_reminders([(t.asked.recipient, 1)], sent=True),
        "try_again": lambda s, t: s.try_again([(t.asked.recipient, 0), (t.asked.recipient, 1)]),
        "reminders": lambda s, t: s.reminders([t.asked.recipient]),
        "purge": lambda s, _: s.purge(MONDAY + HOUR),
    },
    DeadRows: {
        "failed_for": lambda s, _: s.failed_for("no"),
        "newest": lambda s, _: s.newest(10),
        "count": lambda s, _: s.count(),
        "try_again": lambda s, t: s.try_again([row.id for row in t.rows]),
        "try_theirs": lambda s, t: s.try_theirs([row.member_id or 0 for row in t.rows], {row.kind for row in t.rows}),
        "drop": lambda s, t: s.drop(t.rows[0].id),
    },
    Answers: {
        "since": lambda s, _: s.since(MONDAY - HOUR),
    },
    Unreachable: {
        "note": lambda s, t: s.note(t.ids.mentor),
        "get": lambda s, _: s.get([1]),
        "reached": lambda s, t: s.reached([t.ids.mentor]),
    },
}
