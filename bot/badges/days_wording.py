"""What is said of days that somebody leaves out."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

from bot.language import n, t
from bot.views import Button, Field, Form, Message, message
from bot.wording import full_day, names


def days(found: Sequence[date], most: int) -> Message:
    """Show which days somebody leaves out, and how many more they may."""
    if not most:
        return message(t("In this program no days can be left out. Time away doesn't count either: /mentor away"))
    about = t("Days that you leave out count for no badge, as if you'd been away. There is no need to say why.")
    left = max(most - len(found), 0)
    more = (Button(t("Leave days out …"), "badges.days_form", primary=True),) if left else ()
    return message(about, _how_many(found), _left(left), actions=(*more, *_undo(found), _mine()))


def noted(new: Sequence[date], every: Sequence[date], most: int) -> Message:
    """Say which days are left out now."""
    return message(
        t("Noted, I leave out: {days}.", days=_said(new)),
        _left(max(most - len(every), 0)),
        actions=(_mine(), *_undo(every)),
    )


def _how_many(found: Sequence[date]) -> str:
    return t("Left out so far: {days}.", days=_said(found)) if found else t("So far you leave out none.")


def _left(left: int) -> str:
    return n("You can leave out {n} more day.", "You can leave out {n} more days.", left)


def _said(found: Sequence[date]) -> str:
    """Say days, those in a row together: `Monday 2 March 2026 to Wednesday 4 March 2026 and Friday 6 March 2026`."""
    rows: list[list[date]] = []
    for one in sorted(found):
        if rows and one - rows[-1][-1] == timedelta(days=1):
            rows[-1].append(one)
        else:
            rows.append([one])
    return names([_row(row) for row in rows])


def _row(row: Sequence[date]) -> str:
    first, last = _day(row[0]), _day(row[-1])
    return first if first == last else t("{first} to {last}", first=first, last=last)


def _day(one: date) -> str:
    return full_day(datetime.combine(one, time(12), UTC), "UTC")


def _undo(found: Sequence[date]) -> tuple[Button, ...]:
    return (Button(t("Count them all again"), "badges.count_again"),) if found else ()


def _mine() -> Button:
    return Button(t("My badges"), "badges.mine")


def form() -> Form:
    """Ask for days."""
    return Form(
        t("Leave days out"),
        "badges.days_typed",
        (
            Field("first", t("Which day, or from which day?"), hint=t("Such as: Monday, 5 March, yesterday")),
            Field("last", t("To which day?"), hint=t("Only if there are several in a row"), required=False),
        ),
        submit=t("Leave them out"),
    )


def wrong_order() -> str:
    """Say that the last day can't be before the first."""
    return t("The last day has to come after the first.")


def to_come() -> str:
    """Say where days to come are announced."""
    return t("Only days up to today can be left out. If you'll be away: /mentor away")


def too_far_back(most: timedelta) -> str:
    """Say how far back days can be left out."""
    return t("That is long ago. Days of the last {days} can be left out.", days=most.days)


def too_many(left: int, most: timedelta) -> str:
    """Say how many days can be left out."""
    return n(
        "That is too many: of the last {days} days you can leave out {n} more.",
        "That is too many: of the last {days} days you can leave out {n} more.",
        left,
        days=most.days,
    )


def counting_again(count: int) -> Message:
    """Say that days count again."""
    if not count:
        return message(t("You leave out no days just now. Nothing was changed."), actions=(_mine(),))
    return message(n("Done: {n} day counts again.", "Done: {n} days count again.", count), actions=(_mine(),))
