"""Slack's numbers, from its reference (docs.slack.dev/reference); characters where nothing else is said."""

# Messages and what stands in them.
TEXT = 3_000  # a text object
HEADER = 150
BUTTON = 75  # a button's label
ROW = 25  # elements of an actions block
MESSAGE_BLOCKS = 50
FALLBACK = 4_000  # a message's text beside its blocks: chat.update takes no more
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
BOXES = 10
OPTION_LABEL = 75
OPTION_VALUE = 150
METADATA = 3_000
ERROR = 2_000  # no limit is documented; a person reads no more beside a field
VIEWS = 3  # modals on top of each other

# The manifest.
USAGE_HINT = 1_000
SHORTCUT = 24

# Channels.
CHANNEL = 80  # a channel's name
TOPIC = 250

# How much is asked for, and kept in mind, at once.
PAGE = 200  # messages, people, channels: Slack recommends no more
PAGES_SEARCHED = 3  # of a conversation, for a message of the bot's own
ASKED_SINGLY = 20  # people; more are looked for in the list of everybody
REMEMBERED = 10_000  # messages and events
EVENTS_AT_ONCE = 1_000  # events in hand that aren't acknowledged yet; the others wait at Slack's
RECEIVED = 2**17  # bytes that may wait in the socket
ALTERNATIVE = 1_000  # what a picture shows, in words
