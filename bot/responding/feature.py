"""The feature that the files beside this one declare into."""

from bot.feature import Feature
from bot.people import Role

feature = Feature("responding")

RESPONDERS = frozenset({Role.RESPONDER})
