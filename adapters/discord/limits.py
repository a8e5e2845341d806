"""Discord's numbers, from its reference (discord.com/developers/docs); characters where nothing else is said."""

# Messages with components (version 2), and what stands in them.
TEXT = 4_000  # of all text displays of a message together
COMPONENTS = 40  # of a message, nested ones too
FILES = 10  # of a message
FILE_BYTES = 10 * 2**20  # of all files of a message together, in a server without boosts
ROW = 5  # buttons in a row
BUTTON = 80  # a button's label
ID = 100  # a custom_id
COMPONENT_ID = 2**31 - 1  # a component's integer id
NONCE = 25
ALTERNATIVE = 1_024  # what a picture shows, in words
HEADING = 200  # no limit is documented; what is longer is a paragraph

# Modals.
TITLE = 45
MODAL_COMPONENTS = 5
LABEL = 45
DESCRIPTION = 100
PLACEHOLDER = 150  # of a select
TYPED = 4_000
OPTIONS = 25
OPTION_LABEL = 100
OPTION_VALUE = 100

# Commands.
COMMAND = 32  # a command's name, an option's name
COMMAND_TEXT = 100  # a command's description, an option's
SUBCOMMANDS = 25
CHOICES = 25  # that complete what is typed
CHOICE = 100

# Channels.
CHANNEL = 100  # a channel's name, a thread's
TOPIC = 1_024
ROLE = 100  # a role's name
IN_CATEGORY = 50  # channels
ARCHIVED_AFTER = 10_080  # minutes: the longest time after which a quiet thread archives itself

# How much is asked for, and kept in mind, at once.
PAGE = 100  # messages, people who reacted
PAGES_SEARCHED = 3  # of a conversation, for a message of the bot's own
FOUND = 1_000  # people whose name begins with something, in one request
FEW = 20  # people who are asked for one by one
LOOKED_UP = 1_000  # requests for one list of people
LOOKING_UP = 600.0  # seconds for it: there has to be time left to answer in
AT_ONCE = 5  # requests for people
REMEMBERED = 10_000  # conversations, languages
WAITING = 50_000  # observations that aren't committed yet; what is beyond is read again later
FORMS = 1_000  # forms in hand
FORM_LIFE = 3_600.0  # seconds for which one is kept
