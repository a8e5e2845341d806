"""Every feature of the bot. A new one is a folder, its twin in storage/, and a line here."""

from bot import asks, members, nudges
from bot import help as helping

_FEATURES = (members.feature, nudges.feature, asks.feature)
FEATURES = (*_FEATURES, helping.make(_FEATURES))
