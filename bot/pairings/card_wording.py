"""What is said to coordinators about pairings that are there: the list, and the card with all that can be done."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.language import later, n, t
from bot.pairings.pair import Pair
from bot.pairings.wording import NO_SHARED, Choices, open_pair, person_field
from bot.views import Actions, Block, Button, Field, Form, Heading, Message, Note, Text, action, message
from bot.wording import full_day, length
from storage.goals import Counts
from storage.wishes import Kind, Talked

FEW = 5  # pairings, each with a button of its own in one row
LABEL = 60  # characters of a button
LENGTHS = {7: later("One week"), 14: later("Two weeks"), 28: later("Four weeks"), 0: later("Until I say so")}  # days
PACE_BUTTONS = {2: later("2 days"), 4: later("4 days"), 7: later("7 days"), 0: later("The program's pace")}


def pairs(shown: Sequence[Pair], total: int, wanted: str, program: timedelta, zone: str) -> Message:
    """List pairings; those with a wish that is open come first."""
    if not shown:
        return message(t('No pairing fits "{wanted}". All of them: /mentor-admin pairs', wanted=wanted[:80]))
    more = total - len(shown)
    rest = (
        Note(n("And {n} more. Add a name to find one.", "And {n} more. Add a name to find some.", more))
        if more
        else None
    )
    blocks: list[Block] = [Heading(n("{n} pairing", "{n} pairings", total))]
    blocks += [Text(_line(pair, program, zone)) for pair in shown]
    blocks += [rest] if rest else []
    if len(shown) <= FEW:
        blocks.append(Actions(tuple(_name_button(pair) for pair in shown)))
    blocks.append(Note(t("Open one: /mentor-admin pairing @mentor @mentee")))
    return Message(tuple(blocks))


def _name_button(pair: Pair) -> Button:
    label = t("{mentor} and {mentee}", mentor=pair.mentor.name, mentee=pair.mentee.name)
    return Button(label if len(label) <= LABEL else label[: LABEL - 1] + "…", action("pairings.card", pair.pairing.id))


def _line(pair: Pair, program: timedelta, zone: str) -> str:
    who = t("{mentor} and {mentee}", mentor=pair.mentor.name, mentee=pair.mentee.name)
    facts = [who, *_facts(pair, program, zone)]
    facts += [t("a wish is open")] if pair.wishes else []
    return " · ".join(facts)


def _facts(pair: Pair, program: timedelta, zone: str) -> list[str]:
    made = pair.pairing.made_at
    facts = [] if made is None else [t("since {day}", day=full_day(made, zone))]
    facts.append(pace(pair.pairing.pace, program))
    if pair.rest is not None:
        facts.append(resting(pair.rest.until, zone))
    facts.append(t("has a space") if pair.space else t("no space yet"))
    return facts


def pace(agreed: timedelta | None, program: timedelta) -> str:
    """Say a pace in a few words."""
    if agreed is None:
        return t("the program's pace ({length})", length=length(program))
    return t("agreed pace: {length}", length=length(agreed))


def resting(until: datetime | None, zone: str) -> str:
    """Say in a few words that a pairing rests."""
    return t("resting") if until is None else t("resting until {day}", day=full_day(until, zone))


def card(pair: Pair, program: timedelta, zone: str, goals: Counts | None = None) -> Message:
    """Show one pairing with all that can be done about it."""
    id_ = pair.pairing.id
    coordinator = pair.coordinator.name if pair.coordinator else t("all coordinators")
    lines: list[Block] = [
        Heading(t("{mentor} (mentor) and {mentee} (mentee)", mentor=pair.mentor.name, mentee=pair.mentee.name)),
        *(Text(fact[:1].upper() + fact[1:]) for fact in _facts(pair, program, zone)),
        Text(t("Coordinator: {name}", name=coordinator)),
        *((Text(_goals(goals, zone)),) if goals else ()),
        *(Text(wish(pair, index, zone)) for index in range(len(pair.wishes))),
    ]
    if pair.pairing.ended_at is not None:
        again = Button(t("Pair them again"), action("pairings.again", id_, 0))
        return Message(
            (*lines, Text(t("Ended on {day}", day=full_day(pair.pairing.ended_at, zone))), Actions((again,)))
        )
    extra = [Button(t("The wish is settled"), action("pairings.settled", id_))] if pair.wishes else []
    extra += [Button(t("Make the space"), action("pairings.space", id_))] if pair.running and not pair.space else []
    rows = (_card_buttons(pair), *((Actions(tuple(extra)),) if extra else ()))
    return Message((*lines, *rows))


def _goals(goals: Counts, zone: str) -> str:
    """Say how many goals there are, and nothing of what they are."""
    return t(
        "Goals: {active} now, {done} done, {dropped} dropped; last word on {day}",
        active=goals.active,
        done=goals.done,
        dropped=goals.dropped,
        day=full_day(goals.moved_at, zone),
    )


def _card_buttons(pair: Pair) -> Actions:
    id_ = pair.pairing.id
    rest = (
        Button(t("Rest"), action("pairings.rest", id_))
        if pair.rest is None
        else Button(t("Go on"), action("pairings.go_on", id_))
    )
    return Actions(
        (
            rest,
            Button(t("Pace"), action("pairings.pace_card", id_)),
            Button(t("Coordinator"), action("pairings.coordinator", id_)),
            Button(t("Change the mentor"), action("pairings.other", id_)),
            Button(t("End"), action("pairings.end", id_)),
        )
    )


WISHES = {
    Kind.END: later("{name} would like to end this pairing."),
    Kind.OTHER: later("{name} would like to be paired with somebody else."),
    Kind.SAFETY: later("{name} asks for a word with a coordinator, because of safety. Please write to them today."),
}
TALKED = {
    Talked.YES: later("They have talked about it with {other}."),
    Talked.NOT_YET: later("They haven't talked about it with {other} yet."),
    Talked.RATHER_NOT: later("They would rather not talk about it with {other}."),
    None: later("{other} doesn't know of this. Please don't tell them without {name}'s consent."),
}


def wish(pair: Pair, index: int, zone: str) -> str:
    """Say what one of the two wishes for."""
    one = pair.wishes[index]
    me, other = pair.names(one.member_id)
    parts = (t(WISHES[one.kind], name=me), t(TALKED[one.talked], name=me, other=other))
    return t("On {day}: {text}", day=full_day(one.at, zone), text=" ".join(parts))


def rest_choices(pairing_id: int) -> Message:
    """Ask how long a pairing rests."""
    lengths = tuple(Button(t(text), action("pairings.rest_for", pairing_id, d)) for d, text in LENGTHS.items())
    return message(
        t("How long shall the pairing rest? Nobody is reminded in that time, and those days don't count."),
        actions=(*lengths, Button(t("Another day …"), action("pairings.rest_form", pairing_id))),
    )


def rest_form(pairing_id: int) -> Form:
    """Ask for the day on which a pairing goes on."""
    hint = t("The day on which they go on: Monday, two weeks, 5 March")
    fields = (Field("until", t("Until when?"), hint=hint),)
    return Form(t("Let the pairing rest"), action("pairings.rest_until", pairing_id), fields, submit=t("Let it rest"))


def rests(pair: Pair, until: datetime | None, zone: str) -> Message:
    """Tell a coordinator that a pairing rests."""
    who = {"mentor": pair.mentor.name, "mentee": pair.mentee.name}
    noted = (
        t("The pairing of {mentor} and {mentee} rests until you press Go on.", **who)
        if until is None
        else t("The pairing of {mentor} and {mentee} rests until {day}.", day=full_day(until, zone), **who)
    )
    return message(
        noted,
        t("I remind nobody in it, and those days don't count."),
        *_both_told(pair),
        actions=(Button(t("Go on"), action("pairings.go_on", pair.pairing.id)), open_pair(pair.pairing.id)),
    )


def _both_told(pair: Pair) -> tuple[str, ...]:
    return (t("I tell both in their space."),) if pair.told else ()


def goes_on(pair: Pair) -> Message:
    """Tell a coordinator that a pairing goes on."""
    who = {"mentor": pair.mentor.name, "mentee": pair.mentee.name}
    return message(t("The pairing of {mentor} and {mentee} goes on.", **who), actions=(open_pair(pair.pairing.id),))


def pace_choices(pair: Pair, program: timedelta) -> Message:
    """Let a coordinator set the pace that the two agreed on."""
    id_ = pair.pairing.id
    return message(
        t("Now: {pace}. Which one did the two agree on?", pace=pace(pair.pairing.pace, program)),
        actions=tuple(Button(t(text), action("pairings.set_pace", id_, d)) for d, text in PACE_BUTTONS.items()),
    )


def pace_set(pair: Pair, program: timedelta) -> Message:
    """Tell a coordinator that a pace is set."""
    said = pace(pair.pairing.pace, program)
    who = {"mentor": pair.mentor.name, "mentee": pair.mentee.name}
    return message(
        t("Noted for {mentor} and {mentee}: {pace}.", pace=said, **who),
        actions=(open_pair(pair.pairing.id),),
    )


def coordinator_form(pairing_id: int, coordinators: Choices) -> Form:
    """Ask who looks after a pairing."""
    fields = (person_field("coordinator", t("Coordinator"), coordinators),)
    return Form(t("Who looks after this pairing?"), action("pairings.coordinate", pairing_id), fields, submit=t("Save"))


def coordinator_set(pair: Pair, name: str) -> Message:
    """Say who looks after a pairing now."""
    who = {"mentor": pair.mentor.name, "mentee": pair.mentee.name}
    return message(
        t("{name} looks after {mentor} and {mentee} now.", name=name, **who), actions=(open_pair(pair.pairing.id),)
    )


def other_form(pair: Pair, mentors: Choices) -> Form:
    """Ask for a mentee's new mentor."""
    label = t("The new mentor of {mentee}", mentee=pair.mentee.name)
    return Form(
        t("Another mentor"),
        action("pairings.other_mentor", pair.pairing.id),
        (person_field("mentor", label, mentors),),
        submit=t("End and pair anew"),
    )


def end_question(pair: Pair) -> Message:
    """Ask once more before a pairing ends."""
    return message(
        t(
            "End the pairing of {mentor} and {mentee}? They get a friendly goodbye, then their space is closed. "
            "It can be taken up again later.",
            mentor=pair.mentor.name,
            mentee=pair.mentee.name,
        ),
        actions=(
            Button(t("End it"), action("pairings.end_now", pair.pairing.id), primary=True),
            Button(t("Keep it"), action("pairings.card", pair.pairing.id)),
        ),
    )


def ended(pair: Pair) -> Message:
    """Say that a pairing has ended."""
    return message(
        t(
            "The pairing of {mentor} and {mentee} has ended. Nothing waits in it any more.",
            mentor=pair.mentor.name,
            mentee=pair.mentee.name,
        ),
        actions=(Button(t("Pair them again"), action("pairings.again", pair.pairing.id, 0)),),
    )


def changed_mentor(before: str, done: Message) -> Message:
    """Say that a mentee has another mentor."""
    return Message((Text(t("The pairing with {before} has ended.", before=before)), *done.blocks))


def space_under_way(pair: Pair, *, shared: bool) -> Message:
    """Say that a space is being made, or that there is one, or what it needs."""
    if not (pair.space or shared):
        return message(t(NO_SHARED), actions=(open_pair(pair.pairing.id),))
    text = (
        later("{mentor} and {mentee} have a space already.")
        if pair.space
        else later("I'm making a space for {mentor} and {mentee}.")
    )
    return message(t(text, mentor=pair.mentor.name, mentee=pair.mentee.name))


def wish_settled(pair: Pair) -> Message:
    """Say that a wish is settled."""
    return message(t("Noted: the wish is settled."), actions=(open_pair(pair.pairing.id),))
