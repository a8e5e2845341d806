"""What coordinators read about community events: the echo of one, who comes, who was there."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.events.reading import seconds
from bot.events.rules import PAGE, has_begun, is_coming, is_on, is_over
from bot.events.wording import Shown, shortly, what, when
from bot.language import n, t
from bot.sessions.times_wording import bare, said
from bot.views import Actions, Block, Button, Heading, Message, Note, Text, action, message
from bot.wording import names
from storage.events import Event, Guest

NAMED = 60  # people in a row; the list to be had as a file has all of them


def echo(
    one: Shown, target: Event | None, readings: Sequence[datetime], same: Event | None, meanwhile: Shown | None
) -> Message:
    """Show a draft as it was understood. `same`: another event that begins then; `meanwhile`: what was changed."""
    event = one.event
    is_gone = event.starts_at is not None and event.starts_at <= one.now
    blocks: list[Block] = [Heading(_heading(target)), Text(event.title), *_time(one, readings)]
    blocks += what(one)
    blocks += [Text(t("This time is over by now. Please change it."))] if is_gone else []
    blocks += [Text(t("“{title}” begins at the same time.", title=same.title))] if same else []
    blocks += _meanwhile(meanwhile)
    buttons = (
        *(() if is_gone or event.starts_at is None else (_confirm(event, target),)),
        Button(t("Change …"), action("events.edit", event.id)),
        Button(t("Drop it"), action("events.drop", event.id)),
    )
    note = Note(t("Nobody has been told yet. What you typed stays here for a day."))
    return Message((*blocks, Actions(buttons), note))


def _heading(target: Event | None) -> str:
    return t("Shall I change it so?") if target else t("Shall I announce this?")


def _confirm(event: Event, target: Event | None) -> Button:
    label = t("Yes, change it") if target else t("Announce it")
    return Button(label, action("events.announce", event.id), primary=True)


def _time(one: Shown, readings: Sequence[datetime]) -> list[Block]:
    if one.event.starts_at is not None:
        return []
    ask = t('You wrote "{typed}". Which one do you mean?', typed=one.event.typed)
    buttons = [Button(said(at, one.now, one.zone), action("events.mean", one.event.id, seconds(at))) for at in readings]
    return [Text(ask), *([Actions(tuple(buttons))] if buttons else [])]


def _meanwhile(one: Shown | None) -> list[Block]:
    if one is None:
        return []
    text = t(
        "Somebody else has changed this event while you were writing. It stands now as: “{title}”",
        title=one.event.title,
    )
    last = Text(t("If you say yes, yours takes its place."))
    return [Text(text), *what(one), last]


def announced(one: Shown, people: int, *, running: bool) -> Message:
    """Say that an event is announced, and how."""
    text = n(
        "Announced: “{title}” on {time}. I'll tell {n} person with my next message to them.",
        "Announced: “{title}” on {time}. I'll tell {n} people with my next message to them.",
        people,
        title=one.event.title,
        time=when(one),
    )
    waits = () if running else (t("The program isn't running yet; once it is, they hear of it."),)
    return message(text, *waits, _code(one), actions=(_open(one),))


def _code(one: Shown) -> str:
    return t("Code to show there: {code}", code=one.event.code)


def _open(one: Shown) -> Button:
    return Button(t("Open it"), action("events.show", one.event.id))


def announced_already(one: Shown) -> Message:
    """Say that an event is announced."""
    return message(t("It is announced already. Nothing was changed."), actions=(_open(one),))


def changed(shown: Message, *, told: bool) -> Message:
    """Say that an event was changed, and show it."""
    text = t("Changed. Whoever said that they come is told.") if told else t("Changed.")
    return Message((Text(text), *shown.blocks))


def dropped() -> Message:
    """Say that a draft is gone."""
    return message(t("It's gone. Nobody was told."), actions=(Button(t("Community events"), "events.list"),))


def as_it_is(one: Shown) -> Message:
    """Say to a press that comes too late how an event stands."""
    title = {"title": one.event.title, "time": shortly(one)}
    if not is_on(one.event):
        said = t("“{title}” is called off. Nothing was changed.", title=one.event.title)
    elif is_over(one.event, one.now):
        said = t("“{title}” was on {time}, and is over. Nothing was changed.", **title)
    else:
        said = t("“{title}” has begun on {time}, so it stays as it is. Nothing was changed.", **title)
    return message(said, actions=(_open(one),))


def somebody_was_there(one: Shown) -> Message:
    """Say that an event at which somebody was can't be called off."""
    text = t("Somebody is noted as having been at “{title}”, so it stays. Nothing was changed.", title=one.event.title)
    return message(text, actions=(_open(one),))


def called_off(one: Shown) -> Message:
    """Say that an event is called off."""
    text = t("“{title}” is called off. Whoever said that they come is told.", title=one.event.title)
    return message(text, actions=(Button(t("Community events"), "events.list"),))


def desk(one: Shown, guests: Sequence[Guest]) -> tuple[Block, ...]:
    """Show coordinators how many come, the code, and what they can do."""
    come, there = sum(guest.coming is True for guest in guests), sum(guest.attended_at is not None for guest in guests)
    lines = [t("For coordinators:"), _come(come), *([_there(there)] if has_begun(one.event, one.now) else [])]
    buttons = [Button(t("Who comes, who was there"), action("events.guests", one.event.id))]
    if is_on(one.event):
        lines.append(_code(one))
    if is_coming(one.event, one.now):
        buttons.append(Button(t("Change …"), action("events.change", one.event.id)))
    if is_on(one.event) and not is_over(one.event, one.now):
        buttons.append(Button(t("Call off …"), action("events.call_off", one.event.id)))
    return Text("\n".join(lines)), Actions(tuple(buttons))


def guests(one: Shown, said: Sequence[Guest], people: Mapping[int, str]) -> Message:
    """Show who comes and who was there."""
    there = [people[guest.member_id] for guest in said if guest.attended_at is not None]
    come = [people[guest.member_id] for guest in said if guest.coming]
    cannot = sum(guest.coming is False for guest in said)
    lines = [
        _people(_come(len(come)), come),
        *([_people(_there(len(there)), there)] if has_begun(one.event, one.now) else []),
        *([n("{n} can't come", "{n} can't come", cannot)] if cannot else []),
    ]
    rows = [Actions(_ticks(one, said))] if is_on(one.event) and has_begun(one.event, one.now) else []
    heading, note = Heading(one.event.title), Note(t("All of it as a file: /mentor-admin export events"))
    return Message((heading, Text(shortly(one)), *map(Text, lines), *rows, note, Actions((_open(one),))))


def _come(count: int) -> str:
    if not count:
        return t("Nobody said that they come")
    return n("{n} said that they come", "{n} said that they come", count)


def _there(count: int) -> str:
    if not count:
        return t("Nobody is noted as having been there")
    return n("{n} was there", "{n} were there", count)


def _people(count: str, called: Sequence[str]) -> str:
    if not called:
        return count
    more = len(called) - NAMED
    shown = names(sorted(called)[:NAMED])
    return (
        t("{count}: {names} …", count=count, names=shown)
        if more > 0
        else t("{count}: {names}", count=count, names=shown)
    )


def _ticks(one: Shown, said: Sequence[Guest]) -> tuple[Button, ...]:
    """Return the buttons that open the form in which people are ticked: several, if there are many."""
    if len(said) <= PAGE:
        return (Button(t("Who was there? …"), action("events.tick", one.event.id, 0), primary=True),)
    pages = range(0, len(said), PAGE)
    return tuple(
        Button(
            t("Who was there? {first} to {last} …", first=first + 1, last=min(first + PAGE, len(said))),
            action("events.tick", one.event.id, said[first - 1].member_id if first else 0),
        )
        for first in pages
    )[:5]


def not_yet(one: Shown) -> Message:
    """Say that nobody can have been at an event that hasn't begun, or is called off."""
    if not is_on(one.event):
        return as_it_is(one)
    begins = bare(one.event.starts_at or one.now, one.now, one.zone)
    return message(t("It begins on {time}; who was there can be noted from then on. Nothing was changed.", time=begins))


def noted(shown: Message, new: int, gone: int) -> Message:
    """Say how many were noted and taken out, and show who was there."""
    lines = [n("{n} person noted.", "{n} people noted.", new)] if new or not gone else []
    lines += [n("{n} person taken out.", "{n} people taken out.", gone)] if gone else []
    return Message((*map(Text, lines), *shown.blocks))
