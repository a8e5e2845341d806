"""A stand-in of Slack: a stateful server on 127.0.0.1 that speaks its wire, for tests without network or account.

    async with Slack(manifest, clock.now) as slack:            # manifest: the app's, as a dict
        amara = slack.person("amara", zone="Europe/Berlin")     # by handle (or id); made the first time
        pair = slack.channel("amara-lena", amara, slack.person("lena"), kind="group")   # with the bot in it
        # Start the app: base_url=slack.api_url, tokens slack.app.bot_token and slack.app.app_token.
        await slack.connected()
        ts = await amara.says(pair.id, "Hello @lena & all")     # as typed; waits until the app acknowledged it
        answer = await amara.commands("/mentor waiting")        # an Answer: ephemerals, messages, view, errors, error
        answer = await amara.presses(answer.ephemerals[0], "Later")     # on a message or view, by label or action id
        answer = await amara.submits({"reason": "x"}, {"list": [("a.csv", b"...")]})    # by block id or action id
        amara.inbox, amara.ephemerals, amara.stack, amara.sees(pair.id)     # plain state; readable(message) is its text

- Clocks: `now` gives every ts, and how long trigger ids (3 s) and response URLs (30 min) last. Acknowledgements and
  redelivery take real seconds: `ack_within`, `again`; `slack.sockets.redeliver()` lets the pause pass at once. A test
  that isn't about time takes `ack_within=30` (machines can be busy), and a `ping_interval` of seconds in the real
  client, which holds a connection for lost whose ping isn't answered within half of it.
- A person's acts raise NotPossible where Slack's client wouldn't do it. `trigger=` of an earlier act (Interaction's
  `trigger`, or any text of one's own) delivers it once more. `wait=` is how long to wait for an answer to be seen.
- `presses(None, action={"action_id": …, "value": …})` is a forged press.
- `slack.faults`: limits, breaks, fails, drops, holds. `slack.sockets`: open, refresh, drop, hold, release, twice,
  repeat. `slack.revoke()`, `slack.uninstall()`, `slack.changes_user(person, deleted=True)`; `slack.app.scopes` may be
  changed.
- `slack.sockets.deliver("events_api", slack.events.callback(event, team))` tells anything, of another team for example.
- `slack.requests` holds every call; `check_against_wire(slack.requests)` holds them against Slack's description;
  `slack.complaints` is what a person would only see as "We had some trouble connecting": assert that it is empty.
"""

from tests.stand_ins.errors import NotPossible
from tests.stand_ins.slack import (
    methods_chat,
    methods_conversations,
    methods_files,
    methods_history,
    methods_team,
    methods_views,
)
from tests.stand_ins.slack.acts import readable
from tests.stand_ins.slack.errors import Json
from tests.stand_ins.slack.filling import buttons, value_of
from tests.stand_ins.slack.interactions import Answer
from tests.stand_ins.slack.modals import View
from tests.stand_ins.slack.people import Person
from tests.stand_ins.slack.recording import check_against_wire, described
from tests.stand_ins.slack.server import Slack
from tests.stand_ins.slack.sockets import Envelope
from tests.stand_ins.slack.workspace import Channel, Message

FAMILIES = (methods_chat, methods_conversations, methods_files, methods_history, methods_team, methods_views)

__all__ = [
    "FAMILIES",
    "Answer",
    "Channel",
    "Envelope",
    "Json",
    "Message",
    "NotPossible",
    "Person",
    "Slack",
    "View",
    "buttons",
    "check_against_wire",
    "described",
    "readable",
    "value_of",
]
