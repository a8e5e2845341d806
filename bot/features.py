"""Every feature of the bot. A new one is a folder, its twin in storage/, and a line here."""

from bot import (
    accounts,
    asks,
    badges,
    community,
    deliveries,
    exports,
    feedback,
    forms,
    goals,
    members,
    mydata,
    nudges,
    pairings,
    reports,
    responding,
    sessions,
    settings,
    setup,
)
from bot import help as helping

_FEATURES = (
    members.feature,
    accounts.feature,
    community.feature,
    pairings.feature,
    nudges.feature,
    asks.feature,
    goals.feature,
    sessions.feature,
    feedback.feature,
    forms.feature,
    badges.feature,
    reports.feature,
    responding.feature,
    deliveries.feature,
    mydata.feature,
    settings.feature,
    setup.feature,
)
_LISTED = (*_FEATURES, exports.make(_FEATURES))
FEATURES = (*_LISTED, helping.make(_LISTED))
