"""Slack: the bot in a workspace, over Socket Mode."""
