"""Every feature of the bot. A new one is a folder, its twin in storage/, and a line here."""

from bot import help as helping
from bot import members, nudges, pairings, settings, setup

_FEATURES = (
    members.feature,
    pairings.feature,
    nudges.feature,
    settings.feature,
    setup.feature,
)
FEATURES = (*_FEATURES, helping.make(_FEATURES))
