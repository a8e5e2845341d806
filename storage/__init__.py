"""What is remembered: tables, records and queries, one module a subject. It knows nothing of the bot."""
