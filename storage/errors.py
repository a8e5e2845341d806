"""What can be wrong with a database, in words for whoever runs the bot."""


class StorageError(Exception):
    """The database can't be used; the text says why, and what to do."""
