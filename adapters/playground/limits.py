"""The playground's numbers."""

TEXT = 4_000  # characters of a message, a command or a form's field
FIELDS = 25  # fields of a form
ID = 64  # characters of a delivery's id, a user id, a channel
REACTION = 40  # characters of a reaction's name
FILE = 3 * 1024 * 1024  # bytes of a file that is added to a form
FRAME = 5 * 1024 * 1024  # bytes of a frame; a larger one ends the connection
WAITING_FRAMES = 1_000  # frames that a tab may be behind before it has to connect anew
SHOWN = 300  # messages of one conversation that a tab is given
LEAP_DAYS = 31  # days that the clock can be moved at once
