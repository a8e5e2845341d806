"""What members read about community events: the list, one of them, and what becomes of a press."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum

from bot.events.rules import CodeTime, code_time, is_on, is_over
from bot.language import later, t
from bot.sessions.times_wording import bare, said
from bot.settings.reading import length
from bot.texts import excerpt
from bot.views import Actions, Block, Button, File, Heading, Message, Text, action, in_rows, message
from storage.events import Event, Guest, Kind

LISTED = 8  # events on a page: each has a button
LABEL = 60  # characters of a title on a button
TOGETHER = 3  # events that one message shows whole

KINDS = {
    Kind.CIRCLE: later("circle"),
    Kind.TRAINING: later("training"),
    Kind.WEBINAR: later("webinar"),
    Kind.OTHER: later("other"),
}
GONE = later("This event isn't there any more. Nothing was changed.")


class News(IntEnum):
    """What is said of an event."""

    NEW = 0
    CHANGED = 1
    CALLED_OFF = 2


@dataclass(frozen=True, slots=True)
class Shown:
    """An event as one member sees it, now and in their zone; `guest` None: they said nothing about it."""

    event: Event
    guest: Guest | None
    zone: str
    now: datetime
    desk: bool = False  # a coordinator reads it

    @property
    def coming(self) -> bool | None:
        """Whether they said that they come."""
        return self.guest.coming if self.guest else None

    @property
    def was_there(self) -> bool:
        """Whether it is noted that they were there."""
        return self.guest is not None and self.guest.attended_at is not None


def when(one: Shown) -> str:
    """Say when an event is, with the zone."""
    at = one.event.starts_at
    return "" if at is None else said(at, one.now, one.zone)


def shortly(one: Shown) -> str:
    """Say when an event is."""
    at = one.event.starts_at
    return "" if at is None else bare(at, one.now, one.zone)


def listed(found: Sequence[Shown], first: int, *, more: bool, desk: bool) -> Message:
    """List what is coming or going on, the next one first."""
    none = () if found else (Text(t("No community event is planned just now.")),)
    rows = [*_openers(found, first), *_turning("events.page", first, more=more)]
    if desk:
        rows.append(Button(t("Announce one …"), "events.new", primary=not found))
        rows.append(Button(t("Earlier ones"), action("events.past", 0)))
    return Message((Heading(t("Community events")), *none, *_lines(found, first), *in_rows(rows)))


def past(found: Sequence[Shown], first: int, *, more: bool) -> Message:
    """List what is over or was called off, the newest first."""
    none = () if found else (Text(t("There is none from before.")),)
    rows = [*_openers(found, first), *_turning("events.past", first, more=more)]
    rows.append(Button(t("All that is coming"), "events.list"))
    return Message((Heading(t("Earlier community events")), *none, *_lines(found, first), *in_rows(rows)))


def _lines(found: Sequence[Shown], first: int) -> list[Text]:
    return [Text("\n".join((_numbered(number, one), line(one)))) for number, one in enumerate(found, first + 1)]


def _numbered(number: int, one: Shown) -> str:
    return t("{number}. {title}", number=number, title=one.event.title)


def line(one: Shown) -> str:
    """Say on a line what an event is, when, and how it stands."""
    parts = {"kind": t(KINDS[one.event.kind]), "time": shortly(one)}
    stands = stands_so(one)
    return t("{kind}, {time}. {stands}", **parts, stands=stands) if stands else t("{kind}, {time}", **parts)


def stands_so(one: Shown) -> str:
    """Say in a few words how it stands between a member and an event."""
    if not is_on(one.event):
        return t("It is called off.")
    if one.was_there:
        return t("You were there.")
    if one.coming is None or is_over(one.event, one.now):
        return ""
    return t("You're coming.") if one.coming else t("You can't come.")


def _openers(found: Sequence[Shown], first: int) -> list[Button]:
    return [
        Button(excerpt(_numbered(number, one), LABEL), action("events.show", one.event.id))
        for number, one in enumerate(found, first + 1)
    ]


def _turning(name: str, first: int, *, more: bool) -> list[Button]:
    back = [Button(t("Back"), action(name, max(0, first - LISTED)))] if first else []
    return [*back, Button(t("More"), action(name, first + LISTED))] if more else back


def what(one: Shown, *, where: bool = True) -> tuple[Text, ...]:
    """Say what an event is: when, how long, where, and the line about it."""
    event = one.event
    lines = [
        t("{kind}, {time}", kind=t(KINDS[event.kind]), time=when(one)),
        t("How long: {length}", length=length(timedelta(minutes=event.minutes))),
    ]
    lines += [t("Where: {venue}", venue=event.venue)] if event.venue and where else []
    return (Text("\n".join(lines)), *((Text(event.about),) if event.about else ()))


def card(one: Shown, desk: Sequence[Block] = ()) -> Message:
    """Show an event with all that can be done; `desk` is what coordinators see besides."""
    stands = stands_so(one)
    blocks: list[Block] = [Heading(one.event.title), *what(one), *((Text(stands),) if stands else ())]
    mine = answers(one)
    blocks += [Actions(mine)] if mine else []
    return Message((*blocks, *desk, Actions((Button(t("Community events"), "events.list"),))))


def answers(one: Shown) -> tuple[Button, ...]:
    """Return what a member can say about an event just now."""
    event = one.event
    if not is_on(event):
        return ()
    if code_time(event, one.now) is not CodeTime.EARLY:
        return () if one.was_there or code_time(event, one.now) is CodeTime.LATE else (there(one),)
    come = Button(t("I'll come"), action("events.come", event.id), primary=one.coming is None)
    cannot = Button(t("I can't"), action("events.cannot", event.id))
    return tuple(button for button, is_so in ((come, one.coming is True), (cannot, one.coming is False)) if not is_so)


def there(one: Shown) -> Button:
    """Return the button with which somebody says that they were there."""
    return Button(t("I was there …"), action("events.code", one.event.id), primary=True)


def comes(one: Shown, file: File | None) -> Message:
    """Say that it is noted that somebody comes."""
    text = t("Noted: you're coming to “{title}” on {time}.", title=one.event.title, time=when(one))
    text2 = t("I'll remind you before it begins, and tell you if anything changes.")
    files = () if file is None else (file,)
    return Message((Text(text), Text(text2), *files, Actions(details(one))))


def cannot(one: Shown) -> Message:
    """Say that it is noted that somebody can't come."""
    text = t(
        "That's all right. Should it suit you after all: “{title}” is on {time}.", title=one.event.title, time=when(one)
    )
    return message(text, actions=details(one))


def details(one: Shown) -> tuple[Button, ...]:
    """Return the button that leads to all about an event."""
    return (Button(t("Details"), action("events.show", one.event.id)),)


def begun(one: Shown) -> Message:
    """Say that nobody needs to say any more whether they come."""
    said = t("“{title}” has begun already, or is over. Nothing was changed.", title=one.event.title)
    return Message((Text(said), *answers_after(one)))


def answers_after(one: Shown) -> tuple[Block, ...]:
    """Offer to say that somebody was there, as long as that can be said."""
    buttons = answers(one)
    return (Actions(buttons),) if buttons else ()


def off(one: Shown) -> Message:
    """Say that an event is called off."""
    return message(t("“{title}” is called off. Nothing was changed.", title=one.event.title))


def early(one: Shown) -> Message:
    """Say from when on a code can be typed."""
    text = t("The code can be typed from the beginning on: {time}. Nothing was changed.", time=when(one))
    return message(text)


def late(one: Shown) -> Message:
    """Say that a code can't be typed any more."""
    text = t("A code can be typed until a day after the end. A coordinator can still note that you were there.")
    return message(text, actions=details(one))


def tried_enough(one: Shown) -> Message:
    """Say that no further code is taken."""
    text = t("That was a lot of codes. Please ask a coordinator: they can note that you were there.")
    return message(text, actions=details(one))


def decided(one: Shown) -> Message:
    """Say that a coordinator has decided that somebody wasn't there."""
    text = t("A coordinator has noted that you weren't there. If that isn't right, please tell them.")
    return message(text, actions=details(one))


def thanks(one: Shown) -> Message:
    """Say that it is noted that somebody was there."""
    text = t("Noted: you were at “{title}”. Thank you for coming!", title=one.event.title)
    return message(text, actions=details(one))


def noted_already(one: Shown) -> Message:
    """Say that it was noted before."""
    text = t("It is noted already that you were at “{title}”. Nothing was changed.", title=one.event.title)
    return message(text, actions=details(one))
