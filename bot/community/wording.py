"""What is said when people are added, changed, deactivated and brought back."""

from collections.abc import Collection, Sequence
from itertools import combinations

from bot.community.naming import shown as short
from bot.language import isolated, later, n, t
from bot.members.roles import role_name, role_names
from bot.members.words import NAME_LIMIT
from bot.people import Member, Role
from bot.views import PER_ROW, Button, Field, Form, Message, Text, action, in_rows, message
from bot.wording import names

NOBODY_NAMED = later("Whom shall I add? Please write: /mentor-admin add @amara mentor")
WHICH_ROLE = later(
    "As what shall I add them? Please write mentor, mentee, coordinator or responder behind the names: "
    "/mentor-admin add @amara mentor"
)
LAST_COORDINATOR = later(
    "Nobody else is a coordinator: without one, nobody could look after the program. "
    "Please make somebody else a coordinator first."
)


def every_choice() -> tuple[tuple[str, str], ...]:
    """Return all that somebody can be: each set of roles, and what it is called."""
    sets = [chosen for size in range(1, len(Role) + 1) for chosen in combinations(Role, size)]
    return tuple((roles_value(chosen), role_names(chosen)) for chosen in sets)


def roles_value(roles: Sequence[Role] | frozenset[Role]) -> str:
    """Return roles as a choice's value."""
    return ",".join(role for role in Role if role in roles)


def add_form() -> Form:
    """Ask who is to be added, and as what."""
    return Form(
        t("Add people"),
        action("community.add"),
        (
            Field(
                "people",
                t("Who?"),
                hint=t("Their accounts or email addresses, one in each line: @amara"),
                long=True,
                limit=2000,
            ),
            Field("roles", t("As what?"), value=Role.MENTEE.value, choices=every_choice()),
        ),
        submit=t("Add"),
    )


def unknown(found: Sequence[tuple[str, str]]) -> str:
    """Say which words are neither people here nor roles, each with a guess."""
    lines = [
        t('I can\'t find "{word}" here. Did you mean {guess}?', word=short(word), guess=isolated(guess))
        if guess
        else t('I can\'t find "{word}" here, and it is no role.', word=short(word))
        for word, guess in found
    ]
    nobody = t("Nobody was added. A person has to be in this workspace or server before I can add them.")
    return "\n".join([*lines, nobody])


def nobody_named() -> str:
    """Say that a form names nobody."""
    return t("Please name at least one person.")


def too_many_to_add(limit: int) -> str:
    """Say that so many should come as a list."""
    return t("These are more than {limit} people. For so many there is: /mentor-admin import", limit=limit)


def which_role() -> str:
    """Say that a role is needed."""
    return t("Please choose at least one of: mentor, mentee, coordinator, responder.")


def added_one(one: Member) -> str:
    """Say that somebody was added."""
    return t("{name} is in the program now.", name=isolated(one.name))


def added(
    new: Sequence[Member], known: Sequence[Member], roles: frozenset[Role], leaving: Collection[int] = ()
) -> Message:
    """Say who was added, who was there and who is being forgotten, and ask about those who had left."""
    here = [one for one in known if one.active]
    gone = [one for one in known if not one.active and one.id not in leaving]
    lines: list[str] = []
    if new:
        who, what = names([one.name for one in new]), role_names(roles)
        lines.append(t("Added: {names}. Role: {roles}.", names=who, roles=what))
    lines += [
        t(
            "{name} was in the program already ({roles}), and I changed nothing.",
            name=isolated(one.name),
            roles=role_names(one.roles),
        )
        for one in here
    ]
    lines += [
        t(
            "{name} was deactivated. Shall I bring them back as {roles}?",
            name=isolated(one.name),
            roles=role_names(roles),
        )
        for one in gone
    ]
    lines += [being_forgotten(one) for one in known if one.id in leaving]
    buttons = [_back_as(one, roles) for one in gone]
    buttons += [Button(isolated(one.name), action("community.person", one.id)) for one in (*new, *here)][:PER_ROW]
    return Message((*map(Text, lines), *in_rows(buttons)))


def _back_as(one: Member, roles: frozenset[Role]) -> Button:
    label = t("Bring {name} back", name=isolated(one.name))
    return Button(label, action("community.bring_back_as", one.id, roles_value(roles)))


def member_already(one: Member, roles: frozenset[Role]) -> str:
    """Say that somebody is a member already."""
    if roles <= one.roles:
        return t("{name} is in the program already. Nothing was changed.", name=isolated(one.name))
    return t(
        "{name} is in the program already, as {now}. Nothing was changed; with Change you can add the role {wanted}.",
        name=isolated(one.name),
        now=role_names(one.roles),
        wanted=role_names(roles - one.roles),
    )


def ask_back(one: Member, roles: frozenset[Role]) -> Message:
    """Ask whether somebody who was deactivated is to be a member again."""
    return message(
        t(
            "{name} was in the program, as {roles}, and is deactivated. Shall I bring them back as {wanted}? "
            "Their history is kept.",
            name=isolated(one.name),
            roles=role_names(one.roles),
            wanted=role_names(roles),
        ),
        actions=(_back_as(one, roles), Button(t("Show more"), action("community.person", one.id))),
    )


def change_form(one: Member, version: int) -> Form:
    """Ask what is to be different about somebody."""
    return Form(
        t("Change somebody"),
        action("community.change", one.id, version),
        (
            Field("name", t("Name"), value=one.name, limit=NAME_LIMIT),
            Field("roles", t("Role"), value=roles_value(one.roles), choices=every_choice()),
            Field("zone", t("Time zone"), value=one.zone, hint=t("Such as Europe/Madrid")),
            Field(
                "country",
                t("Country"),
                value=one.country or "",
                hint=t("For holidays: a name, or a code such as GB or DE-BY"),
                required=False,
            ),
        ),
        submit=t("Change"),
    )


def changed(anything: bool) -> str:
    """Say that somebody was changed."""
    return t("Changed.") if anything else t("Nothing was different, so nothing was changed.")


def changed_meanwhile(one: Member) -> str:
    """Say how somebody stands whom another coordinator has changed."""
    return t(
        "Somebody else changed this meanwhile. It is now: {name}, {roles}, {zone}, {country}. "
        "Please close this form and press Change again.",
        name=isolated(one.name),
        roles=role_names(one.roles),
        zone=one.zone,
        country=one.country or t("no country"),
    )


def name_length(length: int, limit: int) -> str:
    """Say how long a name can be."""
    if not length:
        return t("Please give a name.")
    return t("This name has {length} characters; {limit} fit.", length=length, limit=limit)


def no_zone(typed: str, guess: str) -> str:
    """Say that there is no such time zone."""
    if guess:
        return t('There is no time zone "{typed}". Did you mean {guess}?', typed=short(typed), guess=guess)
    return t('There is no time zone "{typed}". Please write it as Europe/Madrid or America/Bogota.', typed=short(typed))


def no_country(typed: str, guess: str) -> str:
    """Say that there is no such country."""
    if guess:
        return t('I don\'t know the country "{typed}". Did you mean {guess}?', typed=short(typed), guess=guess)
    return t('I don\'t know the country "{typed}". Its code is fine too: ES, GB, or DE-BY.', typed=short(typed))


def still_paired(one: Member, role: Role, count: int) -> str:
    """Say that a role is needed for pairings that go on."""
    return n(
        "{name} has {n} pairing that goes on, and is needed in it as {role}. Please end it first.",
        "{name} has {n} pairings that go on, and is needed in them as {role}. Please end them first.",
        count,
        name=isolated(one.name),
        role=role_name(role),
    )


def really_deactivate(one: Member, pairings: int, *, myself: bool) -> Message:
    """Say what follows if somebody is deactivated, and ask."""
    you = [t("This is you: you could no longer use any of these commands.")] if myself else []
    paired = [
        n(
            "Their pairing stays as it is, and waits: no side of it is reminded.",
            "Their {n} pairings stay as they are, and wait: no side of them is reminded.",
            pairings,
        )
    ]
    return message(
        t("Deactivate {name}?", name=isolated(one.name)),
        *you,
        t("I no longer remind them of anything, and no longer answer them. They aren't told."),
        t("What they wait for reminds nobody any more, and counts for nobody."),
        *([*paired, t("What is booked with them is called off, and the other side is told so.")] if pairings else []),
        t("Their history is kept. Any coordinator can bring them back; signing in again is not enough."),
        actions=(
            Button(t("Yes, deactivate"), action("community.deactivate_now", one.id), primary=True),
            Button(t("No, leave it"), action("community.person", one.id)),
        ),
    )


def deactivated(one: Member) -> str:
    """Say that somebody was deactivated."""
    return t("{name} is deactivated. They aren't told.", name=isolated(one.name))


def has_left_already(one: Member) -> str:
    """Say that somebody is deactivated already."""
    return t("{name} is deactivated already. Nothing was changed.", name=isolated(one.name))


def back(one: Member) -> str:
    """Say that somebody is a member again."""
    return t("{name} is back in the program, with all that was before.", name=isolated(one.name))


def is_back_already(one: Member) -> str:
    """Say that somebody isn't deactivated."""
    return t("{name} is in the program. Nothing was changed.", name=isolated(one.name))


def being_forgotten(one: Member) -> str:
    """Say that somebody can't come back yet, because all about them is being deleted."""
    return t(
        "{name} is being forgotten. As a rule that takes a few minutes; then you can add them anew.",
        name=isolated(one.name),
    )
