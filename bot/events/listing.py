"""Who came to what, as a list for a spreadsheet."""

from collections.abc import AsyncIterator, Sequence

from bot.context import Asked
from bot.events.feature import feature
from bot.events.rules import is_on
from bot.events.wording import KINDS
from bot.language import later, t
from bot.tables import PAGE, Row
from storage.events import Event, Events, Guest
from storage.members import Members


@feature.export("events", later("Community events: when, who said that they come, and who was there"))
async def events(asked: Asked) -> AsyncIterator[Sequence[Row]]:
    """Yield everybody who said something about an event or was there; an event without anybody has one row."""
    yield [
        (t("Event"), t("Kind"), t("Begins"), t("Minutes"), t("Called off"), t("Name"), t("Comes"), t("Was there")),
    ]
    last = 0
    while page := await asked.work.of(Events).after(last, PAGE):
        last = page[-1].id
        for event in page:
            yield await _of(asked, event)


async def _of(asked: Asked, event: Event) -> Sequence[Row]:
    guests = await asked.work.of(Events).guests(event.id)
    people = await asked.work.of(Members).get([guest.member_id for guest in guests])
    head = (event.title, t(KINDS[event.kind]), event.starts_at, event.minutes, t("no") if is_on(event) else t("yes"))
    return [(*head, people[guest.member_id].name, *_cells(guest)) for guest in guests] or [(*head, "", "", "")]


def _cells(guest: Guest) -> Row:
    coming = {True: t("yes"), False: t("no"), None: ""}[guest.coming]
    return coming, t("yes") if guest.attended_at is not None else ""
