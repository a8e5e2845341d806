"""Slack's numbers, from its reference (docs.slack.dev/reference); characters where nothing else is said."""

# Messages and what stands in them.
TEXT = 3_000  # a text object
HEADER = 150
BUTTON = 75  # a button's label
ROW = 25  # elements of an actions block
MESSAGE_BLOCKS = 50
FALLBACK = 4_000  # a message's text beside its blocks: chat.update takes no more
ACTION = 2_000  # a button's value
URL = 3_000
ID = 255  # a block_id, an action_id, a callback_id

# Modals.
MODAL_BLOCKS = 100
TITLE = 24
SUBMIT = 24
LABEL = 2_000
HINT = 2_000
PLACEHOLDER = 150
TYPED = 3_000  # a plain_text_input's max_length
OPTIONS = 100
OPTION_LABEL = 75
OPTION_VALUE = 150
METADATA = 3_000
ERROR = 2_000  # no limit is documented; a person reads no more beside a field
VIEWS = 3  # modals on top of each other

# Channels and lists.
CHANNEL = 80  # a channel's name
TOPIC = 250
PAGE = 200  # entries that Slack recommends to ask for at once

# The manifest.
APP_NAME = 35
APP_DESCRIPTION = 140
COMMAND = 32
COMMAND_DESCRIPTION = 2_000
USAGE_HINT = 1_000
SHORTCUT = 24
SHORTCUT_DESCRIPTION = 150
SHORTCUTS = 10
