"""Feedback: session notes and feedback after a session, next steps, and what is shown of them to whom."""
