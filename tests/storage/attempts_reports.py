"""The methods of the stores of private reports, called with what is another program's."""

from storage.cases import Cases, State, new_id, reader
from storage.report_drafts import ReportDrafts
from storage.responders import ReportContact, Responders
from storage.store import Store
from tests.storage.attempts_outgoing import Attempt
from tests.storage.living import Theirs
from tests.storage.living_reports import new_case
from tests.storage.programs import HOUR, MONDAY


async def _contact(store: Responders) -> object:
    return await store.contact() != ReportContact()


async def _write_over(store: Cases, theirs: Theirs) -> object:
    """Write an entry of theirs once more, to a case of one's own."""
    own = new_case()
    await store.add(own, {}, new_id(), b"sealed")
    return await store.write(own.id, theirs.reported.entry, b"stolen")


REPORTS: dict[type[Store], dict[str, Attempt]] = {
    Cases: {
        "add": lambda s, t: s.add(new_case(), {reader(t.ids.mentor): b"stolen"}, t.reported.entry, b"stolen"),
        "get": lambda s, t: s.get([t.reported.case.id]),
        "lock": lambda s, t: s.lock(t.reported.case.id),
        "by_receipt": lambda s, t: s.by_receipt(t.reported.case.receipt),
        "by_name": lambda s, t: s.by_name(t.reported.case.name),
        "every": lambda s, _: s.every(),
        "untold": lambda s, _: s.untold(),
        "mark_told": lambda s, t: s.mark_told([t.reported.case.id]),
        "change": lambda s, t: s.change(t.reported.case.id, state=State.CLOSED),
        "readers": lambda s, t: s.readers([t.reported.case.id]),
        "read_by": lambda s, t: s.read_by(reader(t.ids.mentor)),
        "wrapped": lambda s, t: s.wrapped(t.reported.case.id, reader(t.ids.mentor)),
        "wrap": lambda s, t: s.wrap(t.reported.case.id, "outside", b"stolen"),
        "unwrap": lambda s, t: s.unwrap(t.reported.case.id, reader(t.ids.mentor)),
        "write": _write_over,
        "entries": lambda s, t: s.entries(t.reported.case.id),
        "erase": lambda s, t: s.erase([t.reported.case.id]),
    },
    ReportDrafts: {
        "add": lambda s, _: s.add("a draft of one's own", b"sealed"),
        "put": lambda s, t: s.put(f"draft {t.ids.mentor}", b"stolen"),
        "lock": lambda s, t: s.lock(f"draft {t.ids.mentor}"),
        "drop": lambda s, t: s.drop(f"draft {t.ids.mentor}"),
        "purge": lambda s, _: s.purge(MONDAY + HOUR),
    },
    Responders: {
        "keys": lambda s, _: s.keys(),
        "key": lambda s, t: s.key(t.ids.mentor),
        "put_key": lambda s, t: s.put_key(t.ids.mentor, "age1stolen", b"stolen"),
        "drop_key": lambda s, t: s.drop_key(t.ids.mentor),
        "order": lambda s, t: s.order([t.ids.mentee, t.ids.mentor]),
        "count_wrong": lambda s, t: s.count_wrong(t.ids.mentor, 5, MONDAY + HOUR),
        "unlock": lambda s, t: s.unlock(t.reported.unlock, t.ids.mentor, b"stolen", MONDAY + HOUR),
        "unlocked": lambda s, t: s.unlocked(t.reported.unlock, t.ids.mentor),
        "prolong": lambda s, t: s.prolong(t.reported.unlock, t.ids.mentor, MONDAY + 9 * HOUR),
        "end_unlocks": lambda s, t: s.end_unlocks(t.ids.mentor),
        "purge": lambda s, _: s.purge(),
        "too_close": lambda s, _: s.too_close(),
        "put_too_close": lambda s, t: s.put_too_close(t.ids.mentor, []),
        "contact": lambda s, _: _contact(s),
        "put_contact": lambda s, _: s.put_contact(recovery="age1stolen"),
    },
}
