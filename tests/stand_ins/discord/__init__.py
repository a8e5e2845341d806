"""A stand-in of Discord: a stateful server on 127.0.0.1 that speaks its REST interface (v10) and its gateway.

    async with Discord(clock.now) as discord:
        guild = discord.guild("Riverside")                      # with the bot in it; made the first time
        team = discord.role(guild, "team", Can.MANAGE_GUILD)
        amara = discord.person("amara", guild, display="Amara", locale="es-ES")     # by handle (or id)
        lena = discord.person("lena", guild, roles=[team])
        pair = discord.text_channel(guild, "amara-lena", amara, lena, private=True)  # they see it, and the bot
        # Start the app: discord.http.Route.BASE = discord.api_url, DiscordWebSocket.DEFAULT_GATEWAY =
        # yarl.URL(discord.gateway_url), and the token discord.app.token.
        await discord.connected()
        id_ = await amara.says(pair.id, "Hello @lena")          # as typed; waits until the app has it
        answer = await amara.commands("/mentor away until: 5 May who: @lena", pair.id)      # or options={...}
        answer = await amara.presses(answer.ephemerals[0], "Later")     # an Answer: messages, modal, error, first
        answer = await amara.submits({"Why": "x", "list": [("a.csv", b"...")]})     # by label or custom id
        amara.inbox, amara.ephemerals, amara.modal, amara.pings, amara.sees(pair.id)    # plain state

- Clocks: `now` gives ids and times, archives threads, ends nonces (5 min) and tokens (15 min). A first answer must come
  within 3 s of it, and within `within` real seconds: a test that isn't about time takes 30, as machines can be busy.
- A person's acts raise NotPossible where Discord's client wouldn't do it: what they don't see, what is off, a command
  that isn't theirs (`guild.opened.add("admin")` gives it to all, as administrators may), what fits no field.
  Further: edits, deletes, reacts, unreacts, joins, leaves, invites, closes_dms; suggests, chooses, shortcut, closes.
  `wait=` is how long to wait for an answer to be seen; `id_=` names an act, and the second of a name is told again.
- `presses(None, custom_id=...)` and `submits(values, custom_id=...)` are forged: nothing like it was given out.
- Administrators: guild, invite, role, text_channel, category, kick, delete_channel, outage, revoke. Records
  (`guild.members`, `channel.overwrites` ...) may also be changed as they lie there; of that nobody is told.
- `discord.gateway`: drop (also with a code, or `forget`), reconnect (op 7), invalidate (op 9), swallow, deaf, beat;
  `refuses` is a code for who logs in; identified, resumed, closed count. `discord.app.privileged` are the intents that
  are switched on.
- `discord.faults`: limits (429, also without Via or everywhere), breaks, drops (before, or `after` the work was done),
  holds; by route, as "POST /channels/{channel_id}/messages", and channel.
- `discord.requests` holds every request, `check_against_wire(discord.requests)` holds them against Discord's own
  description; `discord.complaints` is what Discord has no answer for, such as unknown routes: assert that it is empty.

Not here: voice, polls, stickers, embeds' limits, webhooks of channels, invitations, slow mode, timeouts, audit logs,
limits of the rate without a fault, and the gateway's own limits (of frames a minute, of logins, of silence).
"""

from tests.stand_ins.discord import (
    routes_channels,
    routes_commands,
    routes_guilds,
    routes_interactions,
    routes_messages,
    routes_threads,
)
from tests.stand_ins.discord.community import Channel, Guild, Kind, Message, Role
from tests.stand_ins.discord.errors import Json
from tests.stand_ins.discord.filling import labels
from tests.stand_ins.discord.interactions import Answer, Modal, Reply
from tests.stand_ins.discord.people import Person
from tests.stand_ins.discord.permissions import Can
from tests.stand_ins.discord.recording import check_against_wire, described
from tests.stand_ins.discord.server import Discord
from tests.stand_ins.errors import NotPossible

FAMILIES = (routes_channels, routes_commands, routes_guilds, routes_interactions, routes_messages, routes_threads)

__all__ = [
    "FAMILIES",
    "Answer",
    "Can",
    "Channel",
    "Discord",
    "Guild",
    "Json",
    "Kind",
    "Message",
    "Modal",
    "NotPossible",
    "Person",
    "Reply",
    "Role",
    "check_against_wire",
    "described",
    "labels",
]
