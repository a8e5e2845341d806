"""The feature that the files beside this one declare into."""

from bot.feature import Feature

feature = Feature("badges")
