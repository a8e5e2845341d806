"""Community events: circles, trainings, webinars. Who announces them, who comes, who was there."""

from bot.events import attending, composing, desk, drafting, events, handlers, listing
from bot.events.feature import feature

__all__ = ["attending", "composing", "desk", "drafting", "events", "feature", "handlers", "listing"]
