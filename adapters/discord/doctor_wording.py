"""What `mentorbot doctor` says of Discord, to whoever runs the bot: never a token, or a part of one."""

TOKEN = "Token (DISCORD_TOKEN)"  # noqa: S105 - its name
INTENTS = "Intents"
SERVERS = "Servers"
PERMISSIONS = "Permissions"
SPACES = "Pairs' spaces"

ACCEPTED = "Discord accepts it."
REFUSED = (
    'Discord doesn\'t accept it. In Discord\'s Developer Portal, open the app, "Bot", "Reset Token", and copy the new '
    "one into the file .env; then start mentorbot again."
)
NO_INTENTS = "None is switched on, and none has to be."
INTENTS_ON = (
    'mentorbot asks for none, so Discord should give it none. Open the app in Discord\'s Developer Portal, "Bot", '
    '"Privileged Gateway Intents", and switch off: {names}.'
)
# How the portal calls them.
INTENT_NAMES = {
    "gateway_presence": "Presence Intent",
    "gateway_guild_members": "Server Members Intent",
    "gateway_message_content": "Message Content Intent",
}
UNREACHED = "Discord can't be reached at {address}. Is this computer connected to the internet?"
NO_SERVER = "The bot is in none yet. Open the link that this prints, and choose your server: mentorbot discord invite"
NOT_OURS = "In {server} there is no program yet. It begins as soon as mentorbot runs."
SERVER_FINE = "{server} is that of the program {program}."
NEVER_STARTED = "In {server} mentorbot hasn't been started yet. Start it: make run."
NOT_THERE = (
    "The bot isn't in the server of the program {program}. Open the link that this prints, and choose that server: "
    "mentorbot discord invite"
)
ALL_PERMISSIONS = "In {server} it has all that it needs."
LACKING = (
    "In {server} it lacks: {names}. Open the link that this prints, and choose the server once more (mentorbot discord "
    'invite); or switch them on under "Server Settings", "Roles", the bot\'s role.'
)
ALL_SPACES = "The bot sees all of them ({number})."
NO_SPACE = "No pair has one yet."
GONE = (
    "The bot doesn't see the one of {pair}: it was deleted, or the bot's permission for it was taken away. Let a "
    "coordinator look at it: /mentor-admin pairing"
)
LOCKED = "The one of {pair} is locked, so nobody can answer there. Unlock it in Discord, or end the pairing."
UNKNOWN = "Discord doesn't say how it stands just now. Try again in a minute or two."
# How Discord's English settings call the permissions.
NAMES = {
    "add_reactions": "Add Reactions",
    "attach_files": "Attach Files",
    "create_private_threads": "Create Private Threads",
    "create_public_threads": "Create Public Threads",
    "manage_channels": "Manage Channels",
    "manage_roles": "Manage Roles",
    "manage_threads": "Manage Threads",
    "read_message_history": "Read Message History",
    "send_messages": "Send Messages",
    "send_messages_in_threads": "Send Messages in Threads",
    "view_channel": "View Channels",
}
