"""/mentor badge: what somebody has earned, how far they are, and what would complete it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.badges import needs_wording as needs
from bot.badges.looking import Mine
from bot.badges.progress_picture import Row
from bot.badges.rules import Measured, Standing, Verdict
from bot.badges.wording import criterion, figure, promises
from bot.language import n, t
from bot.views import Actions, Block, Button, Heading, Image, Message, Note, Text, action, message
from bot.wording import day, full_day
from storage.awards import Award

SIGNS = {Verdict.MET: "✓", Verdict.MISSED: "○", Verdict.NEUTRAL: "·", Verdict.ABSENT: "·"}
UNTOUCHED = timedelta(days=1)  # a shorter time away isn't worth a word


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads about their badges, in a program of which preset, and whether they want any."""

    now: datetime
    zone: str
    preset: str
    wants: bool = True


def none_here() -> Message:
    """Say that the program gives no badges."""
    return message(t("This program doesn't give badges, so there is nothing to do and nothing to miss."))


def page(found: Sequence[Mine], pictures: Sequence[bytes | None], who: Reader) -> Message:
    """Show the badges of somebody, each with its picture."""
    if not who.wants and not found:
        return _switched_off()
    if not found:
        return message(t("There is no badge for your role in this program."), actions=_below(earns=False))
    blocks: list[Block] = [] if who.wants else [Text(_off())]
    for one, picture in zip(found, pictures, strict=True):
        blocks += _badge(one, picture, who)
    return Message((*blocks, Actions(_below(earns=who.wants)), Note(t("Only you see this."))))


def _switched_off() -> Message:
    return message(_off(), actions=(Button(t("Switch badges on"), action("members.badges", "on")),))


def _off() -> str:
    return t("You've switched badges off. I count nothing for them, and nobody is told.")


def _below(*, earns: bool) -> tuple[Button, ...]:
    events = Button(t("Community events"), "events.list")
    days = (Button(t("Leave days out …"), "badges.days"),) if earns else ()
    return (events, *days, Button(t("My choices"), "badges.choices"))


def _badge(one: Mine, picture: bytes | None, who: Reader) -> list[Block]:
    blocks: list[Block] = [Heading(t(one.definition.title)), Text(t(one.definition.about))]
    blocks += [Text(has(one.award, who))] if one.award else []
    blocks += [Text(said)] if (said := _how_it_stands(one, who)) else []
    if one.standing is not None:
        blocks += progress(one, one.standing, picture, who)
    return [*blocks, *promises(one.definition.promised(who.preset)), *_row(one)]


def has(award: Award, who: Reader) -> str:
    """Say since when somebody has a badge, and who gave it, if it was given by hand."""
    since = full_day(award.made_at, who.zone)
    if not award.by_hand:
        return t("You've had it since {day}.", day=since)
    if award.reason:
        return t("A coordinator gave it to you on {day}: “{reason}”", day=since, reason=award.reason)
    return t("A coordinator gave it to you on {day}.", day=since)


def _how_it_stands(one: Mine, who: Reader) -> str:
    """Say of a badge that somebody has that something is missing, or that a coordinator let them keep it."""
    if one.award is None:
        return ""
    if one.award.warned_at is not None:
        return stays(one, who.zone)
    kept = one.award.kept_until
    if kept is None or kept <= who.now or one.standing is None or not one.standing.missed:
        return ""
    return t(
        "A coordinator has looked at it, and you keep it. I say nothing about it before {day}.",
        day=full_day(kept, who.zone),
    )


def stays(one: Mine, zone: str) -> str:
    """Say of a badge of which something is missing that it stays meanwhile."""
    if one.award is not None and one.award.proposed_at is not None:
        return t("A coordinator looks at it with you in mind. Until they have, you keep it, and nobody else sees this.")
    if one.until is None:
        return t("Something is missing just now. You keep the badge, and while you're away no time runs.")
    return t("Something is missing just now. You keep the badge, and have time until {day}.", day=day(one.until, zone))


def progress(one: Mine, standing: Standing, picture: bytes | None, who: Reader) -> list[Block]:
    """Say how far somebody is: as a picture, as text, and what would complete it."""
    shown = t("How far you are, as a picture. The same in words:")
    blocks: list[Block] = [] if picture is None else [Image(f"{one.definition.name}.png", picture, shown)]
    blocks += [Text("\n".join(line(each, who.zone) for each in standing.measured))]
    blocks += [Note(_stretched())] if any(is_stretched(each, who.now) for each in standing.measured) else []
    said = needs.said(one.needs, who.now, who.zone) if _is_needed(one, standing) else ""
    return [*blocks, *([Text(said)] if said else [])]


def _is_needed(one: Mine, standing: Standing) -> bool:
    """Tell whether something is to be done for a badge: whoever has it does well while nothing is missing."""
    if one.award is None:
        return True
    return bool(standing.missed) and not one.award.by_hand


def line(one: Measured, zone: str) -> str:
    """Say how a criterion stands: `○ At least 3 sessions held · within 60 days: 2 of 3 (since Tuesday 3 March)`."""
    values = {"sign": SIGNS[one.verdict], "what": criterion(one.criterion), "figure": figure(one)}
    if one.since is None:
        return t("{sign} {what}: {figure}", **values)
    return t("{sign} {what}: {figure} (since {day})", **values, day=day(one.since, zone))


def is_stretched(one: Measured, now: datetime) -> bool:
    """Tell whether a criterion's time goes further back than its length, because somebody was away."""
    if one.since is None or one.criterion.within is None:
        return False
    return one.since < now - one.criterion.within - UNTOUCHED


def _stretched() -> str:
    return t("Days on which you were away, or that you leave out, don't count, so I look further back.")


def _row(one: Mine) -> list[Actions]:
    why = (Button(t("Why?"), action("badges.why", one.id)),) if one.standing else ()
    keeps = one.definition.certificate and one.award is not None
    certificate = (Button(t("Certificate …"), "badges.certificates"),) if keeps else ()
    return [Actions((*why, *certificate))] if why or certificate else []


# The picture.


def rows(standing: Standing, zone: str) -> list[Row]:
    """Return the bars of a badge's picture."""
    return [_bar(one, zone) for one in standing.measured]


def _bar(one: Measured, zone: str) -> Row:
    since = t("since {day}", day=day(one.since, zone)) if one.since else ""
    reached, mark = _parts(one)
    said = verdict(one.verdict)
    return Row(criterion(one.criterion), _beside(one), since, one.verdict, said, reached, mark)


def _beside(one: Measured) -> str:
    """Say a figure below its bar, without what the verdict above it says already."""
    if one.verdict is Verdict.NEUTRAL and one.criterion.is_rate:
        return n("{n} so far", "{n} so far", len(one.cases))
    return figure(one)


def _parts(one: Measured) -> tuple[float | None, float | None]:
    """Return how far a bar goes, a rate's to 100% and a number's to what is needed, and where its mark stands."""
    if one.verdict in {Verdict.NEUTRAL, Verdict.ABSENT}:
        return None, None
    return (one.value, one.needed) if one.criterion.is_rate else (min(one.value / one.needed, 1.0), 1.0)


def verdict(one: Verdict) -> str:
    """Say in a word or two how a criterion stands."""
    match one:
        case Verdict.MET:
            return t("met")
        case Verdict.MISSED:
            return t("not yet")
        case Verdict.NEUTRAL:
            return t("too little to count")
    return t("not counted yet")
