"""What is said when the next session is planned together with a coordinator. Nobody is told that they missed any."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.language import t
from bot.people import Member, Pairing
from bot.sessions.about import About
from bot.views import Actions, Block, Button, Message, Note, Text, action, message
from storage.sessions import Session, State


@dataclass(frozen=True, slots=True)
class Plan:
    """A proposal with the people of its pairing, for a coordinator; `talks`: the one who talks to the two first."""

    session: Session
    pairing: Pairing
    people: Mapping[int, Member]
    talks: Member | None = None

    @property
    def names(self) -> dict[str, str]:
        """Return who proposes, and to whom."""
        other = self.pairing.other(self.session.by_id) or 0
        return {"name": self.people[self.session.by_id].name, "other": self.people[other].name}


def ask(plan: Plan) -> tuple[Block, ...]:
    """Ask a coordinator whether a proposal may go on, or say who talks to the two first."""
    if plan.talks is not None:
        return (
            Text(t("{name} would like to meet {other} again.", **plan.names)),
            Text(t("{coordinator} talks to both of them first.", coordinator=plan.talks.name)),
            Actions((_go_ahead(plan),)),
        )
    buttons = (
        _go_ahead(plan, primary=True),
        Button(t("Let me talk to them first"), action("sessions.talk_first", plan.session.id)),
    )
    return (
        Text(t("{name} would like to meet {other} again.", **plan.names)),
        Text(
            t(
                "Lately some of their sessions didn't take place, so I ask you before the proposal goes on. "
                "Both were told: let's plan the next one together."
            )
        ),
        Actions(buttons),
        Note(t("There may be good reasons. A friendly word first often helps both.")),
    )


def _go_ahead(plan: Plan, *, primary: bool = False) -> Button:
    return Button(t("Yes, go ahead"), action("sessions.go_ahead", plan.session.id), primary=primary)


def settled(plan: Plan) -> tuple[Block, ...]:
    """Say of a proposal that it no longer waits for a coordinator."""
    if plan.session.approved_by_id is not None:
        return (Text(t("{name}'s proposal has gone on to {other}.", **plan.names)),)
    return (Text(t("{name}'s proposal to {other} isn't needed any more.", **plan.names)),)


def already(plan: Plan) -> Message:
    """Say that somebody was faster, or that it isn't needed any more."""
    return Message((*settled(plan), Text(t("Nothing was changed."))))


def goes_on(plan: Plan) -> Message:
    """Say that a proposal goes on."""
    return message(t("Thank you. I'm asking {other} now about the times that {name} proposed.", **plan.names))


def talks_first(plan: Plan) -> Message:
    """Say that a proposal waits."""
    return message(
        t("All right. The proposal waits until you let it go on, or until its times are over.", **plan.names),
        actions=(_go_ahead(plan),),
    )


def another_talks(plan: Plan) -> Message:
    """Say that another coordinator talks to the two already."""
    return Message((*ask(plan), Text(t("Nothing was changed."))))


def together(one: About) -> tuple[Block, ...]:
    """Tell somebody that the other would like to meet, and that a coordinator helps to plan it."""
    if one.session.state is not State.APPROVAL:
        return (Text(t("{name} would like to meet you. Your sessions: /mentor sessions", name=one.name)),)
    return (
        Text(t("{name} would like to meet you. Let's plan the next one together.", name=one.name)),
        Text(t("A coordinator looks at it first, so that it suits both of you. You need not do anything now.")),
    )
