"""What is said to coordinators who pair people."""

from collections.abc import Collection, Sequence
from datetime import datetime

from bot.language import later, n, t
from bot.members.roles import role_names
from bot.pairings.pair import Pair
from bot.people import Member, Role
from bot.views import Actions, Block, Button, Field, Form, Message, Text, action, message
from bot.wording import full_day

NOT_TWO = later("A pairing is two people. For example: /mentor-admin pair @amara with @lena")
WHICH_TWO = later("Please name both people of the pairing. For example: /mentor-admin pairing @amara @lena")
NOT_A_PACE = later("A pace is 2, 4 or 7 days, or the program's. For example: /mentor pace 4 days")
NOT_A_COORDINATOR = later("That isn't a coordinator of this program. Please choose one who is.")
CLOSING = later("Their old space is just being closed. Please try again in a minute.")
ENDED_ALREADY = later("This pairing has ended already. Nothing was changed.")
NO_PAIRS = later("There is no pairing yet. Make the first one: /mentor-admin pair")


def one_person(name: str) -> str:
    """Say that somebody can't be paired with themself."""
    return t("Both are {name}: a pairing is two different people.", name=name)


def roles_do_not_fit(first: Member, second: Member) -> str:
    """Say which roles two people have, and which they would need."""
    return t(
        "A pairing is a mentor and a mentee. {first} is {first_roles}, {second} is {second_roles}. "
        "Roles can be changed by a coordinator.",
        first=first.name,
        first_roles=_roles(first.roles),
        second=second.name,
        second_roles=_roles(second.roles),
    )


def _roles(roles: Collection[Role]) -> str:
    return role_names(roles) if roles else t("neither")


def unknown_mention(word: str) -> str:
    """Say that somebody who was mentioned is no member."""
    return t("{who} isn't in this program yet. A coordinator can add them first.", who=word[:80])


def several_of_that_name(name: str, number: int) -> str:
    """Say that a name isn't enough."""
    return n(
        "{n} person is called {name}. Please mention them with @.",
        "{n} people are called {name}. Please mention the one you mean with @.",
        number,
        name=name[:80],
    )


def nobody_of_that_name(name: str, near: Sequence[str]) -> str:
    """Say that nobody is called so, and who is nearly."""
    if near:
        return t(
            'Nobody here is called "{name}". Did you mean {near}? Please write the whole name, or @.',
            name=name[:80],
            near=_or(near),
        )
    return t('Nobody here is called "{name}". You can also mention somebody with @.', name=name[:80])


def _or(people: Sequence[str]) -> str:
    *most, last = people
    return t("{most} or {last}", most=", ".join(most), last=last) if most else last


def left(name: str) -> str:
    """Say that somebody takes no part for now."""
    return t("{name} doesn't take part in the program just now. Let them come back first, then pair them.", name=name)


def gone(name: str) -> str:
    """Say that somebody was deleted at this moment."""
    return t("{name} is no longer in this program. Nothing was changed.", name=name)


def not_ready(missing: Sequence[tuple[str, Sequence[str]]]) -> str:
    """Say for each of two people what has to be done before they can be paired."""
    lines = [t("{name}: {missing}", name=name, missing=" ".join(texts)) for name, texts in missing]
    return "\n".join([t("They can't be paired yet. This is still missing:"), *lines])


def already_paired(mentor: str, mentee: str, since: datetime | None, zone: str) -> str:
    """Say that two people are paired, maybe by a colleague a moment ago."""
    if since is None:
        return t("{mentor} and {mentee} are paired already. Nothing was changed.", mentor=mentor, mentee=mentee)
    day = full_day(since, zone)
    text = later("{mentor} and {mentee} are paired already, since {day}. Nothing was changed.")
    return t(text, mentor=mentor, mentee=mentee, day=day)


def not_paired(first: str, second: str) -> str:
    """Say that two people aren't paired, and how to pair them."""
    return t("{first} and {second} aren't paired. Pair two people: /mentor-admin pair", first=first, second=second)


def offer_again(pairing_id: int, coordinator_id: int, mentor: str, mentee: str, until: datetime, zone: str) -> Message:
    """Ask whether a pairing that had ended is to be taken up again."""
    return message(
        t(
            "{mentor} and {mentee} were paired before, until {day}. Shall they be paired again?",
            mentor=mentor,
            mentee=mentee,
            day=full_day(until, zone),
        ),
        actions=(Button(t("Pair them again"), action("pairings.again", pairing_id, coordinator_id), primary=True),),
    )


NO_SHARED = later(
    "I can't make a private space for the two yet, as they share no workspace or server. "
    "Let one of them link an account where the other is (/mentor link). "
    'Then open the pair and press "Make the space".'
)
NO_SHARED_AT_START = later(
    "I won't be able to make a private space for the two, as they share no workspace or server. "
    "Let one of them link an account where the other is (/mentor link) before the program starts."
)


def paired(pair: Pair, mentees: int, *, shared: bool) -> Message:
    """Say that two people are paired, and what comes next: a space, or what it needs."""
    space = (
        t("I'm making a private space for the two, and welcome them there.")
        if pair.running
        else t("Their private space is made when the program starts.")
    )
    if not (pair.space or shared):
        space = t(NO_SHARED if pair.running else NO_SHARED_AT_START)
    now = n("{name} has {n} mentee now.", "{name} has {n} mentees now.", mentees, name=pair.mentor.name)
    return message(
        t("{mentor} (mentor) and {mentee} (mentee) are paired.", mentor=pair.mentor.name, mentee=pair.mentee.name),
        space,
        now,
        actions=(open_pair(pair.pairing.id),),
    )


def open_pair(pairing_id: int) -> Button:
    """Offer to look at a pairing."""
    return Button(t("Open the pair"), action("pairings.card", pairing_id))


Choices = tuple[tuple[str, str], ...]


def person_field(name: str, label: str, choices: Choices, *, required: bool = True) -> Field:
    """Ask for a person: to be chosen where there are few, or else by name."""
    hint = "" if choices else t("The whole name")
    return Field(name, label, hint=hint, required=required, choices=choices)


def pair_form(mentors: Choices, mentees: Choices, coordinators: Choices) -> Form:
    """Ask who is to be paired."""
    fields = (
        person_field("mentor", t("Mentor"), mentors),
        person_field("mentee", t("Mentee"), mentees),
        person_field("coordinator", t("Coordinator (you, if left empty)"), coordinators, required=False),
    )
    return Form(t("A new pairing"), action("pairings.pair"), fields, submit=t("Pair them"))


def lost(pair: Pair) -> tuple[Block, ...]:
    """Tell a coordinator that a conversation isn't seen any more, and what helps."""
    who = {"mentor": pair.mentor.name, "mentee": pair.mentee.name}
    what = t("I no longer see the conversation of {mentor} and {mentee}, so I can't remind anybody there.", **who)
    why = t("It was archived or deleted, or I was taken out of it. Take me in again, or let me make a new one.")
    if pair.space is not None:
        return (Text(what), Actions((open_pair(pair.pairing.id),)))
    again = Button(t("Make a new one"), action("pairings.space", pair.pairing.id))
    return (Text(what), Text(why), Actions((again, open_pair(pair.pairing.id))))


def no_space(pair: Pair, *, shared: bool) -> tuple[Block, ...]:
    """Tell a coordinator that no space can be made for a pairing, and what helps."""
    who = {"mentor": pair.mentor.name, "mentee": pair.mentee.name}
    why = (
        t("I couldn't make a space for {mentor} and {mentee}: the platform didn't let me.", **who)
        if shared
        else t("I couldn't make a space for {mentor} and {mentee}: they share no workspace or server.", **who)
    )
    helps = (
        t("Please look whether I'm allowed to make private channels and to invite people.")
        if shared
        else t("Let one of them link an account where the other is, then try again.")
    )
    again = Button(t("Make the space"), action("pairings.space", pair.pairing.id))
    return (Text(why), Text(helps), Actions((again, open_pair(pair.pairing.id))))
