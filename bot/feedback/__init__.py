"""Feedback: session notes and feedback after a session, next steps, and what is shown of them to whom."""

from bot.feedback import composing, desk, events, handlers, listing, tapping, writing
from bot.feedback.feature import feature

__all__ = ["composing", "desk", "events", "feature", "handlers", "listing", "tapping", "writing"]
