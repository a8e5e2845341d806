"""The Web API, called by the real client: tokens, scopes, conversations, messages, files."""

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from tests.stand_ins.failing import code, failure
from tests.stand_ins.slack import Slack, check_against_wire, described


async def test_tokens_are_checked(slack: Slack, client: AsyncWebClient) -> None:
    """Without one, with a wrong one, with the other kind, with one that was taken away."""
    assert slack.app.bot_user == (await client.auth_test())["user_id"]
    assert "chat:write" in (await client.auth_test()).headers["x-oauth-scopes"]
    assert "not_authed" == await code(AsyncWebClient(base_url=slack.api_url).auth_test())
    assert "invalid_auth" == await code(client.auth_test(token="xoxb-other"))
    assert "not_allowed_token_type" == await code(client.apps_connections_open(app_token=slack.app.bot_token))
    await slack.revoke()
    assert "token_revoked" == await code(client.auth_test())
    await slack.uninstall()
    assert "account_inactive" == await code(client.auth_test())


async def test_scopes_are_checked(slack: Slack, client: AsyncWebClient) -> None:
    """What is missing is told, with what is there; for conversations by their kind."""
    slack.app.scopes = {"chat:write", "groups:read", "channels:history"}
    answer = await failure(client.users_info(user=slack.app.bot_user))
    assert ("missing_scope", "users:read") == (answer["error"], answer["needed"])
    assert "channels:history,chat:write,groups:read" == answer["provided"]
    pair, town = slack.channel("pair", kind="group"), slack.channel("town")
    assert (await client.conversations_info(channel=pair.id))["ok"]
    assert "missing_scope" == await code(client.conversations_info(channel=town.id))
    assert "missing_scope" == await code(client.conversations_history(channel=pair.id))
    slack.app.app_scopes.clear()
    assert "missing_scope" == await code(client.apps_connections_open(app_token=slack.app.app_token))


async def test_arguments_are_checked(slack: Slack, client: AsyncWebClient) -> None:
    """An unknown method, an argument that is missing, JSON where it isn't read."""
    assert "unknown_method" == await code(client.api_call("chat.shout", json={"channel": "C1"}))
    answer = await failure(client.api_call("chat.postMessage", json={"text": "x"}))
    assert "invalid_arguments" == answer["error"]
    assert ["[ERROR] missing required field: channel"] == answer["response_metadata"]["messages"]
    amara = slack.person("amara")
    assert "invalid_arguments" == await code(client.api_call("users.info", json={"user": amara.id}))
    for way in ({"params": {"user": amara.id}}, {"data": {"user": amara.id}}):
        assert amara.id == (await client.api_call("users.info", **way))["user"]["id"]  # type: ignore[arg-type]


async def test_profiles_have_zone_and_locale(slack: Slack, client: AsyncWebClient) -> None:
    """The locale only when asked for, the address only with its scope; who is deactivated has no zone."""
    amara = slack.person("amara", zone="Asia/Tokyo", locale="ja-JP", email="Amara@example.org", is_admin=True)
    user = (await client.users_info(user=amara.id, include_locale=True))["user"]
    assert ("Asia/Tokyo", 9 * 3600, "ja-JP", True) == tuple(
        user[key] for key in ("tz", "tz_offset", "locale", "is_admin")
    )
    assert amara.id == (await client.users_lookupByEmail(email="amara@example.org"))["user"]["id"]
    assert "users_not_found" == await code(client.users_lookupByEmail(email="lena@example.org"))
    slack.app.scopes.discard("users:read.email")
    plain = (await client.users_info(user=amara.id))["user"]
    assert (False, False) == ("locale" in plain, "email" in plain["profile"])
    await slack.changes_user(amara, deleted=True)
    gone = (await client.users_info(user=amara.id))["user"]
    assert (True, False) == (gone["deleted"], "tz" in gone)
    assert "user_not_found" == await code(client.users_info(user="U404"))


async def test_a_private_channel_is_made_and_closed(slack: Slack, client: AsyncWebClient) -> None:
    """Made, people invited, described, archived; after that nothing can be written."""
    amara, lena = slack.person("amara"), slack.person("lena")
    made = (await client.conversations_create(name="amara-lena", is_private=True))["channel"]
    await client.conversations_invite(channel=made["id"], users=[amara.id, lena.id])
    await client.conversations_setTopic(channel=made["id"], topic="You two")
    await client.conversations_setPurpose(channel=made["id"], purpose="key")
    info = (await client.conversations_info(channel=made["id"], include_num_members=True))["channel"]
    assert (True, "You two", "key", 3) == (
        info["is_private"],
        info["topic"]["value"],
        info["purpose"]["value"],
        info["num_members"],
    )
    members = (await client.conversations_members(channel=made["id"]))["members"]
    assert {slack.app.bot_user, amara.id, lena.id} == set(members)
    assert "already_in_channel" == await code(client.conversations_invite(channel=made["id"], users=amara.id))
    await client.conversations_archive(channel=made["id"])
    assert "already_archived" == await code(client.conversations_archive(channel=made["id"]))
    assert "is_archived" == await code(client.chat_postMessage(channel=made["id"], text="x"))
    assert "is_archived" == await code(client.conversations_invite(channel=made["id"], users=amara.id))
    assert "name_taken" == await code(client.conversations_create(name="amara-lena"))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("", "invalid_name_required"),
        ("x" * 81, "invalid_name_maxlength"),
        ("Amara", "invalid_name_specials"),
        ("a b", "invalid_name_specials"),
        ("a👍", "invalid_name_specials"),
        ("--_", "invalid_name_punctuation"),
    ],
)
async def test_channel_names_are_checked(slack: Slack, client: AsyncWebClient, name: str, expected: str) -> None:
    """Lower case letters of any script, digits, hyphens and underscores, 80 at most."""
    assert expected == await code(client.conversations_create(name=name))
    assert (await client.conversations_create(name="نور-و-لينا_2"))["ok"]


async def test_what_is_private_is_not_there_for_others(slack: Slack, client: AsyncWebClient) -> None:
    """A private channel without the bot is not found, a public one can be seen but not written to."""
    amara = slack.person("amara")
    private = slack.channel("private", amara, kind="group", bot=False)
    public = slack.channel("public", amara, bot=False)
    for call in (client.conversations_info, client.conversations_history, client.conversations_members):
        assert "channel_not_found" == await code(call(channel=private.id))
    assert "channel_not_found" == await code(client.chat_postMessage(channel=private.id, text="x"))
    assert "not_in_channel" == await code(client.chat_postMessage(channel=public.id, text="x"))
    assert (await client.conversations_join(channel=public.id))["ok"]
    assert (await client.chat_postMessage(channel=public.id, text="x"))["ok"]
    assert "method_not_supported_for_channel_type" == await code(client.conversations_join(channel=amara.dm.id))


async def test_direct_conversations_are_opened(slack: Slack, client: AsyncWebClient) -> None:
    """Always the same one; not with bots, the deactivated or nobody."""
    amara, lena = slack.person("amara"), slack.person("lena")
    robot, gone = slack.person("robot", is_bot=True), slack.person("gone", deleted=True)
    first = (await client.conversations_open(users=amara.id, return_im=True))["channel"]
    assert (amara.id, True) == (first["user"], first["is_im"])
    assert first["id"] == (await client.conversations_open(users=[amara.id]))["channel"]["id"]
    both = (await client.conversations_open(users=[amara.id, lena.id]))["channel"]["id"]
    assert "mpim" == slack.workspace.channels[both].kind
    for user, expected in ((robot.id, "cannot_dm_bot"), (gone.id, "user_disabled"), ("U404", "user_not_found")):
        assert expected == await code(client.conversations_open(users=user))


async def test_conversations_are_listed_by_page(slack: Slack, client: AsyncWebClient) -> None:
    """Those of a kind that the bot can see, or is in."""
    amara = slack.person("amara")
    slack.channel("hidden", amara, kind="group", bot=False)
    made = [slack.channel(f"pair-{number}", amara, kind="group").id for number in range(5)]
    seen: list[str] = []
    cursor = ""
    while True:
        page = await client.users_conversations(types="private_channel", limit=2, cursor=cursor)
        seen += [row["id"] for row in page["channels"]]
        if not (cursor := page["response_metadata"]["next_cursor"]):
            break
    assert made == seen
    assert "invalid_types" == await code(client.conversations_list(types="secret"))
    assert "invalid_cursor" == await code(client.conversations_list(cursor="zzz"))


async def test_files_are_sent_and_fetched(slack: Slack, client: AsyncWebClient) -> None:
    """The three steps of an upload, as the real client does them; what people send is fetched with the token."""
    amara = slack.person("amara")
    content = bytes(range(256))
    sent = await client.files_upload_v2(
        filename="all.json", content=content, channel=amara.dm.id, initial_comment="All of it"
    )
    [message] = amara.inbox
    assert ("All of it", ["all.json"]) == (message.text, [file["name"] for file in message.body["files"]])
    assert content == slack.files[sent["file"]["id"]].content
    await amara.says(amara.dm.id, "Here", files=[("list.csv", b"a;b")])
    file = amara.sees(amara.dm.id)[-1].body["files"][0]
    assert "list.csv" == (await client.files_info(file=file["id"]))["file"]["name"]
    async with aiohttp.ClientSession() as session:
        headers = {"Authorization": f"Bearer {slack.app.bot_token}"}
        async with session.get(file["url_private_download"], headers=headers) as got:
            assert b"a;b" == await got.read()
        async with session.get(file["url_private"]) as got:
            assert "text/html" == got.content_type
        opened = await client.files_getUploadURLExternal(filename="x", length=3)
        async with session.post(opened["upload_url"], data=b"four") as got:
            assert 400 == got.status
    assert "file_not_found" == await code(client.files_completeUploadExternal(files=[{"id": opened["file_id"]}]))


async def test_requests_are_held_against_the_description(slack: Slack, client: AsyncWebClient) -> None:
    """Unknown arguments, missing ones, JSON where none is taken; nothing for what is right."""
    if described() is None:
        pytest.skip("../shared/wire is not there")
    amara = slack.person("amara")
    await client.chat_postMessage(channel=amara.id, text="Hello")
    await client.users_info(user=amara.id, include_locale=True)
    assert [] == check_against_wire(slack.requests)
    slack.requests.clear()
    await client.api_call("chat.postMessage", json={"channel": amara.id, "text": "x", "loud": True})
    await code(client.api_call("users.info", json={}))
    expected = ["chat.postMessage: it has no argument loud", "users.info: it needs the argument user"]
    assert [*expected, "users.info: it takes no JSON"] == check_against_wire(slack.requests)
