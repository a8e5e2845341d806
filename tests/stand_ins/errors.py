"""What goes wrong for a person, whichever the platform."""


class NotPossible(Exception):
    """The platform's client doesn't let a person do this; the app hears nothing of it."""
