"""Gathering all that is stored of a member, from every store."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.context import Context
from bot.mydata import labels
from bot.mydata.sections import Known, Row, entries, local, people_in
from bot.people import Member
from storage.events import Events
from storage.members import Members
from storage.pairings import Pairings
from storage.tails import Tails
from storage.work import STORES


@dataclass(frozen=True, slots=True)
class Section:
    """One kind of what is kept: what it is called, what it is in one line, and its entries."""

    heading: str
    about: str
    entries: list[dict[str, Any]]


async def gather(context: Context, member: Member) -> list[Section]:
    """Return all that is stored of a member, in sections; what there is nothing of is left out."""
    stored = await _stored(context, member)
    known = await _known(context, member, stored)
    found: list[Section] = []
    for table in sorted(stored, key=labels.place):
        heading, about = labels.section(table)
        found.append(Section(heading, about, entries(table, stored[table], known)))
    return found


async def _stored(context: Context, member: Member) -> dict[str, list[Row]]:
    stored: dict[str, list[Row]] = {}
    for store in STORES:
        for table, rows in (await context.work.of(store).of(member.id)).items():
            stored.setdefault(table, []).extend(rows)
    if tails := stored.get("tail"):
        stored["tail"] = await _tails(context, tails)
    if guests := stored.get("event_guest"):
        stored["event_guest"] = await _guests(context, guests)
    stored["audit"] = list(await context.work.audit.by(member.key))
    return {table: rows for table, rows in stored.items() if rows}


async def _tails(context: Context, rows: list[Row]) -> list[Row]:
    """Return how exchanges stand, without the ids that the bot keeps there."""
    tails = await context.work.of(Tails).get([row["pairing_id"] for row in rows])
    return [{"pairing_id": id_, "author_id": tail.author_id, "at": tail.at} for id_, tail in tails.items()]


async def _guests(context: Context, rows: list[Row]) -> list[Row]:
    """Return what is noted of a member with the event that it is about."""
    events = await context.work.of(Events).get([row["event_id"] for row in rows])
    return [
        {"title": events[row["event_id"]].title, "starts_at": events[row["event_id"]].starts_at, **row} for row in rows
    ]


async def _known(context: Context, member: Member, stored: Mapping[str, list[Row]]) -> Known:
    pairing_ids = {row.get("pairing_id") for rows in stored.values() for row in rows} - {None}
    pairings = await context.work.of(Pairings).get([id_ for id_ in pairing_ids if id_ is not None])
    other_ids = {id_: pairing.other(member.id) for id_, pairing in pairings.items()}
    ids = people_in(stored) | {id_ for id_ in other_ids.values() if id_ is not None}
    people = {id_: one.name for id_, one in (await context.work.of(Members).get(ids)).items()}
    others = {id_: people[other] for id_, other in other_ids.items() if other is not None}
    return Known(member.id, member.zone, people, others)


def written(context: Context, member: Member, sections: list[Section]) -> bytes:
    """Return sections as JSON, for people to read and for programs."""
    content = {
        labels.program(): context.program.name,
        labels.made(): local(context.now, member.zone),
        labels.kept(): {
            section.heading: {labels.what(): section.about, labels.entries(): section.entries} for section in sections
        },
    }
    return json.dumps(content, ensure_ascii=False, indent=2).encode()
