"""What an app is told: by where its bot is, what it subscribed to and which scopes it has."""

from tests.stand_ins.conftest import Bolt
from tests.stand_ins.slack import Slack, readable


async def test_only_conversations_with_the_bot_are_told(slack: Slack, online: Bolt) -> None:
    """A channel without the bot is silent, public or not."""
    amara, lena = slack.person("amara"), slack.person("lena")
    for kind in ("channel", "group", "mpim", "im"):
        without = slack.channel(f"no-{kind}", amara, lena, kind=kind, bot=False)
        await amara.says(without.id, "Hello")
    assert [] == online.heard
    for kind in ("channel", "group", "mpim"):
        await amara.says(slack.channel(f"with-{kind}", amara, lena, kind=kind).id, "Hello")
    await amara.says(amara.dm.id, "Hello")
    assert ["channel", "group", "mpim", "im"] == [event["channel_type"] for event in online.events]


async def test_only_what_is_subscribed_to_is_told(slack: Slack, online: Bolt) -> None:
    """Neither an event that isn't subscribed to, nor one without its scope."""
    amara = slack.person("amara")
    pair = slack.channel("pair", amara, kind="group")
    slack.app.scopes.discard("groups:history")
    ts = await amara.says(pair.id, "Hello")
    slack.app.events.discard("reaction_added")
    await amara.reacts(pair.id, ts, "eyes")
    await amara.unreacts(pair.id, ts, "eyes")
    assert ["reaction_removed"] == online.subtypes()
    slack.app.scopes.discard("reactions:read")
    await amara.reacts(pair.id, ts, "eyes")
    await amara.unreacts(pair.id, ts, "eyes")
    slack.app.events.discard("message.im")
    await amara.says(amara.dm.id, "Hello")
    assert ["reaction_removed"] == online.subtypes()


async def test_edits_and_deletions_are_told(slack: Slack, online: Bolt) -> None:
    """With the message before and after; a message above replies leaves a stone."""
    amara = slack.person("amara")
    pair = slack.channel("pair", amara, kind="group")
    first = await amara.says(pair.id, "Helo")
    await amara.edits(pair.id, first, "Hello")
    changed = online.events[-1]
    assert ("message_changed", True, "Helo", "Hello") == (
        changed["subtype"],
        changed["hidden"],
        changed["previous_message"]["text"],
        changed["message"]["text"],
    )
    assert (first, amara.id) == (changed["message"]["ts"], changed["message"]["edited"]["user"])
    reply = await amara.says(pair.id, "Reply", thread=first)
    assert (first, amara.id) == (online.events[-1]["thread_ts"], online.events[-1]["parent_user_id"])
    await amara.deletes(pair.id, first)
    assert ("message_changed", "tombstone") == (online.events[-1]["subtype"], online.events[-1]["message"]["subtype"])
    await amara.deletes(pair.id, reply)
    assert ("message_deleted", reply) == (online.events[-1]["subtype"], online.events[-1]["deleted_ts"])
    assert ["This message was deleted."] == [readable(message) for message in amara.sees(pair.id)]


async def test_mentions_stand_as_ids(slack: Slack, online: Bolt) -> None:
    """What is typed is escaped, mentions by handle or id become user ids, addresses links."""
    amara, lena = slack.person("amara"), slack.person("lena")
    pair = slack.channel("pair", amara, lena, kind="group")
    await amara.says(pair.id, f"@lena & @{lena.id}, <see> https://example.org/a?b=1&c or a@example.org, @nobody")
    expected = (
        f"<@{lena.id}> &amp; <@{lena.id}>, &lt;see&gt; <https://example.org/a?b=1&amp;c> or a@example.org, @nobody"
    )
    assert expected == online.events[-1]["text"]
    assert f"@{lena.id} & @{lena.id}, <see> https://example.org/a?b=1&c or a@example.org, @nobody" == readable(
        amara.sees(pair.id)[-1]
    )


async def test_the_bot_hears_itself(slack: Slack, online: Bolt) -> None:
    """What the bot writes is told like everything else, with its bot id."""
    amara = slack.person("amara")
    sent = await online.client.chat_postMessage(channel=amara.id, text="Hello")
    assert await slack.settled()
    [event] = online.events
    assert (sent["ts"], slack.app.bot_id, slack.app.bot_user) == (event["ts"], event["bot_id"], event["user"])


async def test_who_comes_and_goes_is_told(slack: Slack, online: Bolt) -> None:
    """With Slack's own messages about it; the bot learns of its own removal and then nothing more."""
    amara, lena = slack.person("amara"), slack.person("lena")
    pair = slack.channel("pair", amara, kind="group")
    await amara.invites(pair.id, lena.id)
    assert ["group_join", "member_joined_channel"] == online.subtypes(pair.id)
    assert amara.id == online.events[-1]["inviter"]
    await lena.leaves(pair.id)
    assert ["group_leave", "member_left_channel"] == online.subtypes(pair.id)[2:]
    await amara.removes(pair.id, slack.app.bot_user)
    await amara.says(pair.id, "Alone")
    assert ["group_left"] == online.subtypes(pair.id)[4:]


async def test_an_archived_channel_is_told(slack: Slack, online: Bolt) -> None:
    """A private one with the bot in it, and every public one."""
    amara = slack.person("amara")
    pair = slack.channel("pair", amara, kind="group")
    town = slack.channel("town", amara, bot=False)
    await amara.archives(pair.id)
    await amara.archives(town.id)
    assert ["group_archive", "group_archive"] == online.subtypes(pair.id)
    assert ["channel_archive"] == online.subtypes(town.id)


async def test_a_mention_of_the_bot_is_told_twice(slack: Slack, online: Bolt) -> None:
    """As a message and as a mention."""
    amara = slack.person("amara")
    town = slack.channel("town", amara)
    await amara.says(town.id, "@helper, hello")
    assert ["message", "app_mention"] == online.subtypes(town.id)


async def test_profiles_that_change_are_told(slack: Slack, online: Bolt) -> None:
    """A new zone, and that somebody was deactivated, who is then in no channel any more."""
    amara = slack.person("amara", zone="Europe/Berlin")
    pair = slack.channel("pair", amara, kind="group")
    await slack.changes_user(amara, zone="Asia/Tokyo")
    await slack.changes_user(amara, deleted=True)
    assert ["Asia/Tokyo", None] == [event["user"].get("tz") for event in online.events]
    assert [slack.app.bot_user] == pair.members


async def test_an_app_that_is_taken_out_hears_it(slack: Slack, online: Bolt) -> None:
    """Its tokens are revoked, it is uninstalled, and then it is told nothing."""
    amara = slack.person("amara")
    await slack.uninstall()
    await amara.says(amara.dm.id, "Hello")
    assert ["tokens_revoked", "app_uninstalled"] == online.subtypes()
