"""What was changed: who, when, from what to what."""

from bot.context import Asked
from bot.people import COORDINATORS
from bot.settings import wording
from bot.settings.feature import feature
from bot.settings.standing import differences, names_of, now, standing
from bot.views import Message

SHOWN = 10  # changes
WITH_BUTTONS = 5  # rows of buttons have no more room in a message


@feature.button("settings.history", who=COORDINATORS)
async def history(asked: Asked) -> Message:
    """List the newest changes; those that are the newest of their figures can be taken back."""
    stands, people = await now(asked), await names_of(asked)
    newest = {change.figure: change.version for change in stands.changes}
    by_version = {change.version: change for change in stands.changes}
    versions = sorted(by_version, reverse=True)
    buttons = [
        version
        for version in versions
        if all(newest[change.figure] == version for change in stands.changes if change.version == version)
    ][:WITH_BUTTONS]
    rows = []
    for version in versions[:SHOWN]:
        before = standing(asked, [change for change in stands.changes if change.version < version])
        later = standing(asked, [change for change in stands.changes if change.version <= version])
        changed = {change.figure for change in stands.changes if change.version == version}
        one = by_version[version]
        rows.append((version, people.get(one.by), one.at, differences(before, later, changed), version in buttons))
    return wording.history(rows, len(versions) - len(rows), asked.member.zone)
