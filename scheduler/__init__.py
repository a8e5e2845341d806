"""The wall clock: what is started when, and the only sender of messages that nobody asked for."""
