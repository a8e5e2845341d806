"""What is said about goals to the two of a pairing; the forms are in forms_wording.py."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.goals.rules import MOST, bar
from bot.language import later, n, t
from bot.people import Pairing
from bot.settings.reading import length
from bot.texts import excerpt
from bot.views import Actions, Block, Button, Heading, Message, Note, Text, action, in_rows, message
from bot.wording import ago, full_day, names, percent
from storage.goals import Counts, Goal, State, Update

FEW = 3  # goals with all their buttons in the list: Discord has no room for more
SHORT = 100  # characters of a goal where many are listed
LABEL = 40  # … and on a button
CLOSED = 10  # goals that are over, in a list

PARTS = {
    "specific": later("what exactly"),
    "measurable": later("how you'll notice that you're there"),
    "achievable": later("what makes it possible"),
    "relevant": later("why it matters"),
    "timed": later("until when"),
}


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads: the other side's name, and now in their zone. `complete`: the program wants all five parts."""

    id: int
    zone: str
    now: datetime
    pairing: Pairing
    other: str
    complete: bool

    def who(self, member_id: int | None) -> str:
        """Return the name of whoever did something; only the other side has one."""
        return t("you") if member_id == self.id else self.other


def goals(reader: Reader, active: Sequence[Goal], lines: Mapping[int, Sequence[Update]], over: int) -> Message:
    """List a pairing's goals, with what can be done."""
    if not active:
        return _none(reader, over)
    heading = Heading(t("Goals, with {name}", name=reader.other))
    several = len(active) > FEW
    blocks = _short(active) if several else _whole(reader, active, lines)
    full = (Note(t("These are as many as I can keep at a time.")),) if len(active) >= MOST else ()
    return Message((heading, *blocks, *full, *_below(reader, over, room=len(active) < MOST)))


def _none(reader: Reader, over: int) -> Message:
    said = t("You and {name} have no goal just now. One sentence is enough to begin.", name=reader.other)
    return Message((Text(said), *_below(reader, over, room=True)))


def _below(reader: Reader, over: int, *, room: bool) -> tuple[Block, ...]:
    new = (Button(t("New goal …"), action("goals.new", reader.pairing.id), primary=True),) if room else ()
    past = Button(n("{n} from before", "{n} from before", over), action("goals.over", reader.pairing.id))
    buttons = (*new, past) if over else new
    return (Actions(buttons),) if buttons else ()


def _short(active: Sequence[Goal]) -> tuple[Block, ...]:
    lines = ["\n".join((_numbered(number, one, SHORT), share(one))) for number, one in enumerate(active, 1)]
    buttons = [
        Button(_numbered(number, one, LABEL), action("goals.show", one.id)) for number, one in enumerate(active, 1)
    ]
    return (*map(Text, lines), Note(t("Open one to say how far it is, or to change it:")), *in_rows(buttons))


def _numbered(number: int, goal: Goal, length: int) -> str:
    return t("{number}. {text}", number=number, text=excerpt(goal.text, length))


def _whole(reader: Reader, active: Sequence[Goal], lines: Mapping[int, Sequence[Update]]) -> tuple[Block, ...]:
    blocks: list[Block] = []
    for one in active:
        newest = next(iter(lines[one.id]), None)
        more = Button(t("More"), action("goals.show", one.id))
        blocks += [Text(one.text), Text(_stands(reader, one, newest)), *_growing(reader, one)]
        blocks.append(Actions((*_moving(one), more)))
    return tuple(blocks)


def _moving(goal: Goal) -> tuple[Button, Button]:
    return (
        Button(t("Update …"), action("goals.update", goal.id)),
        Button(t("Done"), action("goals.done", goal.id)),
    )


def share(goal: Goal) -> str:
    """Say how far a goal is."""
    return t("{percent} {bar}", percent=percent(goal.percent / 100), bar=bar(goal.percent))


def _stands(reader: Reader, goal: Goal, newest: Update | None) -> str:
    said = _said(reader, newest) if newest else t("made {day}", day=ago(goal.made_at, reader.now, reader.zone))
    return "\n".join((share(goal), said))


def _said(reader: Reader, update: Update) -> str:
    day, who = ago(update.at, reader.now, reader.zone), reader.who(update.member_id)
    if not update.line:
        return t("{who}, {day}", who=who, day=day)
    return t("“{line}” ({who}, {day})", line=update.line, who=who, day=day)


def _growing(reader: Reader, goal: Goal) -> tuple[Block, ...]:
    """Say what is missing where the program wants all of it."""
    if not (reader.complete and goal.missing):
        return ()
    return (Note(t("Still growing. Not said yet: {parts}.", parts=names([t(PARTS[part]) for part in goal.missing]))),)


def goal(reader: Reader, one: Goal, lines: Sequence[Update]) -> Message:
    """Show one goal with all that was said of it lately, and all that can be done."""
    if one.state is not State.ACTIVE:
        return over(reader, one)
    parts = zip(PARTS.values(), one.smart, strict=True)
    said = [t("{part}: {text}", part=_capital(t(part)), text=text) for part, text in parts if text]
    blocks: list[Block] = [Heading(t("A goal, with {name}", name=reader.other)), Text(one.text), Text(share(one))]
    blocks += [Text("\n".join(said))] if said else []
    blocks += [Text("\n".join(_said(reader, line) for line in lines))] if lines else []
    buttons = (
        *_moving(one),
        Button(t("Five parts …"), action("goals.grow", one.id)),
        Button(t("Reword …"), action("goals.change", one.id)),
        Button(t("Drop"), action("goals.drop", one.id)),
    )
    return Message((*blocks, *_growing(reader, one), Actions(buttons), _back(reader)))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _back(reader: Reader) -> Actions:
    return Actions((_all(reader),))


def _all(reader: Reader) -> Button:
    return Button(t("All goals"), action("goals.of", reader.pairing.id))


def which(mine: Sequence[tuple[Pairing, str]], counts: Mapping[int, Counts]) -> Message:
    """Ask with whom, as somebody has several pairings."""
    buttons = [Button(_with(name, counts.get(one.id)), action("goals.of", one.id)) for one, name in mine]
    rows = in_rows(buttons)[:4]
    return Message((Text(t("Whose goals? You can also write: /mentor goals @name")), *rows))


def _with(name: str, counts: Counts | None) -> str:
    return n("{name}: {n} goal", "{name}: {n} goals", counts.active if counts else 0, name=excerpt(name, LABEL))


def past(reader: Reader, found: Sequence[Goal]) -> Message:
    """List the goals that are over, the newest first."""
    shown = ["\n".join((excerpt(one.text, SHORT), _how(reader, one))) for one in found[:CLOSED]]
    more = len(found) - len(shown)
    rest = (Note(n("And {n} older one.", "And {n} older ones.", more)),) if more else ()
    if not found:
        return Message((Text(t("There is none from before.")), _back(reader)))
    return Message((Heading(t("From before, with {name}", name=reader.other)), *map(Text, shown), *rest, _back(reader)))


def _how(reader: Reader, one: Goal) -> str:
    day = full_day(one.closed_at or one.moved_at, reader.zone)
    return t("Done on {day}", day=day) if one.state is State.DONE else t("Dropped on {day}", day=day)


def made(reader: Reader, one: Goal) -> Message:
    """Say that a goal is kept, and who knows of it."""
    buttons = (Button(t("Five parts …"), action("goals.grow", one.id), primary=reader.complete), _all(reader))
    return Message(
        (
            Text(t("Noted: “{text}”", text=one.text)),
            Text(t("{name} can see it too, and nobody else. I'll tell {name} of it.", name=reader.other)),
            *_growing(reader, one),
            Actions(buttons),
        )
    )


def moved(reader: Reader, one: Goal, *, since: int | None) -> Message:
    """Say that an update is kept; who likes small wins celebrated is told how far it has come, `since` a share."""
    if one.state is not State.ACTIVE:
        return Message((Text(t("I've kept what you wrote.")), *over(reader, one).blocks))
    said = [Text(t("Noted: {share}. Thank you!", share=share(one)))]
    if since is not None:
        span = {"before": percent(since / 100), "after": percent(one.percent / 100)}
        said.append(Text(t("A step further, from {before} to {after}: well done!", **span)))
    if one.percent < 100:  # noqa: PLR2004 - percent
        return Message((*said, *_growing(reader, one), _back(reader)))
    done = Button(t("Done"), action("goals.done", one.id), primary=True)
    return Message((*said, Text(t("Is it done, then?")), Actions((done, _all(reader)))))


def changed(reader: Reader, one: Goal) -> Message:
    """Say that a goal is kept in its new words."""
    if not reader.complete or one.missing:
        return Message((Text(t("Noted: “{text}”", text=one.text)), *_growing(reader, one), _back(reader)))
    return Message((Text(t("Noted. All five parts are there.")), _back(reader)))


def over(reader: Reader, one: Goal, *, celebrate: bool = False, again: bool = True) -> Message:
    """Say how a goal ended; whoever likes may celebrate it, or let it go on. `again`: it was so already."""
    texts = [t("“{text}”", text=one.text)] if again else []
    if one.state is State.DROPPED:
        texts.append(_dropped(reader, one))
        back = Button(t("Take it back"), action("goals.reopen", one.id))
        return message(*texts, actions=(back, _all(reader)))
    texts.append(_done(reader, one))
    buttons = [Button(t("It goes on"), action("goals.reopen", one.id)), _all(reader)]
    if celebrate:
        texts.append(t("If you like, I say in your conversation with {name}: {text}", name=reader.other, text=party()))
        buttons.insert(0, Button(t("Celebrate it here"), action("goals.celebrate", one.id)))
    return message(*texts, actions=tuple(buttons))


def _dropped(reader: Reader, one: Goal) -> str:
    if one.closed_by == reader.id:
        return t("You've let this goal go. That's fine: goals change.")
    return t("{name} has let this goal go. That's fine: goals change.", name=reader.other)


def _done(reader: Reader, one: Goal) -> str:
    if one.closed_by == reader.id:
        return t("Well done! I'll tell {name} that it's reached.", name=reader.other)
    return t("{name} has said that it's reached. Well done!", name=reader.other)


def party() -> str:
    """Say in a pairing's space that a goal is reached: neither which, nor whose idea it was to say so."""
    return t("A goal was reached here. That's worth a moment: well done!")


def celebrated() -> Message:
    """Say that it is being celebrated."""
    return message(t("I've said it in your conversation, without the goal's words."))


def celebrated_already() -> Message:
    """Say that it was celebrated."""
    return message(t("It was celebrated already. Once is enough for me."))


def goes_on(reader: Reader) -> Message:
    """Say that a goal goes on."""
    return Message((Text(t("All right, it goes on.")), _back(reader)))


def goes_on_already(reader: Reader) -> Message:
    """Say that a goal goes on anyway."""
    return Message((Text(t("This goal goes on already. Nothing was changed.")), _back(reader)))


def put_off(every: timedelta) -> Message:
    """Say when it is asked again."""
    return message(t("All right. I'll ask again in {length}; until then: /mentor goals", length=length(every)))


TOO_MANY = later("You two have {most} goals already. When one of them is done or dropped, there is room again.")


def too_many() -> str:
    """Say that a pairing has as many goals as it can."""
    return t(TOO_MANY, most=MOST)


def counts(of: Counts, zone: str) -> str:
    """Say how many goals there are, and nothing of what they are."""
    return t(
        "Goals: {active} now, {done} done, {dropped} dropped; last word on {day}",
        active=of.active,
        done=of.done,
        dropped=of.dropped,
        day=full_day(of.moved_at, zone),
    )
