"""What the bot does, feature by feature. It knows no platform, no SQL and no clock of its own."""
